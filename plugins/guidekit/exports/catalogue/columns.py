"""The checklists as a table, for formats with rows: one row for each item, and room for a reader's answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidekit.exports.catalogue.azure_json import STATUSES
from guidekit.exports.catalogue.items import Catalogue, CatalogueItem


@dataclass(frozen=True, kw_only=True)
class CatalogueColumn:
    """A column: its name, and its width in characters."""

    name: str
    width: int


COLUMNS = (
    CatalogueColumn(name="Guide", width=24),
    CatalogueColumn(name="Item", width=44),
    CatalogueColumn(name="Severity", width=10),
    CatalogueColumn(name="Status", width=14),
    CatalogueColumn(name="Owner", width=16),
    CatalogueColumn(name="Due", width=12),
    CatalogueColumn(name="Evidence", width=24),
    CatalogueColumn(name="Note", width=36),
    CatalogueColumn(name="Summary", width=56),
    CatalogueColumn(name="Pillar", width=13),
    CatalogueColumn(name="Service", width=22),
    CatalogueColumn(name="Link", width=40),
    CatalogueColumn(name="Reviewed", width=12),
    CatalogueColumn(name="Review due", width=12),
    CatalogueColumn(name="GUID", width=38),
)

STATUS = next(index for index, column in enumerate(COLUMNS) if column.name == "Status")
LINK = next(index for index, column in enumerate(COLUMNS) if column.name == "Link")


def rows(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Make a row for each item; one in several guides names them all, and links to the first."""
    seen: set[str] = set()
    for guide in catalogue.guides:
        for entry in catalogue.entries(guide):
            if entry.guid not in seen:
                seen.add(entry.guid)
                titles = [other.title for other in catalogue.guides if entry.guid in other.items]
                yield _row(entry, "; ".join(titles), guide.url_of(entry.guid))


def _row(entry: CatalogueItem, guides: str, link: str) -> tuple[str, ...]:
    return (
        guides,
        entry.text,
        entry.severity,
        STATUSES[0][0],
        "",
        "",
        "",
        "",
        entry.summary,
        entry.pillar,
        entry.service,
        link,
        entry.reviewed.isoformat() if entry.reviewed else "",
        entry.due.isoformat() if entry.due else "",
        entry.guid,
    )
