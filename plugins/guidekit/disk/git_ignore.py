"""Which files git leaves out: what its ignore files say, without asking git; what it keeps all the same, by asking it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath

from guidekit.disk.file_status import RootError, is_folder, is_link, up_to_repository
from guidekit.disk.git_repository import Repository, RepositoryError
from guidekit.disk.reading import read_data
from guidekit.text.globs import IgnoreFile

IGNORE_FILE = ".gitignore"
_MOST = 1_000_000  # bytes
_LINE = re.compile(r"\r?\n")


class GitIgnore:
    """Tells which files below a folder git leaves out, by the .gitignore files from its repository's folder down.

    Without a repository, those in the folder and below it count. What git tracks stays, whatever they say. The settings of
    whoever works there (``core.excludesFile``) are not asked: others have other ones.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = up_to_repository(root.resolve())[-1]
        self._below = PurePosixPath(root.resolve().relative_to(self._top).as_posix())
        self._files: dict[PurePosixPath, IgnoreFile] = {}
        self._folders: dict[PurePosixPath, bool] = {PurePosixPath(): False}

    def __call__(self, path: PurePosixPath) -> bool:
        """Does git leave out a file? Its path counts from the folder."""
        place = self._below / path
        ignored = self._leaves_out_folder(place.parent) or self._decides(place, is_folder=False)
        return ignored and path not in self._tracked

    def leaves_out_folder(self, path: PurePosixPath) -> bool:
        """Does git leave out a folder, as far as its files say? Its path counts from the folder."""
        return self._leaves_out_folder(self._below / path)

    @cached_property
    def _tracked(self) -> frozenset[PurePosixPath]:
        """The files that git keeps; git is asked for them once a file would be left out."""
        try:
            return frozenset(Repository(self._root).files_in_index())
        except RepositoryError:
            return frozenset()

    def _leaves_out_folder(self, folder: PurePosixPath) -> bool:
        if folder not in self._folders:
            self._folders[folder] = self._leaves_out_folder(folder.parent) or self._decides(folder, is_folder=True)
        return self._folders[folder]

    def _decides(self, path: PurePosixPath, *, is_folder: bool) -> bool:
        """Ask the files that may speak of a path, the nearest first; none is asked in a folder that is left out."""
        for folder in path.parents:
            said = self._file(folder).decide(str(path.relative_to(folder)), is_folder=is_folder)
            if said is not None:
                return said
        return bool(self._excluded.decide(str(path), is_folder=is_folder))

    def _file(self, folder: PurePosixPath) -> IgnoreFile:
        if folder not in self._files:
            self._files[folder] = IgnoreFile(_lines(self._top / folder / IGNORE_FILE))
        return self._files[folder]

    @cached_property
    def _excluded(self) -> IgnoreFile:
        """What is left out in this clone alone."""
        own = self._top / ".git"
        return IgnoreFile(_lines(own / "info" / "exclude") if is_folder(own) else ())


def _lines(file: Path) -> Iterator[str]:
    """Read the lines of an ignore file; none where there is no such file, or it is a link, as git has it."""
    if is_link(file):
        return
    try:
        text = read_data(file, _MOST).decode("utf-8-sig", "surrogateescape")
    except RootError:
        return
    yield from _LINE.split(text)
