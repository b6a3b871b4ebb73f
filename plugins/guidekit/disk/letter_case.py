"""Names in the letters in which they are on disk, where a file system takes capitals for small letters."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from guidekit.disk.file_status import is_there
from guidekit.text.file_names import in_one_case


def is_seen(folder: Path) -> bool:
    """Does the file system that holds a folder tell capitals from small letters, as far as the folder's name shows?"""
    name = folder.name.swapcase()
    return name == folder.name or not is_there(folder.with_name(name))


def spelled(root: Path, path: PurePosixPath) -> PurePosixPath:
    """Write a path as its folders and its file are named on disk; what is not there stays as it is written."""
    parts: list[str] = []
    for part in path.parts:
        parts.append(_name_on_disk(root.joinpath(*parts), part))
    return PurePosixPath(*parts)


def _name_on_disk(folder: Path, name: str) -> str:
    if not is_there(folder / name):
        return name
    names = list_names(folder)
    alike = [other for other in names if in_one_case(other) == in_one_case(name)]
    return name if name in names or len(alike) != 1 else alike[0]


def list_names(folder: Path) -> frozenset[str]:
    """List the names in a folder; none where nobody may look into it."""
    try:
        return frozenset(entry.name for entry in os.scandir(folder))
    except OSError:
        return frozenset()
