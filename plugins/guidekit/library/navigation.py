"""The navigation of a content set: what its tables of contents say, one pulled into another, with where each entry leads.

docfx decides (``TocLoader.cs``): an address that names a table of contents, or a folder that has one, stands for the entries in
it. Learn shows with a page the nearest table of contents in its folder or above; there a page has its place.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal

from guidekit.layout import Layout
from guidekit.library.breadcrumbs import is_breadcrumb
from guidekit.library.destinations import Destination
from guidekit.library.toc_arrangement import Follow, TocArrangement
from guidekit.syntax.table_of_contents import Address, Entry, TableOfContents
from guidekit.text import paths

_DEEPEST = 30
_MOST_ENTRIES = 40_000
_INDEX = ("index.yml", "index.yaml", "index.md", "README.md")


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

    @cached_property
    def search_words(self) -> Mapping[PurePosixPath, str]:
        """The words by which readers look for each page, beside those that stand on it; pages without any are left out."""
        found: dict[PurePosixPath, list[str]] = {}
        for entry in self:
            if entry.page and entry.display_name:
                found.setdefault(entry.page, []).append(entry.display_name)
        return {page: ", ".join(dict.fromkeys(words)) for page, words in found.items()}


def build(
    tables: Iterable[TableOfContents],
    *,
    layout: Layout,
    follow: Follow,
    find: Callable[[str], Destination | None],
    title_of: Callable[[PurePosixPath], str],
    undrawn: Container[PurePosixPath],
) -> Navigation:
    """Build the navigation; ``find`` answers where a ``uid`` leads, ``title_of`` what a page is called.

    An entry that leads to a file which is ``undrawn`` is left out without a word: these are told of together.
    """
    listed = {table.path: table for table in tables if not is_breadcrumb(table)}
    return _Builder(TocArrangement(listed, layout, follow), follow, find, title_of, undrawn).build()


class _Builder:
    def __init__(
        self,
        arrangement: TocArrangement,
        follow: Follow,
        find: Callable[[str], Destination | None],
        title_of: Callable[[PurePosixPath], str],
        undrawn: Container[PurePosixPath],
    ) -> None:
        self._arrangement = arrangement
        self._follow = follow
        self._find = find
        self._title_of = title_of
        self._undrawn = undrawn
        self._lost: list[Lost] = []
        self._redirected: list[tuple[Address, Destination]] = []
        self._left = _MOST_ENTRIES

    def build(self) -> Navigation:
        tops = self._arrangement.topmost
        entries = self._table(tops[0], (), 1) if len(tops) == 1 else self._sections(tops, (), 1)
        return Navigation(
            entries=entries,
            lost=tuple(dict.fromkeys(self._lost)),
            redirected=tuple(dict.fromkeys(self._redirected)),
            folders=frozenset(path.parent for path in self._arrangement.tables),
        )

    # Tables of contents

    def _table(self, path: PurePosixPath, within: tuple[PurePosixPath, ...], level: int) -> tuple[NavigationEntry, ...]:
        """Read the entries of a table of contents, and behind them those tables that belong to it."""
        within = (*within, path)
        own = self._read(self._arrangement.tables[path].entries, within, level)
        return own + self._sections(self._arrangement.appended.get(path, ()), within, level)

    def _sections(
        self, tables: Iterable[PurePosixPath], within: tuple[PurePosixPath, ...], level: int
    ) -> tuple[NavigationEntry, ...]:
        read = ((path, self._table(path, within, level + 1)) for path in tables if path not in within)
        return tuple(self._section(path, entries) for path, entries in read if entries)

    def _section(self, path: PurePosixPath, entries: tuple[NavigationEntry, ...]) -> NavigationEntry:
        """Make one entry of a table of contents: its only group, or one by the name of the page that it begins with."""
        if len(entries) == 1 and entries[0].entries:
            return entries[0]
        begins = entries[0].leads.path if entries[0].leads else None
        is_index = begins is not None and begins.parent == path.parent and begins.name in _INDEX
        name = entries[0].name if is_index else self._named_above(path) or _in_words(path.parent.name)
        return NavigationEntry(name=name, toc=path, entries=entries)

    def _named_above(self, path: PurePosixPath) -> str:
        """Find how a table of contents above names the folder of one: by the entry that leads to a page in it."""
        for above in self._arrangement.above(path):
            for entry in self._arrangement.tables[above].entries:
                leads = self._follow(entry.href.text, above) if entry.href else None
                if leads and leads.path and leads.path.parent == path.parent:
                    return entry.name
        return ""

    # Their entries

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
        leads = self._leads(entry, within[-1])
        opened = self._arrangement.opened.get(entry)
        return NavigationEntry(
            name=entry.name or self._name(leads),
            toc=within[-1],
            leads=None if opened else leads,  # the table of contents that it opens leads there, too
            entries=(*self._read(entry.items, within, level + 1), *self._pulled(entry, opened, within, level + 1)),
            expanded=entry.expanded,
            display_name=entry.display_name,
        )

    def _pulled(
        self, entry: Entry, opened: PurePosixPath | None, within: tuple[PurePosixPath, ...], level: int
    ) -> tuple[NavigationEntry, ...]:
        """Read the table of contents to which an entry leads, or which it opens."""
        named = (one for one in (entry.toc_href, entry.href) if one and self._arrangement.is_table(one))
        address = next(named, None)
        path = self._arrangement.table_at(address) if address else opened
        if path and path not in within:
            return self._table(path, within, level)
        if address and path:
            self._lost.append(Lost(kind="circular", address=address, chain=(*within[within.index(path) :], path)))
        elif address and not self._arrangement.is_made_from_code(address):
            self._lost.append(Lost(kind="toc", address=address))
        return ()

    def _leads(self, entry: Entry, toc: PurePosixPath) -> Destination | None:
        """Find where an entry leads itself, whatever is below it."""
        named = (entry.topic_href, entry.homepage, entry.href)
        address = next((one for one in named if one and not self._arrangement.is_table(one)), None)
        if address:
            return self._followed(address, toc)
        found = self._find(entry.uid.text) if entry.uid else None
        if entry.uid and not found:
            self._lost.append(Lost(kind="uid", address=entry.uid))
        return found

    def _followed(self, address: Address, toc: PurePosixPath) -> Destination | None:
        leads = self._follow(address.text, toc)
        if leads.kind == "missing" and (leads.path in self._undrawn or leads.not_mounted):
            return None
        if leads.kind == "missing" or not (leads.path or paths.is_on_the_web(leads.url)):
            self._lost.append(Lost(kind="file", address=address, leads=leads))
            return None
        if leads.redirect:
            self._redirected.append((address, leads))
        return leads

    def _name(self, leads: Destination | None) -> str:
        if leads and leads.kind == "page" and leads.path:
            return self._title_of(leads.path)
        return leads.url if leads else ""


def _all(entries: Iterable[NavigationEntry]) -> Iterator[NavigationEntry]:
    for entry in entries:
        yield entry
        yield from _all(entry.entries)


def _in_words(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
