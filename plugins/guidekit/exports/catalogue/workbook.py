"""The checklists as an Excel workbook to fill in: cells are text, a status is chosen from a list, and it prints well."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from guidekit import extras
from guidekit.exports.catalogue.azure_json import STATUSES
from guidekit.exports.catalogue.columns import COLUMNS, LINK, STATUS, rows
from guidekit.exports.catalogue.items import Catalogue

_MAX_CELL = 32_767  # characters, Excel's limit
_MAX_URL = 2_079
_MAX_LINKS = 65_530
_BEFORE_REVIEWS = datetime(1980, 1, 1)  # the oldest day that a ZIP file knows
_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def write(catalogue: Catalogue) -> bytes:
    """Write a workbook with one sheet; the same content gives the same bytes."""
    with extras.needed("excel", "a workbook"):
        import xlsxwriter  # type: ignore[import-untyped]  # costs more than all other formats together

    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **_TEXT}) as workbook:
        workbook.set_properties({"title": "Checklist", "created": _created(catalogue)})
        look: dict[str, Any] = {"text_wrap": True, "valign": "top", "num_format": "@"}  # what is typed stays text
        heading = workbook.add_format({**look, "bold": True, "bg_color": "#DCE6F1", "bottom": 1})
        cell, link = workbook.add_format(look), workbook.add_format({**look, "font_color": "#0B5394", "underline": 1})
        sheet = workbook.add_worksheet("Checklist")
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, column.width, cell)
            sheet.write_string(0, index, column.name, heading)
        count = _fill(sheet, catalogue, cell, link)
        _furnish(sheet, count)
    return data.getvalue()


def _fill(sheet: Any, catalogue: Catalogue, cell: Any, link: Any) -> int:
    """Write the rows, and answer how many there are."""
    number = 0
    for number, row in enumerate(rows(catalogue), start=1):
        for index, text in enumerate(row):
            is_link = index == LINK and text.startswith(("http://", "https://"))
            if is_link and len(text) <= _MAX_URL and number <= _MAX_LINKS:
                sheet.write_url(number, index, text, link)
            else:
                sheet.write_string(number, index, _plain(text), cell)
    return number


def _plain(text: str) -> str:
    """Cut a text to what a cell holds, and keep XlsxWriter from taking it for its own markup of rich text."""
    return f" {text}"[:_MAX_CELL] if text.startswith("<r>") else text[:_MAX_CELL]


def _furnish(sheet: Any, count: int) -> None:
    """Keep the header in sight and on each printed page, and offer what a status can be."""
    last = len(COLUMNS) - 1
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, count, last)
    statuses = [name for name, _ in STATUSES]
    sheet.data_validation(1, STATUS, max(count, 1), STATUS, {"validate": "list", "source": statuses})
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _created(catalogue: Catalogue) -> datetime:
    """Take a day from the content: the clock would make each workbook another."""
    day = catalogue.updated
    return datetime(day.year, day.month, day.day) if day and day.year >= _BEFORE_REVIEWS.year else _BEFORE_REVIEWS
