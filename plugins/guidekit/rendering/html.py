"""A page's tokens as HTML, by markdown-it's own renderer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


def _literal(renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    return f"<{token.tag}{renderer.renderAttrs(token)}>{escapeHtml(token.content)}</{token.tag}>"


_MD = MarkdownIt("commonmark")
_MD.add_render_rule("literal", _literal)


def render(tokens: Sequence[Token]) -> str:
    """Write tokens as HTML."""
    return str(_MD.renderer.render(tokens, _MD.options, {}))
