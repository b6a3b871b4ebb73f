"""Headings, at the level and with the id under which the page publishes them."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.syntax.document import fact_of
from guidekit.syntax.heading import Heading


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open a heading."""
    published = place.heading(fact_of(token, Heading))
    yield new_tokens.changed(token, tag=f"h{published.level}", attrs={**token.attrs, "id": published.id})


def draw_close(token: Token, place: Place) -> Iterator[Token]:
    """Close a heading."""
    yield new_tokens.changed(token, tag=f"h{place.heading(fact_of(token, Heading)).level}")
