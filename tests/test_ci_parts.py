"""What others put into their CI: the action and the hook of this repository."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

PAGE = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n[x]({})\n"


@pytest.fixture
def action(project: Path) -> dict[str, Any]:
    """The action, as it is written."""
    loaded: dict[str, Any] = yaml.safe_load((project / "action.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("schema", "file"), [("github-actions", "action.yml"), ("github-workflows", ".github/workflows/ci.yml")]
)
def test_action_and_workflow_keep_to_githubs_schema(project: Path, schema: str, file: str) -> None:
    """GitHub would take the file as it is."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_hook_keeps_to_the_schema_of_pre_commit(project: Path) -> None:
    """pre-commit would take the manifest as it is."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("target", "code"), [("page.md", 0), ("gone.md", 1)])
def test_step_of_the_action_checks_and_reports(
    action: dict[str, Any], content_set: Callable[[dict[str, str]], Path], tmp_path: Path, target: str, code: int
) -> None:
    """The script of the action annotates, writes summary and SARIF, and fails as the check does."""
    root = content_set({"site/content/page.md": PAGE.format(target)})
    programs = tmp_path / "runner/guidekit/bin"
    programs.mkdir(parents=True)
    program = f"#!/bin/sh\nexec {sys.executable} -c 'from guidekit.cli import main; main()' \"$@\"\n"
    (programs / "guidekit").write_text(program)
    (programs / "guidekit").chmod(0o755)
    step = action["runs"]["steps"][1]
    given = {"CONTENT": "site", "FAIL_ON": action["inputs"]["fail-on"]["default"], "SARIF": "report.sarif"}
    assert set(step["env"]) == set(given)
    files = {
        "RUNNER_TEMP": tmp_path / "runner",
        "GITHUB_STEP_SUMMARY": tmp_path / "summary.md",
        "GITHUB_WORKSPACE": root,
    }
    env = {**os.environ, **given, **{name: str(path) for name, path in files.items()}}
    result = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stderr
    assert ("::warning file=site/content/page.md,line=7" in result.stdout) is bool(code)
    assert "## guidekit" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert (root / "report.sarif").exists()


def test_action_puts_no_input_into_a_script(action: dict[str, Any]) -> None:
    """What a user gives reaches a script by the environment only, so that it cannot become a command."""
    assert all("${{" not in step["run"] for step in action["runs"]["steps"])
