"""``YamlMime:Marketing``: sections of texts, pictures and cards."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.syntax.yaml_page import parts
from guidekit.syntax.yaml_page.entries import Entries
from guidekit.syntax.yaml_page.landing import link_of, side_by_side
from guidekit.syntax.yaml_page.parts import Line, Part, Passage, Picture, Title
from guidekit.syntax.yaml_page.scalar import Scalar


def read(page: Entries) -> Iterator[Part]:
    """Read what stands below the title, which the first section says again."""
    title = page.text("title")
    for number, section in enumerate(page.list("sections")):
        yield from _section(section, title if number == 0 else None)


def _section(section: Entries, title_of_page: Scalar | None) -> Iterator[Part]:
    title = section.text("title")
    if title and not (title_of_page and title_of_page.line == title.line):
        yield Title(level=2, text=title)
    yield from _images(section)
    yield from _texts(section)
    yield from side_by_side((block.span, tuple(_block(block))) for block in section.list("blocks"))
    if not section.is_mapping("addendum"):
        if text := section.text("addendum"):
            yield Passage(text=text)
    elif addendum := section.entries("addendum"):
        yield from _addendum(addendum)


def _block(block: Entries) -> Iterator[Part]:
    yield from _picture(block)
    yield from _images(block)
    title, url = block.text("title") or block.text("text"), block.text("url")
    if named := title or url:
        yield Line(entry=parts.Entry(text=named, url=url), is_strong=True)
    yield from _texts(block)


def _texts(block: Entries) -> Iterator[Part]:
    """Read the text of a section or a block, and its links; one without a text is called what it leads to."""
    if summary := block.text("summary"):
        yield Passage(text=summary)
    links = block.list("links")
    named = ((link.text("text") or link.text("destination") or link.text("url"), link.text("url")) for link in links)
    entries = tuple(parts.Entry(text=text, url=url) for text, url in named if text)
    if len(entries) == 1:
        yield Line(entry=entries[0])
    elif entries:
        yield parts.Entries(entries=entries)


def _addendum(addendum: Entries) -> Iterator[Part]:
    text, link = addendum.text("text"), addendum.entries("link")
    if link and (entry := link_of(link)):
        yield Line(entry=entry, before=text)
    elif text:
        yield Passage(text=text)


def _images(block: Entries) -> Iterator[Part]:
    """Read the pictures of a section or a block; a text in the place of one names an icon of Learn's."""
    for key in ("image", "icon"):
        if block.is_mapping(key) and (image := block.entries(key)):
            yield from _picture(image)


def _picture(image: Entries) -> Iterator[Part]:
    if address := image.text("src"):
        yield Picture(address=address, alt=image.text("alt"))
