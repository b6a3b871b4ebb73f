"""Tables whose rows have more cells than their header: on Learn they widen the table, and no text is lost."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.token import Token

_MAX_CELLS = 10_000


def _widening(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """Parse a table, then add the cells that the parser left out."""
    known = len(state.tokens)
    if not table(state, line, end_line, silent):
        return False
    if not silent:
        lines = [token.map[0] for token in state.tokens[known:] if token.type == "tr_open" and token.map]
        rows = {number: _cells(state, number) for number in lines}
        width = max(map(len, rows.values()))
        if width > len(rows[line]) and width * len(rows) <= _MAX_CELLS:
            state.tokens[known:] = _widen(state.tokens[known:], rows, width)
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(getLine(state, line).strip())
    first, last = cells and not cells[0], len(cells) > 1 and not cells[-1]
    return cells[bool(first) : len(cells) - bool(last)]


def _widen(tokens: list[Token], rows: dict[int, list[str]], width: int) -> Iterator[Token]:
    written = line = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            written, line = 0, token.map[0]
        written += token.type in ("th_open", "td_open")
        if token.type == "tr_close":
            for text in (*rows[line][written:], *[""] * (width - max(written, len(rows[line])))):
                yield from _cell("th" if line == min(rows) else "td", text.strip(), token.level, line)
        yield token


def _cell(tag: str, text: str, level: int, line: int) -> list[Token]:
    inline = Token("inline", "", 0, block=True, content=text, children=[], level=level + 2, map=[line, line + 1])
    opening = Token(f"{tag}_open", tag, 1, block=True, level=level + 1)
    return [opening, inline, Token(f"{tag}_close", tag, -1, block=True, level=level + 1)]


def install(md: MarkdownIt) -> None:
    """Let rows widen their table."""
    md.block.ruler.at("table", _widening, {"alt": ["paragraph", "reference"]})
