"""Emoji that are written by their names, as the characters that they are."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.emoji import Emoji


def draw(token: Token, _place: Place) -> Iterator[Token]:
    """Draw an emoji as text."""
    yield new_tokens.text(token.content)


def write(emoji: Emoji, place: TextPlace) -> Iterator[TextEdit]:
    """Write the character in place of its name."""
    yield place.edit(emoji.span, emoji.character)
