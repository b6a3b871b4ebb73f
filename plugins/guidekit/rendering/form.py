"""Forms of a portal of Microsoft's, which are left out."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.form import Form


def draw(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing."""
    yield from ()


def write(form: Form, place: TextPlace) -> Iterator[TextEdit]:
    """Write nothing."""
    yield place.edit(form.span)
