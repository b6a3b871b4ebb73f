"""The checklists as CSV that Excel opens by a double click, and that runs no formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

from guidekit.exports.catalogue.columns import COLUMNS, rows
from guidekit.exports.catalogue.items import Catalogue

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


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
    """Put an apostrophe before what a spreadsheet would take for a formula, and before what has one for that.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take that apostrophe away again."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
