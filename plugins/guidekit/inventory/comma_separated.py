"""A report's records as CSV, for spreadsheets."""

from __future__ import annotations

from datetime import date

from guidekit.catalogue import comma_separated
from guidekit.inventory.view import Cell, View, shown


def write(view: View) -> bytes:
    """Write a row for each record; several files in one cell stand apart by semicolons."""
    header = [column.key for column in view.records.columns]
    return comma_separated.encode(header, ([_plain(cell) for cell in row] for row in view.records.rows))


def _plain(cell: Cell) -> str:
    return str(cell) if isinstance(cell, (int, date)) else shown(cell)
