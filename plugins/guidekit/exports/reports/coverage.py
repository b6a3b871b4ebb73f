"""The report `coverage`: how many items of each checklist have guidance that says something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Literal, get_args

from guidekit.exports.reports.report import Bar, Chart, Column, Figure, Table, View, percent
from guidekit.library.checklist import Item
from guidekit.library.guidance import PILLARS, SEVERITIES, STUB_WORDS
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import Document

State = Literal["covered", "stub", "empty", "missing"]
"""What an item's guidance is: it says something, too little, nothing, or there is none."""

_UNTOLD = "not told"


@dataclass(frozen=True, kw_only=True)
class Covered:
    """An item of a guide's checklist, and what its guidance is; ``severity`` and ``pillar`` may be empty."""

    page: PurePosixPath
    title: str
    statement: str
    guid: str
    severity: str
    pillar: str
    fragment: PurePosixPath | None
    state: State


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The items of all guides by page, and the guidance that no page shows."""

    items: tuple[Covered, ...]
    unused: tuple[PurePosixPath, ...]

    @property
    def distinct(self) -> tuple[Covered, ...]:
        """The items, one that stands in several guides once."""
        return tuple(
            {item.guid or (item.page, item.statement, at): item for at, item in enumerate(self.items)}.values()
        )


def read(library: Library) -> Coverage:
    """Find out of each item whether its guidance says something."""
    return Coverage(
        items=tuple(
            _covered(library, page, item)
            for page in library.pages
            if page.learn and page.checklist
            for item in page.checklist.items
        ),
        unused=tuple(
            fragment.path
            for fragment in library.fragments
            if library.is_guidance_fragment(fragment.path) and not library.used_by(fragment.path)
        ),
    )


def view(coverage: Coverage, day: date) -> View:
    """Show a coverage."""
    items = coverage.distinct
    return View(
        name="coverage",
        title="Coverage",
        about=f"Does every checklist item have guidance? With fewer than {STUB_WORDS} words, it is a stub.",
        day=day,
        facts=tuple(_facts(items, coverage.unused)),
        chart=Chart(
            title="Items by guide",
            legend=("With guidance", "Stub", "Empty", "Missing"),
            bars=tuple(
                Bar(label=group[0].title, parts=tuple(_count(group, state) for state in get_args(State)))
                for group in _groups(coverage.items, lambda item: str(item.page))
            ),
            shares=True,
        ),
        tables=(
            _by_guide(coverage.items),
            _by("Severity", items, (*SEVERITIES, ""), lambda item: item.severity),
            _by("Pillar", items, (*PILLARS, ""), lambda item: item.pillar),
            _gaps(coverage.items),
            Table(
                title="Guidance that no page shows",
                columns=(Column(key="fragment", label="Fragment"),),
                rows=tuple((path,) for path in coverage.unused),
            ),
        ),
        records=_records(coverage.items),
    )


def _covered(library: Library, page: Page, item: Item) -> Covered:
    return Covered(
        page=page.path,
        title=page.title,
        statement=item.title,
        guid=item.guid,
        severity=item.guidance.severity if item.guidance else "",
        pillar=item.guidance.pillar if item.guidance else "",
        fragment=item.fragment,
        state=_state(library, item),
    )


def _state(library: Library, item: Item) -> State:
    if item.fragment is None or not isinstance(library.load(item.fragment), Document):
        return "missing"
    words = library.words(item.fragment)
    if words is None:
        return "empty"
    return "stub" if words < STUB_WORDS else "covered"


def _facts(items: Sequence[Covered], unused: Sequence[PurePosixPath]) -> Iterator[Figure]:
    covered = _count(items, "covered")
    yield Figure(key="items", label="Items", value=len(items))
    yield Figure(key="covered", label="With guidance", value=covered, note=percent(covered, len(items)))
    yield Figure(key="stubs", label="Stubs", value=_count(items, "stub"))
    yield Figure(key="empty", label="Empty", value=_count(items, "empty"))
    yield Figure(key="missing", label="Missing", value=_count(items, "missing"))
    yield Figure(key="unused", label="Guidance that no page shows", value=len(unused))


def _by_guide(items: Sequence[Covered]) -> Table:
    groups = _groups(items, lambda item: str(item.page))
    rows = ((group[0].page, *_counts(group)) for group in groups)
    columns = (Column(key="page", label="Guide"), *_COUNTS)
    return Table(title="By guide", columns=columns, rows=tuple(rows), nothing="No page has a checklist.")


def _by(what: str, items: Sequence[Covered], words: Sequence[str], of: Callable[[Covered], str]) -> Table:
    groups = [(word, [item for item in items if of(item) == word]) for word in words]
    rows = tuple((word or _UNTOLD, *_counts(group)) for word, group in groups if group)
    return Table(title=f"By {what.lower()}", columns=(Column(key=what.lower(), label=what), *_COUNTS), rows=rows)


_COUNTS = (
    Column(key="items", label="Items", number=True),
    Column(key="covered", label="With guidance", number=True),
    Column(key="share", label="Share", number=True),
    Column(key="stubs", label="Stubs", number=True),
    Column(key="empty", label="Empty", number=True),
    Column(key="missing", label="Missing", number=True),
)


def _counts(group: Sequence[Covered]) -> tuple[int | str, ...]:
    covered = _count(group, "covered")
    others = (_count(group, state) for state in ("stub", "empty", "missing"))
    return (len(group), covered, percent(covered, len(group)), *others)


def _count(items: Iterable[Covered], state: str) -> int:
    return sum(item.state == state for item in items)


def _groups(items: Iterable[Covered], key: Callable[[Covered], str]) -> list[list[Covered]]:
    groups: dict[str, list[Covered]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def _gaps(items: Sequence[Covered]) -> Table:
    worst = sorted(
        (item for item in items if item.state != "covered"), key=lambda item: -get_args(State).index(item.state)
    )
    return Table(
        title="Gaps",
        columns=(
            Column(key="state", label="Guidance"),
            Column(key="severity", label="Severity"),
            Column(key="page", label="Guide"),
            Column(key="statement", label="Item"),
        ),
        rows=tuple((item.state, item.severity, item.page, item.statement) for item in worst),
        nothing="None: every item has guidance.",
    )


def _records(items: Sequence[Covered]) -> Table:
    keys = ("page", "statement", "guid", "state", "severity", "pillar", "fragment")
    rows = tuple(
        (item.page, item.statement, item.guid, item.state, item.severity, item.pillar, item.fragment) for item in items
    )
    return Table(title="Items", columns=tuple(Column(key=key, label=key) for key in keys), rows=rows)
