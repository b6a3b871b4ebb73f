"""``YamlMime:Hub``: what is highlighted, a directory of products, and sections of cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from guidekit.syntax.yaml_page import parts
from guidekit.syntax.yaml_page.entries import Entries
from guidekit.syntax.yaml_page.landing import link_of, side_by_side
from guidekit.syntax.yaml_page.parts import Kind, Line, Part, Passage, Picture, Title
from guidekit.syntax.yaml_page.scalar import Scalar

_BLOCKS = ("highlightedContent", "productDirectory", "conceptualContent", "tools", "additionalContent")


def read(page: Entries) -> Iterator[Part]:
    """Read what stands below the title."""
    if summary := page.text("summary"):
        yield Passage(text=summary)
    for key in _BLOCKS:
        if block := page.entries(key):
            yield from _block(block, 2)


def _block(block: Entries, level: int, *, has_sections: bool = True) -> Iterator[Part]:
    """Read a block: its title, its text, its cards, and the sections in it."""
    below = level
    if title := block.text("title"):
        yield Title(level=level, text=title)
        below += 1
    if summary := block.text("summary"):
        yield Passage(text=summary)
    items = block.list("items")
    has_images = all(map(_has_own_image, items))
    yield from side_by_side((item.span, tuple(_card(item, below, has_images=has_images))) for item in items)
    for section in block.list("sections") if has_sections else ():
        yield from _block(section, below, has_sections=False)
    yield from _footer(block)


def _has_own_image(item: Entries) -> bool:
    """Has a card an image that lies in the repository? Most have one that lies on Learn."""
    image = item.text("imageSrc")
    return image is not None and not Picture(address=image).lies_elsewhere


def _card(item: Entries, level: int, *, has_images: bool) -> Iterator[Part]:
    """Read a card; one with links of its own has a heading, any other is a link.

    It ``has_images`` if all cards beside it do.
    """
    if kind := item.text("itemType"):
        yield Kind(word=kind)
    if has_images and (image := item.text("imageSrc")):
        yield Picture(address=image)
    title, url, links = item.text("title"), item.text("url"), item.list("links")
    if title and links and not url:
        yield Title(level=level, text=title)
    elif named := title or url:
        yield Line(entry=parts.Entry(text=named, url=url), is_strong=True)
    if summary := item.text("summary"):
        yield Passage(text=summary)
    yield from _links(links)
    yield from _footer(item)


def _links(links: Iterable[Entries]) -> Iterator[Part]:
    """Read a list of links; those in a row that lead to pages of one kind stand below its name."""
    for _, of_kind in groupby(((link.text("itemType"), link) for link in links), key=_word):
        found = [(kind, entry) for kind, link in of_kind if (entry := link_of(link))]
        if found and (kind := found[0][0]):
            yield Kind(word=kind)
        if found:
            yield parts.Entries(entries=tuple(entry for _, entry in found))


def _word(link: tuple[Scalar | None, Entries]) -> str:
    return link[0].line if link[0] else ""


def _footer(block: Entries) -> Iterator[Part]:
    """Read what stands below a block: a text, as below sections, or a link, as in cards."""
    if text := block.text("footer"):
        yield Passage(text=text)
    footer = block.entries("footerLink")
    if footer and (entry := link_of(footer)):
        yield Line(entry=entry)
