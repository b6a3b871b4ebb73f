"""Changes as one patch, which ``git apply`` takes, and which a build service's log can show."""

from __future__ import annotations

import re
import zlib
from base64 import b85encode
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import PurePosixPath

from guidekit.alignment import Alignment
from guidekit.changes import Change, Move
from guidekit.escaping import is_obeyed, one_line

_QUOTED = re.compile(rb"""[\x00-\x1f\x7f"\\]|[^\x00-\x7f]+|\#(?=\#\w*\[)""")
_MOST_IN_A_LINE = 52
"""How many bytes git writes in a line of a binary patch."""


def write(changes: Iterable[Change | Move]) -> str:
    """Write changes as one unified diff, which ``git apply`` and ``patch -p1`` take; moves come last, as git has them.

    A file whose lines would command a terminal or a build service is written as git writes binaries: the change is
    whole, and ``git apply`` alone takes it.
    """
    return "".join(_binary(change) if is_obeyed(part) else part for change, part in _parts(changes))


def show(changes: Iterable[Change | Move]) -> str:
    """Show changes as a unified diff for people, whatever is in it."""
    return "".join(part for _, part in _parts(changes))


def _parts(changes: Iterable[Change | Move]) -> Iterator[tuple[Change | Move, str]]:
    wanted = tuple(changes)
    for change in sorted(wanted, key=lambda change: isinstance(change, Move)):
        yield change, "".join(_renaming(change) if isinstance(change, Move) else _diff(change))


def _renaming(move: Move) -> Iterator[str]:
    """Write a move as git does, whose diffs alone know of one."""
    yield f"diff --git {_name('a/', move.path)} {_name('b/', move.to)}\nsimilarity index 100%\n"
    yield f"rename from {_name('', move.path)}\nrename to {_name('', move.to)}\n"


def _diff(change: Change) -> Iterator[str]:
    before, after = _lines(change.before), _lines(change.after)
    for number, group in enumerate(Alignment(before, after).get_grouped_opcodes()):
        if not number:
            yield f"--- {'/dev/null' if change.before is None else _name('a/', change.path)}\n"
            yield f"+++ {'/dev/null' if change.after is None else _name('b/', change.path)}\n"
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


def _name(before: str, path: PurePosixPath) -> str:
    """Write a file's name, in quotes where it holds what ends a line or a name, or what nobody could read."""
    name = before + str(path)
    if name.isprintable() and not _QUOTED.search(name.encode("ascii", "ignore")):
        return name
    written = name.encode("utf-8", "surrogateescape")
    return '"' + _QUOTED.sub(lambda found: b"".join(b"\\%03o" % byte for byte in found[0]), written).decode() + '"'


def _binary(change: Change | Move) -> str:
    if isinstance(change, Move):
        raise ValueError("a move holds names alone, and these are quoted")
    before, after = ((text or "").encode() for text in (change.before, change.after))
    old, new = (_blob(text) for text in (change.before, change.after))
    mode = "new file mode 100644\n" if change.before is None else "deleted file mode 100644\n" * (change.after is None)
    return (
        f"{one_line(str(change.path))} holds what would command a terminal or a log, so this is what git calls binary:\n"
        f"diff --git {_name('a/', change.path)} {_name('b/', change.path)}\n{mode}index {old}..{new}\n"
        f"GIT binary patch\n{_literal(after)}\n{_literal(before)}\n"
    )


def _blob(text: str | None) -> str:
    """Make git's name of what a file holds."""
    if text is None:
        return "0" * 40
    data = text.encode()
    return sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def _literal(data: bytes) -> str:
    packed = zlib.compress(data)
    lines = (packed[at : at + _MOST_IN_A_LINE] for at in range(0, len(packed), _MOST_IN_A_LINE))
    return f"literal {len(data)}\n" + "".join(f"{_length(line)}{_in_85(line)}\n" for line in lines)


def _length(line: bytes) -> str:
    return chr(len(line) + (ord("A") - 1 if len(line) <= 26 else ord("a") - 27))


def _in_85(line: bytes) -> str:
    """Write bytes in fours, the last ones filled up with nothing."""
    return b85encode(line, pad=True).decode()
