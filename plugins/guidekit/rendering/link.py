"""Links and images, led to where they go from the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax import visible_text
from guidekit.syntax.link import Image, Link

TOLD = "guidekit-told"
"""The attribute of a link or an image of which the author has been told that it leads nowhere: by which rule."""

_LITERAL = ("include_inline", "emoji")
_QUOTED = ('"', "'")


def draw_link(token: Token, place: Place) -> Iterator[Token]:
    """Open a link."""
    href = place.address(str(token.attrs["href"]), raw=False)
    more = {**_told(token, place), **_class(place)}
    changed = more or href != token.attrs["href"]
    yield new_tokens.changed(token, attrs={**token.attrs, "href": href, **more}) if changed else token


def draw_image(token: Token, place: Place) -> Iterator[Token]:
    """Draw an image; in its text an include is left as it is written, and an emoji is its character."""
    if place.is_left_out(str(token.attrs["src"])):
        yield new_tokens.text(visible_text.plain_text(token.children or ()))
        return
    src = place.address(str(token.attrs["src"]), raw=False)
    label = [new_tokens.text(part.content) if part.type in _LITERAL else part for part in token.children or ()]
    yield new_tokens.changed(token, attrs={**token.attrs, "src": src, **_told(token, place)}, children=label)


def _class(place: Place) -> dict[str, str]:
    """Find the class of links in the box in which this one stands."""
    classes = place.drawing.link_classes
    return {"class": classes[-1]} if classes and classes[-1] else {}


def _told(token: Token, place: Place) -> dict[str, str]:
    fact = token.meta.get("fact")
    code = place.drawing.told.get(fact.span) if isinstance(fact, (Link, Image)) else None
    return {TOLD: code} if code else {}


def write(fact: Link | Image, place: TextPlace) -> Iterator[TextEdit]:
    """Write the address as it leads from the page, in place of what names it."""
    if fact.target is None:
        return
    edit = place.edit(fact.target)
    text = place.document.source.text
    before = text[edit.start - 1]
    address = place.address(fact.address)
    if before == "]":
        if address != fact.address or not text.startswith("(", edit.start):
            yield place.edit(fact.target, _destination(address, fact.title))
    elif address != fact.address:
        yield place.edit(fact.target, escape(address) if before in _QUOTED else f'"{escape(address)}"')


def _destination(address: str, title: str) -> str:
    href = f"<{address}>" if not address or re.search(r"[\s()<>]", address) else address
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'({href} "{quoted}")' if title else f"({href})"
