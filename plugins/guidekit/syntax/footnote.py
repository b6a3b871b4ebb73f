"""``[^1]`` and ``[^1]: Note``: footnotes, where the site's ``footnotes`` extension is on."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

_WITHIN = "guidekit_footnote"


def _definition(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """Parse a footnote; one within another is text, as the plugin takes the end of the inner for that of both."""
    if silent:
        return footnote_def(state, line, end_line, silent)
    if state.env.get(_WITHIN):
        return False
    state.env[_WITHIN] = True
    try:
        return footnote_def(state, line, end_line, silent)
    finally:
        del state.env[_WITHIN]


def install(md: MarkdownIt) -> None:
    """Parse footnotes; those within a line (``^[note]``) are none to Python-Markdown."""
    md.use(footnote_plugin, inline=False)
    md.block.ruler.at("footnote_def", _definition, {"alt": ["paragraph", "reference"]})
