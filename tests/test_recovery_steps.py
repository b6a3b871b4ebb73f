"""What the examples of the guides need so that a recovery works with them."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import shell
import yaml
from git_server import serve_git
from test_examples import EXAMPLES, Example, scripts_within

APPLICATION = "content/operate/application.md"
CLUSTER = "content/operate/azure-kubernetes-service.md"
INFRASTRUCTURE = "content/operate/infrastructure.md"
AZURE_REPOSITORY = re.compile(r"https://dev\.azure\.com/[^/\s]+/([^/\s]+)/_git/([^/\s\"']+)")
JOB_TOKEN = "eyJ0eXAi." + "j" * 120
PERSONAL_TOKEN = "p" * 84  # in base64 it is longer than the line after which base64 breaks


def yaml_documents() -> Iterator[tuple[Example, Mapping[str, Any]]]:
    """Go through the YAML of the examples."""
    for example in EXAMPLES:
        if example.language == "yaml":
            yield from ((example, one) for one in yaml.safe_load_all(example.code) if isinstance(one, dict))


def jobs() -> Iterator[tuple[Example, Mapping[str, Any], Mapping[str, Any]]]:
    """Go through the jobs of the pipelines; one without jobs is a job itself."""
    for example, document in yaml_documents():
        if {"steps", "jobs"} & set(document):
            yield from ((example, document, job) for job in document.get("jobs", [document]))


def commands(path: str, *names: str) -> list[list[str]]:
    """Find the calls of an Azure CLI command on a page, in their order."""
    scripts = [one.code for one in EXAMPLES if str(one.path) == path and one.language == "azurecli"]
    calls = [call for script in scripts for call in shell.commands("az", script)]
    return [call for call in calls if call[: len(names)] == list(names)]


def option(command: list[str], name: str) -> str:
    """Answer the value of an option, or nothing."""
    return command[command.index(name) + 1] if name in command else ""


def mirror_script() -> str:
    """Answer the script of the pipeline that mirrors a repository."""
    scripts = [text for one in EXAMPLES if str(one.path) == APPLICATION and one.language == "yaml"
               for text in scripts_within(yaml.safe_load(one.code)) if "clone --mirror" in text]  # fmt: skip
    assert len(scripts) == 1
    return scripts[0]


def test_disks_of_our_storage_classes_can_reach_the_vault_tier() -> None:
    """A class for Azure disks opens them to public networks, has no disk encryption set, and keeps them."""
    classes = [one for _, one in yaml_documents() if one.get("kind") == "StorageClass"]
    assert any(one["provisioner"] == "disk.csi.azure.com" for one in classes)
    for one in classes:
        if one["provisioner"] == "disk.csi.azure.com":
            assert one["parameters"].get("networkAccessPolicy") == "AllowAll", one
            assert one["parameters"].get("publicNetworkAccess") == "Enabled", one
            assert "diskEncryptionSetID" not in one["parameters"], one
            assert one.get("reclaimPolicy") == "Retain", one


def test_restore_from_the_vault_tier_has_its_staging_location_and_roles() -> None:
    """The staging account is open and takes copies from another tenant, and each identity has its role before the restore."""
    (account,) = commands(CLUSTER, "storage", "account", "create")
    assert option(account, "--allow-cross-tenant-replication") == "true"
    assert option(account, "--public-network-access") == "Enabled"
    assert option(account, "--default-action") == "Allow"
    granted = {tuple(call) for one in EXAMPLES if str(one.path) == CLUSTER and one.language == "azurecli"
               for call in re.findall(r'^grant "\$(\w+)" "([\w ]+)" "\$(\w+)"$', one.code, re.MULTILINE)}  # fmt: skip
    assert granted == {
        ("VAULT_IDENTITY", "Reader", "CLUSTER_ID"),
        ("VAULT_IDENTITY", "Contributor", "STAGING_GROUP_ID"),
        ("VAULT_IDENTITY", "Storage Account Contributor", "STAGING_ID"),
        ("VAULT_IDENTITY", "Storage Blob Data Owner", "STAGING_ID"),
        ("EXTENSION_IDENTITY", "Storage Blob Data Contributor", "STAGING_ID"),
        ("CLUSTER_IDENTITY", "Contributor", "STAGING_GROUP_ID"),
        ("VAULT_IDENTITY", "Reader", "SNAPSHOT_GROUP_ID"),
        ("CLUSTER_IDENTITY", "Contributor", "SNAPSHOT_GROUP_ID"),
    }
    (script,) = [
        one.code for one in EXAMPLES if str(one.path) == CLUSTER and "--staging-storage-account-id" in one.code
    ]
    assert "--staging-resource-group-id" in script.split()
    assert [one for one in EXAMPLES if str(one.path) == CLUSTER and '--source-datastore "$TIER"' in one.code]
    last = [call[1:4] for call in commands(CLUSTER, "dataprotection", "backup-instance")][-2:]
    assert [one[1] for one in last] == ["validate-for-restore", "restore"], "validate first, then restore"


def test_git_is_attached_only_behind_the_restore_of_a_lost_cluster(project: Path) -> None:
    """A lost cluster, and a cluster in the second region, get their volumes back before Git can create empty claims."""
    text = (project / CLUSTER).read_text(encoding="utf-8")
    for heading, restore, git in (
        ("### Restore a lost cluster", "#run-the-restore", "attach Git"),
        ("## Fail over to a second region", "#restore-a-lost-cluster", "Attach the GitOps"),
    ):
        section = text.partition(f"\n{heading}\n")[2].partition("\n## ")[0]
        assert 0 < section.find(restore) < section.find(git), heading


def test_no_variable_of_the_cluster_examples_comes_from_nowhere() -> None:
    """Each variable in the commands for a cluster is set on the same page, above its use or in the same line."""
    known: set[str] = set()
    for example in (one for one in EXAMPLES if str(one.path) == CLUSTER and one.language in ("azurecli", "bash")):
        for line in example.code.splitlines():
            known |= set(re.findall(r"\b([A-Z][A-Z_]+)=", line)) | set(re.findall(r"\bread .*\b([A-Z_]+)$", line))
            assert set(re.findall(r"\$\{?([A-Z][A-Z_]+)", line)) <= known, f"{example}: {line}"


def test_storage_fails_back_by_a_planned_failover_of_a_redundant_account() -> None:
    """Each failover says its type, and before a planned one the account is made geo-redundant and its copy is looked at."""
    assert {option(one, "--failover-type") for one in commands(INFRASTRUCTURE, "storage", "account", "failover")} == {
        "Planned",
        "Unplanned",
    }
    calls = commands(INFRASTRUCTURE, "storage", "account")
    planned = [option(call, "--failover-type") for call in calls].index("Planned")
    update, look = calls[planned - 2 : planned]
    assert re.fullmatch(r"Standard_(RA)?GRS", option(update, "--sku"))
    assert "geoReplicationStats" in look


def test_commands_that_destroy_stand_alone_and_ask() -> None:
    """A command that destroys is alone in its block, so that nobody pastes it along with others, and no option answers for people."""
    for example in EXAMPLES:
        calls = shell.commands("az", example.code) if example.language in ("azurecli", "bash") else []
        for call in calls:
            if "failover" in call[:3] or call[:2] == ["group", "delete"]:
                assert calls == [call], f"{example}: az {' '.join(call)}"
                assert not {"--yes", "-y"} & set(call), example


def test_pipelines_name_the_repositories_that_their_scripts_fetch() -> None:
    """A job that fetches an Azure repository in a script checks it out or names it under ``uses``, else it may not read it."""
    fetched = 0
    for example, pipeline, job in jobs():
        resources = pipeline.get("resources", {}).get("repositories", [])
        names = {one["repository"]: one["name"] for one in resources if one["type"] == "git"}
        used = job.get("uses", {}).get("repositories", [])
        used += [step["checkout"] for step in job["steps"] if "checkout" in step]
        for script in scripts_within(job["steps"]):
            for project, repository in AZURE_REPOSITORY.findall(script):
                fetched += 1
                assert f"{project}/{repository}" in [names.get(one) for one in used], example
    assert fetched


@pytest.fixture
def recorded_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that writes down its arguments and knows no settings of this machine."""
    real = shutil.which("git")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {tmp_path}/arguments\nexec {real} "$@"\n')
    (tools / "git").chmod(0o755)
    for name, value in {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        **{f"GIT_{role}_{part}": "someone" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")},
    }.items():
        monkeypatch.setenv(name, value)


def run_git(*arguments: str, cwd: Path) -> str:
    """Run git and answer what it prints."""
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.usefixtures("recorded_git")
def test_mirror_pipeline_copies_a_repository_and_shows_no_token(tmp_path: Path) -> None:
    """The script signs in as each server wants it, mirrors branches and tags, and keeps tokens out of log, arguments and files."""
    source, mirror = tmp_path / "srv/dev/contoso/orders/_git/orders-api", tmp_path / "srv/mirror/contoso/orders-api.git"
    work = tmp_path / "work"
    run_git("init", "--quiet", "--initial-branch", "main", str(work), cwd=tmp_path)
    run_git("commit", "--quiet", "--allow-empty", "--message", "First", cwd=work)
    run_git("tag", "v1", cwd=work)
    run_git("clone", "--quiet", "--mirror", str(work), str(source), cwd=tmp_path)
    run_git("clone", "--quiet", "--bare", str(work), str(mirror), cwd=tmp_path)
    run_git("branch", "removed-at-the-source", cwd=mirror)
    run_git("commit", "--quiet", "--allow-empty", "--message", "Second", cwd=work)
    run_git("push", "--quiet", str(source), "main", "main:feature", cwd=work)

    basic = base64.b64encode(f"pat:{PERSONAL_TOKEN}".encode()).decode()
    wanted = {"dev": f"bearer {JOB_TOKEN}", "mirror": f"Basic {basic}"}
    (tmp_path / "job").mkdir()
    (tmp_path / "job/s").mkdir()
    (tmp_path / "arguments").unlink()
    with serve_git(tmp_path / "srv", wanted) as address:
        script = mirror_script()
        for host, path in (("https://dev.azure.com", "dev"), ("https://git.example.com", "mirror")):
            assert host in script
            script = script.replace(host, f"{address}/{path}")
        result = subprocess.run(
            ["bash", "-c", script],
            cwd=tmp_path / "job/s",
            env={**os.environ, "SYSTEM_ACCESSTOKEN": JOB_TOKEN, "MIRROR_TOKEN": PERSONAL_TOKEN},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert result.returncode == 0, result.stderr
    refs = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
    assert run_git(*refs, cwd=mirror) == run_git(*refs, cwd=source)
    bundle = tmp_path / "job/s/orders-api.bundle"
    assert "refs/heads/feature" in run_git("bundle", "list-heads", str(bundle), cwd=mirror)
    printed = result.stdout.replace(f"##vso[task.setsecret]{basic}\n", "", 1) + result.stderr
    places = {"log": printed, "arguments": (tmp_path / "arguments").read_text()}
    places |= {str(one): one.read_text(errors="replace") for one in (tmp_path / "job").rglob("*") if one.is_file()}
    for place, text in places.items():
        assert not [token for token in (JOB_TOKEN, PERSONAL_TOKEN, basic) if token in text], place
