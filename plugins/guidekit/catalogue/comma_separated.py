"""The checklists as CSV that Excel opens by a double click, and that runs no formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from guidekit.catalogue.contents import Catalogue
from guidekit.catalogue.table import COLUMNS, rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(catalogue: Catalogue) -> bytes:
    """Write a row for each item."""
    return encode([column.name for column in COLUMNS], rows(catalogue))


def encode(header: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    """Write UTF-8 with a byte order mark, so that Excel reads it as such; every cell is quoted, lines end in CRLF."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
