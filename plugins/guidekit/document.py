"""One file, parsed: its front matter, its tokens, and the facts in it with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.source import Source, Span
from guidekit.syntax import SYNTAX, front_matter, heading, html, suppression
from guidekit.syntax.alert import FailedAlert
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.heading import Heading
from guidekit.syntax.html import Anchor, Banner, BuriedInclude, Comment
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.run import Run
from guidekit.syntax.suppression import Suppression

_INLINE_ONLY = ("reference", "paragraph")
_BLOCK = {kind: read for construct in SYNTAX for kind, read in construct.block.items()}
_INLINE = {kind: read for construct in SYNTAX for kind, read in construct.inline.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """A stretch of text that says something: a paragraph, a cell, a code block; how many words it has."""

    words: int
    run: Run

    @property
    def span(self) -> Span:
        """Where it stands, worked out when it is asked for: most of a page's text is never complained about."""
        return self.run.whole

    @property
    def line(self) -> int:
        """The line on which it begins, which is known without working out where it stands in it."""
        return self.run.first_line + 1


Fact = Heading | Prose | Include | Comment | Link | Image | Anchor | Banner | BuriedInclude | FailedAlert
FactType = TypeVar("FactType", bound=Fact)


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A parsed file. ``tokens`` are shared between all who show it: copy one before you change it."""

    source: Source
    front_matter: FrontMatter
    tokens: Sequence[Token]
    facts: Sequence[Fact]
    definitions: Sequence[tuple[int, int]] = ()
    """The lines of reference definitions, each from its first up to but not including its last, counted from 0."""
    references: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """The lines of those that count, by their labels as links have them."""
    suppressions: Sequence[Suppression] = ()

    def of(self, kind: type[FactType]) -> Iterator[FactType]:
        """Go through the facts of one kind, in the order of the text."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type, Sequence[Any]]:
        found: dict[type, list[Any]] = {}
        for fact in self.facts:
            found.setdefault(type(fact), []).append(fact)
        return found

    @property
    def opening(self) -> str:
        """The text of the first paragraph, without markup."""
        for token in self.tokens:
            if token.type == "inline":
                return " ".join(heading.plain_text(token.children).split())
        return ""


def parse(source: Source, *, inline: bool = False, header: bool = True) -> Document:
    """Parse a file.

    ``inline`` reads paragraphs only, as Learn does for a fragment shown within a line: ``## x`` stays text.
    ``header`` is false for a text whose front matter was taken off before.
    """
    header_facts = front_matter.read(source) if header else FrontMatter()
    body = "\n" * header_facts.body_line + "\n".join(source.lines[header_facts.body_line :])
    env: dict[str, Any] = {}
    tokens = _parser(inline).parse(body, env)
    facts = list(_facts(source, tokens))
    return Document(
        source=source,
        front_matter=header_facts,
        tokens=tokens,
        facts=facts,
        definitions=_definitions(env),
        references={label: _lines(definition) for label, definition in env.get("references", {}).items()},
        suppressions=_suppressions(source, header_facts.body_line, tokens, facts),
    )


@cache
def _parser(inline: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for construct in SYNTAX:
        construct.install(md)
    if inline:
        md.block.ruler.enableOnly(list(_INLINE_ONLY))
    return md


def _definitions(env: Mapping[str, Any]) -> Sequence[tuple[int, int]]:
    """Find the lines of reference definitions, those that stand twice included."""
    found = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    return sorted(map(_lines, found))


def _lines(definition: Mapping[str, Any]) -> tuple[int, int]:
    return definition["map"][0], definition["map"][1]


def _suppressions(
    source: Source, body_line: int, tokens: Sequence[Token], facts: Sequence[Fact]
) -> Sequence[Suppression]:
    if not suppression.mentioned(source):
        return ()
    return suppression.read(source, body_line, tokens, (fact for fact in facts if isinstance(fact, Comment)))


def _facts(source: Source, tokens: Sequence[Token]) -> Iterator[Fact]:
    row = 0
    cell_end: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.map:
            row = token.map[0]
        if token.type == "inline":
            opening = tokens[index - 1]
            first = token.content.partition("\n")[0].strip()
            while token.map and row < token.map[1] - 1 and first not in source.lines[row]:
                row += 1  # the parser dropped a line of blanks that are none to Markdown, such as a form feed
            is_cell = opening.type in ("td_open", "th_open")
            run = Run(source, token.content, row, cell_end.get(row, 0) if is_cell else None)
            if is_cell and token.content:
                cell_end[row] = run.whole.end.column - 1
            yield from _inline_facts(opening, token, run)
        elif token.type in ("fence", "code_block"):
            yield Prose(words=len(token.content.split()), run=Run(source, "", row))
        elif token.type in _BLOCK:
            yield from _block_facts(token, Run(source, token.content, row))


def _block_facts(token: Token, run: Run) -> Iterator[Fact]:
    facts = list(_BLOCK[token.type](token, run))
    if token.type == "html_block" and not any(isinstance(fact, (Banner, Comment)) for fact in facts):
        yield Prose(words=html.count_words(token.content), run=run)
    yield from facts


def _inline_facts(opening: Token, token: Token, run: Run) -> Iterator[Fact]:
    children = token.children or []
    if opening.type == "heading_open":
        yield heading.read(opening, token, run)
    elif opening.type != "alert_title_open":
        words = len(heading.plain_text(children).split())
        if words:
            yield Prose(words=words, run=run)
    yield from _read_children(children, run)


def _read_children(children: Sequence[Token], run: Run) -> Iterator[Any]:
    for child in children:
        if child.type in _INLINE:
            yield from _INLINE[child.type](child, run)
        if child.type == "comment_unclosed":
            child.type = "text"
