"""Reports on a whole content set, rather than on what is wrong with it: a module a report, and a module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from guidekit.diagnostics import Report
from guidekit.exports.reports import (
    coverage,
    freshness,
    owners,
    report_csv,
    report_json,
    report_markdown,
    report_text,
    usage,
)
from guidekit.exports.reports.freshness import CYCLE
from guidekit.exports.reports.report import View
from guidekit.library.library import Library

__all__ = ["CYCLE", "FORMATS", "REPORTS", "View", "view"]

REPORTS = ("coverage", "freshness", "owners", "usage")
"""The reports, in the order in which they are published."""

FORMATS: Mapping[str, Callable[[View], bytes]] = {
    "text": lambda view: report_text.write(view).encode(errors="replace"),
    "csv": report_csv.write,
    "json": lambda view: report_json.write(view).encode(errors="replace"),
    "markdown": lambda view: report_markdown.write(view).encode(errors="replace"),
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
