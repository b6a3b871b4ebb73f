"""A page while it is drawn: its tokens in order, each handed to what draws its construct.

The tokens of a document are shared by all pages that show it, so a token is copied before anything in it changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.library.checklist import Item
from guidekit.library.code_snippets import Code
from guidekit.library.failure import Failure
from guidekit.library.includes import Chain, Expansion
from guidekit.library.library import Library
from guidekit.library.outline import PublishedHeading
from guidekit.library.page import Page
from guidekit.rendering import link_targets, new_tokens, upkeep
from guidekit.rendering.link_targets import Lead
from guidekit.rendering.upkeep import Upkeep
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A page being drawn, with what its host wants.

    ``lead`` writes addresses in Markdown's links and images, ``lead_raw`` those in raw HTML. ``notes`` shows the author
    a note where an include failed. ``items`` are the checklist's items by the include that gets their anchor.
    ``draws`` draws tokens, by their type. ``extensions`` are those of Python-Markdown that are on, with their options.
    ``told`` are the places of links that the author knows to lead nowhere, each with the code of the rule that tells it.
    """

    library: Library
    page: Page
    lead: Lead
    lead_raw: Lead
    notes: bool
    upkeep: Upkeep | None
    items: Mapping[Include, Item]
    draws: Mapping[str, Draw]
    extensions: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    told: Mapping[Span, str] = field(default_factory=dict)
    addresses: dict[tuple[str, PurePosixPath, bool], str] = field(default_factory=dict, repr=False)
    counts: Counter[str] = field(default_factory=Counter, repr=False)
    footnotes: dict[tuple[Chain, str], tuple[int, str]] = field(default_factory=dict, repr=False)
    tab_ids: list[Sequence[str]] = field(default_factory=list, repr=False)
    link_classes: list[str] = field(default_factory=list, repr=False)

    def options(self, extension: str) -> Mapping[str, object]:
        """Find the options with which the site has switched an extension of Python-Markdown on."""
        return self.extensions.get(extension, {})

    def count(self, what: str) -> int:
        """Count something that a page may have several of, from 1."""
        self.counts[what] += 1
        return self.counts[what]

    def unique_id(self, wanted: str) -> str:
        """Find an id for an element that nothing else on the page has."""
        number = self.count(f"id {wanted}")
        return wanted if number == 1 and wanted not in self.page.anchors else f"{wanted}_{number}"

    def tokens(self) -> Iterator[Token]:
        """Draw the page's own text with all its fragments."""
        return Place(drawing=self, expansion=self.page.expansion, chain=()).tokens()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a token stands on a page that is drawn: in which file, and which includes lead to it."""

    drawing: Drawing
    expansion: Expansion
    chain: Chain

    @property
    def document(self) -> Document:
        """The file in which the token stands."""
        return self.expansion.document

    def tokens(self) -> Iterator[Token]:
        """Draw all tokens of this file, with its fragments."""
        draws = self.drawing.draws
        for token in self.document.tokens:
            if token.type == "inline":
                yield self._run(token)
            elif draw := draws.get(token.type):
                yield from draw(token, self)
            else:
                yield token

    def children(self, children: Sequence[Token]) -> Iterator[Token]:
        """Draw tokens that stand in a line."""
        draws = self.drawing.draws
        for child in children:
            if draw := draws.get(child.type):
                yield from draw(child, self)
            else:
                yield child

    def _run(self, token: Token) -> Token:
        children = token.children or ()
        if not any(child.type in self.drawing.draws for child in children):
            return token
        return new_tokens.changed(token, children=list(self.children(children)))

    def shown(self, include: Include) -> Place | Failure:
        """Find what an include shows here."""
        part = self.expansion.parts[include]
        if isinstance(part, Failure):
            return part
        return replace(self, expansion=part, chain=(*self.chain, include))

    def code(self, snippet: CodeSnippet) -> Code | Failure:
        """Find the code that a snippet shows."""
        return self.expansion.code[snippet]

    def heading(self, heading: Heading) -> PublishedHeading:
        """Find how a heading is published here."""
        return self.drawing.page.outline.by_place[self.chain, heading]

    def footnote(self, label: str) -> tuple[int, str]:
        """Find the number of a footnote of this file on the page, and the name that stands for it in addresses."""
        known = self.drawing.footnotes
        key = (self.chain, label)
        if key not in known:
            names = {name for _, name in known.values()}
            known[key] = (len(known) + 1, label if label not in names else f"{label}-{len(known) + 1}")
        return known[key]

    def address(self, href: str, *, raw: bool) -> str:
        """Write the address to which a link or an image leads; ``raw`` as it stands in raw HTML."""
        base, known = self.document.source.path, self.drawing.addresses
        key = (href, base, raw)
        if key not in known:
            known[key] = self._address(href, base, raw=raw)
        return known[key]

    def _address(self, href: str, base: PurePosixPath, *, raw: bool) -> str:
        leads = link_targets.published(self.drawing.library.lead(href, base))
        if leads.kind == "elsewhere":
            return leads.url
        if leads.kind not in ("page", "file"):
            return href
        if leads.path == self.drawing.page.path and leads.suffix:
            return leads.suffix
        return (self.drawing.lead_raw if raw else self.drawing.lead)(leads)

    def is_left_out(self, image: str) -> bool:
        """Does an image belong to a repository that is not there? Readers are told what it shows; an author sees that it is lost."""
        return not self.drawing.notes and self.drawing.library.lead(image, self.document.source.path).not_mounted

    def item(self, include: Include) -> Item | None:
        """Find the checklist's item whose guidance an include of the page itself shows, and that has its anchor here."""
        return None if self.chain else self.drawing.items.get(include)

    def upkeep_line(self, item: Item) -> Sequence[Token]:
        """Make the line about the review of an item's guidance, where the host wants one."""
        return upkeep.line(item, self.drawing.upkeep) if self.drawing.upkeep else ()


Draw = Callable[[Token, Place], Iterator[Token]]
"""Draws a token where it stands, as tokens that are elements, text, code or raw HTML."""
