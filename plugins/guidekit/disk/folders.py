"""Writing a folder of files: whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath

from guidekit.disk import temporary_files
from guidekit.disk.file_status import WriteError, is_empty, is_folder, is_named, reason
from guidekit.disk.held_files import patiently


def refuse(folder: Path, read: Iterable[Path] = ()) -> None:
    """Raise `WriteError` where a folder cannot be written as a whole, or lies in one that is ``read``."""
    try:
        if is_named(folder) or (is_folder(folder) and not is_empty(folder)):
            raise WriteError(f"'{folder}' is not empty: name a folder that is empty or does not exist")
        for place in read:
            if folder.resolve().is_relative_to(place.resolve()):
                raise WriteError(f"'{folder}' lies in the content set: name a folder outside '{place}'")
    except (OSError, RuntimeError, ValueError) as error:
        raise WriteError(f"cannot write '{folder}': {reason(error)}") from None


def write(folder: Path, files: Iterable[tuple[PurePosixPath, bytes | Path]]) -> None:
    """Write files into a folder that is empty or not there, each from its data or as a copy of another file.

    Nothing is there until all of it is. Raises `WriteError`.
    """
    refuse(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with temporary_files.folder_beside(folder) as made:
            for path, source in files:
                _write(made / path, source)
            if is_folder(folder):
                folder.rmdir()
            made.chmod(0o777 & ~temporary_files.umask())
            patiently(partial(made.rename, folder))
    except (OSError, ValueError) as error:
        raise WriteError(f"cannot write '{folder}': {reason(error)}") from None


def _write(file: Path, source: bytes | Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(source, bytes):
        file.write_bytes(source)
    else:
        shutil.copyfile(source, file)
