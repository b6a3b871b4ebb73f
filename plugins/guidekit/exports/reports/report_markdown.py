"""A report as Markdown: facts as a list, tables as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from guidekit.exports.reports.report import Cell, Table, View, shown
from guidekit.text.escaping import in_markdown

Named = Callable[[PurePosixPath], str]
"""Writes a file's name as Markdown, perhaps as a link."""


def plain_name(path: PurePosixPath) -> str:
    """Write a file's name as text."""
    return in_markdown(str(path))


def write(view: View, named: Named = plain_name, figure: str = "") -> str:
    """Write a report with a heading of level 1; ``figure`` is a block to put below its facts."""
    tables = (block for table in view.tables for block in _table(table, named))
    blocks = [f"# {view.title}", f"{view.about} As of {view.day}.", facts(view), figure, *tables]
    return "\n\n".join(filter(None, blocks)) + "\n"


def facts(view: View) -> str:
    """Write the facts of a report as a list."""
    lines = []
    for fact in view.facts:
        note = f" ({in_markdown(fact.note)})" if fact.note else ""
        lines.append(f"- {fact.label}: {in_markdown(shown(fact.value)) or 'not known'}{note}")
    return "\n".join(lines)


def _table(table: Table, named: Named) -> Iterator[str]:
    yield f"## {table.title}"
    if not table.rows:
        yield table.nothing
        return
    lines = [
        [column.label for column in table.columns],
        ["---:" if column.number else "---" for column in table.columns],
        *([_cell(cell, named) for cell in row] for row in table.rows),
    ]
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(cell: Cell, named: Named) -> str:
    if isinstance(cell, PurePosixPath):
        return named(cell)
    return ", ".join(map(named, cell)) if isinstance(cell, tuple) else in_markdown(shown(cell))
