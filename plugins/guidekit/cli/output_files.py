"""The files that a command is told to write: which of them it may write."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from guidekit.cli.console import STANDARD_OUTPUT
from guidekit.cli.messages import Misuse
from guidekit.disk import file_status, symlinks, writing
from guidekit.library import library as core
from guidekit.reporting import former_outputs

_MOST = 100_000_000  # bytes; a larger file is none that was written here


def refuse(file: Path | None, root: Path, library: core.Library | None = None) -> None:
    """Raise `Misuse` where a file may not be written: an output takes the place of a former one, or of nothing.

    What is no regular file, such as a pipe or a device, may be written to. No path leads through a symbolic link that
    lies in the repository of the content set in ``root``: whoever writes content could have put it there.
    """
    if file is None or file == STANDARD_OUTPUT:
        return
    refuse_links(file, root)
    if not file_status.is_file(file):
        return
    if library and _is_content(library, file, root):
        raise Misuse(f"'{file}' is written by people, and is not overwritten: name another file")
    try:
        former = writing.read_former(file, _MOST)
    except file_status.WriteError as error:
        raise Misuse(str(error)) from None
    if former is None or not former_outputs.is_output(former):
        raise Misuse(f"'{file}' holds something that guidekit did not write: name another file, or remove it first")


def refuse_links(file: Path, root: Path) -> None:
    """Raise `Misuse` where a path leads through a symbolic link that lies in the repository, or where one stands."""
    repositories = [file_status.repository_folder(folder) for folder in (root, Path.cwd())]
    folders = [folder for folder in repositories if folder != Path(folder.anchor)]  # all lies in one that is the disk
    if link := symlinks.find_on_path(file, folders):
        raise Misuse(f"'{file}' is not written: '{link}' is a symbolic link, which could lead anywhere")


def _is_content(library: core.Library, file: Path, root: Path) -> bool:
    place, above = file.resolve(), root.resolve()
    if not place.is_relative_to(above):
        return False
    path = PurePosixPath(place.relative_to(above).as_posix())
    return path in library.texts or str(path) == library.layout.settings_file
