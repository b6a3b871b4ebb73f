"""Where checklists and reports are published: names and folders; what is in them is the catalogue's and the reports'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from guidekit.layout import Layout

CATALOGUE = "catalogue.json"
SCHEMA = "catalogue.schema.json"
MERGED = "azure-checklist.json"
OF_SITE = (CATALOGUE, SCHEMA, MERGED)
"""The files of a whole site, in its root."""

OF_GUIDE: Mapping[str, str] = {
    "xlsx": "checklist.xlsx",
    "csv": "checklist.csv",
    "markdown": "checklist.md",
    "azure": "checklist.json",
}
"""The files of one guide by their format, those for most readers first."""

LABELS: Mapping[str, str] = {"xlsx": "Excel", "csv": "CSV", "markdown": "Markdown", "azure": "JSON"}
"""What readers call the formats."""

OF_REPORTS = ("index.md", "coverage.md", "freshness.md", "owners.md", "usage.md")
"""The pages on the state of a content set, in the folder that the settings name."""


def folder(page: PurePosixPath, layout: Layout) -> PurePosixPath:
    """Find the folder of a guide's files: that of its address, or one named as the page where addresses are files."""
    if layout.directory_urls and page.stem in ("index", "README"):
        return page.parent
    return page.parent / page.stem


def beside(url: str) -> str:
    """Make the address of the folder in which the files of a guide lie, of that of its page."""
    return url if not url or url.endswith("/") else f"{url.removesuffix('.html')}/"


def of_guide(page: PurePosixPath, layout: Layout) -> Iterator[tuple[str, PurePosixPath]]:
    """List the files of a guide: their formats and their paths."""
    for form, name in OF_GUIDE.items():
        yield form, folder(page, layout) / name


def of_site(layout: Layout) -> Iterator[PurePosixPath]:
    """List the files of a site that has guides."""
    return (PurePosixPath(layout.content, name) for name in OF_SITE)


def of_reports(place: str, layout: Layout) -> tuple[PurePosixPath, ...]:
    """List the pages on the state of the content set, in a folder of the content folder; none without a folder."""
    return tuple(PurePosixPath(layout.content, place, name) for name in OF_REPORTS) if place else ()
