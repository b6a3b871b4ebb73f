"""``<div markdown>``: Markdown within raw HTML, where the site's ``md_in_html`` extension is on.

CommonMark parses what stands between blank lines as Markdown anyway. With the attribute ``markdown`` on a block's opening
tag, its first line need not be followed by a blank one, nor its closing tag be preceded by one; the attribute itself is
not published.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from guidekit.syntax import indented_block

_TAGS = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|header|hgroup"
    "|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_VALUE = r"""(?:[ \t]*+=[ \t]*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
_OPENING = re.compile(
    rf"<(?P<name>{_TAGS})(?P<before>(?:[ \t]++(?!markdown\b)[\w:.-]++{_VALUE})*+)[ \t]++markdown"
    rf"""(?:=["']?(?:1|block|span)["']?)?+(?P<behind>(?:[ \t]++[\w:.-]++{_VALUE})*+)[ \t]*+>[ \t]*+$""",
    re.IGNORECASE,
)
_CLOSING = re.compile(rf"</(?:{_TAGS})[ \t]*>[ \t]*$", re.IGNORECASE)


def _tag(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    """Make the line of an opening or a closing tag a block of its own, so that what is around it is Markdown."""
    written = indented_block.marker(state, line)
    opening = _OPENING.match(written)
    if not opening and not (state.env.get(_OPEN) and _CLOSING.match(written)):
        return False
    if silent:
        return True
    state.env[_OPEN] = state.env.get(_OPEN, 0) + (1 if opening else -1)
    token = state.push("html_block", "", 0)
    token.map = [line, line + 1]
    token.content = (
        f"<{opening['name']}{opening['before']}{opening['behind']}>\n" if opening else f"{written.rstrip()}\n"
    )
    state.line = line + 1
    return True


_OPEN = "guidekit_markdown_in_html"
"""How many blocks are open, in the parser's notes on a text."""


def install(md: MarkdownIt) -> None:
    """Parse the tags before raw HTML takes them with all that follows."""
    md.block.ruler.before("html_block", "markdown_in_html", _tag, indented_block.ENDS)
