"""The navigation of a content set: what its tables of contents say, one pulled into another, with where each entry leads.

docfx decides (``TocLoader.cs``): an address that names a table of contents, or a folder that has one, stands for the entries in
it. Learn shows with a page the nearest table of contents in its folder or above; there a page has its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Literal

from guidekit.layout import TABLES_OF_CONTENTS
from guidekit.library.destinations import Destination
from guidekit.syntax.table_of_contents import Address, Entry, TableOfContents
from guidekit.text import paths
from guidekit.text.file_names import in_one_case

_DEEPEST = 30
_MOST_ENTRIES = 40_000
_BREADCRUMBS = ("breadcrumb", "breadcrumbs")
_INDEX = ("index.yml", "index.yaml", "index.md", "README.md")
_FOLDER = re.compile(r"(?:.*/)?(?:\.{1,2})?\Z")

Follow = Callable[[str, PurePosixPath], Destination]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class NavigationEntry:
    """An entry of the navigation: a link, a group of further entries, or both; ``toc`` is the file in which it stands.

    One that leads nowhere and has no entries is not shown.
    """

    name: str
    toc: PurePosixPath
    leads: Destination | None = None
    entries: tuple[NavigationEntry, ...] = ()
    expanded: bool = False
    display_name: str = ""

    @property
    def page(self) -> PurePosixPath | None:
        """The page of the content set to which the entry leads."""
        return self.leads.path if self.leads and self.leads.kind == "page" else None

    @property
    def is_shown(self) -> bool:
        """Is there something for readers to follow, here or below?"""
        return self.leads is not None or any(one.is_shown for one in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """Where an entry leads nowhere: to no file, to no table of contents, to an unknown ``uid``, or in a circle.

    ``chain`` are the files of a circle, first and last the same.
    """

    kind: Literal["file", "toc", "uid", "circular", "too-deep", "too-many"]
    address: Address
    leads: Destination | None = None
    chain: tuple[PurePosixPath, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """The navigation: its topmost entries, those that lead nowhere, and the folders that have a table of contents.

    ``redirected`` are the addresses of files that have moved, each with where it leads.
    """

    entries: tuple[NavigationEntry, ...] = ()
    lost: tuple[Lost, ...] = ()
    redirected: tuple[tuple[Address, Destination], ...] = ()
    folders: frozenset[PurePosixPath] = frozenset()

    def __iter__(self) -> Iterator[NavigationEntry]:
        """Go through all entries, each before those below it."""
        return _all(self.entries)

    def home(self, page: PurePosixPath) -> PurePosixPath | None:
        """Find the folder of the table of contents that belongs to a page: the nearest one upward."""
        return next((folder for folder in page.parents if folder in self.folders), None)

    @cached_property
    def places(self) -> Mapping[PurePosixPath, NavigationEntry]:
        """The entry of each page at which the page has its place: in its own table of contents, and to the whole page."""
        found: dict[PurePosixPath, tuple[tuple[bool, bool], NavigationEntry]] = {}
        for entry in self:
            if entry.leads and (page := entry.page):
                rank = (entry.toc.parent != self.home(page), bool(entry.leads.bookmark))
                if page not in found or rank < found[page][0]:
                    found[page] = rank, entry
        return {page: entry for page, (_, entry) in found.items()}


def is_breadcrumb(table: TableOfContents) -> bool:
    """Does a table of contents say under which pages others lie, rather than which ones there are?"""
    if any(part.lower() in _BREADCRUMBS for part in table.path.parent.parts):
        return True
    entries = list(_all_in(table.entries))
    absolute = any(one.toc_href and one.toc_href.text.startswith("/") for one in entries)
    return absolute and not any(one.href for one in entries)


def build(
    tables: Iterable[TableOfContents],
    *,
    follow: Follow,
    find: Callable[[str], Destination | None],
    title_of: Callable[[PurePosixPath], str],
) -> Navigation:
    """Build the navigation; ``find`` answers where a ``uid`` leads, ``title_of`` what a page is called."""
    return _Builder({table.path: table for table in tables if not is_breadcrumb(table)}, follow, find, title_of).build()


class _Builder:
    def __init__(
        self,
        tables: Mapping[PurePosixPath, TableOfContents],
        follow: Follow,
        find: Callable[[str], Destination | None],
        title_of: Callable[[PurePosixPath], str],
    ) -> None:
        self._tables = tables
        self._by_name = {in_one_case(str(path)): path for path in reversed([*tables])}
        self._by_folder: dict[PurePosixPath, list[TableOfContents]] = {}
        for path, table in tables.items():
            self._by_folder.setdefault(path.parent, []).append(table)
        self._follow = follow
        self._find = find
        self._title_of = title_of
        self._lost: list[Lost] = []
        self._redirected: list[tuple[Address, Destination]] = []
        self._left = _MOST_ENTRIES

    def build(self) -> Navigation:
        tops = {table.path: self._read(table.entries, (table.path,), 1) for table in self._topmost()}
        tops = {path: entries for path, entries in tops.items() if any(one.is_shown for one in entries)}
        lone = next(iter(tops.values()), ()) if len(tops) == 1 else None
        entries = lone if lone is not None else tuple(self._section(path, own) for path, own in tops.items())
        folders = frozenset(path.parent for path in self._tables)
        return Navigation(
            entries=entries,
            lost=tuple(dict.fromkeys(self._lost)),
            redirected=tuple(dict.fromkeys(self._redirected)),
            folders=folders,
        )

    # Which tables of contents stand at the top

    def _topmost(self) -> Iterator[TableOfContents]:
        """Find the tables of contents that none pulls in, and the first one of each circle, those of higher folders first."""
        pulled = {path: set(self._pulled_by(table)) - {path} for path, table in self._tables.items()}
        inner = frozenset().union(*pulled.values())
        order = sorted(self._tables, key=lambda path: (path in inner, path.parent, path))
        seen: set[PurePosixPath] = set()
        for path in order:
            if path not in seen:
                yield self._tables[path]
                _reach(path, pulled, seen)

    def _pulled_by(self, table: TableOfContents) -> Iterator[PurePosixPath]:
        for entry in _all_in(table.entries):
            for address in (entry.toc_href, entry.href):
                if address and (path := self._table_at(address)):
                    yield path

    def _section(self, path: PurePosixPath, entries: tuple[NavigationEntry, ...]) -> NavigationEntry:
        """Make one entry of a table of contents: its only group, or one by the name of the page that it begins with."""
        if len(entries) == 1 and entries[0].entries:
            return entries[0]
        first = next(iter(entries))
        is_index = (
            first.leads
            and first.leads.path
            and first.leads.path.parent == path.parent
            and first.leads.path.name in _INDEX
        )
        name = first.name if is_index else self._named_elsewhere(path) or _in_words(path.parent.name)
        return NavigationEntry(name=name, toc=path, entries=entries)

    def _named_elsewhere(self, path: PurePosixPath) -> str:
        """Find how a table of contents above names the folder of one: by the entry that leads to a page in it."""
        above = (self._by_folder.get(folder, ()) for folder in path.parent.parents)
        for table in chain.from_iterable(above):
            for entry in table.entries:
                leads = self._follow(entry.href.text, table.path) if entry.href else None
                if leads and leads.kind == "page" and leads.path and leads.path.parent == path.parent:
                    return entry.name
        return ""

    # What their entries are

    def _read(
        self, entries: tuple[Entry, ...], within: tuple[PurePosixPath, ...], level: int
    ) -> tuple[NavigationEntry, ...]:
        return tuple(one for entry in entries if (one := self._entry(entry, within, level)))

    def _entry(self, entry: Entry, within: tuple[PurePosixPath, ...], level: int) -> NavigationEntry | None:
        self._left -= 1
        if level > _DEEPEST or self._left < 0:
            kind: Literal["too-deep", "too-many"] = "too-many" if self._left < 0 else "too-deep"
            if self._left >= -1:
                self._lost.append(Lost(kind=kind, address=Address(text=entry.name, span=entry.span)))
            return None
        table = next((one for one in (entry.toc_href, entry.href) if one and self._is_table(one)), None)
        leads = self._leads(entry, within[-1])
        below = self._read(entry.items, within, level + 1)
        return NavigationEntry(
            name=entry.name or self._name(leads),
            toc=within[-1],
            leads=leads,
            entries=below + self._pulled(table, within, level) if table else below,
            expanded=entry.expanded,
            display_name=entry.display_name,
        )

    def _leads(self, entry: Entry, toc: PurePosixPath) -> Destination | None:
        """Find where an entry leads itself, whatever is below it."""
        named = (entry.topic_href, entry.homepage, entry.href)
        address = next((one for one in named if one and not self._is_table(one)), None)
        if address:
            leads = self._follow(address.text, toc)
            if leads.kind == "missing" or not (leads.path or paths.is_on_the_web(leads.url)):
                self._lost.append(Lost(kind="file", address=address, leads=leads))
                return None
            if leads.redirect:
                self._redirected.append((address, leads))
            return leads
        found = self._find(entry.uid.text) if entry.uid else None
        if entry.uid and not found:
            self._lost.append(Lost(kind="uid", address=entry.uid))
        return found

    def _name(self, leads: Destination | None) -> str:
        if leads and leads.kind == "page" and leads.path:
            return self._title_of(leads.path)
        return leads.url if leads else ""

    # Tables of contents within others

    def _pulled(self, address: Address, within: tuple[PurePosixPath, ...], level: int) -> tuple[NavigationEntry, ...]:
        path = self._table_at(address)
        if path is None:
            self._lost.append(Lost(kind="toc", address=address))
        elif path in within:
            self._lost.append(Lost(kind="circular", address=address, chain=(*within[within.index(path) :], path)))
        else:
            return self._read(self._tables[path].entries, (*within, path), level + 1)
        return ()

    def _is_table(self, address: Address) -> bool:
        """Does an address lead to a table of contents of this content set, whether or not it is there?"""
        path = _path_in(address)
        return path is not None and (_is_folder(path) or path.rpartition("/")[2].lower() in TABLES_OF_CONTENTS)

    def _table_at(self, address: Address) -> PurePosixPath | None:
        path = _path_in(address)
        if path is None or not self._is_table(address):
            return None
        target = paths.follow_link(path, address.span.path)
        if isinstance(target, paths.Refused):
            return None
        file = target.file if target.file is not None else address.span.path.parent
        names = [file / name for name in TABLES_OF_CONTENTS] if _is_folder(path) else [file]
        return next(filter(None, (self._by_name.get(in_one_case(str(name))) for name in names)), None)


def _path_in(address: Address) -> str | None:
    """Cut the path off an address; ``None`` where it leads to another site, or counts from the root of this one."""
    path = re.split("[?#]", address.text.replace("\\", "/"), maxsplit=1)[0]
    return None if not path or path.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", path) else path


def _is_folder(path: str) -> bool:
    return _FOLDER.match(path) is not None


def _reach(start: PurePosixPath, ways: Mapping[PurePosixPath, set[PurePosixPath]], seen: set[PurePosixPath]) -> None:
    """Add all that can be reached from a place to what has been seen."""
    left = [start]
    while left:
        path = left.pop()
        if path not in seen:
            seen.add(path)
            left.extend(ways[path])


def _all(entries: Iterable[NavigationEntry]) -> Iterator[NavigationEntry]:
    for entry in entries:
        yield entry
        yield from _all(entry.entries)


def _all_in(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all_in(entry.items)


def _in_words(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
