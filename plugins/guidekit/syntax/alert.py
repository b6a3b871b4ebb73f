"""``> [!NOTE]``, ``[!TIP]``, ``[!IMPORTANT]``, ``[!WARNING]`` and ``[!CAUTION]``: alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.text.source import Span

KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
"""The words of an alert's marker."""

_SCANNED = "guidekit_alert"
_MARKER = re.compile(rf"[ \t]*>[ \t]*\[!(?:{'|'.join(KINDS)})\][ \t]*$", re.IGNORECASE)


_NO_MARKER = re.compile(rf"\[!(?:{'|'.join(KINDS)})\](?=[ \t]*\S)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FailedAlert:
    """A quote that begins with an alert's marker and more on the same line: on Learn, it stays a quote."""

    is_content: ClassVar[bool] = False
    marker: str
    span: Span
    condition: Condition = EVERYONE


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


def _note_failed(state: StateCore) -> None:
    for token, content in zip(state.tokens, state.tokens[2:], strict=False):
        if token.type == "blockquote_open" and (found := _NO_MARKER.match(content.content)):
            token.meta["marker"] = found[0]


def read_title(_opening: Token, _inline: Token, _run: Run) -> Iterator[Fact]:
    """Read nothing off an alert's title, which is the word of its marker."""
    yield from ()


def read_quote(token: Token, run: Run) -> Iterator[FailedAlert]:
    """Read the fact off a quote that was meant to be an alert."""
    if marker := token.meta.get("marker"):
        yield FailedAlert(marker=marker, span=run.beginning(marker).whole, condition=run.condition)


def install(md: MarkdownIt) -> None:
    """Switch alerts on, with Learn's rule for where one ends."""
    md.options["alerts"] = True
    md.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.push("failed_alerts", _note_failed)
