"""A report for the terminal: facts, and tables in aligned columns."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.escaping import one_line, printable
from guidekit.inventory.view import Cell, Table, View, shown


def write(view: View) -> str:
    """Write a report as text; the last column of a table is as wide as it must be."""
    blocks = [f"{view.title} as of {view.day}", "\n".join(_facts(view)), *map(_table, view.tables)]
    return printable("\n\n".join(blocks)) + "\n"


def _facts(view: View) -> Iterator[str]:
    width = max(len(fact.label) for fact in view.facts)
    values = [_one_line(fact.value) or "-" for fact in view.facts]
    right = max(map(len, values))
    for fact, value in zip(view.facts, values, strict=True):
        yield f"{fact.label:{width}}  {value:>{right}}{f'  {fact.note}' if fact.note else ''}"


def _table(table: Table) -> str:
    if not table.rows:
        return f"{table.title}\n{table.nothing}"
    lines = [[column.label for column in table.columns]]
    lines += [[_one_line(cell) for cell in row] for row in table.rows]
    widths = [max(_width(cell) for cell in cells) for cells in zip(*lines, strict=True)]
    numbers = [column.number for column in table.columns]
    return "\n".join([table.title, *(_line(cells, widths, numbers) for cells in lines)])


def _one_line(cell: Cell) -> str:
    return one_line(" ".join(shown(cell).split()))


def _line(cells: list[str], widths: list[int], numbers: list[bool]) -> str:
    padded = (
        " " * (width - _width(cell)) + cell if number else cell + " " * (width - _width(cell))
        for cell, width, number in zip(cells, widths, numbers, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Measure a text in columns of a terminal: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # needed for other scripts alone

    return cell_len(text)
