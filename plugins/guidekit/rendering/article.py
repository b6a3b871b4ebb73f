"""The tokens of a whole page as it is published: fragments grafted, links led to where they go, headings in order.

The tokens of a document are shared by all pages that show it, so a token is copied before anything in it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.library.checklist import Checklist, Item
from guidekit.library.destinations import Destination
from guidekit.library.includes import Expansion, Failure
from guidekit.library.library import Library, Page
from guidekit.library.outline import Published
from guidekit.rendering import assessment, new_tokens, terms, upkeep
from guidekit.rendering.link_targets import Lead
from guidekit.rendering.upkeep import Upkeep
from guidekit.syntax import include, raw_html, suppression
from guidekit.syntax.document import Document

_EXPLANATIONS = {
    "not-found": "does not exist",
    "circular": "leads back to itself",
    "too-deep": "is included too deep",
    "too-many": "is one fragment too many for a page",
    "too-large": "is too large",
}

_CHANGING = frozenset({"link_open", "image", "html_inline", "include_inline"})
"""The tokens of a line that are not the same on every page that shows them."""

Parts = Iterator[tuple[int, "Expansion | Failure"]]

Downloads = Sequence[tuple[str, PurePosixPath]]


def tokens(
    library: Library,
    page: Page,
    lead: Lead,
    *,
    lead_raw: Lead | None = None,
    notes: bool = True,
    downloads: Downloads = (),
    upkeep: Upkeep | None = None,
) -> list[Token]:
    """Put a page together.

    ``lead`` writes addresses in Markdown's links and images, ``lead_raw`` those in raw HTML, where a host treats them
    differently. ``notes`` shows the author a note where an include failed. ``downloads`` are published files, each with its
    label and its path from the root, that the checklist links to. With ``upkeep``, the guidance of each item ends with a
    line about its review.
    """
    return _Article(library, page, lead, lead_raw or lead, notes, downloads, upkeep).tokens()


class _Article:
    def __init__(
        self,
        library: Library,
        page: Page,
        lead: Lead,
        lead_raw: Lead,
        notes: bool,
        downloads: Downloads,
        upkeep: Upkeep | None,
    ) -> None:
        self._library = library
        self._page = page
        self._leads = {False: lead, True: lead_raw}
        self._notes = notes
        self._upkeep = upkeep
        self._downloads = downloads
        self._headings = iter(page.outline.headings)
        self._addresses: dict[tuple[str, PurePosixPath, bool], str] = {}

    def tokens(self) -> list[Token]:
        title = _title(next(self._headings)) if self._page.outline.added else []
        checklist = self._page.checklist
        body = self._linked(list(self._graft(self._page.expansion, _anchored(checklist.items) if checklist else {})))
        if checklist:
            body = list(assessment.with_checks(body, checklist))
            place = _end_of_opening(body)
            body[place:place] = assessment.form(self._guide(self._page, checklist))
        return [*title, *_apart([*body, *self._overview()])]

    def _guide(self, page: Page, checklist: Checklist) -> assessment.Guide:
        lead = self._leads[False]
        links = [(label, lead(Destination(kind="file", path=path))) for label, path in self._downloads]
        aliases = self._library.settings.aliases
        return assessment.Guide(checklist=checklist, title=page.title, url=page.url, aliases=aliases, downloads=links)

    def _overview(self) -> list[Token]:
        """List all guides at the end of the page that is set to have them."""
        if self._page.path != self._library.overview:
            return []
        guides = [
            (self._guide(page, page.checklist), self._leads[False](Destination(kind="page", path=page.path)))
            for page in self._library.pages
            if page.learn and page.checklist
        ]
        return assessment.overview(guides, self._library.settings.aliases, self._page.url)

    def _linked(self, body: list[Token]) -> list[Token]:
        """Link the first use of each term to the glossary, on every Learn page but the glossary's own."""
        glossary = self._library.glossary
        if glossary is None or glossary.page == self._page.path or not self._page.learn:
            return body
        address = self._leads[False](Destination(kind="page", path=glossary.page))
        return list(terms.link(body, glossary, address))

    def _graft(self, expansion: Expansion, items: dict[int, Item]) -> Iterator[Token]:
        document = expansion.document
        parts: Parts = iter(enumerate(expansion.parts))
        skip = 0
        heading_tag = ""
        for index, token in enumerate(document.tokens):
            if skip:
                skip -= 1
            elif include.is_block(document.tokens, index):
                position, part = next(parts)
                if position in items:
                    yield from _anchor(items[position])
                yield from self._block(part, document.tokens[index + 1], hidden=token.hidden)
                if position in items and self._upkeep:
                    yield from upkeep.line(items[position], self._upkeep)
                skip = 2
            elif token.type == "heading_open":
                published = next(self._headings)
                heading_tag = f"h{published.level}"
                yield new_tokens.changed(token, tag=heading_tag, attrs={**token.attrs, "id": published.id})
            elif token.type == "heading_close":
                yield new_tokens.changed(token, tag=heading_tag)
            elif token.type == "inline":
                children = token.children or []
                if any(child.type in _CHANGING for child in children):
                    token = new_tokens.changed(token, children=list(self._children(children, document, parts)))
                yield token
            elif token.type != "html_block":
                yield token
            elif not raw_html.is_banner(token):
                yield from self._html(token, document)

    def _block(self, part: Expansion | Failure, directive: Token, *, hidden: bool) -> Iterator[Token]:
        if isinstance(part, Failure):
            yield from _block_note(part, directive) if self._notes else ()
            return
        grafted = self._graft(part, {})
        paragraphs = sum(token.type == "paragraph_open" and token.level == 0 for token in part.document.tokens)
        if not (hidden and paragraphs == 1):
            yield from grafted
            return
        # In a tight list, or alone in a table's cell, a fragment's one paragraph is the item's text.
        for token in grafted:
            outer = token.level == 0 and token.type in ("paragraph_open", "paragraph_close")
            yield new_tokens.changed(token, hidden=True) if outer else token

    def _children(self, children: Sequence[Token], document: Document, parts: Parts) -> Iterator[Token]:
        for child in children:
            if child.type == "link_open":
                href = self._address(str(child.attrs["href"]), document, raw=False)
                yield (
                    child
                    if href == child.attrs["href"]
                    else new_tokens.changed(child, attrs={**child.attrs, "href": href})
                )
            elif child.type == "image":
                src = self._address(str(child.attrs["src"]), document, raw=False)
                label = [
                    new_tokens.text(part.content) if part.type == "include_inline" else part
                    for part in child.children or ()
                ]
                yield new_tokens.changed(child, attrs={**child.attrs, "src": src}, children=label)
            elif child.type == "html_inline":
                yield from self._html(child, document)
            elif child.type == "include_inline":
                yield from self._inline(next(parts)[1], child)
            else:
                yield child

    def _inline(self, part: Expansion | Failure, directive: Token) -> Iterator[Token]:
        if isinstance(part, Failure):
            yield from _inline_note(part, directive) if self._notes else ()
            return
        parts: Parts = iter(enumerate(part.parts))
        paragraphs = [token for token in part.document.tokens if token.type == "inline"]
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield Token("softbreak", "br", 0)
            yield from self._children(paragraph.children or [], part.document, parts)

    def _address(self, href: str, document: Document, *, raw: bool) -> str:
        base = document.source.path
        key = (href, base, raw)
        if key not in self._addresses:
            leads = self._library.follow(href, base)
            if leads.kind == "elsewhere":
                self._addresses[key] = leads.url
            elif leads.kind in ("page", "file"):
                own = leads.path == self._page.path and leads.suffix
                self._addresses[key] = leads.suffix if own else self._leads[raw](leads)
            else:
                self._addresses[key] = href
        return self._addresses[key]

    def _html(self, token: Token, document: Document) -> Iterator[Token]:
        """Lead the addresses in raw HTML, and leave out comments to guidekit."""
        content = token.content
        for address in reversed(raw_html.addresses(token)):
            new = self._address(address.value, document, raw=True)
            if new != address.value:
                quoted = content[address.start - 1 : address.start] in ('"', "'")
                value = escape(new) if quoted else f'"{escape(new)}"'
                content = content[: address.start] + value + content[address.end :]
        content = suppression.cut(content)
        if content == token.content:
            yield token
        elif content.strip():
            yield new_tokens.changed(token, content=content)


def _apart(body: Sequence[Token]) -> Iterator[Token]:
    """Keep the text of a tight item from running into that of a fragment next to it: neither has a paragraph."""
    before = Token("", "", 0)
    for token in body:
        if token.hidden and before.hidden and token.nesting > 0 > before.nesting:
            yield new_tokens.run(Token("softbreak", "br", 0))
        yield token
        before = token


def _title(published: Published) -> list[Token]:
    return new_tokens.element("heading", "h1", new_tokens.run(new_tokens.text(published.text)), id=published.id)


def _anchored(items: Sequence[Item]) -> dict[int, Item]:
    """Find the includes that get a permanent anchor: the first one of each GUID."""
    first: dict[str, Item] = {}
    for item in items:
        if item.guid and item.position is not None:
            first.setdefault(item.guid, item)
    return {item.position: item for item in first.values() if item.position is not None}


def _anchor(item: Item) -> list[Token]:
    return new_tokens.element("anchor", "span", id=item.guid, class_="guidekit-anchor")


def _end_of_opening(body: Sequence[Token]) -> int:
    """Find where a page's opening ends: above the block with the first item or the first heading below the title."""
    depth = block = 0
    for index, token in enumerate(body):
        if depth == 0 and token.nesting >= 0:
            block = index
        if token.type == "anchor_open" or (token.type == "heading_open" and token.tag != "h1"):
            return block
        depth += token.nesting
    return len(body)


def _explain(failure: Failure) -> str:
    return failure.detail or _EXPLANATIONS[failure.kind]


def _block_note(failure: Failure, directive: Token) -> list[Token]:
    code = Token("code_inline", "code", 0, content=directive.meta["directive"].path)
    title = new_tokens.element(
        "paragraph", "p", new_tokens.run(new_tokens.text("Include failed")), class_="admonition-title"
    )
    text = new_tokens.element("paragraph", "p", new_tokens.run(code, new_tokens.text(f" {_explain(failure)}")))
    return new_tokens.element("note", "div", *title, *text, class_="admonition failure guidekit-failure")


def _inline_note(failure: Failure, directive: Token) -> list[Token]:
    text = f"[include failed: {directive.meta['directive'].path} {_explain(failure)}]"
    opening = Token("strong_open", "strong", 1, attrs={"class": "guidekit-failure"})
    return [opening, new_tokens.text(text), Token("strong_close", "strong", -1)]
