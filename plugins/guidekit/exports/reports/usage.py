"""The report `usage`: which pages show each fragment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from guidekit.exports.reports.report import Bar, Chart, Column, Figure, Table, View
from guidekit.library.library import Library

_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Used:
    """A fragment, and the pages that show it, directly or through other fragments."""

    fragment: PurePosixPath
    pages: tuple[PurePosixPath, ...]


def read(library: Library) -> tuple[Used, ...]:
    """List the fragments: the one that most pages show first."""
    used = (Used(fragment=item.path, pages=library.used_by(item.path)) for item in library.fragments)
    return tuple(sorted(used, key=lambda item: (-len(item.pages), item.fragment)))


def view(used: Sequence[Used], day: date) -> View:
    """Show the use of fragments."""
    counts = [sum(len(item.pages) == number for item in used) for number in range(_MOST)]
    labels = ("No page", "1 page", *(f"{number} pages" for number in range(2, _MOST)), f"{_MOST} pages or more")
    bars = zip(labels, [*counts, len(used) - sum(counts)], strict=True)
    fragment, pages = Column(key="fragment", label="Fragment"), Column(key="pages", label="Pages")
    return View(
        name="usage",
        title="Usage",
        about="Which pages change when a fragment does? Pages that show it through another fragment count.",
        day=day,
        facts=(
            Figure(key="fragments", label="Fragments", value=len(used)),
            Figure(key="shared", label="Shown by several pages", value=sum(len(item.pages) > 1 for item in used)),
            Figure(key="unused", label="Shown by no page", value=counts[0]),
        ),
        chart=Chart(
            title="Fragments by the number of pages that show them",
            legend=("Fragments",),
            bars=tuple(Bar(label=label, parts=(number,)) for label, number in bars),
        ),
        tables=(
            Table(
                title="Shown by no page",
                columns=(fragment,),
                rows=tuple((item.fragment,) for item in used if not item.pages),
            ),
            Table(
                title="Fragments and their pages",
                columns=(
                    Column(key="count", label="Pages", number=True),
                    fragment,
                    Column(key="pages", label="Shown by"),
                ),
                rows=tuple((len(item.pages), item.fragment, item.pages) for item in used if item.pages),
            ),
        ),
        records=Table(
            title="Fragments", columns=(fragment, pages), rows=tuple((item.fragment, item.pages) for item in used)
        ),
    )
