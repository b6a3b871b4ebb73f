"""Parts of a text that belong to some versions.

Where the site declares its versions, readers choose one; with one alone, parts for others are left out. Where it declares
none, each part says to which versions it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import choices, new_tokens
from guidekit.rendering.choices import Choice
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.moniker import VersionRange, range_of
from guidekit.text import monikers
from guidekit.text.escaping import as_markdown

_LABELED = "guidekit-versions"
_OPEN, _CLOSE = "moniker_open", "moniker_close"


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open a part that belongs to some versions, with a line that names them where readers choose none."""
    declared = place.drawing.library.settings.monikers
    if declared:
        held = [name for name in declared if monikers.holds(range_of(token), name)]
        attrs = dict(choices.attributes(held)) if len(declared) > 1 else {}
        yield new_tokens.changed(token, attrs=attrs, meta={**token.meta, "elsewhere": not held})
        return
    yield new_tokens.changed(token, attrs={"class": _LABELED})
    named = new_tokens.run(new_tokens.text("Version: "), new_tokens.literal("code", range_of(token)))
    yield from new_tokens.element("paragraph", "p", named)


def offered(library: Library, page: Page) -> Sequence[Choice]:
    """Tell among which versions readers of a page choose: those that the site declares and the page speaks of."""
    ranges = {placed.fact.range for placed in page.facts if isinstance(placed.fact, VersionRange)}
    declared = library.settings.monikers if ranges else ()
    used = [name for name in declared if any(monikers.holds(written, name) for written in ranges)]
    return [Choice(prompt="Version", values={name: name for name in declared})] if used and len(declared) > 1 else []


def without_others(body: Sequence[Token]) -> list[Token]:
    """Leave out the parts that belong to no version of the site."""
    kept: list[Token] = []
    left_out = 0
    for token in body:
        if token.type == _OPEN and (left_out or token.meta.get("elsewhere")):
            left_out += 1
        if not left_out:
            kept.append(token)
        if token.type == _CLOSE and left_out:
            left_out -= 1
    return kept


def write(part: VersionRange, place: TextPlace) -> Iterator[TextEdit]:
    """Write to which versions a part belongs in place of the line that opens it."""
    yield place.edit(part.span, f"*Version: {as_markdown(part.range)}*\n")
