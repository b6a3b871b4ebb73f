"""What every report on a content set has: facts, tables, a chart, and its records; values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

Cell = str | int | date | PurePosixPath | tuple[PurePosixPath, ...] | None
"""What stands in a table: a file is a path, ``None`` is what nobody knows."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of a report: its key for programs, its label and a note for people (may be empty)."""

    key: str
    label: str
    value: Cell
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its key for programs, its label for people; numbers stand on the right."""

    key: str
    label: str
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows below columns; ``nothing`` is said where there are no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str = "None."


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar of a chart: what it is about, and how long each of its parts is."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars of parts; ``legend`` names the parts. A longer bar is more, unless all are ``shares`` of a whole."""

    title: str
    legend: tuple[str, ...]
    bars: tuple[Bar, ...]
    shares: bool = False


@dataclass(frozen=True, kw_only=True)
class View:
    """A report: ``tables`` are for people, ``records`` has all there is, one row a thing, for programs.

    ``day`` is the day as of which it was made.
    """

    name: str
    title: str
    about: str
    day: date
    facts: tuple[Figure, ...]
    chart: Chart
    tables: tuple[Table, ...]
    records: Table


def percent(part: int, whole: int) -> str:
    """Write a share of a whole in percent, without a fraction; only all is 100 %, and only nothing is 0 %."""
    if not whole:
        return ""
    share = round(100 * part / whole)
    if part and not share:
        return "< 1 %"
    return "> 99 %" if share == 100 and part < whole else f"{share} %"


def shown(cell: Cell) -> str:
    """Write a cell as text."""
    if isinstance(cell, tuple):
        return "; ".join(map(str, cell))
    if isinstance(cell, int):
        return f"{cell:,}"
    return "" if cell is None else str(cell)
