"""Lists and reads the files of a built site."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from guidekit.disk.file_status import RootError, is_file, reason
from guidekit.disk.reading import read_data

_MAX_PAGE = 100_000_000


def read_texts(site: Path, types: Container[str]) -> Iterator[tuple[PurePosixPath, str]]:
    """Read the texts of a site that was just built whose suffix is one of ``types``; what is not UTF-8 is left out."""
    for path in site.rglob("*"):
        if path.suffix in types and path.is_file():
            with suppress(UnicodeDecodeError):
                yield PurePosixPath(path.relative_to(site).as_posix()), path.read_text(encoding="utf-8")


def read_file(site: Path, name: str) -> bytes | None:
    """Read a file of a site that was just built; ``None`` where there is none."""
    return (site / name).read_bytes() if is_file(site / name) else None


class SiteReader:
    """Lists and reads the files of a built site, hidden ones too, but nothing outside its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def list_files(self) -> frozenset[str]:
        """List every file by its path from the site's folder; a link to a folder of the site holds that one's files."""
        found: set[str] = set()
        links: list[Path] = []
        for here, folders, names in os.walk(self._folder):
            found.update(self._inside(Path(here, name)) for name in names)
            links += (Path(here, name) for name in folders if Path(here, name).is_symlink())
        return frozenset(found.union(*(self._linked(link, found) for link in links)))

    def _linked(self, link: Path, files: Collection[str]) -> set[str]:
        to = link.resolve()
        if not to.is_relative_to(self._folder):
            return set()
        folder = "" if to == self._folder else f"{self._inside(to)}/"
        return {f"{self._inside(link)}/{file[len(folder) :]}" for file in files if file.startswith(folder)}

    def _inside(self, place: Path) -> str:
        return place.relative_to(self._folder).as_posix()

    def __call__(self, path: str) -> bytes:
        """Read a file. Raises `RootError` where that cannot be done."""
        file = self._folder / path
        try:
            real = file.resolve(strict=True)
            if not real.is_relative_to(self._folder):
                raise RootError(f"{file}: leads out of the site, through a symbolic link")
        except (OSError, RuntimeError, ValueError) as error:
            raise RootError(f"{file}: cannot be read: {reason(error)}") from None
        return read_data(real, _MAX_PAGE)
