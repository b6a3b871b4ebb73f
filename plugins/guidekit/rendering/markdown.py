"""A page as plain Markdown: one text of the page and its fragments, for readers that are programs.

The authors' text stays as it is. Cut out are front matter, comments and reference definitions; put in are each fragment
in place of its include, and the addresses as they lead from the page. The places of all these are facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import yaml

from guidekit.library.checklist import Checklist, Item
from guidekit.library.destinations import Destination
from guidekit.library.includes import Expansion, Failure
from guidekit.library.library import Library, Page
from guidekit.rendering import link_targets
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.raw_html import Banner, Comment
from guidekit.text import paths
from guidekit.text.source import Position, Source, Span

_CONTAINERS = re.compile(r"[^>\s]")
_MARKUP = re.compile(r"([\\`*_\[\]<>]|&(?=[#\w]+;))")
_BLANKS = "> \t"
_QUOTED = ('"', "'")


@dataclass(frozen=True, kw_only=True, order=True)
class _Edit:
    """A stretch of a text, by offsets, and what stands there instead."""

    start: int
    end: int
    text: str = ""


def write(library: Library, page: Page, header: Mapping[str, object]) -> str:
    """Write a page with all its fragments as Markdown, below a front matter of the given keys.

    It is meant to lie where the page lies in the content folder, so that links to other pages lead to their Markdown.
    """
    return _Writer(library, page).write(header)


class _Writer:
    def __init__(self, library: Library, page: Page) -> None:
        self._library = library
        self._page = page
        self._sources = link_targets.sources(library, page)

    def write(self, header: Mapping[str, object]) -> str:
        body = self._text(self._page.expansion, self._page.checklist)
        headings = (placed.fact for placed in self._page.facts if isinstance(placed.fact, Heading))
        if self._page.outline.added and not any(heading.level == 1 for heading in headings):
            body = f"# {_escaped(self._page.title)}\n\n{body}"
        top = yaml.safe_dump(dict(header), sort_keys=False, allow_unicode=True, width=10_000) if header else ""
        return f"---\n{top}---\n\n{body}\n" if top else f"{body}\n"

    def _text(self, expansion: Expansion, checklist: Checklist | None = None) -> str:
        """Write one document, without the blank lines around it."""
        document = expansion.document
        edits = [
            *self._shown(expansion, {item.position: item for item in checklist.items} if checklist else {}),
            *self._led(document),
            *_hidden(document),
            *(_listed(document, checklist) if checklist else ()),
        ]
        start = _line(document.source, document.front_matter.body_line)
        return _apply(document.source.text, edits, start).strip("\n")

    def _shown(self, expansion: Expansion, items: Mapping[int | None, Item]) -> Iterator[_Edit]:
        document, source = expansion.document, expansion.document.source
        includes = document.of(Include)
        for position, (include, part) in enumerate(zip(includes, expansion.parts, strict=True)):
            text = "" if isinstance(part, Failure) else self._text(part) + _open_fence(part.document)
            item = items.get(position)
            if item and item.guid:
                text = f'<a id="{item.guid}"></a>\n\n{text}'
            yield _edit(source, include.span, _as_block(text, document, include) if include.block else _one_line(text))

    def _led(self, document: Document) -> Iterator[_Edit]:
        """Lead links and images to where they go from the page."""
        facts: list[Link | Image] = [*document.of(Link), *document.of(Image)]
        for fact in facts:
            href = fact.href if isinstance(fact, Link) else fact.src
            if fact.target is None:
                continue
            edit = _edit(document.source, fact.target)
            written = document.source.text[edit.start : edit.end]
            before = document.source.text[edit.start - 1]
            address = self._address(href, document)
            if before == "]":
                if address != href or not written.startswith("("):
                    yield _edit(document.source, fact.target, _destination(address, fact.title))
            elif address != href:
                value = escape(address) if before in _QUOTED else f'"{escape(address)}"'
                yield _edit(document.source, fact.target, value)

    def _address(self, href: str, document: Document) -> str:
        leads = self._library.follow(href, document.source.path)
        if leads.kind == "elsewhere":
            return leads.url
        if leads.kind not in ("page", "file") or leads.path is None:
            return href
        if leads.path == self._page.path and leads.suffix:
            return leads.suffix
        return self._lead(leads)

    def _lead(self, leads: Destination) -> str:
        """Lead to the Markdown of a page, if it has any, else to what readers get."""
        page = self._library.page(leads.path) if leads.kind == "page" and leads.path else None
        if page is None or page.learn:
            return self._sources(leads)
        base = str(self._library.within_content(self._page.path))
        return paths.relative_url(page.url, base) + leads.suffix


def _hidden(document: Document) -> Iterator[_Edit]:
    """Cut out what no reader of the page sees: comments, the old preview banner, reference definitions."""
    source = document.source
    for comment in document.of(Comment):
        if comment.closed:
            edit = _edit(source, comment.span)
            below_a_blank_line = source.text[max(edit.start - 2, 0) : edit.start] in ("", "\n\n")
            ends_its_line = source.text.startswith("\n", edit.end)
            yield replace(edit, end=edit.end + (below_a_blank_line and ends_its_line))
    for banner in document.of(Banner):
        yield _edit(source, banner.span)
    for first, behind in document.definitions:
        yield _Edit(start=_line(source, first), end=_line(source, behind))


def _listed(document: Document, checklist: Checklist) -> Iterator[_Edit]:
    """List a checklist's items above the first of them, or the first heading below the title."""
    headings = (heading.span.start for heading in document.of(Heading) if heading.level > 1)
    place = min([*headings, *(item.span.start for item in checklist.items)])
    at = _line(document.source, place.line - 1)
    entries = (
        f"1. [{_escaped(item.title)}](#{item.guid})" if item.guid and item.include else f"1. {_escaped(item.title)}"
        for item in checklist.items
    )
    listed = "\n".join(entries)
    yield _Edit(start=at, end=at, text=f"**{_escaped(checklist.question or 'Checklist')}**\n\n{listed}\n\n")


def _open_fence(document: Document) -> str:
    """Close a fence that a document leaves open: what follows it on the page is no code."""
    last = document.tokens[-1] if document.tokens else None
    if last is None or last.type != "fence" or last.level or not last.map:
        return ""
    lines = document.source.text.rstrip("\n").split("\n")
    closed = len(lines) - 1 > last.map[0] and lines[-1].strip().startswith(last.markup)
    return "" if closed else f"\n{last.markup}"


def _as_block(text: str, document: Document, include: Include) -> str:
    """Write a fragment in place of its include: in quotes and lists as that is, apart from the text above and below."""
    place, rows = include.span, document.source.lines
    row = place.start.line - 1
    before, behind = rows[row][: place.start.column - 1], rows[row][place.end.column - 1 :]
    if behind.strip():  # in a table's cell
        return _one_line(text)
    prefix = _CONTAINERS.sub(" ", before)
    above, below = "".join(rows[row - 1 : row]), "".join(rows[row + 1 : row + 2])
    after_comment = any(comment.alone and comment.span.end.line == row for comment in document.of(Comment))
    lines = text.split("\n")
    if prefix == before and above.strip(_BLANKS) and not after_comment:
        lines.insert(0, "")
    if below.strip(_BLANKS):
        lines.append("")
    return "\n".join([lines[0], *(prefix + line if line else prefix.rstrip() for line in lines[1:])])


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def _destination(address: str, title: str) -> str:
    href = f"<{address}>" if not address or re.search(r"[\s()<>]", address) else address
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'({href} "{quoted}")' if title else f"({href})"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _edit(source: Source, span: Span, text: str = "") -> _Edit:
    return _Edit(start=source.offset(span.start), end=source.offset(span.end), text=text)


def _line(source: Source, number: int) -> int:
    """Find the offset of a line, counted from 0."""
    return source.offset(Position(line=number + 1, column=1))


def _apply(text: str, edits: Sequence[_Edit], start: int) -> str:
    """Write a text from ``start`` on with its edits made; one that begins within another is left out."""
    parts: list[str] = []
    at = start
    for edit in sorted(edits):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:]])
