"""Directives of three colons: the text of those that are none, and the lines around those that are blocks."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.triple_colon import DirectiveLine


def draw_failed(token: Token, _place: Place) -> Iterator[Token]:
    """Draw the colons of a directive that is none."""
    yield new_tokens.text(token.content)


def write_line(line: DirectiveLine, place: TextPlace) -> Iterator[TextEdit]:
    """Leave out a line that only stands around a block."""
    yield place.edit(line.span)
