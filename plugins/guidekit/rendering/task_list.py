"""Task lists: the elements of pymdownx.tasklist, with the boxes that the site's options ask for."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place

EXTENSION = "pymdownx.tasklist"


def draw_list(token: Token, _place: Place) -> Iterator[Token]:
    """Open a list."""
    yield _with_class(token, "task-list") if "tasks" in token.meta else token


def draw_item(token: Token, _place: Place) -> Iterator[Token]:
    """Open an item of a list."""
    yield _with_class(token, "task-list-item") if "task" in token.meta else token


def draw_box(token: Token, place: Place) -> Iterator[Token]:
    """Draw a box; readers can change it where the site says so."""
    options = place.drawing.options(EXTENSION)
    disabled = "" if options.get("clickable_checkbox") else " disabled"
    box = f'<input type="checkbox"{disabled}{" checked" if token.meta["done"] else ""}/>'
    if options.get("custom_checkbox"):
        box = f'<label class="task-list-control">{box}<span class="task-list-indicator"></span></label>'
    yield new_tokens.raw(f"{box} ")


def _with_class(token: Token, name: str) -> Token:
    return new_tokens.changed(token, attrs={**token.attrs, "class": name})
