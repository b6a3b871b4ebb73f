"""``> [!VIDEO https://…]`` and ``:::video source="https://…" title="…":::``: a video that another site plays.

The grammar is docfx's (``QuoteSectionNoteParser.cs``, ``VideoExtension.cs``): an address, or the GUID of a video on Learn,
and a title. One of ``type="complex"`` holds its description up to ``:::video-end:::``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
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


def _colons(state: StateBlock, line: int, end_line: int, directive: Directive, silent: bool) -> bool:
    """Parse the form with three colons, alone on its line."""
    if state.src[directive.end : state.eMarks[line]].strip(" \t"):
        return False
    if silent:
        return True
    if directive.text("type").lower() == "complex":
        triple_colon.parse_body(state, line, end_line, "video", directive, nests=False)
        return True
    token = state.push("video", "", 0)
    token.map = [line, line + 1]
    token.content = state.src[state.bMarks[line] + state.tShift[line] : directive.end]
    token.meta = _asked_for(directive)
    state.line = line + 1
    return True


def _asked_for(directive: Directive) -> dict[str, str]:
    return {"address": directive.text("source").strip(), "title": directive.text("title").strip()}


def _check(directive: Directive) -> str:
    return "" if _ADDRESS.match(directive.text("source").strip()) else "its source is no address"


_ADDRESS = re.compile(r"https?://[^\s\"]", re.IGNORECASE)
_KIND = Kind(name="video", required=("source",), in_line="video_inline", block=_colons, check=_check)


def install(md: MarkdownIt) -> None:
    """Read a video before the quote that it looks like, which is over at the end of its line, and the form with colons."""
    md.block.ruler.before("blockquote", "video", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    triple_colon.add(md, _KIND)


def read(token: Token, run: Run) -> Iterator[Video]:
    """Read the fact off the token of a video that is a block."""
    yield _fact(token.meta, run.whole, run)


def read_inline(token: Token, run: Run) -> Iterator[Video]:
    """Read the fact off the token of a video within a line."""
    yield _fact(_asked_for(token.meta["directive"]), run.span(*token.meta["at"]), run)


def read_described(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off a video with a description: itself, and whether the description has an end."""
    yield _fact(_asked_for(token.meta["directive"]), run.whole, run)
    yield from triple_colon.read_end("video", token, run)


def _fact(asked: Mapping[str, str], span: Span, run: Run) -> Video:
    return Video(address=asked["address"], title=asked["title"], span=span, condition=run.condition)
