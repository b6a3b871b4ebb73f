"""A report in every format that there is, and the words with which a reader asks for one: ``sarif:report.sarif``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from guidekit import __version__, reporting, rules
from guidekit.diagnostics import Fix, Report
from guidekit.reporting import FOR_PEOPLE, FOR_PROGRAMS, Lines
from guidekit.text.source import Span

FORMATS = (*FOR_PEOPLE, *FOR_PROGRAMS, "sarif")
"""The names of all formats, those for people first."""

ROOTS = ("GITHUB_WORKSPACE", "BUILD_SOURCESDIRECTORY", "CI_PROJECT_DIR")
"""The variables in which GitHub, Azure Pipelines and GitLab tell where the repository lies."""


def write(report: Report, form: str, lines: Lines) -> str:
    """Write a report in the format ``form``, one of `FORMATS`, without colors."""
    if form in FOR_PEOPLE:
        return "".join(text for text, _ in FOR_PEOPLE[form](report, lines))
    if form == "sarif":
        return reporting.sarif(report, _described(), __version__)
    return FOR_PROGRAMS[form](report)


def describe(form: str) -> str:
    """Say what a format is for, in the words of its docstring."""
    writer = FOR_PEOPLE.get(form) or FOR_PROGRAMS.get(form) or reporting.sarif
    return inspect.cleandoc(writer.__doc__ or "")


def below(report: Report, folder: PurePosixPath) -> Report:
    """Count all paths of a report from a folder above the content set, whose own place below it is ``folder``."""
    return report if folder == PurePosixPath() else renamed(report, lambda path: folder / path)


def renamed(report: Report, name: Callable[[PurePosixPath], PurePosixPath]) -> Report:
    """Give each file of a report the path that ``name`` answers for its own."""

    def moved(span: Span) -> Span:
        return replace(span, path=name(span.path))

    diagnostics = (
        replace(
            found,
            span=moved(found.span),
            related=tuple(replace(related, span=moved(related.span)) for related in found.related),
            fix=_moved_fix(found.fix, moved) if found.fix else None,
        )
        for found in report.diagnostics
    )
    return replace(report, diagnostics=tuple(diagnostics))


def _moved_fix(fix: Fix, moved: Callable[[Span], Span]) -> Fix:
    return replace(fix, edits=tuple(replace(edit, span=moved(edit.span)) for edit in fix.edits))


def _described() -> Mapping[str, tuple[str, str]]:
    return {rule.code: (rule.summary, " ".join(rule.sections["Why"].split())) for rule in rules.RULES}
