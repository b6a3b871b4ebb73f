"""A page while it is written as Markdown: the text of its files, with what the constructs in it change.

The authors' text stays as it is but for the edits; the places of all these are facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guidekit.library.checklist import Item
from guidekit.library.destinations import Destination
from guidekit.library.includes import Expansion, Failure
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text import paths
from guidekit.text.source import Position, Source, Span


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

    def address(self, href: str) -> str:
        """Write the address to which a link or an image of this file leads."""
        leads = self.library.follow(href, self.document.source.path)
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


def _apply(text: str, edits: Iterable[TextEdit], start: int) -> str:
    """Write a text from ``start`` on with its edits made; one that begins within another is left out."""
    parts: list[str] = []
    at = start
    for edit in sorted(edits):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:]])
