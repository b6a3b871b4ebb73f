"""A report as Markdown: facts as a list, tables as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from guidekit.catalogue.task_list import escaped
from guidekit.inventory.view import Cell, Table, View, shown
from guidekit.reporting import printable

Named = Callable[[PurePosixPath], str]
"""Writes a file's name as Markdown, perhaps as a link."""


def plain_name(path: PurePosixPath) -> str:
    """Write a file's name as text."""
    return _text(str(path))


def write(view: View, named: Named = plain_name) -> str:
    """Write a report with a heading of level 1."""
    blocks = [
        f"# {view.title}",
        view.about,
        facts(view),
        *(block for table in view.tables for block in _table(table, named)),
    ]
    return "\n\n".join(blocks) + "\n"


def facts(view: View) -> str:
    """Write the day and the facts of a report as a list."""
    lines = [f"- As of: {view.day}"]
    for fact in view.facts:
        note = f" ({_text(fact.note)})" if fact.note else ""
        lines.append(f"- {fact.label}: {_text(shown(fact.value)) or 'not known'}{note}")
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
    return ", ".join(map(named, cell)) if isinstance(cell, tuple) else _text(shown(cell))


def _text(text: str) -> str:
    return escaped(printable(text))
