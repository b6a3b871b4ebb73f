"""Findings as commands that a build service reads off its log and shows beside the changed lines."""

from __future__ import annotations

from collections.abc import Mapping

from guidekit import escaping
from guidekit.diagnostics import Report, Severity
from guidekit.reporting.words import count, explained, worst_first

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}
_SHOWN_BY_GITHUB = 10  # of each kind and step; the rest is counted in a notice of its own
_AZURE = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def github(report: Report) -> str:
    """Write workflow commands, the worst first, since GitHub shows ten of each kind only.

    See <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
    """
    lines = []
    for found in worst_first(report):
        start, end = found.span.start, found.span.end
        places = {"file": str(found.span.path), "line": start.line, "col": start.column, "endLine": end.line}
        if end.line == start.line:
            places["endColumn"] = end.column
        places["title"] = f"guidekit: {found.code}"
        properties = ",".join(f"{key}={_escape_property(str(value))}" for key, value in places.items())
        lines.append(f"::{_GITHUB[found.severity]} {properties}::{_escape(explained(found))}\n")
    hidden = sum(max(number - _SHOWN_BY_GITHUB, 0) for number in report.counts.values())
    if hidden:
        lines.append(f"::notice title=guidekit::{count(hidden, 'more finding')} in the log of this step\n")
    return "".join(lines)


def azure(report: Report) -> str:
    """Write logging commands of Azure Pipelines, which knows errors and warnings only; suggestions are plain lines.

    See <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>.
    """
    lines = []
    for found in worst_first(report):
        start = found.span.start
        kind = _AZURE.get(found.severity)
        if kind is None:
            lines.append(f"{escaping.one_line(f'{found.span}: {found.severity} [{found.code}] {explained(found)}')}\n")
            continue
        properties: Mapping[str, object] = {
            "type": kind,
            "sourcepath": found.span.path,
            "linenumber": start.line,
            "columnnumber": start.column,
            "code": found.code,
        }
        written = "".join(f"{key}={_escape_azure(str(value))};" for key, value in properties.items())
        lines.append(f"##vso[task.logissue {written}]{_escape_azure(explained(found), message=True)}\n")
    return "".join(lines)


def _escape(text: str) -> str:
    """Encode what is said; nothing in it begins another command."""
    return _encode(escaping.printable(text))


def _escape_property(text: str) -> str:
    return _encode(escaping.harmless(text)).replace(":", "%3A").replace(",", "%2C")


def _encode(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_azure(text: str, *, message: bool = False) -> str:
    text = escaping.printable(text) if message else escaping.harmless(text)
    text = text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")
    return text if message else text.replace(";", "%3B").replace("]", "%5D")
