"""What nearly is a directive or a link: noting it changes nothing that readers see, and what is written instead is one."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.syntax import constructs
from guidekit.syntax.document import parse
from guidekit.syntax.include import Include
from guidekit.syntax.link import Link
from guidekit.syntax.near_miss import MistypedInclude, MistypedLink
from guidekit.text.source import Source

PIECES = (
    *("[", "]", "(", ")", "!", "[!", "include", "[!INCLUDE [", "](", "] (", "][", ")]", "a.md", "https://a.example/b"),
    *(" ", "\n", "`", "\\", "*", "~~", ":::", "note", "[!NOTE]", "> ", "a b.md", "id", "<b>", "x", "0", "|", '"'),
)


def parser(*, notes: bool) -> MarkdownIt:
    """Make a parser of the dialect, with or without what notes near misses."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for construct in constructs(frozenset()):
        if notes or construct.name != "near miss":
            construct.install(md)
    return md


NOTING, PLAIN = parser(notes=True), parser(notes=False)


def seen(tokens: list[Token]) -> list[tuple[str, str, str]]:
    """List what readers get of tokens: type, tag and text; text that goes on is one."""
    found: list[tuple[str, str, str]] = []
    for block in tokens:
        for token in block.children or [block]:
            kind = (token.type, token.tag, token.content)
            if token.type == "text" and found and found[-1][0] == "text":
                found[-1] = ("text", "", found[-1][2] + token.content)
            elif token.type != "near_miss":
                found.append(kind)
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_noting_changes_nothing(text: str) -> None:
    """A text is drawn with the notes as it is drawn without."""
    assert seen(NOTING.parse(text)) == seen(PLAIN.parse(text))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("[!include[\\]8.md")
@example("(a\\)[b.md]")
@example("[a](https://b.example\\]")
def test_what_is_written_instead_is_what_was_meant(text: str) -> None:
    """The right form of an include is an include of its path, and that of a link is a link to its address."""
    page = parse(Source.of(PurePosixPath("page.md"), text))
    for include in page.of(MistypedInclude):
        if include.right:
            again = parse(Source.of(PurePosixPath("page.md"), include.right))
            assert [one.path for one in again.of(Include)] == [include.path]
    for link in page.of(MistypedLink):
        if link.right.startswith("["):
            again = parse(Source.of(PurePosixPath("page.md"), link.right))
            assert link.address in [one.address for one in again.of(Link)]
