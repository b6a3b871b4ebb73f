"""Boxes of Learn's: next steps as buttons, and all others as elements with the attributes that the author gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.section import Section

_KEPT = re.compile(r"class|id|title|lang|dir|role|(?:aria|data)-[\w-]+", re.IGNORECASE)
"""The attributes that run nothing and style nothing."""

_BUTTON = "md-button md-button--primary"


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open a box; the links in one for the next step are buttons."""
    attrs = {name: value for name, value in token.meta["attributes"].items() if _KEPT.fullmatch(name)}
    is_next_step = "nextstepaction" in attrs.get("class", "").lower().split()
    place.drawing.link_classes.append(_BUTTON if is_next_step else "")
    yield new_tokens.changed(token, attrs=attrs)


def draw_close(token: Token, place: Place) -> Iterator[Token]:
    """Close a box."""
    place.drawing.link_classes.pop()
    yield token


def write(section: Section, place: TextPlace) -> Iterator[TextEdit]:
    """Leave a box as the quote that it is, without its marker."""
    yield place.edit(section.span)
