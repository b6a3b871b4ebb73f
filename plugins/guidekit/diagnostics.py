"""What is wrong, how bad it is, where, and how to mend it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from guidekit.text.edits import Edit
from guidekit.text.source import Span


class Severity(IntEnum):
    """How bad a finding is; greater is worse."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def named(cls, name: str) -> Severity:
        """Find a severity by its lower-case name; ``KeyError`` where there is none."""
        return cls[name.upper()]


@dataclass(frozen=True, kw_only=True)
class Related:
    """Another place that belongs to a finding, and what it has to do with it."""

    message: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Fix:
    """How to mend a finding: what that does, in the imperative, and the edits, all to be made or none.

    ``safe`` where the published page stays as it is but for the fault; else a person should look.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One finding: a stable kebab-case code, a severity, one sentence, and its place.

    ``owner`` answers for the file; ``fingerprint`` stays the same when the finding's line moves, and is unique in a run.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    owner: str = ""
    fingerprint: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Order by path, line, column, code."""
        return (self.span.path.parts, self.span.start, self.code, self.message)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How much was looked at: a clean report on nothing is no good news.

    ``fragments`` and ``items`` are ``None`` where there can be none, as on a built site.
    """

    pages: int
    fragments: int | None = None
    items: int | None = None
    links: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """All findings of one run, in order, and how much was checked."""

    diagnostics: tuple[Diagnostic, ...]
    checked: Checked

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity, worst first."""
        return {
            severity: sum(diagnostic.severity is severity for diagnostic in self.diagnostics)
            for severity in sorted(Severity, reverse=True)
        }

    def fails(self, threshold: Severity) -> bool:
        """Is there a finding at least as bad as ``threshold``?"""
        return any(diagnostic.severity >= threshold for diagnostic in self.diagnostics)
