"""``*[HTML]: Hyper Text Markup Language``: abbreviations, where the site's ``abbr`` extension is on.

The grammar is that of ``markdown/extensions/abbr.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import indented_block
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span

_DEFINITION = re.compile(r"\*\[(?P<name>[^\]\\]++)\][ ]?:(?P<title>.*)$")
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<title>.*)(?P=quote)""")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Abbreviation:
    """What an abbreviation stands for; without a title, the abbreviation is explained no longer."""

    is_content: ClassVar[bool] = False
    name: str
    title: str
    span: Span
    condition: Condition = EVERYONE


def definition(line: str) -> tuple[str, str] | None:
    """Read an abbreviation and what it stands for off a line; ``None`` where the line defines none."""
    found = _DEFINITION.match(line)
    if found is None or not found["name"].strip():
        return None
    title = found["title"].strip(" ")
    quoted = _QUOTED.fullmatch(title)
    return found["name"].strip(), quoted["title"] if quoted else title


def _definition(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    found = definition(indented_block.marker(state, line))
    if found is None:
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.map, token.hidden = [line, line + 1], True
        token.content = indented_block.marker(state, line)
        state.line = line + 1
    return True


def install(md: MarkdownIt) -> None:
    """Parse definitions, each of which is a line."""
    md.block.ruler.before("reference", "abbreviation", _definition, indented_block.ENDS)


def read(token: Token, run: Run) -> Iterator[Abbreviation]:
    """Read the fact off a definition."""
    if found := definition(token.content):
        yield Abbreviation(name=found[0], title=found[1], span=run.whole, condition=run.condition)
