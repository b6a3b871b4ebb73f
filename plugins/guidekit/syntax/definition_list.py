"""``Term`` above ``:   Definition``: definition lists, where the site's ``def_list`` extension is on."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin


def _loosen(state: StateCore) -> None:
    """Make a paragraph of a definition that stands below a blank line, as Python-Markdown does."""
    lines = state.src.split("\n")
    loose: list[bool] = []
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "dd_open":
            row = before.map[0] if before.map else 0
            loose.append(row > 0 and not lines[row - 1].strip(" \t>"))
            if loose[-1] and token.type == "paragraph_open":
                token.hidden = False
        elif token.type == "dd_close" and loose.pop() and before.type == "paragraph_close":
            before.hidden = False


def install(md: MarkdownIt) -> None:
    """Parse definition lists."""
    md.use(deflist_plugin)
    md.core.ruler.after("block", "loose_definitions", _loosen)
