"""The sources of a content set: the pages outside it that one page lists, each with the date that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from markdown_it.token import Token

from guidekit.syntax.dates import parse_date
from guidekit.syntax.document import Document
from guidekit.syntax.visible_text import plain_text

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def read(documents: Iterable[Document]) -> Mapping[str, date]:
    """Read the dates of sources, by their addresses as they are written.

    A source is a row of a table whose first cell has a link. Its date is the newest one, written ``YYYY-MM-DD``, in the
    second cell; a source without one is left out.
    """
    found: dict[str, date] = {}
    for document in documents:
        for cells in _rows(document.tokens):
            address = _address(cells[0])
            days = list(_days(cells[1:2]))
            if address and days:
                found.setdefault(address, max(days))
    return found


def _days(cells: Sequence[Token]) -> Iterator[date]:
    for cell in cells:
        yield from filter(None, map(parse_date, _DAY.findall(plain_text(cell.children))))


def without_anchor(address: str) -> str:
    """Cut off the part of an address that names a place on its page."""
    return address.partition("#")[0]


def _rows(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Go through the rows of tables, each with the contents of its cells."""
    cells: list[Token] = []
    for before, token in pairwise(tokens):
        if before.type == "td_open" and token.type == "inline":
            cells.append(token)
        elif token.type == "tr_close":
            if cells:
                yield cells
            cells = []


def _address(cell: Token) -> str:
    links = (str(child.attrs["href"]) for child in cell.children or () if child.type == "link_open")
    return next(links, "")
