"""What the examples of the guides need so that a recovery works with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import shell
import yaml
from test_examples import EXAMPLES, Example

CLUSTER = "content/operate/azure-kubernetes-service.md"
INFRASTRUCTURE = "content/operate/infrastructure.md"


def yaml_documents() -> Iterator[tuple[Example, Mapping[str, Any]]]:
    """Go through the YAML of the examples."""
    for example in EXAMPLES:
        if example.language == "yaml":
            yield from ((example, one) for one in yaml.safe_load_all(example.code) if isinstance(one, dict))


def commands(path: str, *names: str) -> list[list[str]]:
    """Find the calls of an Azure CLI command on a page, in their order."""
    scripts = [one.code for one in EXAMPLES if str(one.path) == path and one.language == "azurecli"]
    calls = [call for script in scripts for call in shell.commands("az", script)]
    return [call for call in calls if call[: len(names)] == list(names)]


def option(command: list[str], name: str) -> str:
    """Answer the value of an option, or nothing."""
    return command[command.index(name) + 1] if name in command else ""


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
    }
    (configuration,) = commands(CLUSTER, "dataprotection", "backup-instance", "initialize-restoreconfig")
    assert {"--staging-resource-group-id", "--staging-storage-account-id"} <= set(configuration)
    (request,) = commands(CLUSTER, "dataprotection", "backup-instance", "restore", "initialize-for-data-recovery")
    assert option(request, "--source-datastore") == "VaultStore"
    last = [call[1:4] for call in commands(CLUSTER, "dataprotection", "backup-instance")][-2:]
    assert [one[1] for one in last] == ["validate-for-restore", "restore"], "validate first, then restore"


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
