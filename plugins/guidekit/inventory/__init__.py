"""Reports on a whole content set, rather than on what is wrong with it: a module a report, and a module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from guidekit.diagnostics import Report
from guidekit.inventory import comma_separated, coverage, freshness, markdown, owners, plain, records, usage
from guidekit.inventory.freshness import CYCLE
from guidekit.inventory.view import View
from guidekit.library import Library

__all__ = ["CYCLE", "FORMATS", "REPORTS", "View", "view"]

REPORTS = ("coverage", "freshness", "owners", "usage")
"""The reports, in the order in which they are published."""

FORMATS: Mapping[str, Callable[[View], bytes]] = {
    "text": lambda view: plain.write(view).encode(errors="replace"),
    "csv": comma_separated.write,
    "json": lambda view: records.write(view).encode(errors="replace"),
    "markdown": lambda view: markdown.write(view).encode(errors="replace"),
}
"""The formats by name, and what writes them."""


def view(name: str, library: Library, check: Callable[[], Report], day: date, cycle: int = CYCLE) -> View:
    """Make the report ``name``, one of `REPORTS`, as of a day; ``check`` is asked only where findings count."""
    if name == "coverage":
        return coverage.view(coverage.read(library), day)
    if name == "freshness":
        return freshness.view(freshness.read(library, cycle), day, cycle)
    if name == "owners":
        return owners.view(owners.read(library, check().diagnostics, day, cycle), day)
    return usage.view(usage.read(library), day)
