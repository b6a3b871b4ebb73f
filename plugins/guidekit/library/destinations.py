"""Where links and images lead: to a page, a file, another site, or nowhere; moved files are followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal
from unicodedata import normalize
from urllib.parse import unquote

from guidekit.layout import OF_FOLDERS, FileKind, Layout
from guidekit.library.file_index import FileIndex
from guidekit.library.publication import Lookup
from guidekit.text import paths

_MOST_MOVES = 20
"""How often a file may have moved; browsers follow no more redirections than these."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination:
    """Where a link leads.

    ``elsewhere`` has a ``url``; ``here`` is the page itself; ``page`` and ``file`` have a ``path``; ``missing`` leads
    nowhere, ``detail`` says why. ``suffix`` is the ``?query`` and ``#fragment`` as written. ``redirect`` is the address
    to which a moved file was redirected, empty where the link leads straight there. ``moved`` are the files whose redirections
    were followed, in order; where they lead in a circle, the last one is among those before it. ``not_mounted`` tells that the
    file belongs to another repository, which is not there, or is one that docfx makes from code.
    """

    kind: Literal["elsewhere", "here", "page", "file", "missing"]
    url: str = ""
    path: PurePosixPath | None = None
    bookmark: str = ""
    suffix: str = ""
    detail: str = ""
    redirect: str = ""
    moved: tuple[PurePosixPath, ...] = ()
    not_mounted: bool = False

    @property
    def circle(self) -> tuple[PurePosixPath, ...]:
        """The moved files whose redirections lead to each other, first and last the same."""
        last = self.moved[-1] if self.moved else None
        return self.moved[self.moved.index(last) :] if last in self.moved[:-1] else ()


_ENDS_WITH_SLASH = re.compile(r"[^?#]*+(?<=[/\\])(?:[?#]|\Z)")
AFTER_FILE = "a '/' stands behind the name of the file"
"""Why a link to a file leads nowhere that is there by its name."""
_FROM_ROOT = ("~/", "~\\")
OUTSIDE = "it lies outside the folders that may be read"
"""Why a link cannot be followed to a file that may be there."""


class Destinations:
    """Follows the links of a content set; ``is_published`` tells the files that are made for the site.

    ``base_path`` is the address from the root at which the content folder lies on Learn, empty where nobody knows it: what
    stands there on this site is meant by such an address, and all else belongs to others. ``lookup`` is ``None`` where a
    link leads to the file that it names.
    """

    def __init__(
        self,
        *,
        index: FileIndex,
        layout: Layout,
        roots: Sequence[str],
        root_links: Mapping[str, str],
        base_path: str,
        redirections: Mapping[PurePosixPath, str],
        is_published: Callable[[PurePosixPath], bool],
        lookup: Lookup | None = None,
    ) -> None:
        self._index = index
        self._layout = layout
        self._folders = layout.folders(roots)
        self._prefixes = _by_length(root_links, base_path)
        self._redirections = redirections
        self._is_published = is_published
        self._lookup = lookup
        self._followed: dict[tuple[str, PurePosixPath], Destination] = {}

    def follow(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link or image in the file ``base`` leads."""
        key = (href, base)
        if key not in self._followed:
            self._followed[key] = self._follow(href, base)
        return self._followed[key]

    def _follow(self, href: str, base: PurePosixPath) -> Destination:
        target = paths.follow_link(href, base, self._layout.home(base))
        if isinstance(target, paths.Refused):
            return Destination(kind="missing", detail=f"it {target.why}")
        leads = self._locate(href, target, base)
        if leads.kind != "missing" or not leads.path:
            return leads
        if leads.path in self._redirections and leads.path not in self._index.files:
            return self.follow_redirection(leads.path, target.suffix)
        if not leads.detail and self._is_elsewhere(href, leads.path):
            detail = f"{OUTSIDE}: if it is there, name '{leads.path.parts[0]}' in the setting 'roots'"
            return replace(leads, detail=detail)
        return leads

    def _locate(self, href: str, target: paths.Target, base: PurePosixPath) -> Destination:
        """Find what is there where an address leads; one that moved is missing."""
        if target.url is not None:
            rooted = target.url.startswith("/") and not target.url.startswith("//")
            return self._follow_root(target, base) if rooted else Destination(kind="elsewhere", url=target.url)
        if target.file is None:
            return Destination(kind="here", suffix=target.suffix, bookmark=target.bookmark)
        file = self._looked_up(target.file, base)
        leads = self._destination(file, target)
        if leads.kind == "missing" and not leads.detail and self._index.kind(base) is FileKind.YAML_PAGE:
            page = self._first_page(
                map(self._index.spelled, _all_spellings(file))
            )  # what stands there may be an address
            return self._destination(page, target) if page else leads
        if leads.kind in ("page", "file") and leads.path == file and _ENDS_WITH_SLASH.match(href):
            return Destination(kind="missing", path=file, detail=AFTER_FILE)
        return leads

    def _looked_up(self, file: PurePosixPath, base: PurePosixPath) -> PurePosixPath:
        there = self._index.spelled(file)
        return self._lookup(there, base) if self._lookup else there

    def _destination(self, file: PurePosixPath, target: paths.Target) -> Destination:
        kind = self._index.kind(file) if file in self._index.files else None
        mount = self._layout.mount_of(file)
        if mount and not mount.is_there:
            return Destination(kind="missing", path=file, detail=f"'{mount.path}' is not there", not_mounted=True)
        if mount and kind is FileKind.TEXT:
            return Destination(kind="missing", path=file, detail=f"it is a page of another repository, '{mount.path}'")
        if kind is not None and kind.is_markdown:
            if kind is FileKind.UNPUBLISHED:
                return Destination(kind="missing", path=file, detail=self._index.unpublished(file))
            if kind is FileKind.FRAGMENT:
                return Destination(kind="missing", path=file, detail="it is a fragment, which has no page of its own")
            return Destination(kind="page", path=file, suffix=target.suffix, bookmark=target.bookmark)
        if kind is FileKind.YAML_PAGE:
            return Destination(kind="page", path=file, suffix=target.suffix, bookmark=target.bookmark)
        if kind is FileKind.TABLE_OF_CONTENTS:
            return Destination(kind="missing", path=file, detail="it is a table of contents, which has no page")
        if kind is not None and (why := self._index.unpublished(file)):
            return Destination(kind="missing", path=file, detail=why)
        if kind is not None or self._is_published(file):
            return Destination(kind="file", path=file, suffix=target.suffix)
        if self._layout.made_from_code(file):
            return Destination(kind="missing", path=file, detail="docfx makes it from code", not_mounted=True)
        return Destination(kind="missing", path=file, detail=self._why_missing(file))

    def follow_redirection(self, file: PurePosixPath, suffix: str = "") -> Destination:
        """Follow a moved file to where it is now, through several moves; what the link asks for goes along."""
        moved = [file]
        while True:
            here, address = moved[-1], self._redirections[moved[-1]]
            if not paths.is_on_the_web(address):
                return _lost(moved, f"it is redirected to '{address}', which is no address of a page")
            own = re.search("[?#]", address)
            address, suffix = (address + suffix, suffix) if own is None else (address, address[own.start() :])
            leads = self._redirected(address, here)
            if leads.kind != "missing":
                return replace(leads, redirect=address, moved=tuple(moved))
            named = _all_spellings(leads.path) if leads.path else ()
            then = next((name for name in named if name in self._redirections), None)
            if then is None:
                return _lost(moved, f"it is redirected to '{address}', which is not there")
            moved.append(then)
            if then in moved[:-1]:
                return _lost(moved, "its redirections lead in a circle")
            if len(moved) > _MOST_MOVES:
                return _lost(moved, f"it is redirected more than {_MOST_MOVES} times")

    def is_gap(self, address: str) -> bool:
        """Is an address that leads elsewhere one of a page that this site lacks, in a folder of which it has pages?

        Others may have pages below `base_path`, but hardly in the same folder.
        """
        path = re.split("[?#]", address, maxsplit=1)[0]
        beginning = next((one.beginning for one in self._prefixes if one.is_shared), "")
        if not beginning or not path.startswith(beginning):
            return False
        place = PurePosixPath(_decoded(path[len(beginning) :]))
        in_folder = self._index.at(place).parent in self._index.folders_of_pages
        return in_folder and not self._first_page(self._files_at(place, data=True))

    def _redirected(self, address: str, file: PurePosixPath) -> Destination:
        """Find where a redirection leads: to an address, or to the page of this content set that has it."""
        target = paths.follow_link(address, file, self._layout.home(file))
        if isinstance(target, paths.Refused):
            return Destination(kind="missing")
        if target.url is not None:
            return self._locate(address, target, file)
        found = self._first_page(map(self._index.spelled, _all_spellings(target.file or file)))
        return (
            self._destination(self._looked_up(found, file), target)
            if found
            else Destination(kind="missing", path=target.file)
        )

    def _files_at(self, place: PurePosixPath, *, data: bool) -> tuple[PurePosixPath, ...]:
        """List the files that may be published at an address without an ending.

        Those in YAML may if they are pages; ``data`` tells whether others may, too.
        """
        in_yaml = map(self._index.at, _spellings_of_data(place))
        pages = (file for file in in_yaml if data or self._index.kind(file) is FileKind.YAML_PAGE)
        return tuple(map(self._index.spelled, (*map(self._index.at, _spellings(place)), *pages)))

    def _first_page(self, files: Iterable[PurePosixPath]) -> PurePosixPath | None:
        """Find the first of some files that is there, and no fragment and no table of contents."""
        there = (file for file in files if file in self._index.files and not self._index.lies_with_fragments(file))
        return next((file for file in there if self._index.kind(file) is not FileKind.TABLE_OF_CONTENTS), None)

    def _follow_root(self, target: paths.Target, base: PurePosixPath) -> Destination:
        """Follow an address from the site's root: to the file of the site that stands there, else as the settings say."""
        address = (target.url or "").removesuffix(target.suffix)
        if found := self._at(PurePosixPath(_decoded(address)), target, base):
            return found
        for prefix in self._prefixes:
            if not f"{address}/".startswith(prefix.beginning):
                continue
            rest = address[len(prefix.beginning) :]
            if "://" in prefix.place:
                url = f"{prefix.place.rstrip('/')}/{rest}{target.suffix}"
                return Destination(kind="elsewhere", url=url)
            place = PurePosixPath(prefix.place, _decoded(rest))
            if found := self._at(place, target, base, data=not prefix.is_shared):
                return found
            if not prefix.is_shared:
                missing = PurePosixPath(f"{self._index.at(place)}.md")
                return Destination(kind="missing", path=missing, detail=f"'{prefix.beginning}' is this site")
        return Destination(kind="elsewhere", url=target.url or "")

    def _at(
        self, place: PurePosixPath, target: paths.Target, base: PurePosixPath, *, data: bool = False
    ) -> Destination | None:
        """Find the page at an address without the ending of its file, or a file that is missing as it moved."""
        if _composed(place) not in self._places:  # most addresses are other sites'
            return None
        if file := self._first_page(self._files_at(place, data=data)):
            return self._destination(self._looked_up(file, base), target)
        moved = next((file for file in self._files_at(place, data=True) if file in self._redirections), None)
        return Destination(kind="missing", path=moved) if moved else None

    @cached_property
    def _places(self) -> frozenset[str]:
        """The places of all files that are or were there, with their endings and as addresses of pages have them."""
        places = {self._layout.inside(file) for file in (*self._index.files, *self._redirections)}
        bare = {place.with_suffix("") for place in places if place.suffix}
        folders = {place.parent for place in bare if place.name in OF_FOLDERS}
        return frozenset(map(_composed, places | bare | folders))

    def _why_missing(self, file: PurePosixPath) -> str:
        actual = self._index.like(file)
        return f"letter case differs from '{actual}'" if actual else ""

    def _is_elsewhere(self, href: str, file: PurePosixPath) -> bool:
        """Does an address count from the root, and lead to what Learn takes from elsewhere?"""
        return href.startswith(_FROM_ROOT) and not any(file.is_relative_to(folder) for folder in self._folders)


def _lost(moved: Sequence[PurePosixPath], detail: str) -> Destination:
    """Make the destination of a moved file of which nobody knows where it is."""
    return Destination(kind="missing", path=moved[0], detail=detail, moved=tuple(moved))


def _composed(place: PurePosixPath) -> str:
    """Write a place as it is in all ways to compose its letters (NFC, NFD)."""
    return normalize("NFC", str(place))


def _spellings(place: PurePosixPath) -> tuple[PurePosixPath, ...]:
    return (place, PurePosixPath(f"{place}.md"), place / "index.md", place / "README.md")


def _spellings_of_data(place: PurePosixPath) -> tuple[PurePosixPath, ...]:
    return (PurePosixPath(f"{place}.yml"), place / "index.yml")


def _all_spellings(place: PurePosixPath) -> tuple[PurePosixPath, ...]:
    return (*_spellings(place), *_spellings_of_data(place))


def _decoded(address: str) -> str:
    """Read the path in an address, without the slashes around it."""
    return unquote(address).strip("/")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Prefix:
    """What addresses with a beginning mean: an address, or a folder of the content folder.

    ``is_shared`` tells that other sites have addresses there, too.
    """

    beginning: str
    place: str
    is_shared: bool = False


def _by_length(root_links: Mapping[str, str], base_path: str) -> Sequence[_Prefix]:
    """List the prefixes, the longest first; of two alike, that of the settings counts."""
    named = [_Prefix(beginning=beginning, place=place) for beginning, place in root_links.items()]
    if base_path and base_path not in root_links:
        named.append(_Prefix(beginning=base_path, place=".", is_shared=True))
    return sorted(named, key=lambda prefix: len(prefix.beginning), reverse=True)
