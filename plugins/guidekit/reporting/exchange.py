"""Findings in the formats of other tools: GitLab's code quality, reviewdog's rdjson, JUnit's XML."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from guidekit.diagnostics import Diagnostic, Report, Severity
from guidekit.escaping import as_json, in_xml
from guidekit.reporting.words import explained
from guidekit.source import Span

_GITLAB = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.SUGGESTION: "info"}
_RDJSON = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}


def gitlab(report: Report) -> str:
    """Write a code quality report, see <https://docs.gitlab.com/ci/testing/code_quality/>."""
    return as_json([_gitlab_issue(found) for found in report.diagnostics]) + "\n"


def rdjson(report: Report) -> str:
    """Write reviewdog's format, see <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>."""
    source = {"name": "guidekit", "url": "https://github.com/guidekit/guidekit"}
    document = {"source": source, "diagnostics": [_rd_diagnostic(found) for found in report.diagnostics]}
    return as_json(document) + "\n"


def junit(report: Report) -> str:
    """Write a test suite a file, a test case a finding; one that passes where nothing was found.

    A suggestion does not fail its case. See <https://github.com/testmoapp/junitxml>.
    """
    root = Element("testsuites", name="guidekit")
    by_file: dict[str, list[Diagnostic]] = {}
    for found in report.diagnostics:
        by_file.setdefault(str(found.span.path), []).append(found)
    for path, diagnostics in (by_file or {"guidekit": []}).items():
        failures = sum(found.severity > Severity.SUGGESTION for found in diagnostics)
        tests = str(max(len(diagnostics), 1))
        suite = SubElement(root, "testsuite", name=path, tests=tests, failures=str(failures), errors="0")
        for found in diagnostics:
            _add_case(suite, found)
        if not diagnostics:
            SubElement(suite, "testcase", name="check", classname="guidekit")
    indent(root)
    return in_xml('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n")


def _add_case(suite: Element, found: Diagnostic) -> None:
    start = found.span.start
    name = f"{found.code} at {start.line}:{start.column}"
    case = SubElement(suite, "testcase", name=name, classname=str(found.span.path))
    text = f"{found.span}: {explained(found)}"
    if found.severity > Severity.SUGGESTION:
        SubElement(case, "failure", type=str(found.severity), message=found.message).text = text
    else:
        SubElement(case, "system-out").text = text


def _gitlab_issue(found: Diagnostic) -> dict[str, Any]:
    lines = {"begin": found.span.start.line, "end": found.span.end.line}
    return {
        "description": explained(found),
        "check_name": found.code,
        "fingerprint": found.fingerprint,
        "severity": _GITLAB[found.severity],
        "location": {"path": str(found.span.path), "lines": lines},
    }


def _rd_diagnostic(found: Diagnostic) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": explained(found),
        "location": {"path": str(found.span.path), "range": _rd_range(found.span)},
        "severity": _RDJSON[found.severity],
        "code": {"value": found.code},
    }
    edits = found.fix.edits if found.fix else ()
    if edits and all(edit.span.path == found.span.path for edit in edits):  # a suggestion is one on this very file
        diagnostic["suggestions"] = [{"range": _rd_range(edit.span), "text": edit.text} for edit in edits]
    return diagnostic


def _rd_range(span: Span) -> dict[str, Any]:
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }
