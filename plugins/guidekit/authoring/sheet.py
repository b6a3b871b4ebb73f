"""Items as others keep them, in CSV, in a workbook or in JSON: read as rows, or refused with the row that is wrong."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from guidekit import extras
from guidekit.authoring import RefusedError
from guidekit.exports.catalogue.csv_file import unguarded
from guidekit.library.guidance import PILLARS, SEVERITIES, one_of
from guidekit.text import paths
from guidekit.text.guid import is_guid

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "guid": ("guid",),
    "text": ("text", "item"),
    "severity": ("severity",),
    "waf": ("waf", "pillar"),
    "service": ("service",),
}
"""What is read of an item, and the columns that hold it, in any letter case, where none is named."""

NEEDED = ("guid", "text")

_MAX_SHOWN = 20
_MAX_LENGTH = 80
_MAX_UNPACKED = 200_000_000
_MAX_CELLS = 1_000_000
_MAX_COLUMNS = 1_000
_ESCAPED = re.compile("_x(00[01][0-9A-F]|FFF[EF])_")  # characters that XML cannot hold; openpyxl leaves them so
_DELIMITERS = (",", ";", "\t")

Cells = Mapping[str, object]
Table = tuple[Sequence[str], Iterable[tuple[str, Cells]]]
"""The names of the columns, and the rows: what to call each, and its cells by column."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """An item as it is kept elsewhere; what is empty says nothing. ``name`` tells which row it is, as in ``row 4``.

    ``guid`` is empty where the item has none yet, and is then known by its statement.
    """

    name: str
    guid: str
    text: str
    severity: str
    waf: str
    service: str


def read(name: str, data: bytes, named: Mapping[str, str], *, may_lack_guid: bool = False) -> tuple[Row, ...]:
    """Read the items of a file by its name's ending; ``named`` are columns that have names of their own.

    A row needs a statement where it ``may_lack_guid`` and does.
    Raises `RefusedError`, with all that is wrong, where a single row cannot be used.
    """
    form = name.rpartition(".")[2].lower()
    if form not in FORMATS:
        raise RefusedError(f"'{name}' is none of {', '.join(f'.{known}' for known in FORMATS)}")
    try:
        columns, rows = FORMATS[form](data)
        where = _columns(columns, named, ("text",) if may_lack_guid else NEEDED)
        return _checked(rows, where, may_lack_guid=may_lack_guid)
    except RefusedError as refused:
        raise RefusedError(*(f"{name}: {line}" for line in refused.args)) from None


def _columns(columns: Sequence[str], named: Mapping[str, str], needed: Sequence[str]) -> Mapping[str, str]:
    """Find the column of each field."""
    if len(columns) > _MAX_COLUMNS:
        raise RefusedError(f"has {len(columns):,} columns, more than the {_MAX_COLUMNS:,} that are read")
    found: dict[str, str] = {}
    by_lower_case = {column.strip().lower(): column for column in reversed(columns)}
    for field, names in COLUMNS.items():
        wanted = (named[field].strip().lower(),) if field in named else names
        column = next((by_lower_case[name] for name in wanted if name in by_lower_case), None)
        if column is not None:
            if columns.count(column) > 1:
                raise RefusedError(f"there are several columns '{column}'; name one of them otherwise")
            found[field] = column
        elif field in named or field in needed:
            near = paths.close_match(named.get(field, field), columns) if columns else None
            hint = f"; did you mean '{near}'?" if near else ""
            there = ", ".join(f"'{column}'" for column in columns if column.strip()) or "none"
            said = f"there is no column '{named.get(field, field)}'{hint}; there are {there}"
            raise RefusedError(said if field in named else f"{said}; name it with --map {field}=COLUMN")
    return found


def _checked(rows: Iterable[tuple[str, Cells]], where: Mapping[str, str], *, may_lack_guid: bool) -> tuple[Row, ...]:
    good: list[Row] = []
    wrong: list[str] = []
    first: dict[str, str] = {}
    for name, cells in rows:
        try:
            values = {field: _text(cells.get(column), column) for field, column in where.items()}
            row = _row(name, values, may_lack_guid=may_lack_guid)
            if row is None:
                continue
            if row.guid and row.guid in first:
                raise ValueError(f"the GUID '{row.guid}' is that of {first[row.guid]} too")
        except ValueError as error:
            wrong.append(f"{name}: {error}")
        else:
            first[row.guid] = name
            good.append(row)
    if wrong:
        more = [f"{len(wrong) - _MAX_SHOWN} more rows are wrong"] if len(wrong) > _MAX_SHOWN else []
        raise RefusedError(*wrong[:_MAX_SHOWN], *more)
    if not good:
        raise RefusedError("there is no item in it")
    return tuple(good)


def _row(name: str, values: Mapping[str, str], *, may_lack_guid: bool) -> Row | None:
    """Check one row; ``None`` for an empty one. Raises ``ValueError``."""
    if not any(values.values()):
        return None
    guid = values.get("guid", "")
    if guid and not is_guid(guid):
        raise ValueError(f"'{guid}' is no GUID")
    if not guid and not may_lack_guid:
        raise ValueError("it has no GUID; --add makes it a new item")
    if not guid and not values["text"]:
        raise ValueError("it has neither a GUID nor a statement")
    words: dict[str, str] = {}
    for field, known in (("severity", SEVERITIES), ("waf", PILLARS)):
        said = values.get(field, "")
        words[field] = one_of(said, known)
        if said and not words[field]:
            raise ValueError(f"the {field} '{said}' is not one of {', '.join(known)}")
    return Row(name=name, guid=guid.lower(), text=values["text"], service=values.get("service", ""), **words)


def _text(cell: object, column: str) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        shown = f"the formula {cell.value}" if isinstance(cell, Computed) else _as_json(cell)
        raise ValueError(f"'{column}' is {shown[:_MAX_LENGTH]}, not text")
    return cell.strip()


def _as_json(cell: object) -> str:
    try:
        return json.dumps(cell, default=str)
    except RecursionError:
        return "nested too deep"


def _csv(data: bytes) -> Table:
    text = _decoded(data)
    line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RefusedError(f"is no CSV: {error}") from None
    columns = lines[0] if lines else []
    return columns, _by_column(columns, ((f"row {number}", line) for number, line in enumerate(lines[1:], start=2)))


def _by_column(columns: Sequence[str], lines: Iterable[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, Cells]]:
    for name, line in lines:
        yield name, {column: unguarded(cell) for column, cell in zip(columns, line, strict=False)}


def _xlsx(data: bytes) -> Table:
    from zipfile import BadZipFile, ZipFile

    with extras.needed("excel", "a workbook"):
        import openpyxl  # costs more than a check of a small content set

    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                raise RefusedError(f"has more than {_MAX_UNPACKED:,} bytes when it is unpacked")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks that it does not know
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            lines = list(_within_bounds(sheet.iter_rows()))
    except RefusedError:
        raise
    except BadZipFile:
        raise RefusedError("is no workbook (.xlsx)") from None
    except Exception as error:  # noqa: BLE001  # a broken workbook fails in as many ways as it has parts
        raise RefusedError(f"is no workbook that can be read: {error}") from None
    columns = [str(cell) if cell is not None else "" for cell in lines[0]] if lines else []
    rows = ((f"row {number}", dict(zip(columns, line, strict=False))) for number, line in enumerate(lines[1:], start=2))
    return columns, rows


def _within_bounds(rows: Iterable[Sequence[Any]]) -> Iterator[list[object]]:
    """Read rows, as long as they do not hold too many cells: one far below or to the right stands for all before it."""
    cells = 0
    for row in rows:
        cells += max(len(row), 1)
        if cells > _MAX_CELLS:
            raise RefusedError(f"has more than the {_MAX_CELLS:,} cells that are read")
        yield [_cell(cell) for cell in row]


def _cell(cell: Any) -> object:
    """Read a cell: its text, or a value that is none."""
    if cell.data_type in ("f", "e"):
        return Computed(value=str(cell.value))
    if isinstance(cell.value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value)
    return cell.value


@dataclass(frozen=True, kw_only=True)
class Computed:
    """What a workbook computes, a formula or an error: nobody has written it as a text."""

    value: str


def _json(data: bytes) -> Table:
    text = _decoded(data)
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"is not valid JSON: {error}") from None
    items = read.get("items") if isinstance(read, dict) else read
    if isinstance(items, dict):
        items = list(items.values())
    if not isinstance(items, list):
        raise RefusedError("has no list 'items'")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise RefusedError(f"item {number}: is no object")
    columns = list(dict.fromkeys(key for item in items for key in item))
    return columns, ((f"item {number}", item) for number, item in enumerate(items, start=1))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError("is UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedError(f"is not UTF-8: byte 0x{data[error.start]:02x} on line {line}; save it as UTF-8") from None
    if "\0" in text:
        raise RefusedError("is binary, not text")
    return text


FORMATS: Mapping[str, Callable[[bytes], Table]] = {"json": _json, "csv": _csv, "xlsx": _xlsx}
"""The formats by the ending of a file's name, and what reads them."""
