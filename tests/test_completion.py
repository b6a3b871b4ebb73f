"""Completion in a shell: the scripts, and what is offered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidekit.cli import main
from guidekit.cli.completion import SHELLS

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")

ZSHRC = """
autoload -Uz compinit && compinit -u -D
eval "$(guidekit completion zsh)"
insert-all() { compstate[insert]=all }
comppostfuncs=(insert-all)
tell() { print -r -- "$BUFFER" > told; exit }
zle -N tell && bindkey '^X' tell
"""
"""Settings by which zsh puts in all that it would offer, and tells its line when Ctrl+X is pressed."""


def ask_bash(env: dict[str, str], typed: str) -> list[str]:
    """Call the function that bash would call, with the words as bash would give them."""
    script = (
        'eval "$(guidekit completion bash)" && complete -p guidekit >&2 && COMP_WORDS=(guidekit "$@") && COMP_CWORD=$#'
        ' && _guidekit_completion guidekit && printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *typed.split()], env=env, capture_output=True, text=True, check=False
    )
    assert "_guidekit_completion guidekit" in result.stderr
    return result.stdout.split()


def ask_fish(env: dict[str, str], typed: str) -> list[str]:
    """Let fish tell what it would offer; behind a tab it explains that."""
    script = 'guidekit completion fish | source; complete --do-complete "guidekit $typed"'
    result = subprocess.run(
        ["fish", "-c", script], env={**env, "typed": typed}, capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    return [line.partition("\t")[0] for line in result.stdout.splitlines()]


def ask_zsh(env: dict[str, str], typed: str) -> list[str]:
    """Press Tab in zsh, which completes on a terminal only."""
    home = Path(env["HOME"])
    (home / ".zshrc").write_text(ZSHRC)
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"guidekit {typed}\t\x18".encode())
        subprocess.run(
            ["zsh", "-i"],
            cwd=home,
            env={**env, "ZDOTDIR": str(home)},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            timeout=120,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    words = (home / "told").read_text().split()[len(typed.split()) :]
    return [] if words == typed.split()[-1:] else words


ASK = {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}


@pytest.mark.slow  # three shells
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("che", ["check", "check-links"]),
        ("rule legacy", ["legacy-banner"]),
        ("check --select uid-invalid,uid-", ["uid-invalid,uid-mismatch", "uid-invalid,uid-duplicate"]),
        ("report own", ["owners"]),
        ("check --ignore no-such", []),
    ],
)
def test_shell_completes_what_is_typed(tmp_path: Path, shell: str, typed: str, offered: list[str]) -> None:
    """The script that the command prints completes commands, reports and rules in a real shell."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    program = tmp_path / "guidekit"
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c \'from guidekit.cli import main; main(prog_name="guidekit")\' "$@"\n'
    )
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    assert sorted(ASK[shell](env, typed)) == sorted(offered)


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
