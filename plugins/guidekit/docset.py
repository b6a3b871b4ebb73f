"""What a docfx.json says: which files are published and where, and what holds for many pages at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from guidekit.text.docfx_globs import DocfxGlobs

_WILDCARD = re.compile(r"[*?\[{]")


@dataclass(frozen=True, kw_only=True)
class FileGroup:
    """Files that docfx publishes together: those below ``source`` that ``files`` mean and ``excluded`` do not.

    ``source`` counts from the root of the content set, ``target`` from that of the site. ``patterns`` are the globs as
    they are written.
    """

    source: PurePosixPath
    target: PurePosixPath
    files: DocfxGlobs
    excluded: DocfxGlobs
    patterns: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[PurePosixPath, ...]:
        """The folders in which the files of the group lie, as far as its globs tell without a look at them."""
        return tuple(dict.fromkeys(self.source.joinpath(*_fixed_parts(pattern)) for pattern in self.patterns))

    @property
    def named(self) -> tuple[PurePosixPath, ...]:
        """The files that are named one by one, without a wildcard, counted from the root of the content set."""
        return tuple(self.source / pattern for pattern in self.patterns if not _WILDCARD.search(pattern))

    def place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find where a file is published, counted from the site's root; ``None`` for one that is not of this group."""
        if not path.is_relative_to(self.source):
            return None
        inside = path.relative_to(self.source)
        return self.target / inside if self.files.match(inside) and not self.excluded.match(inside) else None

    def excludes(self, path: PurePosixPath) -> bool:
        """Would a file be of this group, if it were not excluded?"""
        if not path.is_relative_to(self.source):
            return False
        inside = path.relative_to(self.source)
        return self.files.match(inside) and self.excluded.match(inside)


def _fixed_parts(pattern: str) -> Iterator[str]:
    """Find the folders that a glob names at its beginning, without a wildcard."""
    folders = PurePosixPath(pattern.replace("\\", "/")).parts[:-1]
    return takewhile(lambda name: not _WILDCARD.search(name), folders)


@dataclass(frozen=True, kw_only=True)
class FileMetadata:
    """A value that some files have for a key, counted from the docset's folder."""

    key: str
    files: DocfxGlobs
    value: object


@dataclass(frozen=True, kw_only=True)
class Docset:
    """One docfx.json; ``file`` is where it lies, counted from the root of the content set.

    ``content`` are the pages, ``resources`` all other files that are published. ``global_metadata`` holds for each page,
    ``file_metadata`` for some; of several values of a key, the last one counts. Into the folders ``made_from_code`` docfx writes
    pages that it makes from programs; they count from the root of the content set.
    """

    file: PurePosixPath
    content: tuple[FileGroup, ...] = ()
    resources: tuple[FileGroup, ...] = ()
    global_metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    file_metadata: tuple[FileMetadata, ...] = ()
    made_from_code: tuple[PurePosixPath, ...] = ()

    @property
    def folder(self) -> PurePosixPath:
        """The folder that ``~`` stands for, counted from the root of the content set."""
        return self.file.parent

    def place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find where a page or another file is published, counted from the site's root; ``None`` for one that is not."""
        found = self.page_place(path)
        return found or next(filter(None, (group.place(path) for group in self.resources)), None)

    def page_place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find where a page is published, counted from the site's root; ``None`` for what is no page of the docset."""
        return next(filter(None, (group.place(path) for group in self.content)), None)

    def excludes(self, page: PurePosixPath) -> bool:
        """Is a page taken out of the docset, and by nothing put in again?"""
        return self.page_place(page) is None and any(group.excludes(page) for group in self.content)

    def metadata(self, path: PurePosixPath) -> Mapping[str, Any]:
        """Collect what holds for a page that does not say otherwise in its front matter."""
        if not path.is_relative_to(self.folder):
            return {}
        inside = path.relative_to(self.folder)
        of_file = {found.key: found.value for found in self.file_metadata if found.files.match(inside)}
        return {**self.global_metadata, **of_file}
