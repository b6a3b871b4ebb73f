"""Bad input: whatever stands in a file, what comes out is a finding at its place and a page, never a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from case import lay_out
from click.testing import CliRunner

import guidekit
from guidekit.cli import main
from guidekit.diagnostics import Report
from guidekit.syntax import front_matter
from guidekit.text.source import Source

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
HEADER = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n"
BODY = HEADER.count("\n") + 1
"""The line on which the text below `HEADER` begins."""
SECRET = "the-launch-code-is-0000"


def look(root: Path, **settings: object) -> tuple[Report, dict[str, str]]:
    """Check a content set and render all its pages."""
    library = guidekit.Library.open(root, settings or None)
    report = library.check()
    return report, {str(page.path): guidekit.render(library, page).html for page in library.pages}


def found(report: Report, *codes: str) -> list[str]:
    """List the findings as ``code place``; all of them, or those of some codes."""
    return [f"{item.code} {item.span}" for item in report.diagnostics if not codes or item.code in codes]


def errors(report: Report) -> list[str]:
    """List the errors as ``code place``."""
    return [f"{item.code} {item.span}" for item in report.diagnostics if item.severity is guidekit.Severity.ERROR]


def told(report: Report) -> str:
    """Put all that a report says together."""
    return "\n".join(f"{item.message}\n{item.hint}\n{item.related}" for item in report.diagnostics)


def make_fifo(path: Path) -> None:
    """Make a pipe, which would be waited on for ever by whoever reads it."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    """Make a socket in the file system."""
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no Unix sockets")
    before = Path.cwd()
    os.chdir(path.parent)  # a socket's path has 107 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def make_sparse(path: Path) -> None:
    """Make a file of 50 MB that takes no room."""
    with path.open("wb") as file:
        file.truncate(50_000_000)


MAKE: dict[str, Callable[[Path], object]] = {
    "binary": lambda path: path.write_bytes(b"# A\n\n\x00\x01\x02"),
    "utf-16": lambda path: path.write_bytes("# A\n".encode("utf-16")),
    "latin-1": lambda path: path.write_bytes("# A\n\nGröße\n".encode("latin-1")),
    "50 MB": make_sparse,
    "pipe": make_fifo,
    "socket": make_socket,
}
UNREADABLE = [
    ("binary", "file-unreadable", "file is binary, not text"),
    ("utf-16", "file-unreadable", "file is binary, not text"),
    ("latin-1", "file-unreadable", "file is not UTF-8: byte 0xf6 on line 3"),
    ("50 MB", "include-too-large", "file has 50,000,000 bytes, more than the 2,000,000 that 'max_file_size' allows"),
    ("pipe", "file-unreadable", "file is not a regular file"),
    ("socket", "file-unreadable", "file is not a regular file"),
]


# Files that are no texts


@pytest.mark.parametrize(("kind", "code", "message"), UNREADABLE, ids=[kind for kind, _, _ in UNREADABLE])
def test_unreadable_fragment_is_reported_once_at_its_top(
    kind: str, code: str, message: str, content_set: ContentSet
) -> None:
    """A fragment that is no text is one error at its own top, and the pages that show it say so."""
    include = "Before.\n\n[!include[A](../includes/a.md)]\n\nx [!include[A](../includes/a.md)] y\n\nAfter.\n"
    root = content_set({"content/page.md": HEADER + include, "includes/b.md": "B\n"})
    MAKE[kind](root / "includes/a.md")
    report, pages = look(root)
    assert errors(report) == [f"{code} includes/a.md:1:1"]
    assert message in told(report)
    html = pages["content/page.md"]
    assert html.count("guidekit-failure") == 2
    assert "<p>Before.</p>" in html and "<p>After.</p>" in html


@pytest.mark.parametrize(("kind", "code", "message"), UNREADABLE, ids=[kind for kind, _, _ in UNREADABLE])
def test_unreadable_page_is_reported_and_the_others_are_rendered(
    kind: str, code: str, message: str, content_set: ContentSet
) -> None:
    """A page that is no text is one error at its top; the other pages are checked and rendered as ever."""
    root = content_set({"content/good.md": HEADER + "See [the other](bad.md).\n"})
    MAKE[kind](root / "content/bad.md")
    report, pages = look(root)
    assert found(report) == [f"{code} content/bad.md:1:1"]
    assert message in told(report)
    assert list(pages) == ["content/good.md"]


EMPTY = {
    "empty": "",
    "blank": "\n \t\n\n",
    "header only": "---\nms.topic: include\n---\n",
    "header without end of line": "---\nms.topic: include\n---",
    "comment only": "<!-- nothing yet -->\n",
    "byte order mark only": "\ufeff",
}


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_fragment_that_says_nothing_shows_nothing(text: str, content_set: ContentSet) -> None:
    """A shared fragment without text adds nothing to a page, and is no mistake."""
    include = "Before.\n\n[!include[A](../includes/a.md)]\n\nx [!include[A](../includes/a.md)] y\n"
    report, pages = look(content_set({"content/page.md": HEADER + include, "includes/a.md": text}))
    assert found(report) == []
    html = pages["content/page.md"].replace("<!-- nothing yet -->", "").replace("\n", "")
    assert html == '<h1 id="page">Page</h1><p>Before.</p><p>x  y</p>'


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_guidance_that_says_nothing_is_an_error(text: str, content_set: ContentSet) -> None:
    """An item's fragment without text is `guidance-empty`, in the fragment."""
    item = f"<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n"
    report, pages = look(content_set({"content/page.md": HEADER + item, f"includes/{GUID}.md": text}))
    assert errors(report) == [f"guidance-empty includes/{GUID}.md:1:1"]
    assert f'<span id="{GUID}"' in pages["content/page.md"]


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_page_that_says_nothing_is_a_page(text: str, content_set: ContentSet) -> None:
    """A page without text gives warnings about what it lacks, on its first line, and renders."""
    report, pages = look(content_set({"content/page.md": text}))
    lacks = found(report, "title-missing", "description-missing")
    assert lacks == ["description-missing content/page.md:1:1", "title-missing content/page.md:1:1"]
    assert errors(report) == []
    assert pages["content/page.md"].replace("<!-- nothing yet -->", "").strip() == ""


def test_folder_named_like_a_fragment(content_set: ContentSet) -> None:
    """An include of a folder whose name ends with .md is reported at the include."""
    root = content_set({"content/page.md": HEADER + "[!include[A](../includes/a.md)]\n", "includes/a.md/b.txt": "b"})
    report, pages = look(root)
    assert found(report) == [f"include-invalid content/page.md:{BODY}:1"]
    assert "is a folder" in told(report)
    assert "is a folder" in pages["content/page.md"]


def test_folder_named_like_a_page(content_set: ContentSet) -> None:
    """A folder whose name ends with .md is no page, and what lies in it is found."""
    report, pages = look(content_set({"content/a.md/page.md": HEADER + "Text.\n"}))
    assert found(report) == []
    assert list(pages) == ["content/a.md/page.md"]


def test_path_through_a_file(content_set: ContentSet) -> None:
    """An include whose path takes a file for a folder is reported at the include."""
    files = {"content/page.md": HEADER + "[!include[A](../includes/a.md/b.md)]\n", "includes/a.md": "A\n"}
    report, _ = look(content_set(files))
    assert errors(report) + found(report, "include-invalid") == [f"include-invalid content/page.md:{BODY}:1"]


# Ways out of the roots


def beside_a_secret(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Lay a content set out in a folder of its own, beside a folder with a secret."""
    own: dict[str, str | bytes] = {"content/.keep": "", "includes/.keep": ""}
    return lay_out(folder / "set", own | files | {"../secret/secret.md": f"# {SECRET}\n"})


def test_symbolic_links_out_of_the_roots_are_not_followed(tmp_path: Path) -> None:
    """A file or folder that leads out of the roots by a symbolic link is an error, and nothing of it is shown."""
    root = beside_a_secret(tmp_path, {"includes/inner.md": "Inside.\n"})
    (root / "includes/file.md").symlink_to(tmp_path / "secret/secret.md")
    (root / "includes/folder").symlink_to(tmp_path / "secret")
    (root / "content/page2.md").symlink_to(tmp_path / "secret/secret.md")
    (root / "includes/fine.md").symlink_to(root / "includes/inner.md")
    lines = [f"[!include[A](../includes/{name}.md)]\n" for name in ("file", "folder/secret", "fine")]
    (root / "content/page.md").write_text(HEADER + "\n".join(lines))
    report, pages = look(root)
    assert errors(report) == [
        f"include-outside-roots content/page.md:{BODY + 2}:1",
        "include-outside-roots content/page2.md:1:1",
        "include-outside-roots includes/file.md:1:1",
    ]
    assert "through a symbolic link" in told(report)
    assert "<p>Inside.</p>" in pages["content/page.md"]
    assert SECRET not in told(report) + "".join(pages.values())


def test_symbolic_links_that_lead_nowhere(tmp_path: Path) -> None:
    """A dangling link and a circle of links are reported, each where it is or where it is included."""
    root = beside_a_secret(tmp_path, {})
    (root / "includes/dangling.md").symlink_to(root / "includes/nothing.md")
    (root / "includes/loop.md").symlink_to(root / "includes/pool.md")
    (root / "includes/pool.md").symlink_to(root / "includes/loop.md")
    (root / "includes/self").symlink_to(root / "includes")
    lines = [f"[!include[A](../includes/{name}.md)]\n" for name in ("dangling", "loop", "self/self/self/dangling")]
    (root / "content/page.md").write_text(HEADER + "\n".join(lines))
    report, pages = look(root)
    assert errors(report) + found(report, "include-invalid") == [
        "file-unreadable includes/dangling.md:1:1",
        "file-unreadable includes/loop.md:1:1",
        "file-unreadable includes/pool.md:1:1",
        f"include-invalid content/page.md:{BODY + 4}:1",
    ]
    assert pages["content/page.md"].count("guidekit-failure") == 3


OUTSIDE = [
    ("../../secret/secret.md", "leads out of the content set"),
    ("../includes/../../secret/secret.md", "leads out of the content set"),
    ("~/../secret/secret.md", "leads out of the content set"),
    ("~/secret.md", "lies outside the folders that may be read"),
    ("../includes/../secret.md", "lies outside the folders that may be read"),
    ("..\\\\secret.md", "lies outside the folders that may be read"),
    ("../includes-secret/secret.md", "lies outside the folders that may be read"),
    ("../content-secret/secret.md", "lies outside the folders that may be read"),
    ("/etc/passwd.md", "is absolute"),
    ("\\\\etc\\\\passwd.md", "is absolute"),
    ("{root}/secret.md", "is absolute"),
    ("C:\\\\secret.md", "begins with a drive letter"),
    ("c:secret.md", "begins with a drive letter"),
    ("\\\\\\\\server\\\\share\\\\secret.md", "is a network path"),
    ("//server/share/secret.md", "is a network path"),
    ("http://127.0.0.1:1/secret.md", "is a URL"),
    ("https://127.0.0.1:1/secret.md", "is a URL"),
    ("file:///etc/passwd.md", "is a URL"),
    ("../includes/a\x01.md", "holds a character that no file name may hold"),
    ("../includes/a\x7f.md", "holds a character that no file name may hold"),
    ("../includes/a\x1b[31m.md", "holds a character that no file name may hold"),
    ("../includes/a\ufffd.md", "holds a character that no file name may hold"),
]


@pytest.mark.parametrize(("path", "why"), OUTSIDE, ids=[path.encode("unicode_escape").decode() for path, _ in OUTSIDE])
def test_include_out_of_the_roots(path: str, why: str, tmp_path: Path) -> None:
    """An include out of the roots, by any spelling, is an error at the include, and nothing of the file is shown."""
    secrets = ("secret.md", "includes-secret/secret.md", "content-secret/secret.md")
    root = beside_a_secret(tmp_path, dict.fromkeys(secrets, f"# {SECRET}\n"))
    text = f"[!include[A]({path.format(root=root)})]"
    (root / "content/page.md").write_text(f"{HEADER}{text}\n\nText {text} text.\n", encoding="utf-8")
    report, pages = look(root)
    places = [f"content/page.md:{BODY}:1", f"content/page.md:{BODY + 2}:6"]
    assert found(report) == [f"include-outside-roots {place}" for place in places]
    assert why in told(report)
    assert SECRET not in told(report) + pages["content/page.md"]
    assert pages["content/page.md"].count("guidekit-failure") == 2


def test_nul_in_a_path_is_a_binary_file(content_set: ContentSet) -> None:
    """A page with a NUL in an include's path is not taken for a text at all."""
    report, pages = look(content_set({"content/page.md": HEADER + "[!include[A](../includes/a\0.md)]\n"}))
    assert errors(report) == ["file-unreadable content/page.md:1:1"]
    assert pages == {}


@pytest.mark.parametrize(
    "href",
    ["../secret.md", "../../secret/secret.md", "C:\\secret.md", "%2e%2e/%2e%2e/secret/secret.md", "a%00.md", "a%1b.md"],
)
def test_link_out_of_the_content_set_leads_nowhere(href: str, tmp_path: Path) -> None:
    """A link or image that leads out of the content set is reported at its place, and shows nothing of the file."""
    root = beside_a_secret(tmp_path, {"secret.md": f"# {SECRET}\n"})
    text = f"[a]({href}) ![b]({href}) <img alt='c' src='{href}'>\n"
    (root / "content/page.md").write_text(HEADER + text)
    report, pages = look(root)
    columns = [1, 1 + len(f"[a]({href}) "), text.index("src='") + 6]
    assert found(report) == [f"file-not-found content/page.md:{BODY}:{column}" for column in columns]
    assert SECRET not in told(report) + pages["content/page.md"]


# Chains, circles and multiplication


def chain(length: int) -> dict[str, str | bytes]:
    """Make a page and as many fragments, each including the next."""
    files: dict[str, str | bytes] = {"content/page.md": f"{HEADER}[!include[1](../includes/1.md)]\n"}
    for number in range(1, length):
        files[f"includes/{number}.md"] = f"Fragment {number}.\n\n[!include[x]({number + 1}.md)]\n"
    return files | {f"includes/{length}.md": f"Fragment {length}.\n"}


@pytest.mark.parametrize("length", [19, 20])
def test_deep_chain_is_shown(length: int, content_set: ContentSet) -> None:
    """As many fragments within each other as the limit allows are shown in full."""
    report, pages = look(content_set(chain(length)))
    assert found(report) == []
    assert f"Fragment {length}." in pages["content/page.md"]


@pytest.mark.parametrize("length", [21, 30])
def test_too_deep_chain_is_cut(length: int, content_set: ContentSet) -> None:
    """A chain beyond the limit is an error at the include that goes too far, and shown up to there."""
    report, pages = look(content_set(chain(length)))
    assert errors(report) == ["include-too-deep includes/20.md:3:1"]
    assert "Fragment 20." in pages["content/page.md"]
    assert "Fragment 21." not in pages["content/page.md"]


def test_deepest_chain_that_can_be_allowed(content_set: ContentSet) -> None:
    """The greatest depth that the setting allows works, too."""
    report, pages = look(content_set(chain(101)), max_include_depth=100)
    assert errors(report) == ["include-too-deep includes/100.md:3:1"]
    assert "Fragment 100." in pages["content/page.md"]


def test_fragment_that_includes_itself(content_set: ContentSet) -> None:
    """A fragment that includes itself is an error at that include, and shown once."""
    files = {
        "content/page.md": f"{HEADER}[!include[A](../includes/a.md)]\n",
        "includes/a.md": "A [!include[A](a.md)]\n",
    }
    report, pages = look(content_set(files))
    assert errors(report) == ["circular-reference includes/a.md:1:3"]
    assert "includes/a.md --> includes/a.md" in told(report)
    assert pages["content/page.md"].count("<p>A ") == 1


def test_page_that_includes_itself(content_set: ContentSet) -> None:
    """A page that includes itself is an error at that include."""
    report, _ = look(content_set({"content/page.md": f"{HEADER}[!include[A](page.md)]\n"}))
    assert errors(report) == [f"circular-reference content/page.md:{BODY}:1"]


def test_circle_of_two(content_set: ContentSet) -> None:
    """Two fragments that include each other are one error."""
    files = {
        "content/page.md": f"{HEADER}[!include[A](../includes/a.md)]\n",
        "includes/a.md": "A\n\n[!include[B](b.md)]\n",
        "includes/b.md": "B\n\n[!include[A](a.md)]\n",
    }
    report, pages = look(content_set(files))
    assert errors(report) == ["circular-reference includes/b.md:3:1"]
    assert pages["content/page.md"].count("<p>A</p>") == pages["content/page.md"].count("<p>B</p>") == 1


def test_circle_of_three_from_two_pages_is_reported_once(content_set: ContentSet) -> None:
    """A circle that two pages enter at different places is one error, not one for each page."""
    files = {
        "content/p1.md": f"{HEADER}[!include[A](../includes/a.md)]\n",
        "content/p2.md": f"{HEADER}[!include[B](../includes/b.md)]\n",
        "includes/a.md": "A\n\n[!include[B](b.md)]\n",
        "includes/b.md": "B\n\n[!include[C](c.md)]\n",
        "includes/c.md": "C\n\n[!include[A](a.md)]\n",
    }
    report, pages = look(content_set(files))
    assert errors(report) == ["circular-reference includes/c.md:3:1"]
    assert "a.md --> includes/b.md --> includes/c.md --> includes/a.md" in told(report)
    assert all("Include failed" in html for html in pages.values())


def test_circle_that_no_page_enters(content_set: ContentSet) -> None:
    """A circle among fragments that no page shows is found as well."""
    files = {
        "content/page.md": HEADER + "x\n",
        "includes/a.md": "[!include[B](b.md)]\n",
        "includes/b.md": "[!include[A](a.md)]\n",
    }
    report, _ = look(content_set(files))
    assert len(found(report, "circular-reference")) == 1


@pytest.mark.slow
def test_many_circles_are_found_in_bounded_time(content_set: ContentSet) -> None:
    """Twenty fragments that each include all twenty, a multitude of circles, end at the limit of includes."""
    every = "\n\n".join(f"[!include[x]({number}.md)]" for number in range(20))
    files = {f"includes/{number}.md": every for number in range(20)}
    root = content_set(files | {"content/page.md": f"{HEADER}[!include[A](../includes/0.md)]\n"})
    report, pages = look(root, max_includes=500)
    assert {item.code for item in report.diagnostics} >= {"circular-reference", "include-too-large"}
    assert pages["content/page.md"].count("guidekit-failure") <= 500 * 20


def test_same_fragment_many_times_is_no_circle(content_set: ContentSet) -> None:
    """A fragment that is shown fifty times, on the page and within another fragment, is no mistake."""
    files = {
        "content/page.md": HEADER + "[!include[A](../includes/a.md)]\n\n" * 50 + "[!include[B](../includes/b.md)]\n",
        "includes/a.md": "Again.\n",
        "includes/b.md": "[!include[A](a.md)]\n\n[!include[A](a.md)]\n",
    }
    report, pages = look(content_set(files))
    assert found(report) == []
    assert pages["content/page.md"].count("<p>Again.</p>") == 52


def test_doubling_is_stopped(content_set: ContentSet) -> None:
    """Thirty fragments that each include the next one twice, 2^30 in all, end at the limit, with one error."""
    files: dict[str, str | bytes] = {"content/page.md": f"{HEADER}[!include[A](../includes/1.md)]\n"}
    for number in range(1, 31):
        files[f"includes/{number}.md"] = f"x\n\n[!include[x]({number + 1}.md)]\n\n[!include[x]({number + 1}.md)]\n"
    report, pages = look(content_set(files | {"includes/31.md": "End.\n"}), max_include_depth=40)
    assert found(report, "include-too-large") == ["include-too-large includes/29.md:5:1"]
    assert pages["content/page.md"].count("<p>End.</p>") < 10_000


def test_doubling_of_guidance_is_stopped(content_set: ContentSet) -> None:
    """Guidance that doubles thirty times is counted in bounded time, too."""
    files: dict[str, str | bytes] = {"content/page.md": f"{HEADER}<!-- A -->\n[!include[x](../includes/1.md)]\n"}
    for number in range(1, 31):  # each is guidance, and so expanded on its own
        line = f"[!include[x]({number + 1}.md)]\n\n"
        files[f"includes/{number}.md"] = f"---\nms.assessment_question: A\n---\n## A\n\n{line}{line}"
    report, _ = look(content_set(files), max_includes=300, max_include_depth=40)
    assert len(found(report, "include-too-large")) == 1


def test_much_text_is_stopped(content_set: ContentSet) -> None:
    """A fragment of a megabyte that a page shows ten times ends at the limit of characters, with one error."""
    files = {
        "content/page.md": HEADER + "[!include[A](../includes/a.md)]\n\n" * 10,
        "includes/a.md": "word " * 200_000 + "\n",
    }
    report, pages = look(content_set(files))
    assert found(report) == [f"include-too-large content/page.md:{BODY + 2}:1"]
    assert len(pages["content/page.md"]) < 3_000_000


@pytest.mark.slow
def test_page_of_too_many_includes(content_set: ContentSet) -> None:
    """A page of 30,000 includes is read to the end; what is beyond the limit is left out with one error."""
    files = {"content/page.md": HEADER + "[!include[A](../includes/a.md)]\n" * 30_000, "includes/a.md": "A\n"}
    report, pages = look(content_set(files), max_file_size=10_000_000)
    assert errors(report) == [f"include-too-large content/page.md:{BODY + 10_000}:1"]
    assert pages["content/page.md"].count("<p>A</p>") == 10_000


@pytest.mark.slow
def test_thousands_of_missing_fragments(content_set: ContentSet) -> None:
    """Thousands of includes of files that do not exist are that many errors, each at its place."""
    lines = "".join(f"[!include[A](../includes/{number}.md)]\n" for number in range(10_000))
    report, pages = look(content_set({"content/page.md": HEADER + lines, "includes/a.md": "A\n"}))
    assert errors(report) == [f"include-not-found content/page.md:{BODY + number}:1" for number in range(10_000)]
    assert pages["content/page.md"].count("guidekit-failure") == 10_000


# Long files


def repeated(piece: str, length: int) -> str:
    """Repeat a piece up to a length in characters."""
    return (piece * (length // len(piece) + 1))[:length]


MEGABYTE = 1_000_000
HEAVY = 100_000
"""For what the parser of Markdown itself takes 10 µs a character for, and a square would take a minute or more for."""

LONG: dict[str, str] = {
    "words": repeated("word ", MEGABYTE),
    "one word": "a" * MEGABYTE,
    "opening brackets": repeated("[", HEAVY),
    "nested brackets": "[" * (HEAVY // 2) + "a" + "]" * (HEAVY // 2),
    "nested links": "[" * (HEAVY // 6) + "a" + "](b)" * (HEAVY // 6),
    "nested images": "![" * (HEAVY // 6) + "a" + "](b)" * (HEAVY // 6),
    "opening images": repeated("![", HEAVY // 2),
    "opening angles": repeated("<", HEAVY),
    "opening tags": "x " + repeated('<a b="', HEAVY),
    "blanks in a tag": "x <a" + " " * MEGABYTE,
    "backticks": "`" * MEGABYTE,
    "ever more backticks": "".join("`" * number + "a" for number in range(1, 1_400)),
    "emphasis that opens": repeated("*a ", HEAVY),
    "emphasis that opens and closes": repeated("a*", HEAVY),
    "strikethrough that opens": repeated("~~a ", HEAVY),
    "comments that open": "a " + repeated("<!-- ", HEAVY),
    "comments that open a block": repeated("<!-- ", MEGABYTE),
    "comments within a line": "a " + repeated("<!--a-->", HEAVY),
    "includes that open": repeated("[!include[", HEAVY),
    "include paths that open": repeated("[!include[a](", HEAVY),
    "include paths in angles that open": repeated("[!include[a](<", HEAVY),
    "include paths with a blank": repeated("x [!include[a](b ", HEAVY),
    "include titles": repeated("x [!include[a ", HEAVY),
    "blanks in an include": "x [!include" + " " * MEGABYTE,
    "nested quotes": ">" * MEGABYTE,
    "nested lists": repeated("- ", MEGABYTE),
    "nested lists in quotes": repeated("> - ", MEGABYTE),
    "lists in steps": "\n".join(" " * (2 * number) + "- a" for number in range(1_000)),
    "quotes in steps": "\n".join(">" * number + " a" for number in range(1_000)),
    "quotes in a list": repeated("- > a\n", HEAVY),
    "quotes": repeated("> a\n", HEAVY),
    "alerts": repeated("> [!NOTE]\n> a\n", HEAVY),
    "table row": "|a|b|\n|-|-|\n|" + repeated("a|", MEGABYTE),
    "table header": "\n".join(repeated(cell, 30_000) for cell in ("a|", "-|", "a|")),
    "table cells with pipes": "|a|b|\n|-|-|\n" + repeated("|a\\|b|c|\n", HEAVY),
    "equal comments": "<!-- a -->\n" * 100_000,
    "scripts that open": "<div>\n" + repeated("<script>", MEGABYTE),
    "tags in a block": "<div>\n" + repeated('<p id="x">\n', HEAVY),
    "tags that open in a block": "<div>\n" + repeated('<a b="', HEAVY),
    "blank lines": "\n" * MEGABYTE,
    "lines": repeated("a\n", HEAVY),
    "rules": repeated("---\n", HEAVY),
    "entities": repeated("&amp;", HEAVY),
    "backslashes": repeated("\\", HEAVY),
    "fences": repeated("```\n", HEAVY),
    "definitions that open": repeated("[a]: ", HEAVY),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_text_is_read_to_the_end(text: str, content_set: ContentSet) -> None:
    """A page and a fragment of one pattern repeated are checked and rendered, and what stands beside them shows."""
    include = "[!include[A](../includes/a.md)]\n\n[!include[B](../includes/b.md)]\n"
    files = {"content/page.md": HEADER + include, "includes/a.md": text, "includes/b.md": "The end.\n"}
    report, pages = look(content_set(files))
    assert report.checked.fragments == 2
    assert "<p>The end.</p>" in pages["content/page.md"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["words", "comments that open", "includes that open", "quotes in a list"])
def test_long_text_within_a_line(name: str, content_set: ContentSet) -> None:
    """A long fragment shown within a line is read in the same bounded time."""
    files = {"content/page.md": HEADER + "x [!include[A](../includes/a.md)] y\n", "includes/a.md": LONG[name]}
    report, pages = look(content_set(files))
    assert report.checked.fragments == 1
    assert pages["content/page.md"].rstrip().endswith(" y</p>")


@pytest.mark.slow
def test_40_000_headings(content_set: ContentSet) -> None:
    """A page of 40,000 equal headings gets as many different ids, for which a square would take minutes."""
    report, pages = look(content_set({"content/page.md": HEADER + "## A\n\nx\n\n" * 40_000}))
    assert found(report) == []
    assert '<h2 id="a-39999">' in pages["content/page.md"]


@pytest.mark.slow
def test_empty_headings(content_set: ContentSet) -> None:
    """Thousands of headings without a text are that many suggestions."""
    report, _ = look(content_set({"content/page.md": HEADER + "##\n\nx\n\n" * 10_000}))
    assert len(found(report, "heading-empty")) == 10_000


def test_comment_that_is_never_closed_is_reported_at_each_opening(content_set: ContentSet) -> None:
    """Comments that a line opens and never closes are errors at their columns."""
    report, _ = look(content_set({"content/page.md": HEADER + "a <!-- b <!-- c\n"}))
    assert errors(report) == [f"comment-unclosed content/page.md:{BODY}:{column}" for column in (3, 10)]


def test_suppressions_beyond_the_limit_silence_nothing(content_set: ContentSet) -> None:
    """The 501st suppression of a file is one warning, and what it and those below it speak of is told."""
    one = "<!-- guidekit: ignore[comment-unclosed] so many -->\na <!-- b\n\n"
    report, _ = look(content_set({"content/page.md": HEADER + one * 505}))
    assert errors(report) == [f"comment-unclosed content/page.md:{BODY + 3 * at + 1}:3" for at in range(500, 505)]
    told = [item.span.start.line for item in report.diagnostics if item.code == "suppression-invalid"]
    assert told == [BODY + 3 * 500]


# Front matter

HEADERS: dict[str, tuple[str, list[str]]] = {
    "alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        [f"2:{line}:4" for line in range(3, 11)],
    ),
    "anchor within itself": ("title: &a [*a]", ["2:2:8"]),
    "anchor that is a key within itself": ("? &a [*a]\n: b", ["2:2:7"]),
    "object": ("title: !!python/object/apply:os.system ['false']", ["2:2:8"]),
    "name": ("title: !!python/name:os.system", ["2:2:8"]),
    "unknown tag": ("title: !unknown x", ["2:2:8"]),
    "wrong integer": ("title: !!int x", ["2:2:8"]),
    "wrong boolean": ("title: !!bool x", ["2:2:8"]),
    "wrong float": ("title: !!float 1" + ":1" * 3_000, ["2:2:8"]),
    "wrong timestamp": ("title: !!timestamp x", ["2:2:8"]),
    "huge integer": ("title: " + "9" * 5_000, ["2:2:8"]),
    "huge hexadecimal integer": ("title: !!int 0x" + "f" * 5_000, ["2:2:8"]),
    "binary": ("title: !!binary '////'", ["2:2:8"]),
    "set": ("title: !!set {a, b}", ["2:2:8"]),
    "tab": ("title:\n\t- x", ["2:2:7"]),
    "5,000 nested lists": ("title: " + "[" * 5_000, ["2:2:8"]),
    "5,000 nested lists, closed": ("title: " + "[" * 5_000 + "]" * 5_000, ["2:2:8"]),
    "300 nested maps": ("title: " + "{a: " * 300 + "}" * 300, ["2:2:8"]),
    "deep list": ("title:\n" + "\n".join(" " * number + "-" for number in range(350)), ["2:2:7"]),
    "deep list on a line": ("- " * 20_000, ["2:2:201"]),
    "deep keys on a line": ("? " * 20_000, ["2:2:201"]),
    "undefined alias": ("title: *a", ["2:2:8"]),
    "control character": ("title: a\x01b", ["2:2:8"]),
    "list as a key": ("title: T\n? [a]\n: b", ["2:2:8"]),
    "a thousand unreadable values": ("\n".join(f"k{number}: *x" for number in range(1_000)), []),
    "a megabyte of keys": ("\n".join(f"k{number}: v" for number in range(100_000)), ["2:2:1"]),
    "a megabyte of a value": ("title: " + "word " * 200_000, ["2:2:8"]),
    "a megabyte of unreadable values": ("\n".join(f"k{number}: *x" for number in range(100_000)), []),
}


@pytest.mark.parametrize(("text", "places"), HEADERS.values(), ids=HEADERS)
def test_header_that_is_no_yaml(text: str, places: list[str], content_set: ContentSet) -> None:
    """A header that cannot be used is a warning at its place, in a page and in a fragment, and the text is shown."""
    include = "[!include[A](../includes/a.md)]\n"
    files = {
        "content/page.md": f"---\n{text}\n---\n# Page\n\n{include}",
        "includes/a.md": f"---\n{text}\n---\nText.\n",
    }
    report, pages = look(content_set(files))
    problems = found(report, "yaml-header-syntax-error")
    wanted = [place.partition(":")[2] for place in places]
    for path in ("content/page.md", "includes/a.md"):
        here = [problem.rpartition(f"{path}:")[2] for problem in problems if f" {path}:" in problem]
        assert here == wanted or (not wanted and here)
    assert errors(report) == []
    assert "<p>Text.</p>" in pages["content/page.md"]


def test_header_is_read_without_running_anything(content_set: ContentSet) -> None:
    """A tag that would make Python call something makes nothing happen."""
    root = content_set({"content/page.md": "# Page\n"})
    tag = f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{root}/made']]"
    (root / "content/page.md").write_text(f"---\ntitle: {tag}\n---\n# Page\n")
    report, _ = look(root)
    assert found(report, "yaml-header-syntax-error") == ["yaml-header-syntax-error content/page.md:2:8"]
    assert not (root / "made").exists()


KEYS: dict[str, tuple[str, list[str]]] = {
    "key with a blank": ("my key: x", ["unknown-key content/page.md:4:1"]),
    "integer": ("1: x", ["unknown-key content/page.md:4:1"]),
    "null": ("~: x", ["unknown-key content/page.md:4:1"]),
    "boolean": ("true: x", ["unknown-key content/page.md:4:1"]),
    "empty key": ("? \n: x", ["unknown-key content/page.md:4:2"]),
    "base64 of a known key": ("!!binary bXMuZGF0ZQ==: x", ["unknown-key content/page.md:4:1"]),
    "merge": ("a: &a {ms.date: x}\n<<: *a", ["unknown-key content/page.md:4:1", "unknown-key content/page.md:5:1"]),
    "merge by a tag": (
        "a: &a {ms.date: x}\n!!merge <<: *a",
        ["unknown-key content/page.md:4:1", "unknown-key content/page.md:5:1"],
    ),
    "twice": ("author: a\nauthor: b", ["duplicate-key content/page.md:5:1"]),
    "twice in other spelling": ("author: a\n'author': b", ["duplicate-key content/page.md:5:1"]),
    "date that is a list": ("ms.date: [1, 2]", ["date-format-invalid content/page.md:4:10"]),
    "date that does not exist": ("ms.date: 02/30/2025", ["date-format-invalid content/page.md:4:10"]),
    "title that is a list": ("author: {a: b}\nms.uid: [x]", []),
}


@pytest.mark.parametrize(("text", "wanted"), KEYS.values(), ids=KEYS)
def test_strange_key(text: str, wanted: list[str], content_set: ContentSet) -> None:
    """A key or value of an unusual type is judged at its place, and every key that has a value has a place."""
    page = f"---\ntitle: Page\ndescription: A page.\n{text}\n---\n# Page\n\nText.\n"
    root = content_set({"content/page.md": page})
    report, _ = look(root)
    assert found(report) == wanted
    header = front_matter.read(Source.of("content/page.md", page))
    assert set(header.values) == set(header.keys) == set(header.places)
    assert all(isinstance(key, str) for key in header.values)


def test_header_that_is_never_closed(content_set: ContentSet) -> None:
    """A header without an end is a warning on its first line, and stays text."""
    report, pages = look(content_set({"content/page.md": "---\ntitle: Page\n\n# Page\n\nText.\n"}))
    assert found(report, "yaml-header-syntax-error") == ["yaml-header-syntax-error content/page.md:1:1"]
    assert "<p>Text.</p>" in pages["content/page.md"]


@pytest.mark.parametrize(
    "text", ["---", "---\n", "---\n---", "---\n---\n", "---\n\n---\n", "---\n# x\n---\n", "---\n..."]
)
def test_header_without_keys(text: str, content_set: ContentSet) -> None:
    """Marks of a header with nothing between them are a header without values, or a rule."""
    report, _ = look(content_set({"content/page.md": text}))
    assert errors(report) == []
    assert "title-missing content/page.md:1:1" in found(report)


@pytest.mark.parametrize("text", ["- a\n- b", "text", "5", "[a, b]", "~ x"])
def test_header_that_is_no_mapping(text: str, content_set: ContentSet) -> None:
    """A header that is a list or a text is a warning at what it is."""
    report, _ = look(content_set({"content/page.md": f"---\n{text}\n---\n# Page\n\nText.\n"}))
    assert found(report, "yaml-header-not-object") == ["yaml-header-not-object content/page.md:2:1"]


ENDINGS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_places_are_those_of_the_file(ending: str, mark: str, content_set: ContentSet) -> None:
    """Lines and columns are right whatever ends the lines, and whether or not a byte order mark begins the file."""
    text = f"{HEADER}- one\n- two [a](no.md)\n\nx [!include[A](no.md)]\n"
    report, pages = look(content_set({"content/page.md": (mark + text.replace("\n", ending)).encode()}))
    assert found(report) == [
        f"file-not-found content/page.md:{BODY + 1}:7",
        f"include-not-found content/page.md:{BODY + 3}:3",
    ]
    assert '<h1 id="page">Page</h1>' in pages["content/page.md"]


BREAKS = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
"""What Python's `str.splitlines` or YAML takes for the end of a line, and Markdown does not."""


@pytest.mark.parametrize("char", BREAKS, ids=[f"U+{ord(char):04X}" for char in BREAKS])
def test_other_line_separators_end_no_line(char: str, content_set: ContentSet) -> None:
    """A separator that ends no line for an editor moves no line, neither in the header nor below it."""
    header = f'---\ntitle: "a{char}b"\ndescription: D\nmy key: {char}x\nauthor: A\nauthor: B\n---\n'
    text = f"# P\n\n{char}\n{char}a{char} [a](no.md)\n\n|a|\n|-|\n|{char}[b](no.md)|\n\n<p>{char}<a href='no.md'>c</a></p>\n"
    report, _ = look(content_set({"content/page.md": header + text}))
    assert "duplicate-key content/page.md:6:1" in found(report)
    assert found(report, "file-not-found") == [
        "file-not-found content/page.md:11:5",
        "file-not-found content/page.md:15:3",
        "file-not-found content/page.md:17:14",
    ]


PLACES = {
    "wide characters": ("\U0001f469\u200d\U0001f680 e\u0301 [a](no.md)", 8),
    "tab in a list": ("- x\n\t[a](no.md)", 2),
    "tab in a quote": (">\t[a](no.md)", 3),
    "number equal to the text": ("1. 1 [a](no.md)", 6),
    "pipe in a cell": ("| a | b |\n|-|-|\n| x\\|y [a](no.md) | [a](no.md) |", 8),
    "same cell twice": ("| a | b |\n|-|-|\n| x | x [a](no.md) |", 9),
    "heading with closing marks": ("## a [a](no.md) ##\n\nx", 6),
    "second line": ("x\n  y [a](no.md)", 5),
    "quoted list": ("> - > x [a](no.md)", 9),
}


@pytest.mark.parametrize(("text", "column"), PLACES.values(), ids=PLACES)
def test_column_is_where_it_stands(text: str, column: int, content_set: ContentSet) -> None:
    """The column of a finding counts code points of the line as it stands in the file."""
    report, _ = look(content_set({"content/page.md": f"{HEADER}{text}\n"}))
    first = next(item for item in report.diagnostics if item.code == "file-not-found")
    assert first.span.start.column == column


# Names of files

NAMES = [
    "two words",
    "hash#tag",
    "per%20cent",
    "100%",
    "plus+plus",
    "question?mark",
    "umlaut-\u00e4",
    "umlaut-a\u0308",
    "emoji-\U0001f469\u200d\U0001f680",
    "(brackets)",
    "[square]",
    "'quote'",
    '"double"',
    "a&b;c=d",
    "semi;colon",
    "back`tick",
    "<angle>",
    "*star*",
    "x" * 200,
]


@pytest.mark.parametrize("name", NAMES, ids=[name.encode("unicode_escape").decode()[:30] for name in NAMES])
def test_strange_name_can_be_included_and_linked(name: str, content_set: ContentSet) -> None:
    """A file of any name can be a page, a fragment and a link's end; nothing is found but that Windows knows no such name."""
    from guidekit.syntax.include import as_path
    from guidekit.text.paths import as_url

    link = as_url(f"{name}.md").replace("(", "%28").replace(")", "%29")
    text = f"[!include[A](../includes/{as_path(name)}.md)]\n\n[a]({link}) ![b]({link[:-3]}.png)\n"
    files = {
        "content/page.md": HEADER + text,
        f"content/{name}.md": HEADER + "Here.\n",
        f"content/{name}.png": b"",
        f"includes/{name}.md": "Shown.\n",
    }
    report, pages = look(content_set(files))
    assert [one for one in found(report) if not one.startswith("name-not-portable ")] == []
    assert "<p>Shown.</p>" in pages["content/page.md"]
    assert sorted(pages) == sorted(["content/page.md", f"content/{name}.md"])


def test_other_letter_case_is_named(content_set: ContentSet) -> None:
    """An include or link in other letter case is found and reported at its place."""
    text = "[!include[A](../Includes/A.MD)]\n\n[b](B.md)\n"
    files = {"content/page.md": HEADER + text, "content/b.md": HEADER + "x\n", "includes/a.md": "Shown.\n"}
    report, pages = look(content_set(files))
    assert found(report) == [
        f"include-case-mismatch content/page.md:{BODY}:1",
        f"file-not-found content/page.md:{BODY + 2}:1",
    ]
    assert "<p>Shown.</p>" in pages["content/page.md"]


def test_upper_case_extension_is_markdown(content_set: ContentSet) -> None:
    """A page or fragment whose name ends with .MD is one."""
    files = {"content/page.MD": HEADER + "[!include[A](../includes/a.MD)]\n", "includes/a.MD": "Shown.\n"}
    report, pages = look(content_set(files))
    assert found(report) == []
    assert "<p>Shown.</p>" in pages["content/page.MD"]


def test_hidden_files_are_neither_pages_nor_fragments(content_set: ContentSet) -> None:
    """A file or folder whose name begins with a dot is left out, and not judged."""
    report, pages = look(content_set({"content/page.md": HEADER + "x\n", "content/.a.md": "", "includes/.b/c.md": ""}))
    assert found(report) == []
    assert list(pages) == ["content/page.md"]


def test_name_that_is_no_unicode(content_set: ContentSet) -> None:
    """A file whose name is no UTF-8 is a page like any other, and the command line can print its name."""
    root = content_set({"content/page.md": HEADER + "x\n"})
    try:
        (root / os.fsdecode(b"content/a\xff.md")).write_text("x\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    report, pages = look(root)
    assert len(pages) == 2
    assert len(found(report, "title-missing")) == 1
    for form in ("full", "json", "sarif", "junit"):
        done = run_guidekit("check", str(root), "--output-format", form)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr


def test_control_characters_do_not_reach_a_terminal(content_set: ContentSet) -> None:
    """What a file says cannot command the terminal of who checks it: no escape character is printed."""
    text = "[!include[A](a\x1b]0;x\x07.md)]\n\n[b](b.md 'c')\x1b[31m\n\n## d\x1b[2J\n\n#### e\x1b\n"
    root = content_set({"content/page.md": f'---\ntitle: T\ndescription: D\n"k\\e[31m": x\n---\n# Page\n\n{text}'})
    result = CliRunner().invoke(main, ["check", str(root)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output


# Settings

SETTINGS: dict[str, tuple[str, str]] = {
    "wrong type": ("guidekit: {learn: 5}", "'learn'"),
    "list of numbers": ("guidekit: {learn: [5]}", "'learn'"),
    "nothing": ("guidekit: {roots: }", "'roots'"),
    "unknown severity": ("guidekit: {severity: {file-not-found: fatal}}", "'severity'"),
    "severity that is a list": ("guidekit: {severity: [a]}", "'severity'"),
    "unknown rule": ("guidekit: {severity: {file-not-fond: error}}", "'severity'"),
    "depth of nothing": ("guidekit: {max_include_depth: 0}", "'max_include_depth'"),
    "depth of a million": ("guidekit: {max_include_depth: 1000000}", "'max_include_depth'"),
    "size that is a truth": ("guidekit: {max_file_size: true}", "'max_file_size'"),
    "size in quotes": ("guidekit: {max_file_size: '5'}", "'max_file_size'"),
    "environment": ("guidekit: {max_file_size: !ENV [GUIDEKIT_TEST_NOTHING, many]}", "'max_file_size'"),
    "environment without a default": ("guidekit: {max_file_size: !ENV GUIDEKIT_TEST_NOTHING}", "'max_file_size'"),
    "environment by a mapping": ("guidekit: {max_file_size: !ENV {a: b}}", "mkdocs.yml"),
    "environment by a list": ("guidekit: {max_file_size: !ENV [[a], 5]}", "mkdocs.yml"),
    "switch that is none": ("guidekit: {enabled: 5}", "'plugins.guidekit.enabled'"),
    "python name": ("guidekit: {roots: !!python/name:os.system ''}", "'roots'"),
    "python call": ("guidekit: {roots: !!python/object/apply:os.system ['false']}", "'roots'"),
    "root that is absolute": ("guidekit: {roots: [/etc]}", "'roots'"),
    "root outside": ("guidekit: {roots: [..]}", "'roots'"),
    "root with a NUL": ('guidekit: {roots: ["a\\0b"]}', "'roots'"),
    "glob that is none": ("guidekit: {learn: ['!']}", "'learn'"),
    "fragment glob that is none": ("guidekit: {fragments: ['\\']}", "'fragments'"),
    "glossary that is a list": ("guidekit: {glossary: [page.md]}", "'glossary'"),
    "glossary that is not there": ("guidekit: {glossary: none.md}", "'glossary'"),
    "prefix without slash": ("guidekit: {root_links: {a: b}}", "'root_links'"),
    "options that are a number": ("guidekit: 5", "'plugins.guidekit'"),
}


@pytest.mark.parametrize("form", ["list", "mapping"])
@pytest.mark.parametrize(("plugin", "named"), SETTINGS.values(), ids=SETTINGS)
def test_unusable_setting_is_named(plugin: str, named: str, form: str, content_set: ContentSet) -> None:
    """A setting that cannot be used ends with exit code 2 and a message that names it."""
    plugins = f"[{{{plugin}}}]" if form == "list" else f"{{{plugin}}}"
    files = {"mkdocs.yml": f"docs_dir: content\nplugins: {plugins}\n", "content/page.md": HEADER}
    refused(content_set(files), named)


CONFIGS: dict[str, tuple[str | bytes, str]] = {
    "no YAML": ("a: [b", "mkdocs.yml"),
    "tab": ("a:\n\tb: c", "mkdocs.yml"),
    "list": ("- a", "mkdocs.yml"),
    "text": ("hello", "mkdocs.yml"),
    "empty": ("", "mkdocs.yml"),
    "comment": ("# nothing", "mkdocs.yml"),
    "binary": (b"\0\1\2", "mkdocs.yml"),
    "latin-1": ("site_name: Größe".encode("latin-1"), "mkdocs.yml"),
    "date that does not exist": ("docs_dir: content\nx: 2025-99-99", "mkdocs.yml"),
    "wrong integer": ("docs_dir: content\nx: !!int y", "mkdocs.yml"),
    "wrong boolean": ("docs_dir: content\nx: !!bool y", "mkdocs.yml"),
    "wrong timestamp": ("docs_dir: content\nx: !!timestamp y", "mkdocs.yml"),
    "list as key": ("docs_dir: content\n? [a]\n: b", "mkdocs.yml"),
    "deep": ("docs_dir: content\nx: " + "[" * 1_000, "mkdocs.yml"),
    "two documents": ("docs_dir: content\n---\na: b", "mkdocs.yml"),
    "inherits itself": ("docs_dir: content\nINHERIT: mkdocs.yml", "INHERIT"),
    "inherits nothing": ("docs_dir: content\nINHERIT: nothing.yml", "nothing.yml"),
    "inherits a folder": ("docs_dir: content\nINHERIT: content", "content"),
    "inherits a list": ("docs_dir: content\nINHERIT: list.yml", "list.yml"),
    "inherits a circle": ("docs_dir: content\nINHERIT: circle.yml", "INHERIT"),
    "value within itself": ("docs_dir: content\nINHERIT: self.yml\nx: &a {b: *a}", "mkdocs.yml"),
    "no content folder": ("docs_dir: nothing", "nothing"),
    "absolute content folder": ("docs_dir: /etc", "'docs_dir'"),
    "content folder outside": ("docs_dir: ../x", "'docs_dir'"),
    "content folder with a NUL": ('docs_dir: "a\\0b"', "'docs_dir'"),
    "content folder that is a list": ("docs_dir: [content]", "'docs_dir'"),
    "plugin that is a number": ("docs_dir: content\nplugins: [5]", "'plugins'"),
    "plugin that is nothing": ("docs_dir: content\nplugins: [~]", "'plugins'"),
    "plugin that is a list": ("docs_dir: content\nplugins: [[a]]", "'plugins'"),
    "plugin with the name of a number": ("docs_dir: content\nplugins: [{5: x}]", "'plugins'"),
    "two plugins in one entry": ("docs_dir: content\nplugins: [{a: {}, b: {}}]", "'plugins'"),
    "guidekit twice": ("docs_dir: content\nplugins: [guidekit, guidekit]", "'plugins.guidekit'"),
    "group without a switch": ("docs_dir: content\nplugins: [group: {enabled: perhaps}]", "'plugins.group.enabled'"),
    "directory URLs that are text": ("docs_dir: content\nuse_directory_urls: perhaps", "'use_directory_urls'"),
    "address without a scheme": ("docs_dir: content\nsite_url: example.org", "'site_url'"),
    "content folder that is a file": ("docs_dir: mkdocs.yml", "mkdocs.yml"),
}


@pytest.mark.parametrize(("text", "named"), CONFIGS.values(), ids=CONFIGS)
def test_unusable_settings_file_is_named(text: str | bytes, named: str, content_set: ContentSet) -> None:
    """A settings file that cannot be used ends with exit code 2 and a message that names the file or the key."""
    files = {
        "mkdocs.yml": text,
        "content/page.md": HEADER,
        "list.yml": "- a\n",
        "circle.yml": "INHERIT: mkdocs.yml\n",
        "self.yml": "x: &a {b: *a}\n",
    }
    refused(content_set(files), named)


def refused(root: Path, named: str) -> None:
    """Check that a content set cannot be opened, neither from Python nor from the command line."""
    with pytest.raises((guidekit.SettingsError, guidekit.RootError), match=named.replace(".", r"\.")):
        guidekit.Library.open(root)
    result = CliRunner().invoke(main, ["check", str(root)])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert named in result.output.replace(str(root), "")


HARMLESS = {
    "tags": "site_name: !ENV [A, b]\nx: !!python/name:os.system\ny: !unknown {a: !other b}",
    "anchor within itself": "x: &a {b: *a}",
    "plugins and extensions that are nothing": "plugins:\nmarkdown_extensions:\nuse_directory_urls:\nsite_url:\ndocs_dir: content",
    "INHERIT that is a number": "INHERIT: 5",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_other_tools_read_in_the_settings_file_does_no_harm(text: str, content_set: ContentSet) -> None:
    """Keys and tags that are for others are left alone, and the content set is checked."""
    report, _ = look(content_set({"mkdocs.yml": f"docs_dir: content\n{text}\n", "content/page.md": HEADER + "x\n"}))
    assert found(report) == []


# The real command line


def run_guidekit(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run guidekit as a program of its own."""
    command = [sys.executable, "-c", "from guidekit.cli import main; main()"]
    return subprocess.run([*command, *arguments], capture_output=True, timeout=120, check=False)


def test_command_line_reports_and_renders_bad_files(content_set: ContentSet) -> None:
    """The program itself ends with 1, tells each place, and prints the page."""
    lines = "".join(f"[!include[x](../includes/{name}.md)]\n\n" for name in ("binary", "missing", "self"))
    files = {
        "content/page.md": HEADER + lines + "[!include[x](../../../etc/passwd.md)]\n\nThe end.\n",
        "includes/binary.md": b"\0",
        "includes/self.md": "[!include[x](self.md)]\n",
    }
    root = content_set(files)
    checked = run_guidekit("check", str(root))
    assert checked.returncode == 1
    assert b"\nchecked 1 page, " in checked.stderr
    for place in (f"page.md:{BODY + 2}:1", f"page.md:{BODY + 6}:1", "binary.md:1:1", "self.md:1:1"):
        assert place in checked.stdout.decode()
    rendered = run_guidekit("render", str(root / "content/page.md"))
    assert rendered.returncode == 1
    assert "<p>The end.</p>" in rendered.stdout.decode()
    assert b"Traceback" not in rendered.stderr


def test_command_line_refuses_what_is_no_page(content_set: ContentSet) -> None:
    """Rendering a file that is no page ends with 2 and says why."""
    root = content_set({"content/page.md": b"\0", "includes/a.md": "x\n"})
    for name, why in (("content/page.md", "is binary"), ("includes/a.md", "fragment")):
        result = CliRunner().invoke(main, ["render", str(root / name)])
        assert result.exit_code == 2
        assert isinstance(result.exception, SystemExit)
        assert why in result.output


def test_command_line_on_an_empty_folder(content_set: ContentSet) -> None:
    """A folder without a page is nothing to check, and no success."""
    result = CliRunner().invoke(main, ["check", str(content_set({}))])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_unreadable_folder_is_not_silently_left_out(content_set: ContentSet) -> None:
    """An include from a folder that may not be entered is reported at the include."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may enter any folder")
    root = content_set({"content/page.md": HEADER + "[!include[x](../includes/a/b.md)]\n", "includes/a/b.md": "x\n"})
    (root / "includes/a").chmod(0)
    try:
        report, _ = look(root)
    finally:
        (root / "includes/a").chmod(0o700)
    assert found(report, "include-invalid", "include-not-found") == [f"include-invalid content/page.md:{BODY}:1"]


def test_page_path_that_does_not_exist(content_set: ContentSet) -> None:
    """Asking for a page that is not there is a ``KeyError`` that names it."""
    library = guidekit.Library.open(content_set({"content/page.md": HEADER}))
    with pytest.raises(KeyError, match="other"):
        guidekit.render(library, PurePosixPath("content/other.md"))
