"""Where quotes end: on Learn, a line with a marker such as ``> [!NOTE]`` ends the quote above it, and begins another.

The grammar is docfx's (``QuoteSectionNoteParser.cs``): a marker stands alone on its line, in any letter case.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote

ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
"""The words of an alert's marker."""

MARKER = (
    rf"\[!(?:{'|'.join(ALERTS)}|div(?:[ \t`][^\]]*+)?"
    r"|video[ \t]++(?:https?://|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?=[ \t\]]))[^\]]*+)\]"
)
"""A marker with which a block begins."""

_SCANNED = "guidekit_quote"
_LINE = re.compile(rf"[ \t]*>[ \t]*{MARKER}[ \t]*$", re.IGNORECASE)


def _quote(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """Parse a block quote, but only up to a line that begins another block.

    What a marker in it has made of its opening, its closing becomes too.
    """
    if state.is_code_block(line) or not state.src.startswith(">", state.bMarks[line] + state.tShift[line]):
        return False
    if silent:
        return True
    limit = _next_marker(state, line + 1, end_line)
    line_max, state.lineMax = state.lineMax, min(limit, state.lineMax)
    scanned = state.env.pop(_SCANNED, None)  # within the quote, lines begin behind its own marks
    known = len(state.tokens)
    try:
        blockquote(state, line, limit, silent)
    finally:
        state.lineMax = line_max
        state.env[_SCANNED] = scanned
    opening, closing = state.tokens[known], state.tokens[-1]
    closing.type, closing.tag = opening.type.removesuffix("_open") + "_close", opening.tag
    return True


def _next_marker(state: StateBlock, line: int, end_line: int) -> int:
    """Find the next line with a marker; a scan holds for every quote up to where it stopped. Linear."""
    begin, stop, limit = state.env.get(_SCANNED) or (0, -1, 0)
    if not begin <= line <= stop:
        stop, limit = line, end_line
        while stop < end_line and not state.isEmpty(stop):
            if _LINE.match(state.src[state.bMarks[stop] : state.eMarks[stop]]):
                limit = stop
                break
            stop += 1
        state.env[_SCANNED] = (line, stop, limit)
    return limit


def install(md: MarkdownIt) -> None:
    """Let markers end quotes."""
    md.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
