"""Tables, as Markdig reads them (``PipeTableParser.cs``) where that loses no text.

Code, links and raw HTML win over the border of a cell. A row with more cells than the header widens the table, and
header and delimiter row may differ in length. Where Markdig shows a whole table as text, for a line of text directly
above it or a row without a pipe, the table is drawn as GitHub does; a fact tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Cell, Run
from guidekit.text.source import Source, Span

_MAX_EMPTY_CELLS = 65_536
"""How many empty cells are added to the short rows of a table; without a bound, one long row would cost a square."""

_DELIMITER_ROW = re.compile(r"(?=[^|]*+\|)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_BORDER = re.compile(r"\\[\\|]|\|")
_HIDDEN_PIPE = re.compile(
    r"``|\\`|`[^`|]*+\|[^`]*+`|\[[^\[\]|]*+\|[^\[\]]*+\]|\]\([^()|]*+\|[^()]*+\)|<[^<>|]*+\|[^<>]*+>|:::[^|]"
)
"""What may keep a pipe from being the border of a cell; only then is the row parsed to find out."""

_BLANKS = " \t\n\v\f\r"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UnevenTable:
    """A table that is not what it seems: how many cells header and delimiter row have, and what is odd about the rest.

    ``wide`` is the first row with more cells than the header, and ``cells`` how many it has; ``bare`` is a row without a
    pipe. Each is ``None`` where there is none. ``below_text`` tells that text stands directly above the table.
    """

    is_content: ClassVar[bool] = False
    header: int
    delimiters: int
    cells: int
    wide: Span | None
    bare: Span | None
    below_text: bool
    delimiter_row: Span
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cell:
    text: str
    place: Cell


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A row and its line, counted from 0; ``bare`` if it has no border at all."""

    line: int
    cells: Sequence[_Cell]
    bare: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Oddity:
    """What is odd about a table: numbers of cells, and lines counted from 0."""

    header: int
    delimiters: int
    cells: int
    wide: int | None
    bare: int | None
    below_text: bool


def _table(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    alignments = _alignments(state, line + 1) if line + 2 <= end_line else None
    if alignments is None or state.is_code_block(line):
        return False
    header = _row(state, line)
    if header.bare or not header.cells:
        return False
    if silent:
        return True
    parent, state.parentType = state.parentType, "table"
    rows = list(_rows(state, line + 2, end_line))
    state.parentType = parent
    state.line = line + 2 + len(rows)
    _write(state, header, rows, alignments)
    return True


def _alignments(state: StateBlock, line: int) -> list[str] | None:
    """Read a delimiter row: how each column is aligned; ``None`` where the line is none."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.src[start : start + 1] not in ("|", "-", ":") or state.sCount[line] < state.blkIndent:
        return None
    if state.src.startswith(("- ", "-\t"), start) or state.is_code_block(line):
        return None  # an item of a list
    if not _DELIMITER_ROW.fullmatch(state.src, start, end):
        return None
    columns = [column.strip(_BLANKS) for column in state.src[start:end].split("|")]
    return [_alignment(column) for column in columns if column]


def _alignment(column: str) -> str:
    if column.endswith(":"):
        return "center" if column.startswith(":") else "right"
    return "left" if column.startswith(":") else ""


def _rows(state: StateBlock, line: int, end_line: int) -> Iterator[_Row]:
    ends = state.md.block.ruler.getRules("blockquote")
    for number in range(line, end_line):
        if state.sCount[number] < state.blkIndent or state.isEmpty(number) or state.is_code_block(number):
            return
        if any(rule(state, number, end_line, True) for rule in ends):
            return
        row = _row(state, number)
        if not row.cells and row.bare:
            return
        yield row


def _row(state: StateBlock, line: int) -> _Row:
    """Part a line at its borders. Linear."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    text = state.src[start:end].rstrip(_BLANKS)
    column = start - (state.src.rfind("\n", 0, start) + 1)
    hidden = _hidden_pipes(state, text) if _HIDDEN_PIPE.search(text) else ()
    cells: list[_Cell] = []
    escapes: list[int] = []
    at = 0
    borders = 0
    for found in _BORDER.finditer(text):
        if found[0] == "\\|":
            escapes.append(found.start())
        elif found[0] == "|" and found.start() not in hidden:
            borders += 1
            cells.append(_cell(text, at, found.start(), escapes, column))
            at = found.end()
            escapes = []
    cells.append(_cell(text, at, len(text), escapes, column))
    first = bool(borders) and text.startswith("|")
    last = bool(borders) and len(cells) > first and at == len(text)
    return _Row(line=line, cells=cells[first : len(cells) - last], bare=not borders)


def _cell(text: str, start: int, end: int, escapes: Sequence[int], column: int) -> _Cell:
    """Cut a cell out of a row, without the backslashes before its pipes."""
    stretch = text[start:end]
    begins = start + len(stretch) - len(stretch.lstrip(_BLANKS))
    content = stretch.strip(_BLANKS)
    if not escapes:
        return _Cell(text=content, place=Cell(column=column + begins))
    known = tuple(escape - begins - number for number, escape in enumerate(escapes))
    return _Cell(text=content.replace("\\|", "|"), place=Cell(column=column + begins, escapes=known))


def _hidden_pipes(state: StateBlock, text: str) -> frozenset[int]:
    """Find the pipes of a row that stand in code, in links or in raw HTML."""
    inline = state.md.inline
    run = StateInline(text, state.md, state.env, [])
    found: set[int] = set()
    while run.pos < run.posMax:
        start = run.pos
        inline.skipToken(run)
        if run.pos > start + 1 and inline.terminator_re.match(text, start):
            pipes = (at for at in range(start, run.pos) if text[at] == "|" and text[at - 1] != "\\")
            found.update(pipes)
    return frozenset(found)


def _write(state: StateBlock, header: _Row, rows: Sequence[_Row], alignments: Sequence[str]) -> None:
    width = max(len(row.cells) for row in (header, *rows))
    missing = sum(width - len(row.cells) for row in (header, *rows))
    width = width if missing <= _MAX_EMPTY_CELLS else 0
    odd = _oddity(state, header, rows, alignments)
    opening = state.push("table_open", "table", 1)
    opening.map = [header.line, state.line]
    opening.meta = {"odd": odd} if odd else {}
    state.push("thead_open", "thead", 1).map = [header.line, header.line + 1]
    _write_row(state, header, "th", width, alignments)
    state.push("thead_close", "thead", -1)
    if rows:
        state.push("tbody_open", "tbody", 1).map = [rows[0].line, state.line]
        for row in rows:
            _write_row(state, row, "td", width, alignments)
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _write_row(state: StateBlock, row: _Row, tag: str, width: int, alignments: Sequence[str]) -> None:
    state.push("tr_open", "tr", 1).map = [row.line, row.line + 1]
    for index in range(max(width, len(row.cells))):
        opening = state.push(f"{tag}_open", tag, 1)
        if index < len(alignments) and alignments[index]:
            opening.attrs = {"style": f"text-align:{alignments[index]}"}
        cell = row.cells[index] if index < len(row.cells) else None
        inline = state.push("inline", "", 0)
        inline.map, inline.children = [row.line, row.line + 1], []
        if cell:
            inline.content, inline.meta = cell.text, {"cell": cell.place}
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _oddity(state: StateBlock, header: _Row, rows: Sequence[_Row], alignments: Sequence[str]) -> _Oddity | None:
    """Note what is odd about a table; ``None`` where nothing is."""
    wide = next((row for row in rows if len(row.cells) > len(header.cells)), None)
    bare = next((row.line for row in rows if row.bare), None)
    text = _is_below_text(state, header.line)
    if wide is None and bare is None and not text and len(alignments) == len(header.cells):
        return None
    return _Oddity(
        header=len(header.cells),
        delimiters=len(alignments),
        cells=len(wide.cells) if wide else 0,
        wide=wide.line if wide else None,
        bare=bare,
        below_text=text,
    )


def _is_below_text(state: StateBlock, line: int) -> bool:
    """Does a paragraph end just above a line? A line that is a directive is none."""
    if len(state.tokens) < 2 or state.tokens[-1].type != "paragraph_close":
        return False
    text = state.tokens[-2]
    above = text.content.rpartition("\n")[2]
    return (
        text.type == "inline" and text.map is not None and text.map[1] == line and not above.startswith(("[!", ":::"))
    )


def read(token: Token, run: Run) -> Iterator[UnevenTable]:
    """Read the fact off a table in which something is odd."""
    odd = token.meta.get("odd")
    if not isinstance(odd, _Oddity):
        return
    source, first = run.source, run.first_line
    yield UnevenTable(
        header=odd.header,
        delimiters=odd.delimiters,
        cells=odd.cells,
        wide=_line(source, odd.wide),
        bare=_line(source, odd.bare),
        below_text=odd.below_text,
        delimiter_row=source.line_span(first + 1),
        span=source.line_span(first),
        condition=run.condition,
    )


def _line(source: Source, number: int | None) -> Span | None:
    return None if number is None else source.line_span(number)


def install(md: MarkdownIt) -> None:
    """Read tables as Markdig does."""
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
