"""A built site: its files, what its pages and style sheets name, and where an address in it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal
from urllib.parse import unquote

from guidekit.built_site.links import markup, site_addresses, styles
from guidekit.built_site.links.markup import Markup, Reference
from guidekit.built_site.links.site_addresses import Base, Home, SitePlace
from guidekit.text.paths import Refused

PAGES = (".html", ".htm")
"""How the names of pages end."""

_INDEX = "index.html"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?+\s*+([\w.:-]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

ReadBytes = Callable[[str], bytes]
"""Answers the bytes of a file of the site, its path counted from the site's root."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkTarget:
    """Where an address leads.

    ``elsewhere`` is another site, ``there`` a place on this one; ``refused``, ``no-file`` and ``no-bookmark`` lead
    nowhere. ``place`` is what was looked for, ``file`` the page on which there is no such bookmark, ``why`` the refusal.
    """

    kind: Literal["elsewhere", "there", "refused", "no-file", "no-bookmark"]
    place: SitePlace | None = None
    file: str = ""
    why: str = ""


_ELSEWHERE, _THERE = LinkTarget(kind="elsewhere"), LinkTarget(kind="there")


class Site:
    """A built site, read through ``read``; ``files`` are all of its files, ``home`` is where it is published."""

    def __init__(self, *, read: ReadBytes, files: Iterable[str], home: Home) -> None:
        self.files = frozenset(files)
        self.home = home
        self._read = read
        self.markup: Callable[[str], Markup] = cache(self._markup)
        self._base: Callable[[str], Base] = cache(self._find_base)
        self._follow: Callable[[str, Base, bool], LinkTarget] = cache(self._find)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The pages, by path."""
        return tuple(sorted(filter(_is_page, self.files)))

    @cached_property
    def references(self) -> tuple[tuple[str, Reference], ...]:
        """All addresses of pages and style sheets, each with the file in which it stands."""
        return tuple(self._references())

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The paths under which a server gives the files, the index of a folder as the folder."""
        return frozenset(
            file.removesuffix(_INDEX) if f"/{file}".endswith(f"/{_INDEX}") else file for file in self.files
        )

    def in_other_case(self, path: str) -> str | None:
        """Find the path that differs from this one in letter case only."""
        return self._by_lower_case.get(path.lower()) or self._by_lower_case.get(f"{path.lower()}/")

    def has_folder(self, path: str) -> bool:
        """Is there a folder of this path?"""
        return any(f"/{file}".startswith(f"/{path}".rstrip("/") + "/") for file in self.files)

    @cached_property
    def _by_lower_case(self) -> Mapping[str, str]:
        return {address.lower(): address for address in sorted(self.addresses, reverse=True)}

    def text(self, file: str) -> str:
        """Read a file as text."""
        return decode(self._read(file))

    def follow(self, reference: Reference, file: str) -> LinkTarget:
        """Find where an address in a file of the site leads."""
        return self._follow(reference.address, self._base(file), reference.what == "symbol")

    def _references(self) -> Iterator[tuple[str, Reference]]:
        for page in self.pages:
            for reference in self.markup(page).references:
                yield page, reference
        for sheet in sorted(file for file in self.files if file.lower().endswith(".css")):
            for address in styles.addresses(self.text(sheet)):
                yield sheet, Reference(address=address, what="file of a style", part=True)

    def _markup(self, page: str) -> Markup:
        return markup.read(self.text(page))

    def _find_base(self, file: str) -> Base:
        return self.home.base(file, self.markup(file).base if _is_page(file) else "")

    def _find(self, address: str, base: Base, symbol: bool) -> LinkTarget:
        place = site_addresses.follow(address, base, self.home)
        if place is None:
            return _ELSEWHERE
        if isinstance(place, Refused):
            return LinkTarget(kind="refused", why=place.why)
        file = self._file(place.path)
        if file is None:
            return LinkTarget(kind="no-file", place=place)
        return (
            _THERE
            if self._has(file, place.bookmark, symbol)
            else LinkTarget(kind="no-bookmark", place=place, file=file)
        )

    def _file(self, path: str) -> str | None:
        """Find the file that a server gives for a path; for a folder it is the folder's index."""
        if path in self.files:
            return path
        index = f"{path}{'' if path.endswith('/') or not path else '/'}{_INDEX}"
        return index if index in self.files else None

    def _has(self, file: str, bookmark: str, symbol: bool) -> bool:
        """Is the bookmark a place in the file? Only those of pages, and of drawings used as symbols, can be known."""
        wanted = bookmark.partition(":~:")[0]
        if not wanted or not (symbol or _is_page(file)):
            return True
        anchors = self.markup(file).anchors
        return wanted in anchors or unquote(wanted) in anchors or wanted.lower() == "top"


def _is_page(file: str) -> bool:
    return file.lower().endswith(PAGES)


def decode(data: bytes) -> str:
    """Read text as a browser does: by its byte order mark, as UTF-8, else by what the page says of itself."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        named = _CHARSET.search(data, 0, 4096)
    try:
        return data.decode(named[1].decode() if named else "utf-8", errors="replace")
    except LookupError:
        return data.decode(errors="replace")
