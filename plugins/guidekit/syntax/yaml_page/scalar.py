"""A text in a YAML file: what it says, and the way back from each of its characters to the file.

YAML takes indentation, quotes and escapes out of a text, and folds its lines. Each stretch that stays as it is written is
found again in the file, so that what is read in the text has its place there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import yaml

from guidekit.text.source import Position, Source, Span

_DOUBLE = re.compile(
    r"(?P<fold>\\?[ \t]*\n\s*)|(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))|[^\\\n]+"
)
_SINGLE = re.compile(r"(?P<fold>[ \t]*\n\s*)|(?P<escape>'')|[^'\n]+")
_PLAIN = re.compile(r"(?P<fold>\n\s*)|[^\n]+")
_PIECES = {'"': _DOUBLE, "'": _SINGLE}
_BLOCKS = ("|", ">")
_BLANKS = re.compile(r"\s*")


class _Stretch(NamedTuple):
    """A stretch of a text, and where it stands in the file: both offsets, and its length in the file."""

    start: int
    written: int
    length: int


@dataclass(frozen=True, kw_only=True)
class ScalarSource(Source):
    """A text of a YAML file as a source of its own: spans within it are places in that ``file``."""

    file: Source = field(repr=False)
    node: yaml.ScalarNode = field(repr=False)

    def span(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> Span:
        """Find 0-based (line, column) pairs of the text in the file."""
        first = self._offset(*start)
        return self.stretch(first, self._offset(*end) if end else first)

    def stretch(self, start: int, end: int) -> Span:
        """Find two offsets of the text in the file."""
        first = self._written(start)
        return self.file.stretch(first, max(first, self._written(end)))

    def offset(self, place: Position) -> int:
        """Find the character of the file at which a place of it is."""
        return self.file.offset(place)

    def cut(self, span: Span) -> str:
        """Cut the text of a span out of the file."""
        return self.file.cut(span)

    def line_in_file(self, line: int) -> int:
        """Find the line of the file on which a line of the text stands, both counted from 0."""
        return self.span((line, 0)).start.line - 1

    def _offset(self, line: int, column: int) -> int:
        line = min(max(line, 0), len(self.lines) - 1)
        return self._starts[line] + min(max(column, 0), len(self.lines[line]))

    def _written(self, at: int) -> int:
        """Find the offset in the file of an offset of the text."""
        stretches = self._stretches
        if not stretches:
            return self.node.start_mark.index
        found = stretches[max(bisect_right(stretches, (at, len(self.file.text))) - 1, 0)]
        return found.written + min(max(at - found.start, 0), found.length)

    @cached_property
    def _stretches(self) -> tuple[_Stretch, ...]:
        """The stretches of the text, in order; what cannot be found again belongs to the one before."""
        return tuple(self._find())

    def _find(self) -> Iterator[_Stretch]:
        at = 0
        for start, written, is_escape in self._pieces():
            if is_escape:
                yield _Stretch(at, start, len(written))
                at += 1
                continue
            if not self.text.startswith(written, at):
                behind = _BLANKS.match(self.text, at)
                at = behind.end() if behind else at
                start, written = start + len(written) - len(written.lstrip()), written.strip()
                if not written:
                    continue
                if not self.text.startswith(written, at):
                    return
            inset = self._inset(at, start)
            yield _Stretch(at - inset, start - inset, len(written) + inset)
            at += len(written)

    def _inset(self, at: int, written: int) -> int:
        """Count the blanks before a piece that stand on its line in the text and in the file alike."""
        count = 0
        while self.text[at - count - 1 : at - count] == " " == self.file.text[written - count - 1 : written - count]:
            count += 1
        return count if at == count or self.text[at - count - 1 : at - count] == "\n" else 0

    def _pieces(self) -> Iterator[tuple[int, str, bool]]:
        """Go through what is written: the offset of each piece, its text, and whether it is an escape."""
        start, end = self.node.start_mark.index, self.node.end_mark.index
        style = self.node.style
        if style in _BLOCKS:
            start = self.file.text.find("\n", start, end) + 1 or end
        elif style in _PIECES:
            start, end = start + 1, end - 1
        for found in _PIECES.get(style or "", _PLAIN).finditer(self.file.text, start, end):
            if found.lastgroup == "escape":
                yield found.start(), found[0], True
            elif found.lastgroup != "fold":
                yield found.start(), found[0], False


@dataclass(frozen=True, kw_only=True, eq=False)
class Scalar:
    """A text of a YAML file."""

    file: Source = field(repr=False)
    node: yaml.ScalarNode = field(repr=False)

    @property
    def text(self) -> str:
        """What it says, without blanks around it."""
        return str(self.node.value).strip()

    @cached_property
    def source(self) -> ScalarSource:
        """The text as a source of its own."""
        return ScalarSource(path=self.file.path, text=str(self.node.value).rstrip(), file=self.file, node=self.node)

    @property
    def line(self) -> str:
        """What it says, on one line."""
        return " ".join(self.text.split())

    @property
    def span(self) -> Span:
        """Where what it says stands in the file."""
        text = self.source.text
        return self.source.stretch(len(text) - len(text.lstrip()), len(text))
