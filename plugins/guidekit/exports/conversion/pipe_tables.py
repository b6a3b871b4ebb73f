"""Tables: rows of cells, each a line of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guidekit.exports.conversion.dialect import Block, Frame

_ALIGNED = {"text-align:left": ":---", "text-align:center": ":---:", "text-align:right": "---:"}


def write(frame: Frame) -> list[str]:
    """Write a table; nothing where a cell holds more than a line."""
    rows = list(_rows(frame.blocks))
    if not rows or any(_is_large(cell) for row in rows for cell in row):
        return []
    head, *others = rows
    width = max(map(len, rows))
    parted = [_ALIGNED.get(cell.title, "---") for cell in head]
    parted += ["---"] * (width - len(head))
    return [_line(map(_text, head), width), _line(parted, width), *(_line(map(_text, row), width) for row in others)]


def _rows(parts: Sequence[Block]) -> Iterator[Sequence[Block]]:
    return (row.content for part in parts for row in part.content)


def _is_large(cell: Block) -> bool:
    return len(cell.content) > 1 or any(part.kind != "text" or len(part.lines) > 1 for part in cell.content)


def _text(cell: Block) -> str:
    return "".join(line for part in cell.content for line in part.lines)


def _line(cells: Iterable[str], width: int) -> str:
    written = list(cells)
    return f"| {' | '.join([*written, *[''] * (width - len(written))])} |"
