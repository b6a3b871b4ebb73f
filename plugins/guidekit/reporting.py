"""Diagnostics as text and as JSON. Nothing here decides anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from guidekit.diagnostics import Diagnostic, Report, Severity

Styled = tuple[str, str]
"""A stretch of text and its style, in rich's words; no style for plain text."""

Lines = Callable[[PurePosixPath], "tuple[str, ...]"]
"""Answers a file's lines; none for a file that is no text."""

_COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.SUGGESTION: "bold cyan"}
_WIDTH = 100
_LEAD = 30


def one_line(diagnostic: Diagnostic) -> str:
    """Write a finding on one line: place, message, code; a short hint and the first related place too."""
    hint = f"; {diagnostic.hint}" if diagnostic.hint and "\n" not in diagnostic.hint else ""
    related = "".join(f"; {related.message}: {related.span}" for related in diagnostic.related[:1])
    return printable(f"{diagnostic.span}: {diagnostic.message}{hint}{related} [{diagnostic.code}]")


def text(report: Report, lines: Lines) -> Iterator[Styled]:
    """Write a report for people: each finding with an excerpt and a caret, then what was checked."""
    for diagnostic in report.diagnostics:
        for part, style in _finding(diagnostic, lines):
            yield printable(part), style
    yield from _summary(report)


def as_json(report: Report) -> str:
    """Write a report for programs; paths count from the settings file, lines and columns from 1, ends are exclusive."""
    checked = report.checked
    return json.dumps(
        {
            "diagnostics": [_record(diagnostic) for diagnostic in report.diagnostics],
            "checked": {
                "pages": checked.pages,
                "fragments": checked.fragments,
                "items": checked.items,
                "links": checked.links,
            },
        },
        indent=2,
        ensure_ascii=False,
    )


def summary(report: Report) -> str:
    """Say in one sentence how much was checked and what was found."""
    return "".join(part for part, _ in _summary(report)).strip()


def _finding(diagnostic: Diagnostic, lines: Lines) -> Iterator[Styled]:
    color = _COLORS[diagnostic.severity]
    yield f"{diagnostic.span}", "bold"
    yield ": ", ""
    yield f"{diagnostic.severity}", color
    yield f" [{diagnostic.code}] {diagnostic.message}\n", ""
    yield from _excerpt(diagnostic, lines(diagnostic.span.path), color)
    if diagnostic.hint:
        yield "  help: ", "bold green"
        yield diagnostic.hint.replace("\n", "\n  ") + "\n", ""
    for related in diagnostic.related:
        yield f"  {related.span}: {related.message}\n", "dim"
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
    yield f"{before}{shown}{after}\n", ""
    yield f"  {' ' * len(number)} | ", "dim"
    yield f"{blank}{carets}\n", color


def printable(text: str) -> str:
    """Show what a file says without letting it command a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)


def _summary(report: Report) -> Iterator[Styled]:
    checked = report.checked
    looked_at = (
        f"{count(checked.pages, 'page')}, {count(checked.fragments, 'fragment')},"
        f" {count(checked.items, 'checklist item')}, {count(checked.links, 'link')}"
    )
    yield f"checked {looked_at}: ", ""
    found = [(severity, number) for severity, number in report.counts.items() if number]
    for index, (severity, number) in enumerate(found):
        yield (", " if index else "") + count(number, str(severity)), _COLORS[severity]
    if not found:
        yield "no findings", "bold green"
    yield "\n", ""


def count(number: int, noun: str) -> str:
    """Write a number with its noun, in the plural where it must be."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _record(diagnostic: Diagnostic) -> dict[str, Any]:
    start, end = diagnostic.span.start, diagnostic.span.end
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "path": str(diagnostic.span.path),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "hint": diagnostic.hint,
        "related": [
            {
                "message": related.message,
                "path": str(related.span.path),
                "line": related.span.start.line,
                "column": related.span.start.column,
            }
            for related in diagnostic.related
        ],
    }
