"""Findings for programs: one JSON document, or one JSON object a line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from guidekit.diagnostics import Diagnostic, Fix, Report
from guidekit.escaping import as_json as write_json
from guidekit.source import Span


def as_json(report: Report) -> str:
    """Write one document; paths count from the settings file, lines and columns from 1, ends are exclusive."""
    document = {
        "diagnostics": [record(diagnostic) for diagnostic in report.diagnostics],
        "checked": {name: number for name, number in asdict(report.checked).items() if number is not None},
    }
    return write_json(document) + "\n"


def as_json_lines(report: Report) -> str:
    """Write one object a line, with the same fields."""
    return "".join(write_json(record(found), indent=None) + "\n" for found in report.diagnostics)


def record(diagnostic: Diagnostic) -> dict[str, Any]:
    """Write a finding as the fields that programs read."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "end_line": diagnostic.span.end.line,
        "end_column": diagnostic.span.end.column,
        "hint": diagnostic.hint,
        "owner": diagnostic.owner,
        "fingerprint": diagnostic.fingerprint,
        "related": [{"message": related.message, **_place(related.span)} for related in diagnostic.related],
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "message": fix.message,
        "edits": [
            {
                **_place(edit.span),
                "end_line": edit.span.end.line,
                "end_column": edit.span.end.column,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"path": str(span.path), "line": span.start.line, "column": span.start.column}
