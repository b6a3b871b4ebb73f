"""``::: form action="…" submitText="…" :::``: a form of a portal of Microsoft's, which no other site can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Form:
    """A form, which is left out."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


def _block(state: StateBlock, line: int, _end_line: int, _directive: Directive, silent: bool) -> bool:
    if not silent:
        token = state.push("form", "", 0)
        token.map = [line, line + 1]
        token.content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        state.line = line + 1
    return True


def install(md: MarkdownIt) -> None:
    """Parse forms."""
    triple_colon.add(md, Kind(name="form", required=("action", "submittext"), block=_block))


def read(_token: Token, run: Run) -> Iterator[Form]:
    """Read the fact off a form."""
    yield Form(span=run.whole, condition=run.condition)
