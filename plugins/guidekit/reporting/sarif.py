"""Findings as SARIF 2.1.0, which code scanning reads, see <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from guidekit.diagnostics import Diagnostic, Edit, Fix, Report, Severity
from guidekit.escaping import as_json
from guidekit.source import Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}

Described = Mapping[str, tuple[str, str]]
"""What each rule asks for and why, by code."""


def sarif(report: Report, rules: Described, version: str) -> str:
    """Write one run; a rule is described once, and a result keeps its fingerprint when its line moves."""
    codes = sorted({found.code for found in report.diagnostics})
    driver = {
        "name": "guidekit",
        "version": version,
        "semanticVersion": version,
        "informationUri": "https://guidekit.github.io/guidekit/",
        "rules": [_rule(code, *rules.get(code, (code, ""))) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes) for found in report.diagnostics],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(code: str, asks: str, why: str) -> dict[str, Any]:
    name = "".join(word.capitalize() for word in code.split("-"))
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": asks},
        "fullDescription": {"text": asks},
        "help": {"text": why or asks},
        "helpUri": f"https://guidekit.github.io/guidekit/contribute/rules/#{code}",
    }


def _result(found: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": _LEVELS[found.severity],
        "message": {"text": f"{found.message}. {found.hint}".rstrip(" .") + "."},
        "locations": [{"physicalLocation": _location(found.span)}],
        "partialFingerprints": {"guidekit/v1": found.fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(related.span), "message": {"text": related.message}}
            for number, related in enumerate(found.related)
        ]
    if found.fix:
        result["fixes"] = [_fix(found.fix)]
    return result


def _fix(fix: Fix) -> dict[str, Any]:
    by_file = groupby(sorted(fix.edits, key=lambda edit: edit.span), key=lambda edit: edit.span.path)
    return {
        "description": {"text": fix.message},
        "artifactChanges": [{**_file(path), "replacements": list(map(_replacement, edits))} for path, edits in by_file],
        "properties": {"applicability": "safe" if fix.safe else "unsafe"},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _location(span: Span) -> dict[str, Any]:
    return {**_file(span.path), "region": _region(span)}


def _file(path: PurePosixPath) -> dict[str, Any]:
    return {"artifactLocation": {"uri": quote(str(path), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }
