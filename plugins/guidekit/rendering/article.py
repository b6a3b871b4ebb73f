"""The tokens of a whole page as it is published: its text as it is drawn, its title, its checklist, its glossary's links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.library import verification
from guidekit.library.checklist import Checklist, Item
from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.outline import PublishedHeading
from guidekit.library.page import Page
from guidekit.library.verification import Verification
from guidekit.rendering import (
    checklist_form,
    checklist_items,
    checklist_overview,
    choices,
    content_tabs,
    fillable_sheet,
    footnote,
    lost_text,
    moniker,
    new_tokens,
    terms,
    yaml_page,
    zone,
)
from guidekit.rendering.checklist_form import Guide
from guidekit.rendering.constructs import HTML
from guidekit.rendering.drawing import Drawing
from guidekit.rendering.link_targets import Lead
from guidekit.rendering.upkeep import Upkeep
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text.source import Span

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
    told: Mapping[Span, str] | None = None,
) -> list[Token]:
    """Put a page together.

    ``lead`` writes addresses in Markdown's links and images, ``lead_raw`` those in raw HTML, where a host treats them
    differently. ``notes`` shows the author a note where an include failed. ``downloads`` are published files, each with its
    label and its path from the root, that the checklist links to. With ``upkeep``, the guidance of each item ends with a
    line about its review. Links in ``told`` get an attribute by which a host knows that the author has been told of them.
    """
    checklist = page.checklist
    drawing = Drawing(
        library=library,
        page=page,
        lead=lead,
        lead_raw=lead_raw or lead,
        notes=notes,
        upkeep=upkeep,
        items=anchored(checklist.items) if checklist else {},
        draws=HTML,
        extensions=library.layout.markdown_extensions,
        told=told or {},
    )
    return _Article(drawing, downloads).tokens()


class _Article:
    def __init__(self, drawing: Drawing, downloads: Downloads) -> None:
        self._library = drawing.library
        self._page = drawing.page
        self._drawing = drawing
        self._downloads = downloads

    def tokens(self) -> list[Token]:
        outline, checklist = self._page.outline, self._page.checklist
        title = title_of(outline.headings[0]) if outline.added else []
        drawn = lost_text.left_out(moniker.without_others(list(self._drawing.tokens())))
        body = self._linked(list(content_tabs.arranged(drawn)))
        say = Words(translated=self._library.settings.words)
        body = list(fillable_sheet.with_fields(body, say))
        if checklist:
            guide = self._guide(self._page, checklist)
            body = list(checklist_items.with_places(body, guide.entries, guide.say))
            place = end_of_opening(body)
            body[place:place] = checklist_form.form(guide)
        body = _below_title(body, self._choices(), has_title=bool(title))
        return [*title, *_apart([*footnote.gathered(body), *self._structured_data(body), *self._overview()])]

    def _structured_data(self, body: Sequence[Token]) -> list[Token]:
        return yaml_page.structured_data(body) if self._page.document.yaml_kind else []

    def _choices(self) -> list[Token]:
        """Make the controls by which readers choose what of the page they see."""
        return choices.controls([*zone.offered(self._library, self._page), *moniker.offered(self._library, self._page)])

    def _guide(self, page: Page, checklist: Checklist) -> Guide:
        lead = self._drawing.lead
        links = [(label, lead(Destination(kind="file", path=path))) for label, path in self._downloads]
        settings = self._library.settings
        return Guide(
            checklist=checklist,
            title=page.title,
            url=page.url,
            aliases=settings.aliases,
            downloads=links,
            declared=settings.services,
            say=Words(translated=settings.words),
        )

    def _overview(self) -> list[Token]:
        """List all guides at the end of the page that is set to have them."""
        if self._page.path != self._library.overview:
            return []
        guides = [
            (self._guide(page, page.checklist), self._drawing.lead(Destination(kind="page", path=page.path)))
            for page in self._library.pages
            if page.learn and page.checklist
        ]
        settings = self._library.settings
        verifications = {
            item.guid: told
            for guide, _ in guides
            for item in guide.checklist.items
            if item.fragment and (told := self._verification(item.fragment))
        }
        return checklist_overview.overview(
            guides,
            settings.aliases,
            self._page.url,
            title=self._page.title,
            declared=settings.services,
            verifications=verifications,
            say=Words(translated=settings.words),
        )

    def _verification(self, fragment: PurePosixPath) -> Verification | None:
        """Read how to verify the item whose guidance is in a fragment."""
        document = self._library.load(fragment)
        return (
            verification.read(document, self._library.settings.verification) if isinstance(document, Document) else None
        )

    def _linked(self, body: list[Token]) -> list[Token]:
        """Link the first use of each term to the glossary, on every Learn page but the glossary's own."""
        glossary = self._library.glossary
        if glossary is None or glossary.page == self._page.path or not self._page.learn:
            return body
        address = self._drawing.lead(Destination(kind="page", path=glossary.page))
        return list(terms.link(body, glossary, address))


def _apart(body: Sequence[Token]) -> Iterator[Token]:
    """Keep the text of a tight item from running into that of a fragment next to it: neither has a paragraph."""
    before = Token("", "", 0)
    for token in body:
        if token.hidden and before.hidden and token.nesting > 0 > before.nesting:
            yield new_tokens.run(Token("softbreak", "br", 0))
        yield token
        before = token


def _below_title(body: list[Token], added: list[Token], *, has_title: bool) -> list[Token]:
    """Put something below a page's title, which stands above the body or in it."""
    titles = (at + 1 for at, token in enumerate(body) if token.type == "heading_close" and token.tag == "h1")
    place = 0 if has_title or not added else next(titles, 0)
    return [*body[:place], *added, *body[place:]]


def title_of(published: PublishedHeading) -> list[Token]:
    """Make the heading that a page gets of its title."""
    return new_tokens.element("heading", "h1", new_tokens.run(new_tokens.text(published.text)), id=published.id)


def anchored(items: Sequence[Item]) -> Mapping[Include, Item]:
    """Find the includes that get a permanent anchor: the first one of each GUID."""
    first: dict[str, tuple[Include, Item]] = {}
    for item in items:
        if item.guid and item.include:
            first.setdefault(item.guid, (item.include, item))
    return dict(first.values())


def end_of_opening(body: Sequence[Token]) -> int:
    """Find where a page's opening ends: above the block with the first item or the first heading below the title."""
    depth = block = 0
    for index, token in enumerate(body):
        if depth == 0 and token.nesting >= 0:
            block = index
        if token.type == "anchor_open" or (token.type == "heading_open" and token.tag != "h1"):
            return block
        depth += token.nesting
    return len(body)
