"""A report for programs: its facts and its records as JSON, as `report.schema.json` describes it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import Any

from guidekit.escaping import as_json
from guidekit.inventory.view import Cell, View

VERSION = 1
"""The version of the format; it grows when a reader of the old one would go wrong."""


def write(view: View) -> str:
    """Write one document; paths count from the settings file."""
    keys = [column.key for column in view.records.columns]
    document = {
        "schemaVersion": VERSION,
        "report": view.name,
        "day": view.day.isoformat(),
        "summary": {fact.key: _value(fact.value) for fact in view.facts},
        "records": [dict(zip(keys, map(_value, row), strict=True)) for row in view.records.rows],
    }
    return as_json(document) + "\n"


def _value(cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return [str(path) for path in cell]
    return str(cell) if isinstance(cell, (date, PurePosixPath)) else cell
