"""Formulas: the elements of pymdownx.arithmatex, which a script of the site draws."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place

EXTENSION = "pymdownx.arithmatex"


def draw_inline(token: Token, place: Place) -> Iterator[Token]:
    """Draw a formula within a line."""
    if place.drawing.options(EXTENSION).get("generic"):
        yield new_tokens.literal("span", f"\\({token.content}\\)", class_="arithmatex")
    else:
        yield new_tokens.raw(_script(token.content, "math/tex"))


def draw_block(token: Token, place: Place) -> Iterator[Token]:
    """Draw a formula that is a block."""
    if place.drawing.options(EXTENSION).get("generic"):
        yield new_tokens.literal("div", f"\\[\n{token.content}\n\\]", class_="arithmatex")
    else:
        yield new_tokens.raw_block(_script(token.content, "math/tex; mode=display"))


def _script(formula: str, kind: str) -> str:
    """Write what MathJax 2 reads; a formula cannot end the element."""
    return f'<script type="{kind}">{formula.replace("</", "< /")}</script>'
