"""What becomes of files when a run is killed between two of its steps, and of the same command run again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from case import lay_out
from click.testing import CliRunner, Result

from guidekit import files, temporary_files
from guidekit.cli import console, main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes as POSIX does")

ContentSet = Callable[[dict[str, str | bytes]], Path]

PLAN, TEST, NEW = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "abc")
HEADER = "---\ntitle: {0}\ndescription: D.\nms.custom: Is it done?\n---\n\n# {0}\n\n"
ITEM = "<!-- {1} -->\n[!include[{0}](../includes/{0}.md)]\n\n"
FRAGMENT = "---\nms.uid: {}\nms.assessment_question: {}\n---\n\n## Heading\n\n" + "word " * 30 + "\n"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: S\ndocs_dir: content\nnav:\n  - a.md\nplugins:\n  - guidekit\n",
    "content/a.md": HEADER.format("A") + ITEM.format(PLAN, "Plan") + ITEM.format(TEST, "Test") + "[b](b.md)\n",
    "content/b.md": HEADER.format("B") + ITEM.format(PLAN, "Plan") + "[a](a.md) ![A drawing](img/x.png)\n",
    "content/img/x.png": "picture",
    "content/sub/c.md": HEADER.format("C").replace("ms.custom: Is it done?\n", "") + "[d](d.md) ![Other one](y.png)\n",
    "content/sub/d.md": HEADER.format("D").replace("ms.custom: Is it done?\n", "") + "[a](../a.md) [c](c.md)\n",
    "content/sub/y.png": "other picture",
    f"includes/{PLAN}.md": FRAGMENT.format(PLAN, "Plan"),
    f"includes/{TEST}.md": FRAGMENT.format(TEST, "Test"),
    "in.csv": f"GUID,Item,Severity\n{PLAN},Plan 2,High\n{TEST},Test 2,Low\n{NEW},New,\n",
}
COMMANDS = {
    "import": ["import", "in.csv", "--guide", "content/a.md", "--date", "2026-01-02"],
    "new item": ["new", "item", "content/a.md", "Keys are rotated", "--date", "2026-01-02"],
    "mv page": ["mv", "content/a.md", "content/z.md"],
    "mv image": ["mv", "content/img/x.png", "content/img/z.png"],
    "mv folder": ["mv", "content/sub", "content/part"],
    "retire": ["retire", TEST, "--alias", PLAN],
    "retire, no alias": ["retire", PLAN],
}

STEPS = ("replace", "rename", "unlink")
"""The methods of a path that put a file in its place, move one, or remove one."""


class Killed(BaseException):
    """What ends a run between two steps, as far as that can be done without ending the tests."""


def run(root: Path, command: list[str], steps: int = 10**6) -> Result | None:
    """Run a command; answer ``None`` where it was killed when it had made so many steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        counted = count()
        for name in STEPS:
            patch.setattr(Path, name, _until_killed(getattr(Path, name), counted, steps))
        try:
            return CliRunner().invoke(main, command)
        except Killed:
            return None


def _until_killed(step: Callable[..., Any], done: Iterator[int], steps: int) -> Callable[..., Any]:
    """Make a step, but none after the last one: not even those that clean up."""

    def made(*arguments: Any, **options: Any) -> Any:
        if next(done) >= steps:
            raise Killed
        return step(*arguments, **options)

    return made


def content(root: Path) -> dict[str, str]:
    """Read all files; a GUID that was made up is named as such."""
    found = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
    known = {PLAN, TEST, NEW}
    made = {Path(name).stem for name in found if name.startswith("includes/")} - known
    return {_anonymous(name, made): _anonymous(text, made) for name, text in found.items()}


def _anonymous(text: str, guids: set[str]) -> str:
    for guid in guids:
        text = text.replace(guid, "GUID")
    return text


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command_that_was_killed_finishes_when_it_is_run_again(tmp_path: Path, command: list[str]) -> None:
    """Killed between any two steps and run again, a command leaves what it leaves without that."""
    whole = lay_out(tmp_path / "whole", FILES)
    assert run(whole, command)
    finished = 0
    for steps in count():
        root = lay_out(tmp_path / str(steps), FILES)
        if run(root, command, steps):
            break
        if content(root) != content(whole):
            again = run(root, command)
            assert again, "killed again"
            assert (again.exit_code, content(root)) == (0, content(whole)), f"after {steps} steps: {again.output}"
            finished += 1
    assert finished >= 2


def test_file_of_a_killed_run_is_removed_by_the_next(tmp_path: Path) -> None:
    """What a process that was killed has left beside a file is gone after the next run that writes there."""
    script = (
        "import os, signal; from pathlib import Path; from guidekit import files\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nfiles.write(Path('out.txt'), b'half')"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False, timeout=60)
    assert (killed.returncode, [path.name[:10] for path in tmp_path.iterdir()]) == (-9, [".guidekit-"])
    console.write(b"whole", tmp_path / "out.txt")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.txt", b"whole")]


def test_file_of_a_run_that_goes_on_is_left(tmp_path: Path) -> None:
    """A file that another process is writing stays; so does what only has such a name, a folder or a link."""
    (tmp_path / ".guidekit-folder.tmp").mkdir()
    (tmp_path / ".guidekit-link.tmp").symlink_to("other")
    (tmp_path / "other").write_text("other")
    with temporary_files.beside(tmp_path / "target") as made:
        script = "import sys; from pathlib import Path; from guidekit import files; files.remove_abandoned([Path()])"
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, timeout=60)
        assert made.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".guidekit-folder.tmp", ".guidekit-link.tmp", "other"]


def test_file_that_was_taken_for_abandoned_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process removes a file before it is locked, a second one is made, and nothing is lost."""
    import fcntl

    lock = fcntl.flock
    removed = []

    def late(descriptor: int, how: int) -> None:
        for path in tmp_path.glob(".guidekit-*"):
            if not removed:
                removed.append(path)
                path.unlink()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    files.write(tmp_path / "a", b"whole")
    assert (len(removed), [path.name for path in tmp_path.iterdir()]) == (1, ["a"])
