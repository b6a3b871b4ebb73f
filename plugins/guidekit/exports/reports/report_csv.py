"""A report's records as CSV, for spreadsheets."""

from __future__ import annotations

from datetime import date

from guidekit.exports.catalogue import csv_file
from guidekit.exports.reports.report import Cell, View, shown


def write(view: View) -> bytes:
    """Write a row for each record; several files in one cell stand apart by semicolons."""
    header = [column.key for column in view.records.columns]
    return csv_file.encode(header, ([_plain(cell) for cell in row] for row in view.records.rows))


def _plain(cell: Cell) -> str:
    return str(cell) if isinstance(cell, (int, date)) else shown(cell)
