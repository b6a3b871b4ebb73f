"""Text of strangers, made fit for where it is shown: nothing in it is obeyed, and programs read it as it was."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TypeVar
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from build_log import COMMANDS, obeyed
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guidekit.disk import patches
from guidekit.disk.changes import Change, Move
from guidekit.syntax.document import parse
from guidekit.syntax.heading import Heading
from guidekit.text import escaping
from guidekit.text.source import Source

alphabets = st.sampled_from(
    ["#:[v\n \r", "\x1b\x07\x9b\u202e\u2028\udcff\x00a", "@#1:/w.-!&;$\\`*<>", "\u00a0\u2060\ufefff::"]
)
texts = st.one_of(
    st.text(),
    alphabets.flatmap(lambda chars: st.text(chars, max_size=40)),
    st.lists(st.sampled_from(COMMANDS)).map("".join),
)


Test = TypeVar("Test", bound=Callable[..., None])


def commands(check: Test) -> Test:
    """Try each known command besides what is made up."""
    for text in COMMANDS:
        check = example(text)(check)
    return check


@commands
@given(texts)
def test_text_for_people_is_obeyed_by_nothing(text: str) -> None:
    """Neither a line nor several hold a command, and each character is still one, so that a caret stands below its own."""
    for shown in (escaping.printable(text), escaping.one_line(text)):
        assert len(shown) == len(text)
        assert obeyed(shown.encode()) == []
    assert "\n" not in escaping.one_line(text)


@commands
@given(texts)
def test_harmless_data_is_data_that_nobody_would_obey(text: str) -> None:
    """What `harmless` leaves holds no command, and what holds none already is left alone."""
    shown = escaping.harmless(text)
    assert obeyed(shown.encode()) == []
    assert escaping.is_obeyed(text) or obeyed(escaping.harmless(text).encode()) == []
    assert escaping.harmless(shown) == shown


@commands
@given(texts)
def test_json_is_read_as_it_was_and_begins_no_command(text: str) -> None:
    """JSON keeps each text but for what is no character, whether it stands in a value or is a key."""
    value = {text: [text, {"a": text}]}
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    for indent, only_ascii in ((2, False), (None, False), (2, True)):
        written = escaping.as_json(value, indent=indent, only_ascii=only_ascii)
        assert obeyed(written.encode()) == []
        assert json.loads(written) == {kept: [kept, {"a": kept}]}


@commands
@given(texts)
def test_xml_is_read_as_it_was_and_begins_no_command(text: str) -> None:
    """XML keeps each character that XML can hold, in attributes and in texts."""
    root = Element("a", b=text)
    root.text = text
    written = escaping.in_xml(tostring(root, encoding="unicode") + "\n")
    assert obeyed(written.encode()) == []
    read = fromstring(written)
    kept = "".join(char if char in "\t\n\r" or char >= " " else "\ufffd" for char in text)
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff" else char for char in kept)
    assert read.get("b") == kept
    assert read.text is None or read.text.replace("\r\n", "\n").replace("\r", "\n") == kept.replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


@pytest.mark.parametrize("text", COMMANDS)
def test_html_shows_a_command_as_it_was(text: str) -> None:
    """The marks of a command are references in HTML: readers see them, and a log obeys nothing."""
    written = escaping.in_html(f"<p>{text}</p>\n{text}")
    assert obeyed(written.encode()) == []
    shown = unescape(written)
    assert "##" in shown or "##" not in text
    assert shown.count("::") == text.count("::") * 2


MENTIONS = (
    "@org/everyone",
    "a@b.example",
    "fixes #1",
    "org/repo#12",
    "GH-12",
    "https://github.com/org/repo/issues/1",
    "www.example.com",
    "![](http://example.com/beacon.png)",
    "<img src=x>",
    "<!-- @a -->",
    "&commat;everyone",
    "!12 $3 %4 ~5 &6",
    "AB#12",
)


@pytest.mark.parametrize("text", MENTIONS)
def test_text_in_markdown_mentions_nobody(text: str) -> None:
    """Wherever Markdown is pasted, a text of content is seen as it is, with nobody told and nothing linked."""
    written = escaping.in_markdown(text)
    shown = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(written)
    assert "<a" not in shown and "<img" not in shown and "<!--" not in shown
    assert re.sub("\u2060|</?code>", "", unescape(shown)) == f"<p>{text}</p>\n"
    seen = re.sub("<code>.*?</code>", "", unescape(shown))
    for mark in ("@o", "@b", "@e", "#1", "GH-1", "://", "www.", "!1", "$3", "%4", "~5", "&6"):
        assert mark not in seen


MARKS = [
    "a",
    " ",
    "*",
    "_",
    "`",
    "~~",
    "$",
    "|",
    "\\",
    "#",
    "# ",
    " ##",
    "[a](b)",
    "![a](b)",
    "[a]",
    "<b>",
    "<!--",
    "-->",
]
MARKS += [
    "&amp;",
    "&#35;",
    "https://a.b",
    "http",
    "://",
    "[!include[a](b.md)]",
    "<https://a.b>",
    "- ",
    "1. ",
    "+ ",
    "> ",
]


@example("C #")
@example("&amp;")
@given(st.lists(st.sampled_from(MARKS), max_size=8).map("".join))
def test_marks_of_markdown_are_text(text: str) -> None:
    """Within a line, whether of a heading or behind other words, the marks of Markdown are read as what they are."""
    line = " ".join(text.split())
    (heading,) = parse(Source.of("a.md", f"# x {escaping.as_markdown(line)}")).facts
    assert isinstance(heading, Heading)
    assert heading.text == f"x {line}".strip()
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(f"x {escaping.as_markdown(line)}")
    assert unescape(shown) == f"<p>{f'x {line}'.strip()}</p>\n"


NAMES = (
    "plain.md",
    "with blank.md",
    'quo"te.md',
    "back\\slash.md",
    "über.md",
    "a\nb.md",
    "tab\t.md",
    "##vso[x].md",
    "\x1b[1m.md",
    "\udcff.md",
)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("text", ["plain\n", *COMMANDS], ids=ascii)
def test_patch_is_applied_by_git_and_obeyed_by_nothing(name: str, text: str, tmp_path: Path) -> None:
    """Whatever a file and its name hold, git makes the change, and a log that shows the patch obeys nothing in it."""
    path = PurePosixPath(name)
    before, after = f"{text}\nold\n{text}\n", f"{text}\nnew\n{text}\n{text}"
    (tmp_path / name).write_bytes(before.encode())
    (tmp_path / f"gone-{name}").write_bytes(before.encode())
    (tmp_path / f"moved-{name}").write_bytes(b"x")
    patch = patches.write(
        [
            Move(path=PurePosixPath(f"moved-{name}"), to=PurePosixPath(f"to/{name}")),
            Change(path=path, before=before, after=after),
            Change(path=PurePosixPath(f"new-{name}"), before=None, after=after),
            Change(path=PurePosixPath(f"gone-{name}"), before=before, after=None),
        ]
    ).encode()
    assert obeyed(patch.replace(b"\r\n", b"\n")) == []
    done = subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).read_bytes() == (tmp_path / f"new-{name}").read_bytes() == after.encode()
    assert not (tmp_path / f"gone-{name}").exists()
    assert (tmp_path / "to" / name).read_bytes() == b"x"


def test_patch_of_plain_text_stays_a_text() -> None:
    """Text that nobody would obey, carriage returns and bidirectional text included, is shown line by line."""
    change = Change(path=PurePosixPath("a.md"), before="a\r\n\u2067b\u2069\n", after="c\r\n\u2067b\u2069\n")
    assert patches.write([change]) == "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-a\r\n+c\r\n \u2067b\u2069\n"
