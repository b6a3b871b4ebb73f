"""The report `owners`: what each owner answers for, and what there is to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from guidekit.diagnostics import Diagnostic, Severity
from guidekit.exports.reports.freshness import CYCLE, due
from guidekit.exports.reports.report import Bar, Chart, Column, Figure, Table, View
from guidekit.library.library import Library
from guidekit.syntax.document import Document

NOBODY = "nobody named"
_BARS = 20


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who answers for files (empty for nobody), how many, which of these were due when, and what was found in them."""

    name: str
    pages: int
    fragments: int
    overdue: tuple[tuple[date, PurePosixPath], ...]
    errors: int
    warnings: int
    suggestions: int

    @property
    def files(self) -> int:
        """How many files there are in all."""
        return self.pages + self.fragments


def read(library: Library, findings: Iterable[Diagnostic], day: date, cycle: int = CYCLE) -> tuple[Owner, ...]:
    """Count what each owner answers for: who has most files first, files that nobody owns last.

    A file counts by its own date, not by that of the fragments it shows: these have owners of their own.
    """
    pages = _by_owner(library, (page.document for page in library.pages if page.learn))
    fragments = _by_owner(library, (fragment.document for fragment in library.fragments))
    found: dict[str, list[Severity]] = {}
    for finding in findings:
        found.setdefault(finding.owner, []).append(finding.severity)
    owners = (
        Owner(
            name=name,
            pages=len(pages.get(name, ())),
            fragments=len(fragments.get(name, ())),
            overdue=_overdue((*pages.get(name, ()), *fragments.get(name, ())), day, cycle),
            errors=found.get(name, []).count(Severity.ERROR),
            warnings=found.get(name, []).count(Severity.WARNING),
            suggestions=found.get(name, []).count(Severity.SUGGESTION),
        )
        for name in {*pages, *fragments, *found}
    )
    return tuple(sorted(owners, key=lambda owner: (not owner.name, -owner.files, owner.name)))


def view(owners: Sequence[Owner], day: date) -> View:
    """Show owners."""
    return View(
        name="owners",
        title="Owners",
        about="Who answers for which files? `ms.author` tells, else `author`, else the repository's CODEOWNERS.",
        day=day,
        facts=tuple(_facts(owners)),
        chart=Chart(
            title="Files by owner",
            legend=("Reviewed in time, or without a date", "Overdue"),
            bars=tuple(
                Bar(label=owner.name or NOBODY, parts=(owner.files - len(owner.overdue), len(owner.overdue)))
                for owner in owners[:_BARS]
                if owner.files
            ),
        ),
        tables=(
            _table(owners, NOBODY),
            Table(
                title="Overdue",
                columns=(
                    Column(key="owner", label="Owner"),
                    Column(key="due", label="Due"),
                    Column(key="path", label="File"),
                ),
                rows=tuple((owner.name or NOBODY, *pair) for owner in owners for pair in owner.overdue),
                nothing="None: every file with a date was reviewed in time.",
            ),
        ),
        records=_table(owners, ""),
    )


def _by_owner(library: Library, documents: Iterable[Document]) -> dict[str, list[Document]]:
    owned: dict[str, list[Document]] = {}
    for document in documents:
        owned.setdefault(library.owner(document.source.path), []).append(document)
    return owned


def _overdue(documents: Iterable[Document], day: date, cycle: int) -> tuple[tuple[date, PurePosixPath], ...]:
    dues = ((due(document, cycle), document.source.path) for document in documents)
    return tuple(sorted((last, path) for last, path in dues if last and last < day))


def _facts(owners: Sequence[Owner]) -> Iterator[Figure]:
    yield Figure(key="owners", label="Owners", value=sum(bool(owner.name) for owner in owners))
    unowned = sum(owner.files for owner in owners if not owner.name)
    yield Figure(key="unowned", label="Files that nobody owns", value=unowned)
    yield Figure(key="overdue", label="Overdue files", value=sum(len(owner.overdue) for owner in owners))
    for key in ("errors", "warnings", "suggestions"):
        yield Figure(key=key, label=f"Open {key}", value=sum(getattr(owner, key) for owner in owners))


_COLUMNS = ("owner", "pages", "fragments", "overdue", "errors", "warnings", "suggestions")


def _table(owners: Sequence[Owner], nobody: str) -> Table:
    columns = tuple(Column(key=key, label=key.capitalize(), number=key != "owner") for key in _COLUMNS)
    rows = (
        (
            owner.name or nobody,
            owner.pages,
            owner.fragments,
            len(owner.overdue),
            owner.errors,
            owner.warnings,
            owner.suggestions,
        )
        for owner in owners
    )
    return Table(title="By owner", columns=columns, rows=tuple(rows))
