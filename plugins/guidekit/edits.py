"""Edits made in a text as it is on disk: nothing but their stretches changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from guidekit.diagnostics import Edit
from guidekit.source import Position

_LINE_ENDING = re.compile(r"\r\n?|\n")
_LONE_RETURN = re.compile(r"\r(?!\n)")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make edits in a whole text, byte order mark and line endings included; new lines end as the one at their place.

    Raises ``ValueError`` where two of them overlap.
    """
    endings = list(_LINE_ENDING.finditer(text))
    starts = [text.startswith("\ufeff") * 1, *(found.end() for found in endings)]
    every = line_ending(text) if _LONE_RETURN.search(text) else ""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start, end = (_offset(starts, place) for place in (edit.span.start, edit.span.end))
        if start < at:
            raise ValueError(f"two edits overlap at {edit.span}")
        ending = every or _ending_at(endings, edit.span.start.line)
        parts += [text[at:start], edit.text.replace("\n", ending)]
        at = end
    return "".join([*parts, text[at:]])


def _ending_at(endings: list[re.Match[str]], line: int) -> str:
    """Find what ends a line, or the one above it where nothing does; a line feed where there is one line alone."""
    return endings[min(line, len(endings)) - 1][0] if endings else "\n"


def line_ending(text: str) -> str:
    """Find what ends the lines of a text: what ends its first, a line feed where there is only one."""
    found = _LINE_ENDING.search(text)
    if "\n" in text and _LONE_RETURN.search(text):
        return "\r\n"  # either part alone could join one that is there
    return found[0] if found else "\n"


def _offset(starts: list[int], place: Position) -> int:
    return starts[place.line - 1] + place.column - 1
