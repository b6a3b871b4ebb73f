"""How far a command is: shown at a terminal after a while, and nowhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")

ContentSet = Callable[[dict[str, str | bytes]], Path]

IMPATIENT = "from guidekit.cli import main, progress; progress.PATIENCE = {}; main(prog_name='guidekit')"
FILES: dict[str, str | bytes] = {f"content/{number}.md": "# Page\n" for number in range(400)}


def run(root: Path, patience: float, *, at_terminal: bool = True) -> str:
    """Check a content set; answer what came on standard error, be it a terminal or a pipe."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", IMPATIENT.format(patience), "check", str(root)]
    error = follower if at_terminal else subprocess.PIPE
    environment = os.environ | {"TERM": "xterm"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=error, text=True, env=environment)
    os.close(follower)
    shown = b""
    while at_terminal:
        try:
            shown += os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
    _, said = process.communicate(timeout=60)
    os.close(leader)
    return shown.decode() if at_terminal else said


def test_reading_is_shown_at_a_terminal(content_set: ContentSet) -> None:
    """After a while a bar tells how many files are read, then that they are judged; both are wiped out again."""
    shown = run(content_set(FILES), 0.01)
    assert "reading" in shown and "/400" in shown and "judging" in shown
    assert re.search("checked 400 pages.*warnings", re.sub("\x1b[^a-zA-Z]*[a-zA-Z]", "", shown.splitlines()[-1]))


def test_short_work_shows_nothing(content_set: ContentSet) -> None:
    """What is done before anyone wonders shows no bar."""
    shown = run(content_set(FILES), 60)
    assert "reading" not in shown and "judging" not in shown


def test_pipe_gets_no_progress(content_set: ContentSet) -> None:
    """Where standard error is no terminal, no bar comes, only what was checked."""
    shown = run(content_set(FILES), 0, at_terminal=False)
    assert [line.split()[0] for line in shown.splitlines()] == ["no", "checked"]
