"""Parts of a text that belong to some versions: said above each, or left out where the site is about another one."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.moniker import VersionRange, range_of
from guidekit.text.escaping import as_markdown

_CLASS = "guidekit-versions"


def draw_open(token: Token, _place: Place) -> Iterator[Token]:
    """Open a part that belongs to some versions, with a line that names them."""
    yield new_tokens.changed(token, attrs={"class": _CLASS})
    named = new_tokens.run(new_tokens.text("Version: "), new_tokens.literal("code", range_of(token)))
    yield from new_tokens.element("paragraph", "p", named)


def write(part: VersionRange, place: TextPlace) -> Iterator[TextEdit]:
    """Write to which versions a part belongs in place of the line that opens it."""
    yield place.edit(part.span, f"*Version: {as_markdown(part.range)}*\n")
