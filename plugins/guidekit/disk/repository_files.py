"""What the repository says about files: who owns them, and where those are that moved."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from guidekit.disk.content_set import ContentSet
from guidekit.disk.docfx_files import PUBLISHING, read_object
from guidekit.disk.file_status import (
    INSTALLED,
    RootError,
    is_named,
    is_there,
    reason,
    repository_folder,
    up_to_repository,
)
from guidekit.disk.reading import MAX_BESIDE, read_data
from guidekit.syntax import redirections
from guidekit.syntax.redirections import Redirection
from guidekit.text.source import Source

if TYPE_CHECKING:
    from guidekit.syntax.code_owners import CodeOwners

_MAX_OWNERS = 3_000_000  # as on GitHub
CODE_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


@dataclass(frozen=True, kw_only=True)
class FileOwners:
    """The owners that a repository names for the files below a folder; ``folder`` is counted from the repository."""

    owners: CodeOwners | None
    folder: PurePosixPath

    def __call__(self, path: PurePosixPath) -> str:
        """Name the owners of a file, apart by blanks; empty where nobody is named."""
        return self.owners.of(str(self.folder / path)) if self.owners else ""


def code_owners(root: Path) -> FileOwners:
    """Read whom a repository's CODEOWNERS names for the files below ``root``. Raises `RootError` where it cannot be read."""
    found = code_owners_file(root.resolve())
    if not found:
        return FileOwners(owners=None, folder=PurePosixPath())
    return _owners_in(found[1], root.resolve().relative_to(found[0]))


def code_owners_file(place: Path) -> tuple[Path, Path] | None:
    """Find the folder of the repository that names owners, and the file in which it does."""
    for folder in (place, *place.parents):
        file = next((folder / name for name in CODE_OWNERS if is_named(folder / name)), None)
        if file:
            return folder, file
        if is_there(folder / ".git"):
            break
    return None


def _owners_in(file: Path, below: Path) -> FileOwners:
    from guidekit.syntax.code_owners import CodeOwners  # most content sets have no such file

    try:
        owners = CodeOwners(_read_beside(file, _MAX_OWNERS).decode("utf-8-sig", "replace"))
    except ValueError as error:
        raise RootError(f"{file}: {error}") from None
    return FileOwners(owners=owners, folder=PurePosixPath(below.as_posix()))


def redirections_of(content_set: ContentSet) -> Mapping[PurePosixPath, Redirection]:
    """Read where a repository says that files of a content set have moved. Raises `RootError` where it cannot be read.

    Of two entries on a file, the last one counts.
    """
    place = content_set.root.resolve()
    repository = PurePosixPath(up_to_repository(place)[-1].as_posix())
    moved: dict[PurePosixPath, Redirection] = {}
    for file in redirection_files(content_set):
        home = redirections.Home(folder=PurePosixPath(file.parent.as_posix()), repository=repository)
        try:
            text = _read_beside(file, MAX_BESIDE).decode("utf-8-sig")
            named = Source.of(PurePosixPath(Path(os.path.relpath(file, place)).as_posix()), text)
            found = redirections.read(named, home, PurePosixPath(place.as_posix()))
            for one in found:
                known = moved.get(one.file)
                differs = known is not None and known.address != one.address
                moved[one.file] = replace(one, instead_of=known) if differs else one
        except ValueError as error:
            raise RootError(f"{file}: is no file of redirections: {reason(error)}") from None
    return moved


def _read_beside(file: Path, most: int) -> bytes:
    """Read a file that decides what is made of the content. Raises `RootError` for a link out of the repository too."""
    if not Path(os.path.realpath(file)).is_relative_to(repository_folder(file.parent)):
        raise RootError(f"{file}: leads out of the repository, through a symbolic link")
    return read_data(file, most)


def redirection_files(content_set: ContentSet) -> Sequence[Path]:
    """List the files of redirections: from the root up to the repository's folder, below the content set, and those named there.

    Those in other repositories are theirs.
    """
    place = content_set.root.resolve()
    above = (file for folder in up_to_repository(place) for file in sorted(folder.glob(redirections.FILES)))
    below = (file for folder in content_set.folders for file in _redirections_below(content_set, place / folder))
    named = (file for folder in up_to_repository(place) for file in _named_redirections(folder))
    return tuple(dict.fromkeys((*above, *below, *named)))


def _redirections_below(content_set: ContentSet, top: Path) -> Iterator[Path]:
    """List the files of redirections in a folder and all that it holds, but for hidden folders and links."""
    root, mount_of = content_set.root.resolve(), content_set.layout.mount_of
    for here, folders, names in os.walk(top):
        inside = PurePosixPath(Path(here).relative_to(root).as_posix())
        if mount_of(inside):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in INSTALLED)
        yield from (Path(here, name) for name in sorted(fnmatch.filter(names, redirections.FILES)))


def _named_redirections(folder: Path) -> Iterator[Path]:
    """List the files of redirections that a publish configuration of Learn's names, and that are there."""
    try:
        named = read_object(folder / PUBLISHING).get("redirection_files")
    except RootError:
        return
    for name in named if isinstance(named, list) else ():
        file = Path(os.path.normpath(folder / str(name)))
        if file.is_relative_to(folder) and is_named(file):
            yield file
