"""Changes to files as values: written to the disk, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidekit import files
from guidekit.files import WriteError


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of one file, its path counted from the library's root.

    ``before`` and ``after`` are its whole text as it is on disk, byte order mark and line endings included;
    ``None`` where there is no such file.
    """

    path: PurePosixPath
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Move:
    """A file, of whatever kind, that goes elsewhere as it is; both paths count from the library's root."""

    path: PurePosixPath
    to: PurePosixPath


def write(root: Path, changes: Iterable[Change | Move]) -> None:
    """Make the changes below ``root``, folders included, and remove from these folders what killed runs have left.

    Raises `WriteError` where a file is not as it was ``before``, then nothing is written; and at the first change that
    cannot be made, then the message tells how many were made before it.
    """
    wanted = tuple(changes)
    done = 0
    files.remove_abandoned((root / change.path).parent for change in wanted)
    try:
        for change in wanted:
            _refuse_changed(root, change)
        for change in wanted:
            _refuse_changed(root, change)
            _make(root, change)
            done += 1
    except WriteError as error:
        told = f"{done} of {len(wanted)} files were written before it" if done else "nothing was written"
        raise WriteError(f"{error}; {told}") from None


def is_made(root: Path, change: Change | Move) -> bool:
    """Is the disk as the change leaves it?"""
    if isinstance(change, Move):
        return files.holds(root / change.path, None)
    return files.holds(root / change.path, None if change.after is None else change.after.encode())


def _refuse_changed(root: Path, change: Change | Move) -> None:
    if isinstance(change, Move):
        return  # what it holds is not looked at, and files.move refuses what is not there
    place = root / change.path
    states = (change.before, change.after)  # a file with two names has been written when its second one comes up
    if not any(files.holds(place, None if text is None else text.encode()) for text in states):
        raise WriteError(f"'{place}' is no longer as it was read, and stays as it is now")


def _make(root: Path, change: Change | Move) -> None:
    place = root / change.path
    if isinstance(change, Move):
        files.make_folder((root / change.to).parent)
        files.move(place, root / change.to)
    elif change.after is None:
        files.remove(place)
    else:
        files.make_folder(place.parent)
        files.write(place, change.after.encode())
