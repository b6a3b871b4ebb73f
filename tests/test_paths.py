"""Paths as they are written in includes and links: what each leads to, and which are refused."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from guidekit.text import paths
from guidekit.text.paths import Refused, Target

BASE = PurePosixPath("content/guides/page.md")

INCLUDES = {
    "a.md": "content/guides/a.md",
    "./a.md": "content/guides/a.md",
    "../a.md": "content/a.md",
    "../../includes/a.md": "includes/a.md",
    "..//..//includes///a.md": "includes/a.md",
    "..\\..\\includes\\a.md": "includes/a.md",
    "~/includes/a.md": "includes/a.md",
    "~\\includes\\a.md": "includes/a.md",
    "~////includes/a.md": "includes/a.md",
    "a b.md": "content/guides/a b.md",
    "a%20b.md": "content/guides/a%20b.md",
    "a#b.md": "content/guides/a#b.md",
    "\u00e4.md": "content/guides/\u00e4.md",
    "a\u0308.md": "content/guides/a\u0308.md",
    "...md": "content/guides/...md",
    ".../a.md": "content/guides/.../a.md",
    "b/~/a.md": "content/guides/b/~/a.md",
    "~a.md": "content/guides/~a.md",
}


@pytest.mark.parametrize(("path", "file"), INCLUDES.items())
def test_include_leads_to_a_file(path: str, file: str) -> None:
    """An include's path counts from its file, or from the root after ``~/``, and is taken as written."""
    assert paths.follow_include(path, BASE) == PurePosixPath(file)


REFUSED = {
    "": "names no file",
    "../../../a.md": "leads out of the content set",
    "~/../a.md": "leads out of the content set",
    "a/../../../../a.md": "leads out of the content set",
    "/a.md": "is absolute",
    "\\a.md": "is absolute",
    "//server/a.md": "is a network path",
    "\\\\server\\a.md": "is a network path",
    "C:\\a.md": "begins with a drive letter",
    "c:/a.md": "begins with a drive letter",
    "C:a.md": "begins with a drive letter",
    "http://a.b/c.md": "is a URL",
    "FILE:///etc/passwd.md": "is a URL",
    "a\0.md": "holds a character that no file name may hold",
    "a\n.md": "holds a character that no file name may hold",
    "\x1b.md": "holds a character that no file name may hold",
}


@pytest.mark.parametrize(("path", "why"), REFUSED.items())
def test_include_is_refused(path: str, why: str) -> None:
    """An include's path that could lead out of the content set is refused with the reason."""
    assert paths.follow_include(path, BASE) == Refused(why=why)


LINKS = {
    "a.md": Target(file=PurePosixPath("content/guides/a.md")),
    "a.md#b": Target(file=PurePosixPath("content/guides/a.md"), suffix="#b"),
    "a.md?b=c#d?e": Target(file=PurePosixPath("content/guides/a.md"), suffix="?b=c#d?e"),
    "a%20b%23c.md": Target(file=PurePosixPath("content/guides/a b#c.md")),
    "a%2520b.md": Target(file=PurePosixPath("content/guides/a%20b.md")),
    "%C3%A4.md": Target(file=PurePosixPath("content/guides/\u00e4.md")),
    "..%2Fa.md": Target(file=PurePosixPath("content/a.md")),
    "..\\a.md": Target(file=PurePosixPath("content/a.md")),
    "#a": Target(suffix="#a"),
    "?a": Target(suffix="?a"),
    "": Target(),
    "https://a.b/c#d": Target(url="https://a.b/c#d"),
    "mailto:a@b.c": Target(url="mailto:a@b.c"),
    "//a.b/c": Target(url="//a.b/c"),
    "/a/b#c": Target(url="/a/b#c", suffix="#c"),
    "../../../a.md": Refused(why="leads out of the content set"),
    "%2e%2e/%2e%2e/%2e%2e/a.md": Refused(why="leads out of the content set"),
    "C:\\a.md": Refused(why="begins with a drive letter"),
    "a%00.md": Refused(why="holds a character that no file name may hold"),
    "%ff.md": Refused(why="holds a character that no file name may hold"),
}


@pytest.mark.parametrize(("href", "target"), LINKS.items())
def test_link_leads_to_a_place(href: str, target: Target | Refused) -> None:
    """A link is decoded once, after its query and bookmark were cut off."""
    assert paths.follow_link(href, BASE) == target


@pytest.mark.parametrize(
    ("suffix", "bookmark"),
    [
        ("#a", "a"),
        ("#%C3%A4", "\u00e4"),
        ("?x#a", "a"),
        ("#top", ""),
        ("#", ""),
        ("", ""),
        ("#a:~:text=b", "a"),
        ("?a", ""),
    ],
)
def test_bookmark_of_a_link(suffix: str, bookmark: str) -> None:
    """The bookmark is what follows the ``#``, decoded, without a text directive; the top of a page is none."""
    assert Target(suffix=suffix).bookmark == bookmark


@pytest.mark.parametrize(
    ("file", "base", "written"),
    [
        ("content/a.md", "content/b.md", "a.md"),
        ("content/a/b.md", "content/c.md", "a/b.md"),
        ("content/a.md", "content/b/c.md", "../a.md"),
        ("includes/a.md", "content/b/c.md", "../../includes/a.md"),
        ("content/a/a", "content/a/a/b.md", "../a"),
    ],
)
def test_relative_path(file: str, base: str, written: str) -> None:
    """A file is written relative to the folder of the file that names it."""
    assert paths.relative(PurePosixPath(file), PurePosixPath(base)) == written


@pytest.mark.parametrize(
    ("url", "base", "written"),
    [
        ("a/b/", "a/c/", "../b/"),
        ("a/b/", "a/b/", "./"),
        ("", "a/b/", "../../"),
        ("", "", "./"),
        ("a.html", "b.html", "a.html"),
        ("a/b.png", "a/c/", "../b.png"),
    ],
)
def test_relative_url(url: str, base: str, written: str) -> None:
    """An address is written relative to another one."""
    assert paths.relative_url(url, base) == written


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("a b.md", "a%20b.md"),
        ("a#b?.md", "a%23b%3F.md"),
        ("100%.md", "100%25.md"),
        ("\u00e4.md", "\u00e4.md"),
        ("a/b", "a/b"),
    ],
)
def test_path_as_an_address(path: str, url: str) -> None:
    """What has a meaning of its own in an address is encoded, letters of any script stay readable."""
    assert paths.as_url(path) == url
