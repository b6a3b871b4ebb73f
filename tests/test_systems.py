"""Windows and macOS, as far as a test on Linux can tell: what these systems lack, and what they do otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from case import lay_out
from click.testing import CliRunner

import guidekit
from guidekit import SettingsError
from guidekit.cli import main
from guidekit.cli.content_set import inside
from guidekit.disk import changes, file_status, held_files, letter_case, settings_files, temporary_files, writing
from guidekit.disk.changes import Change
from guidekit.disk.file_status import WriteError
from guidekit.disk.reading import DiskReader
from guidekit.disk.watching import Look
from guidekit.text import file_names, paths

GUIDS = ("78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "7e063160-cb53-46c1-b111-380f77a7c848")

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: S\ndocs_dir: content\nplugins:\n  - guidekit\n",
    "content/guide.md": "---\ntitle: Guide\ndescription: A guide.\nms.custom: Is there a plan?\n---\n# Guide\n\n"
    + "".join(
        f"<!-- You have plan {at} -->\n[!include[plan](../includes/{guid}.md)]\n\n" for at, guid in enumerate(GUIDS)
    ),
    "content/page.md": "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\nSee [the guide](GUIDE.md) and [more](more.md).\n",
    "content/more.md": "---\ntitle: More\ndescription: More.\n---\n# More\n\nSee [the page](page.md).\n",
    **{
        f"includes/{guid}.md": f"---\nms.uid: {guid}\n---\n## Plan {at}\n\nWrite it.\n" for at, guid in enumerate(GUIDS)
    },
    "sheet.csv": f"guid,text,severity\n{GUIDS[1]},You have another plan,High\n",
}

WORK = (
    ["check", "--fix", "--unsafe-fixes"],
    ["new", "item", "content/guide.md", "You try it"],
    ["new", "guide", "content/new.md", "--title", "New", "--question", "Is it new?"],
    ["mv", "content/page.md", "content/folder/page.md"],
    ["import", "sheet.csv"],
    ["retire", GUIDS[0], "--alias", GUIDS[1]],
    ["catalogue", "--output", "made.json"],
    ["check", "--output", "json:report.json"],
)
"""Commands that write files, one after the other."""

RUN = """
import json, sys
from importlib import import_module
from pkgutil import walk_packages
import guidekit
for module in walk_packages(guidekit.__path__, "guidekit."):
    import_module(module.name)
from guidekit.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as ended:
        assert ended.code in (0, 1, None), arguments
"""
"""Imports every module and runs commands."""

WITHOUT = """
import os, signal, sys
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
for name in ("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC", "fchmod", "fork", "forkpty", "getegid", "geteuid",
             "getgid", "getloadavg", "getuid", "killpg", "lchown", "mkfifo", "openpty", "register_at_fork", "setsid", "uname"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGUSR1", "SIGVTALRM", "pthread_sigmask", "setitimer"):
    delattr(signal, name)
os.supports_dir_fd.clear()
os.supports_fd.clear()
os.supports_follow_symlinks.clear()
"""
"""Takes out of Python what Windows has not."""


COLLECT = f"""
import asyncio, concurrent.futures.process, http.server, multiprocessing.pool
import execnet, filelock, hypothesis, mkdocs.config, PIL.Image, platformdirs, playwright.sync_api, pytest, xdist.plugin
{WITHOUT}
sys.modules["pty"] = None
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-W", "ignore", "tests"]))
"""
"""Collects the tests with modules of others that have found out on which system they are, and without what Windows lacks."""


def program(root: Path, code: str, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program that does all the work in a content set."""
    return subprocess.run(
        [sys.executable, *options, "-c", code, json.dumps(WORK)],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_work_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    """Without locks, forks, signals and flags of POSIX, all modules are imported and all is written, with nothing left over."""
    with_all, without = (lay_out(tmp_path / name, FILES) for name in ("with", "without"))
    for root, code in ((with_all, RUN), (without, WITHOUT + RUN)):
        done = program(root, code)
        assert done.returncode == 0, done.stderr.decode()
    assert names(without) == names(with_all)
    assert not [name for name in names(without) if ".tmp" in name]


@pytest.mark.slow  # it imports all tests
def test_tests_are_collected_without_what_windows_lacks(project: Path) -> None:
    """No test asks for a part of POSIX before it is run, so that those that need none can run on Windows."""
    done = program(project, COLLECT)
    assert done.returncode == 0, done.stdout.decode()


def names(root: Path) -> set[str]:
    """List the files below a folder, but for the names that are made up."""
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return {name for name in found if not name.startswith("includes/")}


def test_nothing_is_read_or_written_in_the_encoding_of_the_system(tmp_path: Path) -> None:
    """Texts are UTF-8 wherever they are read and written: Python finds no place that leaves that to the system."""
    done = program(lay_out(tmp_path, FILES), RUN, "-X", "warn_default_encoding", "-W", "error::EncodingWarning")
    assert done.returncode == 0, done.stderr.decode()


def test_lines_end_as_they_did(tmp_path: Path) -> None:
    """What is mended, moved, retired, taken in and made in a content set of Windows ends its lines as the rest there."""
    texts = {name: str(text).replace("\n", "\r\n").encode() for name, text in FILES.items()}
    root = lay_out(tmp_path, {**texts})
    done = program(root, RUN)
    assert done.returncode == 0, done.stderr.decode()
    written = [path for path in root.rglob("*") if path.suffix in (".md", ".yml")]
    changed = [path for path in written if path.read_bytes() != texts.get(path.relative_to(root).as_posix())]
    assert len(changed) >= 6
    mixed = [path.name for path in changed if path.read_bytes().count(b"\n") != path.read_bytes().count(b"\r\n")]
    assert mixed == []


# Files that another program holds


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], list[float]]:
    """Let a function of the system refuse what it is asked for, so many times, as Windows does; answer the waits."""
    waits: list[float] = []

    def hold(name: str, times: int) -> list[float]:
        left = [times]
        real = getattr(os, name)

        def refuse(*arguments: object, **options: object) -> object:
            if left[0]:
                left[0] -= 1
                raise PermissionError(13, "The process cannot access the file", str(arguments[0]))
            return real(*arguments, **options)

        monkeypatch.setattr(os, name, refuse)
        monkeypatch.setattr(held_files, "_ARE_HELD", True)
        monkeypatch.setattr(held_files.time, "sleep", waits.append)
        return waits

    return hold


@pytest.mark.parametrize("times", [1, 7])
def test_file_that_is_held_for_a_moment_is_written(
    tmp_path: Path, held: Callable[[str, int], list[float]], times: int
) -> None:
    """What another program holds for less than a second is replaced when it lets go."""
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    waits = held("replace", times)
    writing.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert len(waits) == times and sum(waits) < 2
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("replace", lambda file: writing.write(file, b"new")),
        ("unlink", writing.remove),
        ("rename", lambda file: writing.move(file, file.with_name("other.md"))),
    ],
)
def test_file_that_stays_held_is_told_and_lost_to_nobody(
    tmp_path: Path, held: Callable[[str, int], list[float]], name: str, change: Callable[[Path], None]
) -> None:
    """What another program goes on to hold stays as it is, and the message says what may be the matter."""
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    held(name, 1_000)
    with pytest.raises(WriteError, match=r"The process cannot access the file; another program may hold it open$"):
        change(file)
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


def test_what_was_written_before_a_held_file_is_told(
    tmp_path: Path, held: Callable[[str, int], list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second of two files cannot be replaced, the message says that the first one was written."""
    lay_out(tmp_path, {"a.md": "old", "b.md": "old"})
    made = [Change(path=PurePosixPath(name), before="old", after="new") for name in ("a.md", "b.md")]
    held("replace", 1_000)
    refusing, real, calls = os.replace, os.rename, []

    def second(*arguments: str) -> None:
        calls.append(arguments)
        (real if len(calls) == 1 else refusing)(*arguments)

    monkeypatch.setattr(os, "replace", second)
    with pytest.raises(WriteError, match=r"b\.md.*; 1 of 2 files were written before it"):
        changes.write(tmp_path, made)
    assert ((tmp_path / "a.md").read_text(), (tmp_path / "b.md").read_text()) == ("new", "old")


def test_file_of_a_killed_run_is_removed_where_there_are_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without locks, what is older than a minute was left behind, and a newer one may still be written."""
    monkeypatch.setattr(temporary_files, "fcntl", None)
    old, new = tmp_path / ".guidekit-old.tmp", tmp_path / ".guidekit-new.tmp"
    for file in (old, new):
        file.write_bytes(b"")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    writing.remove_abandoned([tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == [new.name]


# Consoles


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_terminal_of_few_characters_brings_no_traceback(tmp_path: Path, encoding: str) -> None:
    """What a console cannot show is written with escapes: text of any script, colors, progress and frames."""
    import pty

    page = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n漢😀 … [漢😀](漢.md)\n"
    root = lay_out(tmp_path, {**FILES, "content/漢😀.md": page})
    ours, theirs = pty.openpty()
    for arguments in (["check"], ["check", "--diff"], ["list"], ["report", "usage"]):
        done = subprocess.run(
            [sys.executable, "-c", "from guidekit.cli import main; main()", *arguments],
            cwd=root,
            env={**os.environ, "PYTHONIOENCODING": encoding, "TERM": "xterm-256color", "COLUMNS": "80"},
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        assert done.returncode in (0, 1), done.stderr
        assert b"Traceback" not in done.stderr
    os.close(theirs)
    os.close(ours)


# Names


@pytest.mark.parametrize(
    ("path", "root", "counted"),
    [
        (r"C:\Site\content\plan.md", r"C:\Site", "content/plan.md"),
        (r"c:\site\content\plan.md", r"C:\Site", "content/plan.md"),
        ("C:/Site/content/plan.md", r"C:\Site", "content/plan.md"),
        (r"\\server\share\site\plan.md", r"\\server\share\site", "plan.md"),
        (r"D:\Site\plan.md", r"C:\Site", None),
        (r"C:\Sites\plan.md", r"C:\Site", None),
    ],
)
def test_path_of_windows_is_counted_with_slashes(path: str, root: str, counted: str | None) -> None:
    """Drives, shares, backslashes and any letter case are understood, and what lies elsewhere is not taken for a part."""
    expected = None if counted is None else PurePosixPath(counted)
    assert paths.counted_from(PureWindowsPath(root), PureWindowsPath(path)) == expected


@pytest.mark.parametrize(
    "name", ["../a", "..\\a", "a\\..\\..\\b", "C:/a", "C:\\a", "C:a", "\\a", "\\\\server\\share\\a", "/a", "a\0"]
)
def test_setting_leads_to_no_drive_and_not_up(name: str, tmp_path: Path) -> None:
    """No folder of the settings leads out of the root on Windows, though on Linux it would only be a strange name."""
    lay_out(tmp_path, FILES)
    with pytest.raises(SettingsError, match="must be a folder below the settings file"):
        guidekit.Library.open(tmp_path, {"roots": [name]})
    lay_out(tmp_path, {"mkdocs.yml": f"docs_dir: {json.dumps(name)}\n"})
    with pytest.raises(SettingsError, match="must be a folder below the settings file"):
        guidekit.Library.open(tmp_path)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *(
            (name, "device")
            for name in ("con", "CON.md", "nul.tar.gz", "Com1", "lpt9.x", "aux .md", "COM².md", "conin$")
        ),
        *((name, "ends with a") for name in ("a.", "a ", "a.md ", "...")),
        *((f"a{char}b.md", f"holds '{char}'") for char in '<>:"|?*\\\x01'),
        *(
            (name, "")
            for name in ("console.md", "com10.md", "com.md", "a.con", "a b.md", ".md", "plan .md", "é.md", "a&b'c.md")
        ),
    ],
)
def test_name_that_windows_cannot_have(name: str, fault: str) -> None:
    """Devices, ends that are left out and characters with another meaning are told, and no name that only looks like one."""
    told = file_names.fault_on_windows(name)
    assert (fault in told) if fault else told == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "guide", "content/con.md", "--title", "T", "--question", "Is it so?"],
        ["mv", "content/page.md", "content/a./b.md"],
    ],
)
def test_command_makes_no_name_that_windows_cannot_have(tmp_path: Path, arguments: list[str]) -> None:
    """A new page, and one that moves, get no name that the check would find fault with."""
    done = CliRunner().invoke(
        main, [*arguments[:-4], *arguments[-4:], "--config-file", str(lay_out(tmp_path, FILES) / "mkdocs.yml")]
    )
    assert done.exit_code == 2
    assert "on Windows" in done.stderr or "Windows leaves out" in done.stderr or "does not lie" in done.stderr


# Letter case


@pytest.fixture
def blind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content set on a file system that takes capitals for small letters: other names lead to its files, and are not listed."""
    root = lay_out(tmp_path, {**FILES, "includes/part.md": "Text.\n"})
    others = {"CONTENT": "content", "INCLUDES": "includes", "content/PAGE.md": "page.md", "includes/Part.md": "part.md"}
    for other, name in others.items():
        (root / other).symlink_to(name)
    hidden = {Path(other).name for other in others}
    listed = letter_case.list_names
    monkeypatch.setattr(letter_case, "list_names", lambda folder: listed(folder) - hidden)
    return root


def test_argument_in_other_letters_names_the_file(blind: Path) -> None:
    """A file that is named in other letters than its own is found under its own name, and one that is missing stays."""
    assert letter_case.spelled(blind, PurePosixPath("CONTENT/PAGE.md")) == PurePosixPath("content/page.md")
    assert letter_case.spelled(blind, PurePosixPath("content/page.md")) == PurePosixPath("content/page.md")
    assert letter_case.spelled(blind, PurePosixPath("CONTENT/Gone.md")) == PurePosixPath("content/Gone.md")
    assert inside(blind / "CONTENT/PAGE.md", blind) == PurePosixPath("content/page.md")


def test_file_is_not_read_under_a_name_in_other_letters(blind: Path) -> None:
    """An include in other letters is not found, as on systems that tell capitals from small letters."""
    reader = DiskReader(settings_files.open_content_set(blind))
    assert reader(PurePosixPath("includes/part.md")) == "Text.\n"
    assert reader(PurePosixPath("includes/Part.md")) is None


def test_where_capitals_are_seen_nothing_is_respelled(tmp_path: Path) -> None:
    """On a file system that tells them apart, two files keep their two names."""
    root = lay_out(tmp_path, {**FILES, "content/PAGE.md": "# A\n"})
    assert letter_case.is_seen(root / "content")
    assert letter_case.spelled(root, PurePosixPath("content/PAGE.md")) == PurePosixPath("content/PAGE.md")
    assert letter_case.spelled(root, PurePosixPath("content/Page.md")) == PurePosixPath("content/Page.md")


def test_file_gets_its_name_in_other_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where capitals are taken for small letters, a file may change its letters; where not, the other one stays."""
    plan = tmp_path / "plan.md"
    plan.write_bytes(b"a")
    other = tmp_path / "Plan.md"
    other.write_bytes(b"b")
    with pytest.raises(WriteError, match="that file exists"):
        writing.move(plan, other)
    monkeypatch.setattr(Path, "samefile", lambda *_: True)
    other.unlink()
    real = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: path == other or real(path))
    writing.move(plan, other)
    assert [path.name for path in tmp_path.iterdir()] == ["Plan.md"]


# Times


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system know every other second alone, and nothing else that tells one version from another."""

    def stamp(file: Path) -> tuple[int, ...]:
        if not file.exists():
            return ()
        seen = file.stat()
        return seen.st_mtime_ns // 2_000_000_000 * 2_000_000_000, seen.st_size

    monkeypatch.setattr(file_status, "stamp", stamp)


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize("name", ["content/page.md", "mkdocs.yml"])
def test_file_that_is_written_twice_in_a_moment_is_seen(tmp_path: Path, name: str) -> None:
    """Where times are those of every other second, a second edit of the same length is seen, once, and nothing else."""
    root = lay_out(tmp_path, FILES)
    content_set = settings_files.open_content_set(root)
    now = time.time_ns()
    for path in root.rglob("*"):
        os.utime(path, ns=(now, now))
    before = Look.at(content_set)
    assert before.again(content_set).is_like(before)
    file = root / name
    file.write_bytes(file.read_bytes().replace(b"g", b"h"))
    os.utime(file, ns=(now, now))
    after = before.again(content_set)
    changed = {*after.changed(before), *(path.relative_to(root) for path in after.changed_beside(before))}
    assert changed == {Path(name)}
    assert after.again(content_set).is_like(after)


def test_file_that_was_written_long_ago_is_not_read_to_be_watched(tmp_path: Path) -> None:
    """What was written more than two seconds before a look is known by its time, and not read."""
    root = lay_out(tmp_path, FILES)
    for path in root.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    look = Look.at(settings_files.open_content_set(root))
    assert (look.fresh, look.again(settings_files.open_content_set(root)).compared) == ({}, {})
