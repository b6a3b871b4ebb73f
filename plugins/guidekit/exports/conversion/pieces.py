"""The pieces of which a line is written, and how they are joined: text is escaped once its neighbors are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.common.html_blocks import block_names

from guidekit.exports.conversion.marks import Marks, folded

_BLOCK = re.compile(rf"<(?:!|\?|/?(?:{'|'.join(block_names)}|script|pre|style|textarea)(?![\w-]))", re.IGNORECASE)
"""The beginning of raw HTML that would be a block where a line begins with it."""

_NO_BLOCK = "<span></span>"


@dataclass(frozen=True, kw_only=True)
class Text:
    """What readers see as it is."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is Markdown already."""

    text: str


@dataclass(frozen=True, kw_only=True)
class LineEnd:
    """The end of a line: a blank to readers, or a new line where it is ``hard``."""

    hard: bool = False


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What stands between two marks, or in an element where the marks would be read as text."""

    mark: str
    tag: str
    pieces: Sequence[Piece]


Piece = Text | Written | LineEnd | Marked


@dataclass(frozen=True, kw_only=True)
class Joining:
    """How pieces are joined: with which marks, on one line, in the text of a link, in a cell of a table.

    ``nested`` tells whether an element of text may stand in another without being written as HTML.
    """

    marks: Marks
    nested: bool
    one_line: bool = False
    in_link: bool = False
    in_cell: bool = False

    def join(self, pieces: Sequence[Piece], *, opens_line: bool = True) -> str:
        """Write pieces one after the other."""
        merged = list(_merged(pieces))
        parts: list[str] = []
        before = "" if opens_line else "."
        for number, piece in enumerate(merged):
            behind = _first(merged[number + 1]) if number + 1 < len(merged) else ""
            part = self._written(piece, before, behind)
            parts.append(part)
            before = part[-1:] or before
        return "".join(parts)

    def _written(self, piece: Piece, before: str, behind: str) -> str:
        if isinstance(piece, Text):
            text = folded(piece.text)
            if before in ("", "\n"):
                text = text.lstrip(" ")
            more = ("]" if self.in_link else "") + ("|" if self.in_cell else "")
            return self.marks.escaped(text, before, behind, more=more)
        if isinstance(piece, LineEnd):
            return self._end(piece)
        if isinstance(piece, Written):
            return f"{_NO_BLOCK}{piece.text}" if before in ("", "\n") and _BLOCK.match(piece.text) else piece.text
        return self._marked(piece, before, behind)

    def _end(self, piece: LineEnd) -> str:
        return ("<br>" if piece.hard else "") + (("" if piece.hard else " ") if self.one_line else "\n")

    def _marked(self, piece: Marked, before: str, behind: str) -> str:
        inner = self.join(piece.pieces, opens_line=False)
        if not inner:
            return ""
        if piece.mark and self._may_mark(piece, inner, before, behind):
            return f"{piece.mark}{inner}{piece.mark}"
        return f"<{piece.tag}>{inner}</{piece.tag}>"

    def _may_mark(self, piece: Marked, inner: str, before: str, behind: str) -> bool:
        """Would marks be read as such where they stand?"""
        opens = not _is_blank(inner[0]) and (not _is_mark(inner[0]) or _is_blank(before) or _is_mark(before))
        closes = not _is_blank(inner[-1]) and (not _is_mark(inner[-1]) or _is_blank(behind) or _is_mark(behind))
        if not opens or not closes or before == piece.mark[0]:
            return False
        inside = [part for part in piece.pieces if isinstance(part, Marked)]
        if not inside:
            return True
        if len(piece.pieces) == 1:
            return (piece.mark, inside[0].mark) == ("*", "**") and inner.startswith("**") and before != "*"
        return self.nested and inner[0] != "*" and inner[-1] != "*"


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Make one text of those that follow each other."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Text):
            texts.append(piece.text)
            continue
        if texts:
            yield Text(text="".join(texts))
            texts.clear()
        yield piece
    if texts:
        yield Text(text="".join(texts))


def _first(piece: Piece) -> str:
    """Find the character with which a piece will begin."""
    if isinstance(piece, (Text, Written)):
        return piece.text[:1]
    return "\n" if isinstance(piece, LineEnd) else piece.mark[:1] or "<"


def _is_blank(char: str) -> bool:
    return not char or char.isspace()


def _is_mark(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"
