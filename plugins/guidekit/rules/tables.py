"""Rules on tables: what one parser draws and another one does not, and columns that nobody meant."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax.document import Document
from guidekit.syntax.table import UnevenTable


@document_rule(Severity.WARNING)
def table_columns_differ(document: Document, queries: Queries) -> Iterator[Finding]:
    """The row of dashes must have as many cells as the header of its table, and no row may have more.

    Bad:
        content/guide.md
            | Tier | Copies |
            | --- | --- |
            | Gold | 3 | in two regions |

    Good:
        content/guide.md
            | Tier | Copies | Where |
            | --- | --- | --- |
            | Gold | 3 | in two regions |

    Why:
        A row with more cells widens the table by a column without a header on Learn and here, and loses these cells on
        GitHub. A row of dashes of another length than the header makes GitHub, and most editors, show the table as text.
    """
    for table in document.of(UnevenTable):
        header = f"the header {table.header}"
        if table.header != table.delimiters:
            message = f"the row of dashes has {_cells(table.delimiters)}, {header}"
            yield Finding(message=message, span=table.delimiter_row, hint="GitHub shows such a table as text")
        elif table.wide:
            message = f"this row has {_cells(table.cells)}, {header}: the table gets a column without a header"
            yield Finding(message=message, span=table.wide, hint="write a '|' that is part of the text as '\\|'")


@document_rule(Severity.WARNING, mends="safely")
def table_is_text(document: Document, queries: Queries) -> Iterator[Finding]:
    """A table must have a blank line above it, and a `|` in each of its rows.

    Bad:
        content/guide.md
            Each tier has copies:
            | Tier | Copies |
            | --- | --- |
            | Gold | 3 |

    Good:
        content/guide.md
            Each tier has copies:

            | Tier | Copies |
            | --- | --- |
            | Gold | 3 |

    Why:
        Here it is a table, as on GitHub. Learn shows the whole table as text, with its bars and dashes.
    """
    for table in document.of(UnevenTable):
        if table.below_text:
            message = "text stands directly above this table: Learn shows the table as text"
            fix = fix_edits.blank_line_above(document, table.span)
            yield Finding(message=message, span=table.span, hint="put a blank line above it", fix=fix)
        if table.bare:
            message = "this row has no '|': Learn shows the whole table as text"
            yield Finding(message=message, span=table.bare, hint="put a blank line above it if it is no row")


def _cells(number: int) -> str:
    return f"{number} cell{'s' * (number != 1)}"
