"""``> [!VIDEO https://…]``: a video that another site plays.

The grammar is docfx's (``QuoteSectionNoteParser.cs``): an address, or the GUID of a video on Learn, and a title behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span

PLAYER = "https://learn-video.azurefd.net/vod/player?id="
"""Where Learn plays the video of a GUID."""

_MARKER = re.compile(
    r"""
    > [ \t]{0,4}+ (?P<marker>
        \[!video [ \t]++
        (?: (?P<guid> [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12} (?=[ \t\]]) ) | (?P<address> https?://[^\s\]]++ ) )
        [ \t]*+ (?: title= )? (?P<title> [^\]]*+ ) \]
    ) (?=[ \t]*$)
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Video:
    """A video: its address as written, or that of Learn's player, and its title, which may be empty."""

    is_content: ClassVar[bool] = True
    address: str
    title: str
    span: Span
    condition: Condition = EVERYONE


def _block(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith(">", start, end) or state.is_code_block(line):
        return False
    found = _MARKER.match(state.src[start:end])
    if found is None:
        return False
    if not silent:
        token = state.push("video", "", 0)
        token.map = [line, line + 1]
        token.content = found["marker"]
        address = found["address"] or PLAYER + found["guid"]
        token.meta = {"address": address, "title": found["title"].strip().strip("\"'")}
        state.line = line + 1
    return True


def install(md: MarkdownIt) -> None:
    """Read a video before the quote that it looks like; it is over at the end of its line."""
    md.block.ruler.before("blockquote", "video", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def read(token: Token, run: Run) -> Iterator[Video]:
    """Read the fact off a video's token."""
    yield Video(address=token.meta["address"], title=token.meta["title"], span=run.whole, condition=run.condition)
