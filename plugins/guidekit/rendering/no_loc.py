"""Words that nobody may translate, marked for programs that would."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.no_loc import UntranslatedText
from guidekit.text.escaping import as_markdown


def draw(token: Token, _place: Place) -> Iterator[Token]:
    """Draw words that nobody may translate."""
    yield from new_tokens.inline("span", new_tokens.text(token.meta["text"]), class_="no-loc", translate="no")


def write(words: UntranslatedText, place: TextPlace) -> Iterator[TextEdit]:
    """Write the words as they are."""
    yield place.edit(words.span, as_markdown(words.text))
