"""``[^1]`` and ``[^1]: Note``: footnotes, where the site's ``footnotes`` extension is on."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin


def install(md: MarkdownIt) -> None:
    """Parse footnotes; those within a line (``^[note]``) are none to Python-Markdown."""
    md.use(footnote_plugin, inline=False)
