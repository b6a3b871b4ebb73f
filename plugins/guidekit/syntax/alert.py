"""``> [!NOTE]`` and its four sisters: alerts.

Rendered as the admonitions that MkDocs themes style. Material has no style for "important" and "caution", so these
carry the class of its nearest one as well; the title keeps Learn's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax.run import Run
from guidekit.text.source import Span

CLASSES = {
    "NOTE": "admonition note",
    "TIP": "admonition tip",
    "IMPORTANT": "admonition important info",
    "WARNING": "admonition warning",
    "CAUTION": "admonition caution danger",
}

_SCANNED = "guidekit_alert"
_MARKER = re.compile(rf"[ \t]*>[ \t]*\[!(?:{'|'.join(CLASSES)})\][ \t]*$", re.IGNORECASE)


_NO_MARKER = re.compile(rf"\[!(?:{'|'.join(CLASSES)})\](?=[ \t]*\S)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedAlert:
    """A quote that begins with an alert's marker and more on the same line: on Learn, it stays a quote."""

    marker: str
    span: Span


def _quote(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """Parse a block quote, but only up to a line that begins another alert: on Learn, a marker ends the quote."""
    if state.is_code_block(line) or not state.src.startswith(">", state.bMarks[line] + state.tShift[line]):
        return False
    if silent:
        return True
    limit = _next_marker(state, line + 1, end_line)
    line_max, state.lineMax = state.lineMax, min(limit, state.lineMax)
    scanned = state.env.pop(_SCANNED, None)  # within the quote, lines begin behind its own marks
    try:
        return blockquote(state, line, limit, silent)
    finally:
        state.lineMax = line_max
        state.env[_SCANNED] = scanned


def _next_marker(state: StateBlock, line: int, end_line: int) -> int:
    """Find the next line that begins an alert; a scan holds for every quote up to where it stopped. Linear."""
    begin, stop, limit = state.env.get(_SCANNED) or (0, -1, 0)
    if not begin <= line <= stop:
        stop, limit = line, end_line
        while stop < end_line and not state.isEmpty(stop):
            if _MARKER.match(state.src[state.bMarks[stop] : state.eMarks[stop]]):
                limit = stop
                break
            stop += 1
        state.env[_SCANNED] = (line, stop, limit)
    return limit


def _name_classes(state: StateCore) -> None:
    for token, content in zip(state.tokens, state.tokens[2:], strict=False):
        if token.type == "blockquote_open" and (found := _NO_MARKER.match(content.content)):
            token.meta["marker"] = found[0]
    for token in state.tokens:
        if token.type == "alert_open":
            token.attrs["class"] = CLASSES[token.info]
        elif token.type == "alert_title_open":
            token.attrs["class"] = "admonition-title"


def read_quote(token: Token, run: Run) -> Iterator[FailedAlert]:
    """Read the fact off a quote that was meant to be an alert."""
    if marker := token.meta.get("marker"):
        yield FailedAlert(marker=marker, span=Run(run.source, marker, run.first_line).whole)


def install(md: MarkdownIt) -> None:
    """Switch alerts on, with Learn's rule for where one ends."""
    md.options["alerts"] = True
    md.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.push("alert_classes", _name_classes)
