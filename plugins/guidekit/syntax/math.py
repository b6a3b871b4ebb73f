r"""``$x$``, ``$$x$$``, ``\(x\)`` and ``\[x\]``: formulas, where the site's ``pymdownx.arithmatex`` extension is on.

A block is a formula between ``$$`` or ``\[`` and ``\]`` that begins and ends its lines, as in ``pymdownx/arithmatex.py``.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from guidekit.syntax import indented_block

_DOLLARS = re.compile(r"(?<![\\$])\$(?![\s$])(?P<math>(?:\\.|[^\\$\n]|\n(?!\n))+?)(?<!\s)\$(?!\d|\$)")
_PARENTHESES = re.compile(r"\\\((?P<math>(?:(?!\\[()]).)+?)\\\)", re.DOTALL)
_FENCES = {"$$": "$$", "\\[": "\\]"}
_ENVIRONMENT = re.compile(r"\\begin\{(?P<name>[a-z]+\*?)\}")
_MOST_LINES = 500


def _inline(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    if char not in "$\\":
        return False
    found = (_DOLLARS if char == "$" else _PARENTHESES).match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline", "span", 0)
        token.content = found["math"]
        token.meta["text"] = found["math"]
    state.pos = found.end()
    return True


def _block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    written = indented_block.marker(state, line).strip()
    opening = next((mark for mark in _FENCES if written.startswith(mark)), "")
    environment = None if opening else _ENVIRONMENT.match(written)
    if not opening and not environment:
        return False
    closing = _FENCES[opening] if opening else f"\\end{{{environment['name']}}}" if environment else ""
    end = _end(state, line, end_line, written[len(opening) :], closing)
    if end is None:
        return False
    if silent:
        return True
    text = state.getLines(line, end, state.blkIndent, False).strip()
    token = state.push("math_block", "div", 0)
    token.map = [line, end]
    token.content = text.removeprefix(opening).removesuffix(closing).strip("\n") if opening else text
    state.line = end
    return True


def _end(state: StateBlock, line: int, end_line: int, behind: str, closing: str) -> int | None:
    """Find the line behind a formula: the one whose text ends with the closing mark; no blank line may stand before it."""
    if behind.endswith(closing) and len(behind) > len(closing):
        return line + 1
    for number in range(line + 1, min(end_line, line + _MOST_LINES)):
        if state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return None
        if state.src[state.bMarks[number] : state.eMarks[number]].rstrip().endswith(closing):
            return number + 1
    return None


def install(md: MarkdownIt) -> None:
    """Parse formulas before a backslash or an underscore in them means anything else."""
    md.block.ruler.before("fence", "math_block", _block, indented_block.ENDS)
    md.inline.ruler.before("escape", "math_inline", _inline)
