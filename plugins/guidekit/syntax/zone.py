"""``:::zone pivot="a,b"`` and ``:::zone target="docs"``: what only readers of some pivots, or of some medium, get.

docfx's ``ZoneExtension.cs`` says what is allowed. What is meant for another medium than a site is not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Choice, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind, UnclosedDirective
from guidekit.text.source import Span

NAME = "zone"
SELECTOR = "pivot"
TARGETS = ("docs", "chromeless", "pdf")
"""The media for which a zone may be: a site, a page of a portal, a document."""

_PIVOTS = re.compile(r"\s*[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*\s*")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Zone:
    """A zone of a site: the pivots whose readers see it; none if all do."""

    is_content: ClassVar[bool] = False
    pivots: tuple[str, ...]
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ElsewhereZone:
    """A zone for another medium, from its first line to its last; a site leaves it out."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


def _check(directive: Directive) -> str:
    unknown = [name for name in directive.attributes if name not in ("target", "pivot")]
    target, pivot = directive.text("target"), directive.text("pivot")
    if unknown:
        return f"a zone has no attribute '{unknown[0]}'"
    if not target and not pivot:
        return "neither 'pivot' nor 'target' says whom it is for"
    if target and target not in TARGETS:
        return f"its target is '{target}', and not one of {', '.join(TARGETS)}"
    if pivot and not _PIVOTS.fullmatch(pivot):
        return "its pivots are not small letters, digits and hyphens, with commas between"
    return "a zone for documents has no pivot" if pivot and target == "pdf" else ""


def _block(state: StateBlock, line: int, end_line: int, directive: Directive, silent: bool) -> bool:
    if triple_colon.stands_in(state, NAME):
        return False
    if silent:
        return True
    if directive.text("target") in ("", "docs"):
        triple_colon.parse_body(state, line, end_line, NAME, directive, nests=False)
        return True
    end = triple_colon.end_of_body(state, line, end_line, NAME, nests=False)
    is_closed = end < end_line and state.sCount[end] >= state.blkIndent
    token = state.push("zone_elsewhere", "", 0)
    token.map = [line, end + is_closed]
    token.content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    token.meta = {"closed": is_closed}
    state.line = end + is_closed
    return True


def install(md: MarkdownIt) -> None:
    """Parse zones."""
    misplaced = "it does not stand on a line of its own, or stands in another zone"
    triple_colon.add(md, Kind(name=NAME, closes_itself=False, block=_block, check=_check, misplaced=misplaced))


def condition(opening: Token) -> Condition:
    """Read off a zone for whom it is shown."""
    pivots = _pivots(opening)
    return frozenset({Choice(selector=SELECTOR, values=frozenset(pivots))}) if pivots else EVERYONE


def _pivots(opening: Token) -> tuple[str, ...]:
    directive: Directive = opening.meta["directive"]
    return tuple(filter(None, (pivot.strip() for pivot in directive.text("pivot").split(","))))


def read(opening: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off what opens a zone."""
    yield Zone(pivots=_pivots(opening), span=run.whole, condition=run.condition)
    yield from triple_colon.read_end(NAME, opening, run)


def read_elsewhere(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off a zone for another medium."""
    last, lines = (token.map or [0, run.first_line + 1])[1] - 1, run.source.lines
    start = (run.first_line, run.whole.start.column - 1)
    yield ElsewhereZone(span=run.source.span(start, (last, len(lines[last].rstrip()))), condition=run.condition)
    if not token.meta["closed"]:
        yield UnclosedDirective(name=NAME, span=run.whole, condition=run.condition)
