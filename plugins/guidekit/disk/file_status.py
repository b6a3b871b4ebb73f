"""What the system tells of a file without reading it, and errors that name one."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

INSTALLED = ("node_modules", "site-packages")
"""The folders of what is installed, where no content of one's own lies."""


class RootError(Exception):
    """A content set that cannot be opened; the message names the folder or file."""


class WriteError(Exception):
    """A file that cannot be written; the message names it."""


def is_there(place: Path) -> bool:
    """Is there something of this name, as far as the system tells? No name is too long or too strange to be asked for."""
    return _status(place) is not None


def is_file(place: Path) -> bool:
    """Is there a file of this name?"""
    status = _status(place)
    return status is not None and stat.S_ISREG(status.st_mode)


def is_link(place: Path) -> bool:
    """Is there a symbolic link of this name?"""
    try:
        return place.is_symlink()
    except (OSError, ValueError):
        return False


def is_folder(place: Path) -> bool:
    """Is there a folder of this name?"""
    status = _status(place)
    return status is not None and stat.S_ISDIR(status.st_mode)


def is_empty(folder: Path) -> bool:
    """Is there nothing in a folder?"""
    return not any(folder.iterdir())


def _status(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except (OSError, ValueError):
        return None


def stamp(file: Path) -> tuple[int, ...]:
    """Ask the system for what changes whenever a file is written or replaced; nothing where there is no file."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def up_to_repository(place: Path) -> Sequence[Path]:
    """List a folder and those above it up to the repository's; it alone where no repository holds it."""
    folders = [place, *place.parents]
    top = next((number for number, folder in enumerate(folders) if is_there(folder / ".git")), 0)
    return folders[: top + 1]


def without_dots(place: Path) -> Path:
    """Resolve each ``..`` of a path as the system does: it is the folder above what the part before it leads to.

    What stands behind the last ``..`` stays as it is written, symbolic links included.
    """
    parts = place.parts
    if ".." not in parts:
        return place
    behind = len(parts) - parts[::-1].index("..")
    return Path(os.path.realpath(Path(*parts[:behind])), *parts[behind:])


def is_below(real: Path, folder: Path) -> bool:
    """Does a file lie in a folder, and in no hidden one below it, such as ``.git``? Both are without links."""
    return real.is_relative_to(folder) and not any(part.startswith(".") for part in real.relative_to(folder).parts)


def repository_folder(place: Path) -> Path:
    """Find the folder of the repository that holds a folder; itself where none does."""
    return up_to_repository(place.resolve())[-1]


def is_named(file: Path) -> bool:
    """Does anything but a folder have this name, a link to nothing included?"""
    return (is_there(file) or file.is_symlink()) and not is_folder(file)


def reason(error: Exception) -> str:
    """Say in the system's words why something did not work."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
