"""Findings mended: which fixes are made together, what becomes of the files, and how often that is repeated.

A fix is made on the text as it is on disk, so that all it does not name stays as it is, to the byte.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Generic, Protocol, Self, TypeVar

from guidekit.diagnostics import Diagnostic, Report
from guidekit.disk.changes import Change
from guidekit.text import edits
from guidekit.text.edits import Edit
from guidekit.text.source import Span, Unreadable

MAX_PASSES = 20
"""How often fixes are made before they are taken for ones that undo each other."""

Text = str | Unreadable | None
"""What stands in a file, or why it cannot be read; ``None`` where there is none."""


class Fixable(Protocol):
    """A content set whose findings can be mended."""

    def check(self) -> Report:
        """Run all rules."""

    def raw(self, path: PurePosixPath) -> str:
        """Read a file's text as it is on disk."""

    def revised(self, texts: Mapping[PurePosixPath, Text]) -> Self:
        """Open the same content set with other texts for some of its files."""


Opened = TypeVar("Opened", bound=Fixable)
Wanted = Callable[[Diagnostic], bool]


class DivergingError(Exception):
    """Fixes that come to no end: a mistake in the rules, not in the content."""


@dataclass(frozen=True, kw_only=True)
class Mended(Generic[Opened]):
    """A content set as it is with its fixes made: the changes to its files, what was mended, and what is found now."""

    library: Opened
    report: Report
    changes: tuple[Change, ...]
    fixed: tuple[Diagnostic, ...]


def is_safe(found: Diagnostic) -> bool:
    """Can a finding be mended without a doubt?"""
    return found.fix is not None and found.fix.safe


def mend(opened: Opened, wanted: Wanted) -> Mended[Opened]:
    """Make the fixes of the findings that are wanted, and those of what then is found, until nothing is left to mend.

    Writes nothing. Raises `DivergingError` where that comes to no end.
    """
    before: dict[PurePosixPath, str] = {}
    after: dict[PurePosixPath, str] = {}
    fixed: list[Diagnostic] = []
    revised = opened
    for _ in range(MAX_PASSES):
        report = revised.check()
        chosen = choose(filter(wanted, report.diagnostics))
        if not chosen:
            changes = (
                Change(path=path, before=text, after=after[path])
                for path, text in sorted(before.items())
                if text != after[path]
            )
            return Mended(library=revised, report=report, changes=tuple(changes), fixed=tuple(fixed))
        fixed += chosen
        for path, wished in _by_file(chosen).items():
            if path not in before:
                before[path] = after[path] = opened.raw(path)
            after[path] = edits.apply(after[path], wished)
        revised = opened.revised(after)
    left = sorted({found.code for found in choose(filter(wanted, revised.check().diagnostics))})
    raise DivergingError(f"the fixes of {', '.join(left)} come to no end")


def choose(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Choose findings whose fixes can be made together; one whose edits meet another's waits for the next time."""
    chosen: list[Diagnostic] = []
    taken: dict[PurePosixPath, list[Edit]] = {}
    made: set[Edit] = set()
    for found in diagnostics:
        new = [edit for edit in found.fix.edits if edit not in made] if found.fix else []
        if found.fix and found.fix.edits and not any(_meets_one(edit, taken.get(edit.span.path, [])) for edit in new):
            chosen.append(found)
            for edit in new:
                insort(taken.setdefault(edit.span.path, []), edit, key=_place)
            made.update(new)
    return chosen


def _place(edit: Edit) -> Span:
    return edit.span


def _meets_one(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Does an edit touch the text of one that is made already? They are in order, so its neighbors tell."""
    first, last = bisect_left(taken, edit.span, key=_place), bisect_right(taken, edit.span, key=_place)
    return any(_meet(edit, other) for other in taken[max(first - 1, 0) : last + 1])


def _meet(one: Edit, other: Edit) -> bool:
    """Do two edits touch the same text?"""
    a, b = one.span, other.span
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end


def _by_file(found: Sequence[Diagnostic]) -> Mapping[PurePosixPath, set[Edit]]:
    """Sort the edits of findings by file; the very same one, asked for twice, is made once."""
    files: dict[PurePosixPath, set[Edit]] = {}
    for edit in chain.from_iterable(diagnostic.fix.edits for diagnostic in found if diagnostic.fix):
        files.setdefault(edit.span.path, set()).add(edit)
    return files
