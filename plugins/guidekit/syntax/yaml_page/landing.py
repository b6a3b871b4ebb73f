"""``YamlMime:Landing``: cards with lists of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidekit.syntax.yaml_page import parts
from guidekit.syntax.yaml_page.entries import Entries
from guidekit.syntax.yaml_page.parts import Box, Kind, Part, Passage, Title
from guidekit.text.source import Span


def read(page: Entries) -> Iterator[Part]:
    """Read what stands below the title."""
    if summary := page.text("summary"):
        yield Passage(text=summary)
    yield from side_by_side((card.span, tuple(_card(card))) for card in page.list("landingContent"))


def side_by_side(cards: Iterable[tuple[Span, tuple[Part, ...]]]) -> Iterator[Box]:
    """Put cards side by side, each given by its place and its parts; one without parts is none."""
    boxes = tuple(Box(kind="card", parts=made_of, span=span) for span, made_of in cards if made_of)
    if boxes:
        yield Box(kind="cards", parts=boxes, span=boxes[0].span)


def _card(card: Entries) -> Iterator[Part]:
    if title := card.needed("title", "a card"):
        yield Title(level=2, text=title)
    for links in card.list("linkLists"):
        if kind := links.text("linkListType"):
            yield Kind(word=kind)
        found = tuple(entry for link in links.list("links") if (entry := link_of(link)))
        if found:
            yield parts.Entries(entries=found)


def link_of(link: Entries) -> parts.Entry | None:
    """Read a link, which has a text and an address; where one is missing, the other is still shown."""
    url = link.text("url")
    text = link.text("text") or link.text("title")
    if text is None:
        link.miss("text", "a link")
    if url is None:
        link.miss("url", "a link")
    shown = text or url
    return parts.Entry(text=shown, url=url) if shown else None
