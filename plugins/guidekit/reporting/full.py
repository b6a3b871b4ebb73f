"""Findings for people: on one line each, or in full with an excerpt of the file and a caret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from guidekit.diagnostics import Diagnostic, Report, Severity
from guidekit.escaping import one_line, printable
from guidekit.reporting.words import explained, summary_parts

Styled = tuple[str, str]
"""A stretch of text and its style, in rich's words; no style for plain text."""

Lines = Callable[[PurePosixPath], "tuple[str, ...]"]
"""Answers a file's lines; none for a file that is no text."""

_COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.SUGGESTION: "bold cyan"}
_WIDTH = 100
_LEAD = 30


def full(report: Report, lines: Lines) -> Iterator[Styled]:
    """Write each finding with an excerpt, a caret and how to mend it."""
    for diagnostic in report.diagnostics:
        yield from _finding(diagnostic, lines)


def concise(report: Report, _lines: Lines) -> Iterator[Styled]:
    """Write each finding on one line."""
    for diagnostic in report.diagnostics:
        yield one_line(str(diagnostic.span)), "bold"
        yield ": ", ""
        yield str(diagnostic.severity), _COLORS[diagnostic.severity]
        yield one_line(f" [{diagnostic.code}] {explained(diagnostic)}") + "\n", ""


def statistics(report: Report) -> Iterator[Styled]:
    """Count the findings of each rule, the most frequent first."""
    counted = Counter((found.code, found.severity) for found in report.diagnostics)
    width = max((len(f"{number:,}") for number in counted.values()), default=0)
    for (code, severity), number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{number:{width},}  ", "bold"
        yield f"{severity!s:10}  ", _COLORS[severity]
        yield f"{code}\n", ""


def styled_summary(report: Report) -> Iterator[Styled]:
    """Say how much was checked and what was found."""
    for text, severity in summary_parts(report):
        yield text, _COLORS[severity] if severity else "bold green" if text == "no findings" else ""
    yield "\n", ""


def _finding(diagnostic: Diagnostic, lines: Lines) -> Iterator[Styled]:
    color = _COLORS[diagnostic.severity]
    yield one_line(f"{diagnostic.span}"), "bold"
    yield ": ", ""
    yield f"{diagnostic.severity}", color
    yield one_line(f" [{diagnostic.code}] {diagnostic.message}") + "\n", ""
    yield from _excerpt(diagnostic, lines(diagnostic.span.path), color)
    if diagnostic.hint:
        yield "  help: ", "bold green"
        yield printable(diagnostic.hint).replace("\n", "\n  ") + "\n", ""
    if diagnostic.fix:
        yield f"  {'fix' if diagnostic.fix.safe else 'unsafe fix'}: ", "bold green"
        yield one_line(diagnostic.fix.message) + "\n", ""
    for related in diagnostic.related:
        yield one_line(f"  {related.span}: {related.message}") + "\n", "dim"
    yield "\n", ""


def _excerpt(diagnostic: Diagnostic, lines: tuple[str, ...], color: str) -> Iterator[Styled]:
    start, end = diagnostic.span.start, diagnostic.span.end
    if start.line > len(lines) or not lines[start.line - 1].strip():
        return
    line = lines[start.line - 1]
    last = end.column - 1 if end.line == start.line else len(line)
    cut = max(start.column - 1 - _LEAD, 0) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    before, after = "…" if cut else "", "…" if len(line) > cut + _WIDTH else ""
    number = str(start.line)
    blank = " " * (start.column - 1 - cut + len(before))
    carets = "^" * max(min(last, cut + _WIDTH) - (start.column - 1), 1)
    yield f"  {number} | ", "dim"
    yield f"{before}{one_line(shown)}{after}\n", ""
    yield f"  {' ' * len(number)} | ", "dim"
    yield f"{blank}{carets}\n", color
