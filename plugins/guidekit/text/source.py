"""Texts and the places in them: a file's source, a position, a span."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

_LINE_ENDING = re.compile(r"\r\n?")

Reason = Literal["directory", "outside-roots", "not-mounted", "not-text", "too-large", "denied"]


class Position(NamedTuple):
    """A place in a file: line and column, both counted from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, kw_only=True, order=True, slots=True)
class Span:
    """A stretch of one file, from ``start`` up to but not including ``end``."""

    path: PurePosixPath
    start: Position
    end: Position

    def __str__(self) -> str:
        return f"{self.path}:{self.start.line}:{self.start.column}"


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A file that is there but cannot be used as text, and why."""

    reason: Reason
    detail: str


Reader = Callable[[PurePosixPath], "str | Unreadable | None"]
"""Answers the text of a file, ``None`` where there is no such file. Paths count from the library's root."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """The text of one file, without byte order mark, with line feeds as line endings.

    Neither change moves a line or a column: positions are those of the file on disk.
    """

    path: PurePosixPath
    text: str

    @classmethod
    def of(cls, path: PurePosixPath | str, text: str) -> Source:
        """Make a source from a text as it was read."""
        return cls(path=PurePosixPath(path), text=_LINE_ENDING.sub("\n", text.removeprefix("\ufeff")))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their endings; always at least one."""
        return tuple(self.text.split("\n"))

    def span(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> Span:
        """Make a span from 0-based (line, column) pairs, kept inside the text."""
        first = self._position(*start)
        last = self._position(*end) if end else first
        return Span(path=self.path, start=first, end=max(first, last))

    def line_span(self, line: int) -> Span:
        """Make a span over the visible part of a line, counted from 0."""
        text = self.lines[min(line, len(self.lines) - 1)]
        return self.span((line, len(text) - len(text.lstrip())), (line, len(text.rstrip())))

    def offset(self, place: Position) -> int:
        """Find the character of the text at which a place is, counted from 0."""
        return min(self._starts[place.line - 1] + place.column - 1, len(self.text))

    def cut(self, span: Span) -> str:
        """Cut the text of a span out of the file."""
        return self.text[self.offset(span.start) : self.offset(span.end)]

    def stretch(self, start: int, end: int) -> Span:
        """Make a span from two offsets of the text, counted from 0."""
        return self.span(self._place(start), self._place(end))

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._starts, at, hi=len(self.lines)) - 1
        return line, at - self._starts[line]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def _position(self, line: int, column: int) -> Position:
        line = min(max(line, 0), len(self.lines) - 1)
        return Position(line=line + 1, column=min(max(column, 0), len(self.lines[line])) + 1)
