"""``> [!div class="checklist"]``: a quote that is a box of its own, with the attributes that its marker gives it.

The grammar is docfx's (``QuoteSectionNoteParser.cs``): the marker stands alone on the first line of the quote, and its
attributes may stand between backticks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.heading_attributes import attributes
from guidekit.syntax.raw_html import Anchor
from guidekit.syntax.run import Run
from guidekit.text.source import Span

_MARKER = re.compile(r"\[!div(?P<written>(?:[ \t`][^\]]*+)?)\](?=[ \t]*$)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Section:
    """The marker of a box."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


def _marker(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    """Take the marker off the first line of a quote, and make the quote a box."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if silent or not state.src.startswith("[!", start, end) or state.is_code_block(line):
        return False
    opening = state.tokens[-1] if state.tokens else None
    if opening is None or opening.type != "blockquote_open":
        return False
    found = _MARKER.match(state.src, start, end)
    if found is None or opening.map is None or opening.map[0] != line:
        return False
    opening.type, opening.tag, opening.content = "section_open", "div", found[0]
    opening.meta = {"attributes": _attributes(found["written"].strip())}
    state.line = line + 1
    return True


def _attributes(written: str) -> dict[str, str]:
    """Read attributes; backticks stand around them or not at all."""
    quoted = [written.startswith("`"), written.endswith("`")]
    if any(quoted):
        written = written[1:-1] if all(quoted) and len(written) > 1 else ""
    return dict(attributes(written) or {})


def install(md: MarkdownIt) -> None:
    """Read the marker before anything else that may begin a quote."""
    md.block.ruler.before("fence", "section_marker", _marker)


def read(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off a box: its marker, and the place that links can lead to, if it has an id."""
    span = run.beginning(token.content).whole
    yield Section(span=span, condition=run.condition)
    if name := token.meta["attributes"].get("id"):
        yield Anchor(id=name, span=span, condition=run.condition)
