"""What begins like a directive or a link and is none: its text is drawn as it is written, and what is known of it not."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering.drawing import Place


def draw_nothing(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing: the text itself has tokens of its own."""
    yield from ()
