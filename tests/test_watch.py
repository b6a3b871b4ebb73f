"""A check that goes on: what it shows after each change, and how it ends."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidekit.cli import main

ContentSet = Callable[[dict[str, str | bytes]], Path]
Open = Callable[..., "Watched"]

# who starts the tests in the background has interrupts ignored, and that is handed on
START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
COMMAND = [sys.executable, "-c", f"{START}; from guidekit.cli import main; main(prog_name='guidekit')"]
PAGE = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\nText.\n"
LINK = "\n[x](gone.md)\n"
ONE_FOUND = "content/page.md:9:1: warning [file-not-found] link to 'gone.md' ('content/gone.md') leads nowhere"


def save(file: Path, text: str) -> None:
    """Write a file at one stroke, as editors do, so that there is one change and one report."""
    draft = file.with_name(f".{file.name}.draft")
    draft.write_text(text)
    draft.replace(file)


class Watched:
    """A check that is running; both its outputs come together, line by line."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        given = [option.format(root=root) for option in options or ("{root}",)]
        command = [*COMMAND, "check", *given, "--watch", "--output-format", "concise"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line.rstrip("\n"))

    def report(self) -> list[str]:
        """Wait for the next report, and answer it without the line that says that the check goes on."""
        lines: list[str] = []
        while not lines or not lines[-1].startswith("watching "):
            lines.append(self.next_line())
        return lines[:-1]

    def next_line(self) -> str:
        """Wait for a line."""
        return self._lines.get(timeout=60)


@pytest.fixture
def watched(content_set: ContentSet) -> Iterator[Open]:
    """Start checks that go on, and end them after the test."""
    started: list[Watched] = []

    def start(files: dict[str, str | bytes], *options: str) -> Watched:
        one = Watched(content_set({"mkdocs.yml": "site_name: S\ndocs_dir: content\n"} | files), *options)
        started.append(one)
        return one

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


def test_edit_is_checked(watched: Open) -> None:
    """After a file was written the new report comes, and the old one again when that is taken back."""
    check = watched({"content/page.md": PAGE})
    clean = check.report()
    assert clean[-1].endswith("no findings")
    page = check.root / "content/page.md"
    save(page, PAGE + LINK)
    assert check.report()[:2] == ["changed: content/page.md", ONE_FOUND]
    save(page, PAGE)
    assert check.report() == ["changed: content/page.md", *clean]


def test_files_come_and_go(watched: Open) -> None:
    """A new file mends what linked to it, a removed one breaks it, and one that is mended is read anew."""
    check = watched({"content/page.md": PAGE + LINK})
    assert ONE_FOUND in check.report()
    gone = check.root / "content/gone.md"
    save(gone, PAGE)
    new = check.report()
    assert new[0] == "changed: content/gone.md" and new[-1].endswith("no findings")
    gone.unlink()
    assert ONE_FOUND in check.report()
    save(check.root / "content/page.md", PAGE)
    assert check.report()[-1].endswith("no findings")


def test_changed_settings_hold(watched: Open) -> None:
    """Settings are read anew; wrong ones are told, and what was found before stays until they are mended."""
    check = watched({"content/page.md": PAGE + LINK})
    assert ONE_FOUND in check.report()
    settings = check.root / "mkdocs.yml"
    silent = "site_name: S\ndocs_dir: content\nplugins: [guidekit: {severity: {file-not-found: off}}]\n"
    save(settings, silent.replace("off", "awful"))
    assert "severity" in check.report()[-1]
    save(settings, silent)
    assert check.report()[-1].endswith("no findings")
    save(check.root / "content/page.md", PAGE + LINK * 2)
    assert check.report()[-1].endswith("no findings")


@pytest.mark.parametrize("place", [".gitignore", "content/.gitignore", "content/sub/.gitignore"])
def test_changed_ignore_file_holds(watched: Open, place: str) -> None:
    """A file is passed over once a .gitignore names it, wherever that lies, and is checked again once it is gone."""
    check = watched({"content/page.md": PAGE, "content/sub/draft.md": PAGE + LINK})
    found = ONE_FOUND.replace("page.md", "sub/draft.md").replace("content/gone.md", "content/sub/gone.md")
    assert found in check.report()
    ignore = check.root / place
    save(ignore, "draft.md\n")
    report = check.report()
    assert report[0].startswith("changed: ") and report[0].endswith(place)
    assert report[-1].endswith("no findings")
    ignore.unlink()
    assert found in check.report()


def test_replaced_folder_is_watched(watched: Open) -> None:
    """A content folder that is removed is told once, and the one that comes in its place is watched like the first."""
    check = watched({"content/page.md": PAGE})
    check.report()
    content, other = check.root / "content", check.root / "other"
    content.rename(other)
    assert check.report()[-1] == f"Error: there is no content folder '{content}'"
    other.rename(content)
    assert check.report()[-1].endswith("no findings")
    save(content / "page.md", PAGE + LINK)
    assert check.report()[:2] == ["changed: content/page.md", ONE_FOUND]


@pytest.mark.parametrize("place", ["shared", "clones/shared"])
def test_other_repository_that_comes_is_watched(place: str, watched: Open) -> None:
    """In a repository of docfx's too, one that is told to be missing is read when it is there, and again when it changes."""
    check = watched(
        {
            "mkdocs.yml": f"site_name: S\ndocs_dir: content\nplugins: [guidekit: {{mounts: {{shared: {place}}}}}]\n",
            "docfx.json": '{"build": {"content": [{"src": "content", "files": ["**/*.md"]}]}}',
            "content/page.md": f"{PAGE}\n[!INCLUDE [x](~/shared/x.md)]\n",
            "clones/readme.txt": "",
        }
    )
    assert "[mount-missing]" in check.report()[0]
    made = check.root / "made"
    made.mkdir()
    (made / "x.md").write_text("Words.\n")
    made.rename(check.root / place)
    report = check.report()
    while "[mount-missing]" in "".join(report):  # the folder that was made is a change of its own
        report = check.report()
    assert report[-1].endswith("no findings")
    (check.root / place / "x.md").unlink()
    assert "[include-not-found]" in "".join(check.report())


def test_folder_within_folders_is_watched(watched: Open) -> None:
    """A content folder below others may be replaced as a whole, and folders for fragments may come later."""
    settings = "site_name: S\ndocs_dir: site/content\nplugins: [guidekit: {roots: [site/common/parts]}]\n"
    included = f"{PAGE}\n[!include[x](../common/parts/x.md)]\n"
    check = watched({"mkdocs.yml": settings, "site/content/page.md": included})
    assert "[include-not-found]" in check.report()[0]
    made = check.root / "site" / "made"
    (made / "parts").mkdir(parents=True)
    (made / "parts" / "x.md").write_text("Words.\n")
    made.rename(check.root / "site" / "common")
    assert check.report()[-1].endswith("no findings")
    (check.root / "site").rename(check.root / "other")
    assert check.report()
    (check.root / "other").rename(check.root / "site")
    assert check.report()[-1].endswith("no findings")
    save(check.root / "site/content/page.md", PAGE + LINK)
    assert "[file-not-found]" in check.report()[1]


def test_path_that_is_gone_does_not_pass_for_clean(watched: Open) -> None:
    """When the only page that was asked for is removed, that is an error, until it is back."""
    check = watched({"content/page.md": PAGE, "content/other.md": PAGE}, "{root}/content/page.md")
    clean = check.report()
    (check.root / "content/page.md").unlink()
    assert check.report()[-1] == "Error: nothing to check: no page and no fragment in 'content/page.md'"
    save(check.root / "content/page.md", PAGE)
    assert check.report()[1:] == clean


def test_included_file_that_is_not_listed_is_watched(watched: Open) -> None:
    """An include may show a hidden file; when that goes, the include shows nothing."""
    check = watched({"content/page.md": PAGE, "includes/.x.md": "Words.\n"})
    check.report()
    save(check.root / "content/page.md", f"{PAGE}\n[!include[x](../includes/.x.md)]\n")
    assert check.report()[-1].endswith("no findings")
    (check.root / "includes/.x.md").unlink()
    assert "[include-not-found]" in check.report()[1]


def test_settings_of_settings_are_waited_for(watched: Open) -> None:
    """A file that the settings inherit from may come later."""
    check = watched({"content/page.md": PAGE + LINK})
    check.report()
    save(check.root / "mkdocs.yml", "INHERIT: base.yml\nsite_name: S\n")
    assert "base.yml" in check.report()[-1]
    save(check.root / "base.yml", "docs_dir: content\nplugins: [guidekit: {severity: {file-not-found: off}}]\n")
    assert check.report()[-1].endswith("no findings")


def test_setting_that_names_a_removed_page_is_told(watched: Open) -> None:
    """A page that the settings need may go, and comes back without a new start."""
    settings = "site_name: S\ndocs_dir: content\nplugins: [guidekit: {glossary: words.md}]\n"
    check = watched({"mkdocs.yml": settings, "content/page.md": PAGE, "content/words.md": PAGE})
    clean = check.report()
    (check.root / "content/words.md").unlink()
    assert "there is no page 'words.md'" in check.report()[-1]
    save(check.root / "content/words.md", PAGE)
    assert check.report()[1:] == clean


def test_other_files_change_nothing(watched: Open) -> None:
    """A file that is no part of the content set is no reason for a report, nor is one that was only read."""
    check = watched({"content/page.md": PAGE, "notes.txt": "a"})
    check.report()
    save(check.root / "notes.txt", "b")
    save(check.root / "content/.hidden", "b")
    (check.root / "content/page.md").read_text()
    save(check.root / "content/page.md", PAGE + LINK)
    assert check.report()[0] == "changed: content/page.md"


def test_report_among_the_content_starts_no_new_one(watched: Open) -> None:
    """A report that is written into the content set is a change, but not one after another without an end."""
    check = watched({"content/page.md": PAGE}, "{root}", "--output", "json:{root}/content/report.json")
    check.report()
    assert check.report()[0] == "changed: content/report.json"
    save(check.root / "content/page.md", PAGE + LINK)
    assert check.report()[:2] == ["changed: content/page.md", ONE_FOUND]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_interrupt_ends_it_well(watched: Open) -> None:
    """Ctrl-C is how it ends, so the exit code is 0, whatever was found."""
    check = watched({"content/page.md": PAGE + LINK})
    check.report()
    check.process.send_signal(signal.SIGINT)
    assert check.next_line() == "stopped watching"
    assert check.process.wait(timeout=60) == 0


@pytest.mark.parametrize("option", ["--fix", "--diff", "--staged", "--since=HEAD", "--show-settings"])
def test_what_makes_no_sense_again_and_again_is_refused(content_set: ContentSet, option: str) -> None:
    """Options that mend or compare do not go with a check that goes on."""
    root = content_set({"content/page.md": PAGE})
    result = CliRunner().invoke(main, ["check", str(root), "--watch", option])
    assert result.exit_code == 2
    assert "--watch" in result.stderr
