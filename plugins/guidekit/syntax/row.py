"""``:::row:::`` and ``:::column span="2":::``: columns side by side.

In a row, the blanks before each line mean nothing, as in docfx's ``RowParser.cs`` and ``NestedColumnParser.cs``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, DirectiveLine, Kind
from guidekit.text.source import Span

_MOST = 12
"""The most columns over which one may go, as many as the grid of Learn has."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Row:
    """A row of columns."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


def _parse(name: str) -> triple_colon.ParseBlock:
    def block(state: StateBlock, line: int, end_line: int, directive: Directive, silent: bool) -> bool:
        if silent:
            return True
        for number in range(line + 1, triple_colon.end_of_body(state, line, end_line, name, nests=True)):
            state.bMarks[number] += state.tShift[number]
            state.tShift[number], state.sCount[number] = 0, state.blkIndent
        triple_colon.parse_body(state, line, end_line, name, directive)
        return True

    return block


def _check(directive: Directive) -> str:
    span = directive.text("span")
    return "" if not span or (span.isdecimal() and 0 < int(span) <= _MOST) else f"its span is '{span}', and no number"


def install(md: MarkdownIt) -> None:
    """Parse rows and the columns in them."""
    triple_colon.add(
        md, Kind(name="row", block=_parse("row")), Kind(name="column", block=_parse("column"), check=_check)
    )


def read_row(opening: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off what opens a row: itself, its lines, and the blanks before each line in it."""
    yield Row(span=run.whole, condition=run.condition)
    first, end = opening.map or (0, 0)
    for row in range(first + 1, end):
        line = run.source.lines[row]
        if blanks := len(line) - len(line.lstrip(" \t")):
            yield DirectiveLine(span=run.source.span((row, 0), (row, blanks)), condition=run.condition)
    yield from triple_colon.read_block(opening, run)


def span_of(opening: Token) -> int:
    """Read over how many columns one goes."""
    directive: Directive = opening.meta["directive"]
    return int(directive.text("span") or 1)
