"""Rows: their columns side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.syntax.row import span_of


def draw_row(token: Token, _place: Place) -> Iterator[Token]:
    """Open a row."""
    yield new_tokens.changed(token, attrs={"class": "guidekit-row"})


def draw_column(token: Token, _place: Place) -> Iterator[Token]:
    """Open a column, as wide as the row's others or several times as wide."""
    span = span_of(token)
    wide = {"style": f"flex-grow:{span}"} if span > 1 else {}
    yield new_tokens.changed(token, attrs={"class": "guidekit-column", **wide})
