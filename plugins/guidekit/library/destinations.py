"""Where links and images lead: to a page, a file, another site, or nowhere; moved files are followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote

from guidekit.layout import FileKind, Layout
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
    to which a moved file was redirected, empty where the link leads straight there.
    """

    kind: Literal["elsewhere", "here", "page", "file", "missing"]
    url: str = ""
    path: PurePosixPath | None = None
    bookmark: str = ""
    suffix: str = ""
    detail: str = ""
    redirect: str = ""


_ENDS_WITH_SLASH = re.compile(r"[^?#]*+(?<=[/\\])(?:[?#]|\Z)")
AFTER_FILE = "a '/' stands behind the name of the file"
"""Why a link to a file leads nowhere that is there by its name."""
_FROM_ROOT = ("~/", "~\\")
OUTSIDE = "it lies outside the folders that may be read"
"""Why a link cannot be followed to a file that may be there."""


class Destinations:
    """Follows the links of a content set; ``is_published`` tells the files that are made for the site.

    ``lookup`` is ``None`` where a link leads to the file that it names.
    """

    def __init__(
        self,
        *,
        index: FileIndex,
        layout: Layout,
        roots: Sequence[str],
        root_links: Mapping[str, str],
        redirections: Mapping[PurePosixPath, str],
        is_published: Callable[[PurePosixPath], bool],
        lookup: Lookup | None = None,
    ) -> None:
        self._index = index
        self._layout = layout
        self._content = layout.content
        self._folders = layout.folders(roots)
        self._root_links = {prefix: root_links[prefix] for prefix in sorted(root_links, key=len, reverse=True)}
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
        if target.url is not None:
            rooted = target.url.startswith("/") and not target.url.startswith("//")
            return (
                self._follow_root(target.url, target, base) if rooted else Destination(kind="elsewhere", url=target.url)
            )
        if target.file is None:
            return Destination(kind="here", suffix=target.suffix, bookmark=target.bookmark)
        file = self._looked_up(target.file, base)
        leads = self._destination(file, target)
        if leads.kind in ("page", "file") and leads.path == file and _ENDS_WITH_SLASH.match(href):
            return Destination(kind="missing", path=file, detail=AFTER_FILE)
        if leads.kind == "missing" and not leads.detail and self._is_in_another_repository(href, file):
            return replace(leads, detail=f"{OUTSIDE}: if it is there, name '{file.parts[0]}' in the setting 'roots'")
        return leads

    def _looked_up(self, file: PurePosixPath, base: PurePosixPath) -> PurePosixPath:
        there = self._index.spelled(file)
        return self._lookup(there, base) if self._lookup else there

    def _destination(self, file: PurePosixPath, target: paths.Target) -> Destination:
        kind = self._index.kind(file) if file in self._index.files else None
        if kind is not None and kind.is_markdown:
            if kind is FileKind.UNPUBLISHED:
                return Destination(kind="missing", path=file, detail=self._index.unpublished(file))
            if kind is FileKind.FRAGMENT:
                return Destination(kind="missing", path=file, detail="it is a fragment, which has no page of its own")
            return Destination(kind="page", path=file, suffix=target.suffix, bookmark=target.bookmark)
        if kind is FileKind.TABLE_OF_CONTENTS:
            return Destination(kind="missing", path=file, detail="it is a table of contents, which has no page")
        if kind is not None and (why := self._index.unpublished(file)):
            return Destination(kind="missing", path=file, detail=why)
        if kind is not None or self._is_published(file):
            return Destination(kind="file", path=file, suffix=target.suffix)
        if file in self._redirections:
            return self._follow_redirection(file, target.suffix)
        return Destination(kind="missing", path=file, detail=self._why_missing(file))

    def _follow_redirection(self, file: PurePosixPath, suffix: str) -> Destination:
        """Follow a moved file to where it is now, through several moves; what the link asks for goes along."""
        moved: set[PurePosixPath] = set()
        here: PurePosixPath | None = file
        while here and here in self._redirections and here not in moved:
            if len(moved) == _MOST_MOVES:
                return Destination(kind="missing", path=file, detail=f"it is redirected more than {_MOST_MOVES} times")
            moved.add(here)
            address = self._redirections[here]
            if not paths.is_on_the_web(address):
                detail = f"it is redirected to '{address}', which is no address of a page"
                return Destination(kind="missing", path=file, detail=detail)
            if not re.search("[?#]", address):
                address += suffix
            leads = self._redirected(address, here)
            if leads.kind != "missing":
                return replace(leads, redirect=address)
            names = self._spellings(leads.path) if leads.path else ()
            here = next((name for name in names if name in self._redirections), None)
        circle = here in moved
        detail = (
            "its redirections lead in a circle" if circle else f"it is redirected to '{address}', which is not there"
        )
        return Destination(kind="missing", path=file, detail=detail)

    def _redirected(self, address: str, file: PurePosixPath) -> Destination:
        """Find where a redirection leads: to an address, or to the page of this content set that has it."""
        target = paths.follow_link(address, file, self._layout.home(file))
        if isinstance(target, paths.Refused):
            return Destination(kind="missing")
        if target.url is not None:
            rooted = address.startswith("/") and not address.startswith("//")
            return self._follow_root(address, target, file) if rooted else Destination(kind="elsewhere", url=address)
        found = self._page_named(target.file or file)
        return (
            self._destination(self._looked_up(found, file), target)
            if found
            else Destination(kind="missing", path=target.file)
        )

    def _page_named(self, place: PurePosixPath) -> PurePosixPath | None:
        """Find the file that an address without the ending of its file means."""
        files = (file for file in map(self._index.spelled, self._spellings(place)) if file in self._index.files)
        return next((file for file in files if not self._index.lies_with_fragments(file)), None)

    def _spellings(self, place: PurePosixPath) -> tuple[PurePosixPath, ...]:
        return (place, PurePosixPath(f"{place}.md"), place / "index.md", place / "README.md")

    def _follow_root(self, href: str, target: paths.Target, base: PurePosixPath) -> Destination:
        """Follow an address from the site's root: to the file of the site that stands there, else as the settings say."""
        own = self._page_named(self._index.at(PurePosixPath(_decoded(href, target))))
        if own is not None:
            return self._destination(self._looked_up(own, base), target)
        for prefix, place in self._root_links.items():  # the longest first
            if not f"{href.partition('?')[0].partition('#')[0]}/".startswith(prefix):
                continue
            rest = href[len(prefix) :]
            if "://" in place:
                return Destination(kind="elsewhere", url=place.rstrip("/") + "/" + rest)
            folder = PurePosixPath(self._content, place, _decoded(rest, target))
            if file := self._page_named(folder):
                return self._destination(self._looked_up(file, base), target)
            return Destination(kind="missing", path=PurePosixPath(f"{folder}.md"), detail=f"'{prefix}' is this site")
        return Destination(kind="elsewhere", url=href)

    def _why_missing(self, file: PurePosixPath) -> str:
        actual = self._index.like(file)
        return f"letter case differs from '{actual}'" if actual else ""

    def _is_in_another_repository(self, href: str, file: PurePosixPath) -> bool:
        """Does an address count from the root, and lead to what Learn takes from elsewhere?"""
        return href.startswith(_FROM_ROOT) and not any(file.is_relative_to(folder) for folder in self._folders)


def _decoded(address: str, target: paths.Target) -> str:
    """Read the path in an address, without the slashes around it."""
    return unquote(address[: len(address) - len(target.suffix)]).strip("/")
