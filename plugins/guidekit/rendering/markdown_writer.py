"""A page while it is written as Markdown: the text of its files, with what the constructs in it change.

The authors' text stays as it is but for the edits; the places of all these are facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guidekit.library.checklist import Item
from guidekit.library.code_snippets import Code
from guidekit.library.destinations import Destination
from guidekit.library.failure import Failure
from guidekit.library.includes import Expansion
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import link_targets
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.raw_html import Comment
from guidekit.text import containers, paths
from guidekit.text.source import Position, Source, Span

_BLANKS = "> \t"


@dataclass(frozen=True, kw_only=True, order=True)
class TextEdit:
    """A stretch of a text, by offsets, and what stands there instead."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TextPlace:
    """A file of a page that is written; ``items`` are the checklist's items by the page's own includes.

    ``writes`` writes facts, by their type.
    """

    library: Library
    page: Page
    expansion: Expansion
    writes: Mapping[type[Any], Write]
    items: Mapping[Include, Item] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The file."""
        return self.expansion.document

    def text(self, more: Iterable[TextEdit] = ()) -> str:
        """Write the file with its fragments and ``more`` edits, without the blank lines around it."""
        edits = [*self._edits(), *more]
        start = start_of_line(self.document.source, self.document.front_matter.body_line)
        return _apply(self.document.source.text, edits, start).strip("\n")

    def _edits(self) -> Iterator[TextEdit]:
        source = self.document.source
        for kind, write in self.writes.items():
            for fact in self.document.of(kind):
                yield from write(fact, self)
        for definition in self.document.definitions:
            first, last = definition.span.start.line - 1, definition.span.end.line - 1
            yield TextEdit(start=start_of_line(source, first), end=start_of_line(source, last + 1))

    def edit(self, span: Span, text: str = "") -> TextEdit:
        """Put a text in the place of what stands in the file."""
        source = self.document.source
        return TextEdit(start=source.offset(span.start), end=source.offset(span.end), text=text)

    def shown(self, include: Include) -> TextPlace | Failure:
        """Find what an include of this file shows."""
        part = self.expansion.parts[include]
        return part if isinstance(part, Failure) else replace(self, expansion=part, items={})

    def code(self, snippet: CodeSnippet) -> Code | Failure:
        """Find the code that a snippet of this file shows."""
        return self.expansion.code[snippet]

    def address(self, href: str) -> str:
        """Write the address to which a link or an image of this file leads."""
        leads = link_targets.published(self.library.lead(href, self.document.source.path))
        if leads.kind == "elsewhere":
            return leads.url
        if leads.kind not in ("page", "file") or leads.path is None:
            return href
        if leads.path == self.page.path and leads.suffix:
            return leads.suffix
        return self._lead(leads)

    def _lead(self, leads: Destination) -> str:
        """Lead to the Markdown of a page, if it has any, else to what readers get."""
        assert leads.path
        base = self.library.markdown_url(self.page.path)
        if leads.kind == "file":
            return paths.relative_url(self.library.file_url(leads.path), base) + leads.suffix
        page = self.library.page(leads.path)
        has_markdown = page is None or page.learn
        there = self.library.markdown_url(leads.path) if has_markdown else self.library.url(leads.path)
        return paths.relative_url(there, base) + leads.suffix


Write = Callable[[Any, TextPlace], Iterator[TextEdit]]
"""Writes a fact of one type, where it stands, as edits of the file's text."""


def start_of_line(source: Source, number: int) -> int:
    """Find the offset of a line, counted from 0."""
    return source.offset(Position(line=number + 1, column=1))


def in_place(text: str, document: Document, place: Span) -> str:
    """Write a block in place of a directive: in quotes and lists as that is, apart from the text above and below."""
    rows = document.source.lines
    row = place.start.line - 1
    before, behind = rows[row][: place.start.column - 1], rows[row][place.end.column - 1 :]
    if behind.strip():  # in a table's cell
        return one_line(text)
    prefix = containers.continued(before)
    above, below = "".join(rows[row - 1 : row]), "".join(rows[row + 1 : row + 2])
    after_comment = any(comment.alone and comment.span.end.line == row for comment in document.of(Comment))
    lines = text.split("\n")
    if prefix == before and above.strip(_BLANKS) and not after_comment:
        lines.insert(0, "")
    if below.strip(_BLANKS):
        lines.append("")
    return "\n".join([lines[0], *(prefix + line if line else prefix.rstrip() for line in lines[1:])])


def one_line(text: str) -> str:
    """Write a text on one line."""
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def _apply(text: str, edits: Iterable[TextEdit], start: int) -> str:
    """Write a text from ``start`` on with its edits made; one that begins within another is left out."""
    parts: list[str] = []
    at = start
    for edit in sorted(edits):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:]])
