"""A run of text that a parser cut out of a file, and the way back to the file's lines and columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.text.source import Source, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Where the content of a table's cell stands: its column, from 0, and the pipes in it before which a backslash stands."""

    column: int
    escapes: tuple[int, ...] = ()


class Run:
    """The content of one token, which begins on line ``first_line`` (from 0) of ``source``.

    A parser strips quote markers, indentation and heading marks; what is left of each line still stands in the
    source's line, and that is where the columns come from. Of a table's cell, ``cell`` tells where it stands.
    ``condition`` tells for whom the run is shown.
    """

    def __init__(
        self,
        source: Source,
        content: str,
        first_line: int,
        cell: Cell | None = None,
        condition: Condition = EVERYONE,
    ) -> None:
        self.source = source
        self.content = content
        self.first_line = first_line
        self.condition = condition
        self._cell = cell

    @property
    def is_cell(self) -> bool:
        """Is this the content of a table's cell?"""
        return self._cell is not None

    def span(self, start: int, end: int) -> Span:
        """Find where the content's characters from ``start`` up to ``end`` stand in the file."""
        return self.source.span(self._place(start), self._place(end))

    def verbatim(self, start: int, end: int) -> Span | None:
        """Find them as one stretch; nothing where the file has others between them, such as the marks of a quote."""
        text = self.content[start:end]
        if "\n" in text:
            span = self.span(start, end)
            return span if self.source.cut(span) == text else None
        line, column = self._place(start)
        lines = self.source.lines
        if line >= len(lines) or column < 0 or not lines[line].startswith(text, column):
            return None
        span = self.source.span((line, column), (line, column + len(text)))
        return span if self.source.cut(span) == text else None

    @property
    def whole(self) -> Span:
        """Find where the whole content stands in the file; without content, the line on which it would begin."""
        if not self.content:
            return self.source.line_span(self.first_line)
        return self.span(0, len(self.content.rstrip()))

    def beginning(self, content: str) -> Run:
        """Make a run of some content that stands on the first line; without content, it is the whole line."""
        return Run(self.source, content, self.first_line, condition=self.condition)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.content.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.content.find("\n", at + 1)
        return starts

    @cached_property
    def _columns(self) -> dict[int, int]:
        return {}

    def _place(self, offset: int) -> tuple[int, int]:
        if self._cell:
            return self.first_line, self._cell.column + offset + bisect_left(self._cell.escapes, offset)
        row = bisect_right(self._starts, offset) - 1
        start = self._starts[row]
        if row not in self._columns:
            end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.content)
            self._columns[row] = self._column(row, self.content[start:end])
        return self.first_line + row, self._columns[row] + offset - start

    def _column(self, row: int, text: str) -> int:
        """Find the column at which a line of the content begins; one line of the file may hold several runs."""
        line = self.first_line + row
        if line >= len(self.source.lines):
            return 0
        wanted = text.strip()
        inset = len(text) - len(text.lstrip())
        source_line = self.source.lines[line]
        if source_line.rstrip().endswith(wanted):
            found = len(source_line.rstrip()) - len(wanted)
        else:  # a heading with closing marks
            found = source_line.find(wanted)
        return max(found, 0) - inset  # less than 0 where a tab was cut: offsets within the inset are never asked for
