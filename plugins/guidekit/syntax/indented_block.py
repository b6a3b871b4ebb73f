"""The text below a marker, indented by four columns: what Python-Markdown's blocks (``!!!``, ``???``, ``===``) hold."""

from __future__ import annotations

from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

INDENT = 4
"""By how many columns the text is indented more than its marker."""

ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
"""What a marker interrupts, for the parser's table of rules."""


def marker(state: StateBlock, line: int) -> str:
    """Read the text of a line that may be a marker; empty where the line is code."""
    if state.is_code_block(line):
        return ""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def end_of_body(state: StateBlock, line: int, end_line: int) -> int:
    """Find the line behind the text below a marker; blank lines within it belong to it."""
    indent = state.sCount[line] + INDENT
    end = line + 1
    for number in range(line + 1, end_line):
        if not state.isEmpty(number):
            if state.sCount[number] < indent:
                break
            end = number + 1
    return end


def parse_body(state: StateBlock, line: int, end: int, kind: str) -> None:
    """Parse the text below a marker; afterwards the parser stands behind it."""
    before = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = kind, end, state.sCount[line] + INDENT
    try:
        state.md.block.tokenize(state, line + 1, end)
    finally:
        state.parentType, state.lineMax, state.blkIndent = before
    state.line = end
