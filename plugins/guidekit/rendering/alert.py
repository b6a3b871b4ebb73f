"""Alerts, as the admonitions that MkDocs themes style.

Material has no style for "important" and "caution", so these carry the class of its nearest one as well; the title keeps
Learn's word.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place

_CLASSES = {
    "NOTE": "admonition note",
    "TIP": "admonition tip",
    "IMPORTANT": "admonition important info",
    "WARNING": "admonition warning",
    "CAUTION": "admonition caution danger",
}


def draw_open(token: Token, _place: Place) -> Iterator[Token]:
    """Open an alert."""
    yield new_tokens.changed(token, attrs={**token.attrs, "class": _CLASSES[token.info]})


def draw_title(token: Token, _place: Place) -> Iterator[Token]:
    """Open an alert's title."""
    yield new_tokens.changed(token, attrs={**token.attrs, "class": "admonition-title"})
