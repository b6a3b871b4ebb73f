"""Completion in a shell: the scripts, and what is offered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidekit.cli import main
from guidekit.cli.completion import SHELLS


@pytest.fixture
def bash(tmp_path: Path) -> Path:
    """A folder with a program named guidekit."""
    program = tmp_path / "guidekit"
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c \'from guidekit.cli import main; main(prog_name="guidekit")\' "$@"\n'
    )
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["che"], ["check", "check-links"]),
        (["rule", "legacy"], ["legacy-banner"]),
        (["check", "--select", "uid-invalid,uid-"], ["uid-invalid,uid-mismatch", "uid-invalid,uid-duplicate"]),
        (["report", "own"], ["owners"]),
        (["check", "--ignore", "no-such"], []),
    ],
)
def test_bash_completes_what_is_typed(bash: Path, typed: list[str], offered: list[str]) -> None:
    """The script that the command prints completes commands, reports and rules in a real bash."""
    script = (
        'eval "$(guidekit completion bash)" && complete -p guidekit >&2 && COMP_WORDS=(guidekit "$@") && COMP_CWORD=$#'
        ' && _guidekit_completion guidekit && printf "%s\\n" "${COMPREPLY[@]}"'
    )
    env = {**os.environ, "PATH": f"{bash}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *typed], env=env, capture_output=True, text=True, check=False
    )
    assert "_guidekit_completion guidekit" in result.stderr
    assert result.stdout.split() == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_script_asks_the_program_itself(shell: str) -> None:
    """Each script names the program, and the variable by which the program knows that it is asked."""
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "guidekit" in result.stdout and "_GUIDEKIT_COMPLETE" in result.stdout


def test_unknown_shell_is_misuse() -> None:
    """A shell for which there is no script is exit code 2, with those that there are."""
    result = CliRunner().invoke(main, ["completion", "csh"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fish" in result.stderr
