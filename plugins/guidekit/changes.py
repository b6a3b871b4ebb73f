"""Changes to files as values: shown as a diff, or written, each file whole or not at all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
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


def diff(changes: Iterable[Change]) -> str:
    """Show changes as one unified diff, which ``git apply`` and ``patch -p1`` take."""
    return "".join(line for change in changes for line in _diff(change))


def write(root: Path, changes: Iterable[Change]) -> None:
    """Make the changes below ``root``, folders included.

    Raises `WriteError` where a file is not as it was ``before``, then nothing is written; and at the first change that
    cannot be made, then the message tells how many were made before it.
    """
    wanted = tuple(changes)
    done = 0
    try:
        for change in wanted:
            _refuse_changed(root / change.path, change)
        for change in wanted:
            _refuse_changed(root / change.path, change)
            _make(root / change.path, change)
            done += 1
    except WriteError as error:
        told = f"{done} of {len(wanted)} files were written before it" if done else "nothing was written"
        raise WriteError(f"{error}; {told}") from None


def _refuse_changed(place: Path, change: Change) -> None:
    states = (change.before, change.after)  # a file with two names has been written when its second one comes up
    if not any(files.holds(place, None if text is None else text.encode()) for text in states):
        raise WriteError(f"'{place}' is no longer as it was read, and stays as it is now")


def _make(place: Path, change: Change) -> None:
    if change.after is None:
        files.remove(place)
    else:
        files.make_folder(place.parent)
        files.write(place, change.after.encode())


def _diff(change: Change) -> Iterator[str]:
    lines = difflib.unified_diff(
        _lines(change.before),
        _lines(change.after),
        "/dev/null" if change.before is None else f"a/{change.path}",
        "/dev/null" if change.after is None else f"b/{change.path}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str | None) -> list[str]:
    """Split at line feeds alone, as diffs do: `str.splitlines` would split at form feeds and their like."""
    parts = (text or "").split("\n")
    return [f"{line}\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
