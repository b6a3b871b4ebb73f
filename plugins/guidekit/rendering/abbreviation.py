"""Abbreviations: the host marks their uses, and nobody sees what defines them."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering.drawing import Place


def draw(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing for a definition."""
    yield from ()
