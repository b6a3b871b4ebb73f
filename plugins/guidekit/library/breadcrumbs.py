"""Breadcrumbs: under which pages a page lies, as a table of contents says for addresses on Learn.

A page names it with ``breadcrumb_path``, by itself or in its docfx.json. Of its entries, the one counts whose ``tocHref`` is the
longest beginning of the page's address on Learn; readers see its name and those of the entries above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.layout import OF_FOLDERS, Layout
from guidekit.library import base_path
from guidekit.library.destinations import Destination
from guidekit.syntax.table_of_contents import Entry, TableOfContents, all_entries
from guidekit.text import paths

_FOLDERS = ("breadcrumb", "breadcrumbs")

Parts = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Breadcrumb:
    """A page above another one: its name, and where it is."""

    name: str
    leads: Destination


def is_breadcrumb(table: TableOfContents) -> bool:
    """Does a table of contents say under which pages others lie, rather than which ones there are?"""
    if any(part.lower() in _FOLDERS for part in table.path.parent.parts):
        return True
    entries = list(all_entries(table.entries))
    absolute = any(one.toc_href and one.toc_href.text.startswith("/") for one in entries)
    return absolute and not any(one.href for one in entries)


class Breadcrumbs:
    """The breadcrumbs of a content set; ``at`` is the address on Learn at which it lies, where others know it."""

    def __init__(
        self,
        tables: Iterable[TableOfContents],
        *,
        layout: Layout,
        at: str,
        follow: Callable[[str, PurePosixPath], Destination],
    ) -> None:
        self._tables = {table.path: table for table in filter(is_breadcrumb, tables)}
        self._layout = layout
        self._base_path = at
        self._follow = follow
        self._named: dict[tuple[str, PurePosixPath], tuple[str, TableOfContents] | None] = {}
        self._trails: dict[PurePosixPath, Mapping[Parts, tuple[Entry, ...]]] = {}

    def of(self, page: PurePosixPath, named: str) -> tuple[Breadcrumb, ...]:
        """Find the pages above a page, the topmost first; ``named`` is its ``breadcrumb_path``."""
        home = self._layout.home(page)
        if (named, home) not in self._named:
            self._named[named, home] = self._find(named, home)
        found = self._named[named, home]
        if found is None:
            return ()
        base, table = found
        if table.path not in self._trails:
            self._trails[table.path] = dict(_trails(table.entries, ()))
        trails, place = self._trails[table.path], _parts(base) + self._place(page)
        trail = next(filter(None, (trails.get(place[:length]) for length in range(len(place), 0, -1))), ())
        shown = ((entry, self._leads(entry, table.path)) for entry in trail)
        return tuple(Breadcrumb(name=entry.name, leads=leads) for entry, leads in shown if leads and leads.path != page)

    def _find(self, named: str, home: PurePosixPath) -> tuple[str, TableOfContents] | None:
        """Find the address on Learn at which the site lies, and the table that a page names."""
        if named.startswith("/"):
            told = (base_path.told_by_breadcrumbs(named, (self._layout.inside(path),)) for path in self._tables)
            found = ((base, table) for base, table in zip(told, self._tables.values(), strict=True) if base)
            return min(found, key=lambda one: len(one[0]), default=None)
        target = paths.follow_link(named, home / "docfx.json", home)
        if isinstance(target, paths.Refused) or target.file is None or not self._base_path:
            return None
        place = _without_ending(target.file)  # on Learn it is JSON
        table = next((one for one in self._tables.values() if _without_ending(one.path) == place), None)
        return (self._base_path, table) if table else None

    def _place(self, page: PurePosixPath) -> Parts:
        inside = self._layout.inside(page)
        return _parts(str(inside.parent if inside.stem in OF_FOLDERS else inside.with_suffix("")))

    def _leads(self, entry: Entry, toc: PurePosixPath) -> Destination | None:
        address = entry.topic_href or entry.href
        leads = self._follow(address.text, toc) if address else None
        is_there = leads and (leads.path or paths.is_on_the_web(leads.url)) and leads.kind != "missing"
        return leads if is_there else None


def _trails(entries: Iterable[Entry], above: tuple[Entry, ...]) -> Iterator[tuple[Parts, tuple[Entry, ...]]]:
    """Go through the entries with all above them, by the addresses for which they count: of two alike, the last counts."""
    for entry in entries:
        trail = (*above, entry)
        if entry.toc_href:
            yield _parts(entry.toc_href.text.partition("?")[0]), trail
        yield from _trails(entry.items, trail)


def _parts(address: str) -> Parts:
    return tuple(part for part in address.lower().split("/") if part not in ("", "."))


def _without_ending(path: PurePosixPath) -> str:
    return str(path.with_suffix("")).lower()
