"""What becomes of a command, and of a file, when someone interrupts."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidekit.cli import main
from guidekit.disk import writing

ContentSet = Callable[[dict[str, str | bytes]], Path]


class Interrupted(io.RawIOBase):
    """A standard input on which someone presses Ctrl-C."""

    def readable(self) -> bool:
        """Say that there is something to read."""
        return True

    def readinto(self, _: object) -> int:
        """Be interrupted."""
        raise KeyboardInterrupt


class InterruptedFile(type(Path())):  # type: ignore[misc]  # the class of paths depends on the system before Python 3.12
    """A file of which the mode is asked when someone presses Ctrl-C, which is when its text lies beside it."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Be interrupted, but not where it is asked whether this is a link."""
        if follow_symlinks:
            raise KeyboardInterrupt
        return super().stat(follow_symlinks=False)  # type: ignore[no-any-return]


def test_interrupt_is_said_and_has_its_own_exit_code(content_set: ContentSet) -> None:
    """Ctrl-C ends a command with 130, with neither a traceback nor output."""
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "content/page.md": "# Page\n"})
    command = ["check", "-", "--stdin-filename", str(root / "content/page.md")]
    result = CliRunner().invoke(main, command, io.BufferedReader(Interrupted()))
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted\n")


def test_interrupted_writing_leaves_nothing_behind(content_set: ContentSet) -> None:
    """A file stays as it was, and nothing lies beside it."""
    file = content_set({"content/a.json": "before"}) / "content/a.json"
    with pytest.raises(KeyboardInterrupt):
        writing.write(InterruptedFile(file), b"after")
    assert [(one.name, one.read_text()) for one in file.parent.iterdir() if one.is_file()] == [("a.json", "before")]


@pytest.mark.parametrize("command", [["check", "--fix"], ["mv", "content/a.md", "content/z.md"]])
def test_interrupt_waits_for_files_that_belong_together(
    content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """Ctrl-C during the first of several files is heard after the last one: none of a move's links is left as it was."""
    page = "---\ntitle: P\ndescription: P\n---\n# P\n\n[x]({})\n"
    files_before = {f"content/{name}.md": page.format("A.md" if command[0] == "check" else "a.md") for name in "abc"}
    root = content_set(dict(files_before))
    monkeypatch.chdir(root)
    write = writing.write

    def interrupted(file: Path, data: bytes) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        write(file, data)

    monkeypatch.setattr(writing, "write", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background, interrupts are ignored
    try:
        result = CliRunner().invoke(main, command)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "interrupted")
    changed = [file.name for file in (root / "content").iterdir() if file.read_text() not in files_before.values()]
    assert sorted(changed) == (["a.md", "b.md", "c.md"] if command[0] == "check" else ["b.md", "c.md", "z.md"])
