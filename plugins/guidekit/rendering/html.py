"""A page's tokens as HTML, by markdown-it's own renderer."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MD = MarkdownIt("commonmark")


def render(tokens: Sequence[Token]) -> str:
    """Write tokens as HTML."""
    return str(_MD.renderer.render(tokens, _MD.options, {}))
