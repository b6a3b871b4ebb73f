"""``!!!`` and ``???``: the elements of Python-Markdown's admonition and of pymdownx.details."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place


def draw_open(token: Token, _place: Place) -> Iterator[Token]:
    """Open an admonition."""
    yield new_tokens.changed(token, attrs={"class": " ".join(["admonition", *token.meta["classes"]])})


def draw_title(token: Token, _place: Place) -> Iterator[Token]:
    """Open an admonition's title."""
    yield new_tokens.changed(token, attrs={"class": "admonition-title"})


def draw_details(token: Token, _place: Place) -> Iterator[Token]:
    """Open an admonition that folds."""
    classes = {"class": " ".join(token.meta["classes"])} if token.meta["classes"] else {}
    yield new_tokens.changed(token, attrs={**classes, **({"open": "open"} if token.meta["open"] else {})})
