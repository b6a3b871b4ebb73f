"""Reports as text: one module a family of formats. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from guidekit.diagnostics import Report
from guidekit.reporting.annotations import azure, github
from guidekit.reporting.exchange import gitlab, junit, rdjson
from guidekit.reporting.full import Lines, Styled, concise, full, statistics, styled_summary
from guidekit.reporting.issue import issue
from guidekit.reporting.records import as_json, as_json_lines
from guidekit.reporting.sarif import sarif
from guidekit.reporting.table import markdown
from guidekit.reporting.words import count, one_line, summary

FOR_PEOPLE: Mapping[str, Callable[[Report, Lines], Iterable[Styled]]] = {"full": full, "concise": concise}
"""The formats for people, which have colors on a terminal."""

FOR_PROGRAMS: Mapping[str, Callable[[Report], str]] = {
    "json": as_json,
    "json-lines": as_json_lines,
    "github": github,
    "azure": azure,
    "gitlab": gitlab,
    "junit": junit,
    "rdjson": rdjson,
    "markdown": markdown,
    "issue": issue,
}
"""The formats for programs that need nothing but the report; `sarif` needs the rules too."""

__all__ = [
    "FOR_PEOPLE",
    "FOR_PROGRAMS",
    "Lines",
    "Styled",
    "count",
    "one_line",
    "sarif",
    "statistics",
    "styled_summary",
    "summary",
]
