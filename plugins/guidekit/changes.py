"""Changes to files as values: shown as a diff, or written, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from guidekit import files
from guidekit.alignment import Alignment
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


def diff(changes: Iterable[Change | Move]) -> str:
    """Show changes as one unified diff, which ``git apply`` and ``patch -p1`` take; moves come last, as git has them."""
    wanted = tuple(changes)
    texts = (line for change in wanted if isinstance(change, Change) for line in _diff(change))
    moves = (line for change in wanted if isinstance(change, Move) for line in _renaming(change))
    return "".join(chain(texts, moves))


def write(root: Path, changes: Iterable[Change | Move]) -> None:
    """Make the changes below ``root``, folders included.

    Raises `WriteError` where a file is not as it was ``before``, then nothing is written; and at the first change that
    cannot be made, then the message tells how many were made before it.
    """
    wanted = tuple(changes)
    done = 0
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


def _renaming(move: Move) -> Iterator[str]:
    """Show a move as git does, whose diffs alone know of one."""
    yield f"diff --git a/{move.path} b/{move.to}\nsimilarity index 100%\n"
    yield f"rename from {move.path}\nrename to {move.to}\n"


def _diff(change: Change) -> Iterator[str]:
    before, after = _lines(change.before), _lines(change.after)
    name = "/dev/null" if change.before is None else f"a/{change.path}"
    for number, group in enumerate(Alignment(before, after).get_grouped_opcodes()):
        if not number:
            yield f"--- {name}\n+++ {'/dev/null' if change.after is None else f'b/{change.path}'}\n"
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n"
        for kind, start, end, start_after, end_after in group:
            if kind == "equal":
                yield from (_line(" ", line) for line in before[start:end])
            else:
                yield from (_line("-", line) for line in before[start:end])
                yield from (_line("+", line) for line in after[start_after:end_after])


def _range(start: int, end: int) -> str:
    """Write lines as diffs do: their first, counted from 1, and how many there are; the one above where there is none."""
    length = end - start
    return f"{start + (length > 0)}" if length == 1 else f"{start + (length > 0)},{length}"


def _line(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _lines(text: str | None) -> list[str]:
    """Split at line feeds alone, as diffs do: `str.splitlines` would split at form feeds and their like."""
    parts = (text or "").split("\n")
    return [f"{line}\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
