"""Which lines of a text stayed when it was changed, found in time that grows with the text alone.

`difflib` finds the best answer, and takes the square of the number of lines for it, or more, where many are alike. It is
asked about short stretches; in a longer one, the nearest lines that are equal again are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["replace", "delete", "insert", "equal"]
Stretch = tuple[Kind, int, int, int, int]
"""What became of some lines: their first and behind their last before the change, and the same after it."""

_FEW = 400
_FARTHEST = 40
_ENOUGH = 3
"""So many equal lines in a row are taken for the same ones."""


class Alignment(SequenceMatcher[str]):
    """The changes of a text, which `get_grouped_opcodes` answers with three lines around each."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, "", "")
        self._found = list(stretches(before, after))

    def get_opcodes(self) -> list[Stretch]:
        """Find what became of all lines, in order."""
        return self._found


def stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """Go through what became of all lines, in order."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    left = shorter - start
    behind = next((at for at in range(left) if before[-1 - at] != after[-1 - at]), left)
    if start:
        yield "equal", 0, start, 0, start
    middle = before[start : len(before) - behind], after[start : len(after) - behind]
    find = _best if max(map(len, middle)) <= _FEW else _nearest
    for kind, *places in find(*middle):
        yield kind, places[0] + start, places[1] + start, places[2] + start, places[3] + start
    if behind:
        yield "equal", len(before) - behind, len(before), len(after) - behind, len(after)


def _best(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    yield from SequenceMatcher(None, before, after).get_opcodes()


def _nearest(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    at, to = 0, 0
    while at < len(before) or to < len(after):
        same = 0
        while at + same < len(before) and to + same < len(after) and before[at + same] == after[to + same]:
            same += 1
        if same:
            yield "equal", at, at + same, to, to + same
        at, to = at + same, to + same
        gone, come = _gap(before, after, at, to)
        if gone or come:
            kind: Kind = "replace" if gone and come else "delete" if gone else "insert"
            yield kind, at, at + gone, to, to + come
        at, to = at + gone, to + come


def _gap(before: Sequence[str], after: Sequence[str], at: int, to: int) -> tuple[int, int]:
    """Count the lines that are gone and that have come before both texts go on alike; else all that are left."""
    for lines in range(1, _FARTHEST + 1):
        for gone in range(lines + 1):
            here, there = at + gone, to + lines - gone
            ends = here + _ENOUGH > len(before) or there + _ENOUGH > len(after)
            if not ends and before[here : here + _ENOUGH] == after[there : there + _ENOUGH]:
                return gone, lines - gone
    return len(before) - at, len(after) - to
