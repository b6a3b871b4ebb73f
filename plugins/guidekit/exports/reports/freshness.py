"""The report `freshness`: how old each text is, what is overdue for review or older than a change, and what is due next.

A page is as old as the oldest of its fragments, and due when the first of them is. A text knows its services as of the
newest source to which it links, or as of its review where none of its sources has a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Literal

from guidekit.exports.reports.report import Bar, Cell, Chart, Column, Figure, Table, View, percent
from guidekit.library import guidance, includes, services
from guidekit.library.library import Library
from guidekit.library.services import SEPARATOR
from guidekit.setting_values import Service
from guidekit.syntax.document import Document

CYCLE = 365
"""After how many days a text is due that has no ``ms.update-cycle``."""

_SOON = 30
_LATER = 90
_NEXT = 20


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A page with its fragments, or a fragment: when it was reviewed, when it is due, and which file decides that.

    ``cycle`` is the number of days that ``ms.update-cycle`` of the deciding file tells, ``None`` where it tells none.
    ``known`` is the day as of which the file itself knows its ``services``.
    """

    path: PurePosixPath
    kind: Literal["page", "fragment"]
    owner: str
    reviewed: date | None
    due: date | None
    cycle: int | None
    decided_by: PurePosixPath | None
    known: date | None
    services: tuple[Service, ...]

    def behind(self, day: date) -> tuple[Service, ...]:
        """List the services that have changed since the text knew them."""
        return tuple(
            service
            for service in self.services
            if self.known and service.changed and self.known < service.changed <= day
        )

    def overdue(self, day: date) -> int:
        """Count the days since it was due; 0 where it is not overdue."""
        return max((day - self.due).days, 0) if self.due else 0


def read(library: Library, cycle: int = CYCLE) -> tuple[Dated, ...]:
    """Work out the review of each page with its fragments, and of each fragment."""
    pages = (
        _dated(library, "page", list(includes.documents(page.expansion)), cycle) for page in library.pages if page.learn
    )
    fragments = (_dated(library, "fragment", [fragment.document], cycle) for fragment in library.fragments)
    return (*pages, *fragments)


def due(document: Document, cycle: int) -> date | None:
    """Work out when a file is due: by its own cycle, else by ``cycle`` days; ``None`` where it has no date."""
    header = document.front_matter
    reviewed = header.date("ms.date")
    try:
        return guidance.due(header) or (reviewed + timedelta(days=cycle) if reviewed else None)
    except OverflowError:
        return None


def view(texts: Sequence[Dated], day: date, cycle: int = CYCLE) -> View:
    """Show reviews as of a day."""
    by_due = sorted((text for text in texts if text.due), key=lambda text: (text.due or day, text.path))
    overdue = [text for text in by_due if text.overdue(day)]
    coming = [text for text in by_due if not text.overdue(day)]
    undated = [text for text in texts if text.reviewed is None]
    behind = sorted((text for text in texts if text.behind(day)), key=lambda text: (text.known or day, text.path))
    return View(
        name="freshness",
        title="Freshness",
        about=(
            "When is each text reviewed next? `ms.update-cycle` tells, else it is due"
            f" {cycle:,} day{'s' * (cycle != 1)} after `ms.date`. A page is as old as its oldest fragment."
            " A text is behind a service that has changed since the newest of the text's sources."
        ),
        day=day,
        facts=tuple(_facts(texts, day)),
        chart=_chart(texts, day),
        tables=(
            _table("Overdue", overdue, day, "None: every text with a date was reviewed in time."),
            _behind(behind, day),
            _table("Due next", coming[:_NEXT], day, "None."),
            Table(
                title="Without a date",
                columns=(_TEXT, _OWNER),
                rows=tuple((text.path, text.owner) for text in undated),
            ),
        ),
        records=_records(texts, day),
    )


def _dated(library: Library, kind: Literal["page", "fragment"], documents: Sequence[Document], cycle: int) -> Dated:
    reviewed = [day for document in documents if (day := document.front_matter.date("ms.date"))]
    dues = [(day, document) for document in documents if (day := due(document, cycle))]
    first = min(dues, key=lambda pair: pair[0], default=None)
    path = documents[0].source.path
    declared = library.settings.services
    return Dated(
        path=path,
        kind=kind,
        owner=library.owner(path),
        reviewed=min(reviewed, default=None),
        due=first[0] if first else None,
        cycle=guidance.cycle(first[1].front_matter) if first else None,
        decided_by=first[1].source.path if first else None,
        known=max(library.sources_of(documents[0]).values(), default=documents[0].front_matter.date("ms.date")),
        services=tuple(declared[name] for name in services.read(documents[0].front_matter) if name in declared),
    )


def _facts(texts: Sequence[Dated], day: date) -> Iterator[Figure]:
    overdue = sum(bool(text.overdue(day)) for text in texts)
    soon = sum(text.due is not None and 0 <= (text.due - day).days <= _SOON for text in texts)
    yield Figure(key="texts", label="Pages and fragments", value=len(texts))
    yield Figure(key="overdue", label="Overdue", value=overdue, note=percent(overdue, len(texts)))
    yield Figure(key="due_soon", label=f"Due within {_SOON} days", value=soon)
    behind = sum(bool(text.behind(day)) for text in texts)
    yield Figure(key="behind", label="Behind a service's change", value=behind)
    yield Figure(key="undated", label="Without a date", value=sum(text.reviewed is None for text in texts))
    for kind in ("page", "fragment"):
        ages = sorted((day - text.reviewed).days for text in texts if text.kind == kind and text.reviewed)
        age = ages[(len(ages) - 1) // 2] if ages else None
        yield Figure(key=f"median_age_of_{kind}s", label=f"Median age of a {kind} in days", value=age)


def _chart(texts: Iterable[Dated], day: date) -> Chart:
    labels = ("Overdue", f"Within {_SOON} days", f"Within {_LATER} days", "Later", "No date")
    counts = {label: [0, 0] for label in labels}
    for text in texts:
        left = (text.due - day).days if text.due else None
        place = 4 if left is None else 0 if left < 0 else 1 if left <= _SOON else 2 if left <= _LATER else 3
        counts[labels[place]][text.kind == "fragment"] += 1
    bars = (Bar(label=label, parts=tuple(parts)) for label, parts in counts.items())
    return Chart(title="When the next review is due", legend=("Pages", "Fragments"), bars=tuple(bars))


_TEXT = Column(key="path", label="Text")
_OWNER = Column(key="owner", label="Owner")


def _table(title: str, texts: Iterable[Dated], day: date, nothing: str) -> Table:
    columns = (
        Column(key="due", label="Due"),
        Column(key="overdue", label="Days over", number=True),
        Column(key="reviewed", label="Reviewed"),
        Column(key="owner", label="Owner"),
        _TEXT,
        Column(key="decided_by", label="Because of"),
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (
            text.due,
            text.overdue(day) or None,
            text.reviewed,
            text.owner,
            text.path,
            text.decided_by if text.decided_by != text.path else None,
        )
        for text in texts
    )
    return Table(title=title, columns=columns, rows=tuple(rows), nothing=nothing)


def _behind(texts: Iterable[Dated], day: date) -> Table:
    columns = (
        Column(key="known", label="As of"),
        Column(key="changed", label="Changed"),
        Column(key="service", label="Service"),
        _OWNER,
        _TEXT,
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (text.known, service.changed, service.label, text.owner, text.path)
        for text in texts
        for service in text.behind(day)
    )
    nothing = "None: no service is known to have changed since the sources of the texts that name it."
    return Table(title="Behind a service's change", columns=columns, rows=tuple(rows), nothing=nothing)


def _records(texts: Iterable[Dated], day: date) -> Table:
    keys = ("path", "kind", "owner", "reviewed", "due", "days_overdue", "cycle", "decided_by", "known", "behind")
    rows = (
        (
            text.path,
            text.kind,
            text.owner,
            text.reviewed,
            text.due,
            text.overdue(day),
            text.cycle,
            text.decided_by,
            text.known,
            SEPARATOR.join(service.label for service in text.behind(day)) or None,
        )
        for text in texts
    )
    return Table(title="Texts", columns=tuple(Column(key=key, label=key) for key in keys), rows=tuple(rows))
