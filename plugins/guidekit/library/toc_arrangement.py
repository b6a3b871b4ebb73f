"""How several tables of contents make one navigation: which ones stand at the top, and where each of the others belongs.

One that another pulls in belongs there. One in a folder below that of another belongs to it, but not to the one that stands
above all folders: each folder of the site's keeps a place of its own at the top. It opens the entry that leads to one of its first
pages, else it stands behind all entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from pathlib import PurePosixPath

from guidekit.layout import TABLES_OF_CONTENTS, Layout
from guidekit.library.destinations import Destination
from guidekit.syntax.table_of_contents import Address, Entry, TableOfContents, all_entries
from guidekit.text import paths
from guidekit.text.file_names import in_one_case

_FIRST_PAGES = 2
"""Among how many pages of a table of contents one is by which another leads to it: the first is often an overview of links."""

_FOLDER = re.compile(r"(?:.*/)?(?:\.{1,2})?\Z")

Follow = Callable[[str, PurePosixPath], Destination]


class TocArrangement:
    """The arrangement of some tables of contents."""

    def __init__(self, tables: Mapping[PurePosixPath, TableOfContents], layout: Layout, follow: Follow) -> None:
        self.tables = tables
        self._layout = layout
        self._follow = follow
        self._by_name = {in_one_case(str(path)): path for path in reversed([*tables])}
        self._by_folder: dict[PurePosixPath, list[PurePosixPath]] = {}
        for path in tables:
            self._by_folder.setdefault(path.parent, []).append(path)
        self.topmost: list[PurePosixPath] = []
        self.opened: dict[Entry, PurePosixPath] = {}
        self.appended: dict[PurePosixPath, list[PurePosixPath]] = {}
        for path in self._not_pulled_in():
            self._place(path)

    # What addresses mean

    def is_table(self, address: Address) -> bool:
        """Does an address lead to a table of contents of this content set, whether or not it is there?"""
        path = _path_in(address)
        return path is not None and (_is_folder(path) or path.rpartition("/")[2].lower() in TABLES_OF_CONTENTS)

    def table_at(self, address: Address) -> PurePosixPath | None:
        """Find the table of contents to which an address leads; ``None`` where there is none."""
        path, file = _path_in(address), self._named(address)
        if path is None or file is None:
            return None
        names = [file / name for name in TABLES_OF_CONTENTS] if _is_folder(path) else [file]
        return next(filter(None, (self._by_name.get(in_one_case(str(name))) for name in names)), None)

    def is_made_from_code(self, address: Address) -> bool:
        """Does an address lead to a table of contents that docfx makes from code, with the pages in it?"""
        file = self._named(address)
        return file is not None and self._layout.made_from_code(file) is not None

    def _named(self, address: Address) -> PurePosixPath | None:
        """Find the table of contents, or the folder of one, that an address names."""
        path, base = _path_in(address), address.span.path
        if path is None or not self.is_table(address):
            return None
        target = paths.follow_link(path, base, self._layout.home(base))
        if isinstance(target, paths.Refused):
            return None
        return target.file if target.file is not None else base.parent

    def above(self, path: PurePosixPath) -> Iterator[PurePosixPath]:
        """Go through the tables of contents in the folders above that of one, the nearest first."""
        return chain.from_iterable(self._by_folder.get(folder, ()) for folder in path.parent.parents)

    # Where each table of contents belongs

    def _not_pulled_in(self) -> Iterator[PurePosixPath]:
        """Go through the tables of contents that none pulls in, and the first one of each circle."""
        inner = frozenset().union(*self._pulled.values())
        seen: set[PurePosixPath] = set()
        for path in sorted(self.tables, key=lambda path: (path in inner, path.parent, path)):
            if path not in seen:
                yield path
                seen |= self._reached(path, seen)

    def _place(self, path: PurePosixPath) -> None:
        parent = next(self.above(path), None)
        if parent is None or parent.parent in self._top_folders or parent in self._reached(path):
            self.topmost.append(path)
        elif entry := self._way_in(path, parent):
            self.opened[entry] = path
        else:
            self.appended.setdefault(parent, []).append(path)

    def _way_in(self, path: PurePosixPath, parent: PurePosixPath) -> Entry | None:
        """Find the entry that leads from one table of contents to one of the first pages of another."""
        leads = (self._page_of(entry, path) for entry in all_entries(self.tables[path].entries))
        first = list(islice(filter(None, leads), _FIRST_PAGES))
        ways = (
            entry for entry in all_entries(self.tables[parent].entries) if not entry.items and entry not in self.opened
        )
        return next((entry for entry in ways if self._page_of(entry, parent) in first), None)

    def _page_of(self, entry: Entry, toc: PurePosixPath) -> PurePosixPath | None:
        address = entry.topic_href or entry.href
        return self._follow(address.text, toc).path if address and not self.is_table(address) else None

    def _reached(self, start: PurePosixPath, seen: Iterable[PurePosixPath] = ()) -> set[PurePosixPath]:
        """Find the tables of contents that one pulls in, directly or through others, and itself."""
        reached, left = set(seen), [start]
        while left:
            path = left.pop()
            if path not in reached:
                reached.add(path)
                left.extend(self._pulled[path])
        return reached

    @cached_property
    def _pulled(self) -> Mapping[PurePosixPath, tuple[PurePosixPath, ...]]:
        return {path: tuple(self._pulled_by(table)) for path, table in self.tables.items()}

    def _pulled_by(self, table: TableOfContents) -> Iterator[PurePosixPath]:
        for entry in all_entries(table.entries):
            for address in (entry.toc_href, entry.href):
                path = self.table_at(address) if address else None
                if path and path != table.path:
                    yield path

    @cached_property
    def _top_folders(self) -> frozenset[PurePosixPath]:
        docsets = self._layout.docsets
        sources = (group.source for docset in docsets for group in docset.content)
        return frozenset((self._layout.content_folder, *(docset.folder for docset in docsets), *sources))


def _path_in(address: Address) -> str | None:
    """Cut the path off an address; ``None`` where it leads to another site, or counts from the root of this one."""
    path = re.split("[?#]", address.text.replace("\\", "/"), maxsplit=1)[0]
    return None if not path or path.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", path) else path


def _is_folder(path: str) -> bool:
    return _FOLDER.match(path) is not None
