"""``::: moniker range=">= x-1.0"``: what belongs to some versions of a product.

docfx's ``MonikerRangeParser.cs`` says what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Choice, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
from guidekit.text.source import Span

NAME = "moniker"
SELECTOR = "moniker"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class VersionRange:
    """A part of a text that belongs to some versions, as the author wrote their range."""

    is_content: ClassVar[bool] = False
    range: str
    span: Span
    condition: Condition = EVERYONE


def _block(state: StateBlock, line: int, end_line: int, directive: Directive, silent: bool) -> bool:
    if not silent:
        triple_colon.parse_body(state, line, end_line, NAME, directive)
    return True


def install(md: MarkdownIt) -> None:
    """Parse ranges of versions."""
    triple_colon.add(md, Kind(name=NAME, closes_itself=False, required=("range",), block=_block))


def range_of(opening: Token) -> str:
    """Read the range of versions off the token that opens it."""
    directive: Directive = opening.meta["directive"]
    return " ".join(directive.text("range").split())


def condition(opening: Token) -> Condition:
    """Read off a range for whom it is shown: who has chosen a version of it, by the range's own words."""
    return frozenset({Choice(selector=SELECTOR, values=frozenset({range_of(opening)}))})


def read(opening: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off what opens a range."""
    yield VersionRange(range=range_of(opening), span=run.whole, condition=run.condition)
    yield from triple_colon.read_end(NAME, opening, run)
