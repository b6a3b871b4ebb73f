"""Writing: each file whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path

from guidekit import extras
from guidekit.disk import temporary_files
from guidekit.disk.file_status import WriteError, is_file, is_folder, is_there, reason
from guidekit.disk.held_files import patiently


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: what was there stays until all is written. Raises `WriteError`.

    What is no regular file, such as a device or a pipe, is written to as it is.
    """
    try:
        target = file.resolve() if file.is_symlink() else file
        if _is_special(file):
            file.write_bytes(data)
            return
        with temporary_files.beside(target) as made:
            made.write_bytes(data)
            made.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~temporary_files.umask())
            patiently(partial(made.replace, target))
    except (OSError, RuntimeError, ValueError) as error:
        raise WriteError(f"cannot write '{file}': {reason(error)}") from None


def remove_abandoned(folders: Iterable[Path]) -> bool:
    """Remove from folders what killed runs have left there of files that they were writing; was there anything?"""
    removed = [temporary_files.remove_abandoned(folder) for folder in set(folders)]
    return any(removed)


def remove(file: Path) -> None:
    """Remove a file. Raises `WriteError`."""
    try:
        patiently(file.unlink)
    except OSError as error:
        raise WriteError(f"cannot remove '{file}': {reason(error)}") from None


def _is_special(file: Path) -> bool:
    return is_there(file) and not is_file(file) and not is_folder(file)


def holds(file: Path, data: bytes | None) -> bool:
    """Is this what is on disk now; ``None`` for no file at all? What is no regular file is not read."""
    try:
        return not _is_special(file) and file.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return data is None
    except OSError:
        return False


def read_former(file: Path, most: int) -> bytes | None:
    """Read what a file holds that is to be replaced; ``None`` where it has more than ``most`` bytes.

    Raises `WriteError` where it cannot be read.
    """
    try:
        return file.read_bytes() if file.stat().st_size <= most else None
    except OSError as error:
        raise WriteError(f"cannot write '{file}': {reason(error)}") from None


def move(file: Path, to: Path) -> None:
    """Give a file another name, where none has that name. Raises `WriteError`."""
    try:
        if (to.exists() or to.is_symlink()) and not _is_same_in_another_case(file, to):
            raise WriteError(f"cannot move '{file}' to '{to}': that file exists")
        patiently(partial(file.rename, to))
    except OSError as error:
        raise WriteError(f"cannot move '{file}' to '{to}': {reason(error)}") from None


def _is_same_in_another_case(file: Path, to: Path) -> bool:
    """Is this one file, on a file system that takes capitals for small letters? Where it tells them apart, there are two."""
    return file.name != to.name and str(file).lower() == str(to).lower() and file.samefile(to)


def remove_empty(folder: Path) -> None:
    """Remove a folder and those below it, as far as nothing is in them."""
    for here, _, _ in os.walk(folder, topdown=False):
        try:
            Path(here).rmdir()
        except OSError:  # something is left in it
            continue


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing. Raises `WriteError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot make the folder '{folder}': {reason(error)}") from None


def cache_folder(name: str, root: Path) -> Path:
    """Name the folder of the user's own cache for a content set: nobody who writes content can lay anything there."""
    with extras.needed("links", "a cache"):
        from platformdirs import user_cache_path  # few commands keep anything

    place = root.resolve()
    return user_cache_path("guidekit") / name / f"{place.name}-{sha256(os.fsencode(place)).hexdigest()[:16]}"
