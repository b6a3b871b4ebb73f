"""A content set whose names and texts would command whatever shows them: nothing that guidekit prints is obeyed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import fromstring

import pytest
from build_log import COMMANDS, obeyed
from click.testing import CliRunner, Result
from site_build import Build

import guidekit
from guidekit.cli import main
from guidekit.exports import catalogue, graph, reports
from guidekit.reporting import outputs
from guidekit.syntax import redirections
from guidekit.text.source import Source

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb{:02}"
OWN = {"github": ("::error ", "::warning ", "::notice "), "azure": ("##vso[task.logissue ",)}
"""What begins the lines of a format that are meant to be obeyed."""
NOT_UTF_8 = os.fsdecode(b"content/\xff\xfe.md")


def folded(text: str) -> str:
    """Write a text on one line."""
    return text.replace("\n", " ").replace("\r", " ")


def pages(names: bool) -> Iterator[tuple[str, str]]:
    """Lay out a page and a fragment for each command, with names that hold it too if that is wanted."""
    for number, text in enumerate(COMMANDS):
        guid, one = GUID.format(number), folded(text)
        page = (
            f"---\ntitle: '{one}'\ndescription: '{one}'\nms.author: '{one}'\nms.custom: '{one}?'\nms.date: 01/01/2020\n"
            f"bad {one} key: x\n---\n# {one}\n\n{text}\n\n[x](<{one}.md>) ![]({one.replace(' ', '%20')})\n\n<!-- {one} -->\n"
            f"[!include[{guid}](../Includes/{guid}.md)]\n\n[!include[{one}](<{one}.md>)]\n\n<!-- {one} -->\n"
        )
        fragment = f"---\nms.author: '{one}'\nms.service: '{one}'\n---\n## {one}\n\n{one} {'word ' * 25}{text}\n"
        yield f"content/page-{number}.md", page
        yield f"includes/{guid}.md", fragment
        if names:
            yield f"content/{text}.md", page
            yield f"includes/{text}.md", fragment
    if names:
        yield NOT_UTF_8, "# A\n\n[x](gone.md)\n"


def make(root: Path, *, names: bool) -> Path:
    """Write such a content set."""
    files = {"mkdocs.yml": "site_name: T\nsite_url: https://x.example/\ndocs_dir: content\nplugins: [guidekit]\n"}
    for name, text in (files | dict(pages(names))).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content set in which texts and names are commands; nothing in it may be changed."""
    return make(tmp_path_factory.mktemp("hostile"), names=True)


def run(root: Path, *arguments: str) -> Result:
    """Run a command in a folder; what goes wrong within it fails the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def unheard(printed: bytes, form: str = "") -> list[str]:
    """List what would be obeyed of what a format has printed, but for what it is to say."""
    lines = printed.decode().split("\n")
    found = []
    for line in lines:
        own = next((begin for begin in OWN.get(form, ()) if line.startswith(begin)), "")
        found += obeyed(line.encode(), own)
    return found


@pytest.mark.parametrize("form", outputs.FORMATS)
def test_findings_begin_no_command_in_any_format(form: str, hostile: Path) -> None:
    """Each format prints findings without a command of theirs, and writes the same to a file."""
    result = run(hostile, "check", "--output-format", form, "--output", f"{form}:../{form}.out")
    assert result.exit_code == 1
    assert result.stdout_bytes.count(b"guidance-missing") >= len(COMMANDS)
    assert unheard(result.stdout_bytes, form) == []
    assert unheard(result.stderr_bytes) == []
    assert (hostile.parent / f"{form}.out").read_bytes() == result.stdout_bytes


def test_formats_for_programs_tell_names_as_they_are(hostile: Path) -> None:
    """JSON and XML give a program each name of a file back, but for bytes that are no text."""
    names = {f"content/{text}.md" for text in COMMANDS}
    for form, path in (
        ("json", lambda read: {one["path"] for one in read["diagnostics"]}),
        ("gitlab", lambda read: {one["location"]["path"] for one in read}),
        ("rdjson", lambda read: {one["location"]["path"] for one in read["diagnostics"]}),
    ):
        read = json.loads(run(hostile, "check", "--output-format", form).stdout_bytes)
        assert names <= path(read)
    suites = fromstring(run(hostile, "check", "--output-format", "junit").stdout_bytes)
    held = {name if "\x1b" not in name else None for name in names}  # which XML cannot hold
    assert held - {None} <= {suite.get("name") for suite in suites}


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--statistics"],
        ["check", "--show-settings"],
        ["check", "--diff"],
        ["check", "--diff", "--unsafe-fixes", "--show-fixes"],
        ["list"],
        *(["report", name, "--format", form] for name in reports.REPORTS for form in reports.FORMATS),
        *(["catalogue", "--format", form] for form in catalogue.FORMATS if form != "xlsx"),
        *(["graph", "--format", form] for form in graph.FORMATS),
        ["new", "item", "content/page-0.md", "##vso[x]y is [red]set", "--dry-run"],
        ["mv", "content/page-0.md", "content/page-00.md", "--dry-run"],
        ["mv", "content/::error::e.md", "content/##[error]x.md", "--dry-run"],
        ["retire", GUID.format(0), "--dry-run"],
        ["rule", "--all"],
        ["schema", "check"],
    ],
    ids=" ".join,
)
def test_command_prints_nothing_that_is_obeyed(arguments: list[str], hostile: Path) -> None:
    """No command says anything in whose lines a build service or a terminal would see a command."""
    result = run(hostile, *arguments)
    assert unheard(result.stdout_bytes) == []
    assert unheard(result.stderr_bytes) == []
    assert len(result.stdout_bytes) + len(result.stderr_bytes) > 50


@pytest.mark.parametrize(
    "name", [*(f"content/{text}.md" for text in COMMANDS), "content/page-0.md", "content/page-6.md"], ids=ascii
)
def test_rendered_page_begins_no_command(name: str, hostile: Path) -> None:
    """The HTML of a page and what is said of it are obeyed by nothing."""
    result = run(hostile, "render", name)
    assert "<h1" in result.stdout
    assert unheard(result.stdout_bytes) == []
    assert unheard(result.stderr_bytes) == []


def test_mended_files_are_named_in_lines(tmp_path: Path) -> None:
    """What was written, kept and gone is told on lines that nothing obeys, whatever the files are called."""
    root = make(tmp_path, names=True)
    assert run(root, "check", "--baseline", "known.json", "--update-baseline").exit_code == 0
    for arguments in (
        ["check", "--fix", "--unsafe-fixes", "--show-fixes"],
        ["check", "--baseline", "known.json"],
        ["mv", "content/::error::e.md", "content/plain.md"],
        ["retire", GUID.format(1)],
        ["export", "all.csv"],
        ["import", "all.csv"],
        ["new", "fragment", "##vso[x]y is [red]set"],
    ):
        result = run(root, *arguments)
        assert unheard(result.stdout_bytes) == []
        assert unheard(result.stderr_bytes) == []
        assert result.output


def test_table_in_a_file_is_as_it_was(hostile: Path) -> None:
    """CSV cannot write a command otherwise: a pipe gets a mark in its place and is told so, a file gets all of it."""
    printed = run(hostile, "report", "usage", "--format", "csv")
    assert "would command a terminal or a log and are printed as U+FFFD" in printed.stderr
    file = hostile.parent / "usage.csv"
    with file.open("wb") as stream:
        command = [sys.executable, "-c", "from guidekit.cli import main; main()", "report", "usage", "--format", "csv"]
        done = subprocess.run(command, cwd=hostile, stdout=stream, stderr=subprocess.PIPE, check=True)
    assert done.stderr == b""
    rows = list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert {f"includes/{text}.md" for text in COMMANDS} <= {row[0] for row in rows}


def test_diff_in_a_pipe_is_applied_by_git(tmp_path: Path) -> None:
    """What `--diff` prints is what `--fix` would do, in a log that obeys nothing of it."""
    root = make(tmp_path / "set", names=True)
    patch = run(root, "check", "--diff").stdout_bytes
    assert b"GIT binary patch" in patch
    other = make(tmp_path / "other", names=True)
    subprocess.run(["git", "apply", "-"], cwd=other, input=patch, check=True)
    run(root, "check", "--fix")
    for path in root.rglob("*.md"):
        assert (other / path.relative_to(root)).read_bytes() == path.read_bytes()


def test_issue_mentions_nobody(tmp_path: Path) -> None:
    """An owner who calls himself as everybody is called is named in an issue, and nobody is told."""
    files = {
        "content/a.md": "---\nms.author: '@contoso/everyone'\nms.date: 01/01/2020\n---\n# A\n\n[fixes #1 @a](gone.md)\n"
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    for arguments in (
        ["check", "--output-format", "issue"],
        ["check", "--output-format", "markdown"],
        ["report", "owners", "--format", "markdown"],
    ):
        written = run(tmp_path, *arguments).stdout
        assert "contoso/everyone" in written
        assert "@c" not in written and "@a" not in written and "#1" not in written


# Builds


def test_build_logs_nothing_that_is_obeyed(tmp_path: Path, build: Build) -> None:
    """What the plugin says of such texts is told on lines that nothing obeys."""
    root = make(tmp_path, names=False)
    built = build(root)
    told = built.stderr.encode()
    said = b"\n".join(line for line in told.split(b"\n") if b"guidekit: " in line)
    assert said.count(b"guidance-missing") > 5
    assert obeyed(said) == []
    assert "Traceback" not in built.stderr


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (NOT_UTF_8, "is not UTF-8"),
        *((f"content/{text}.md", "would command") for text in COMMANDS if "\u202e" not in text),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_build_stops_at_a_page_that_cannot_be_named(name: str, why: str, tmp_path: Path, build: Build) -> None:
    """A page whose name has no address, or commands the log in which MkDocs names it, ends a build with what to do."""
    root = make(tmp_path, names=False)
    (root / name).write_text("# A\n", encoding="utf-8")
    built = build(root, "--quiet")
    assert built.returncode == 1
    assert why in built.stderr and "rename the file" in built.stderr
    assert "Traceback" not in built.stderr
    assert obeyed(built.stderr.encode()) == []


def test_redirections_that_cannot_be_read_end_a_build(tmp_path: Path, build: Build) -> None:
    """A file of redirections that is none is named in a line."""
    root = make(tmp_path, names=False)
    (root / ".openpublishing.redirection.json").write_text("[", encoding="utf-8")
    built = build(root, "--quiet")
    assert built.returncode == 1
    assert "is no file of redirections" in built.stderr
    assert "Traceback" not in built.stderr


# Addresses

SCRIPTS = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "%6aavascript:alert(1)",
    "javascript://x.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "x:y",
    "C:\\x",
)


@pytest.mark.parametrize("address", SCRIPTS, ids=ascii)
def test_redirection_leads_to_no_script(address: str, content_set: Callable[[dict[str, str]], Path]) -> None:
    """A moved file that is said to be a script now, or data, or a file of the reader's, is not there any more."""
    moved = {"redirections": [{"source_path": "content/old.md", "redirect_url": address}]}
    page = "# A\n\n[x](old.md) ![y](old.md) <a href='old.md'>z</a>\n"
    root = content_set({".openpublishing.redirection.json": json.dumps(moved), "content/page.md": page, ".git/x": ""})
    library = guidekit.Library.open(root)
    found = [item for item in library.check().diagnostics if item.code == "file-not-found"]
    assert len(found) == 3
    assert all("which is no address of a page" in item.message + item.hint for item in found)
    html = guidekit.render(library, PurePosixPath("content/page.md")).html
    assert html.count("old.md") == 3
    assert "alert" not in html and "passwd" not in html
    assert not [item for item in library.check().diagnostics if item.code == "redirected-link"]


@pytest.mark.parametrize(
    "address", ["https://x.example/", "HTTP://x.example/", "//x.example/a", "/azure/x", "other", "./other?a=b:c#d"]
)
def test_redirection_to_a_page_is_followed(address: str, content_set: Callable[[dict[str, str]], Path]) -> None:
    """A moved file is found where it is now: at an address of the web, or on this site."""
    moved = {"redirections": [{"source_path": "content/old.md", "redirect_url": address}]}
    files = {"content/page.md": "# A\n\n[x](old.md)\n", "content/other.md": "# B\n", ".git/x": ""}
    root = content_set(files | {".openpublishing.redirection.json": json.dumps(moved)})
    home = redirections.Home(folder=PurePosixPath("/a"), repository=PurePosixPath("/a"))
    source = Source(path=PurePosixPath(".openpublishing.redirection.json"), text=json.dumps(moved))
    (read,) = redirections.read(source, home, PurePosixPath("/a"))
    assert (read.file, read.address) == (PurePosixPath("content/old.md"), address)
    assert json.loads(source.cut(read.span)) == address
    found = [item.code for item in guidekit.Library.open(root).check().diagnostics]
    assert "redirected-link" in found and "file-not-found" not in found


@pytest.mark.parametrize(
    "address",
    [*SCRIPTS[:3], "javascript&colon;alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
    ids=ascii,
)
def test_markdown_makes_no_link_to_a_script(address: str, content_set: Callable[[dict[str, str]], Path]) -> None:
    """Links, images, autolinks and definitions of Markdown lead to no script, in a page and in a fragment."""
    text = f"[x](<{address}>) ![y](<{address}>) <{address}> [z]\n\n[z]: <{address}>\n"
    root = content_set({"content/page.md": f"# A\n\n{text}\n[!include[a](../includes/a.md)]\n", "includes/a.md": text})
    html = guidekit.render(guidekit.Library.open(root), PurePosixPath("content/page.md")).html
    assert 'href="' not in html and 'src="' not in html


@pytest.mark.parametrize("place", ["javascript://x/", "data://x", "file:///etc/"])
def test_prefix_of_links_means_no_script(place: str) -> None:
    """What a link that begins with a slash means is a folder or an address of the web."""
    with pytest.raises(guidekit.SettingsError, match=r"'root_links': '.*' is neither an address"):
        guidekit.Settings.from_mapping({"root_links": {"/": place}})
