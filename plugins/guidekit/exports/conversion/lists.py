"""Lists: their markers, and how far what is in their items is indented."""

from __future__ import annotations

from collections.abc import Sequence

from guidekit.exports.conversion.dialect import Block, Frame, Writing
from guidekit.exports.conversion.joining import SEPARATOR, joined, prefixed

_MOST = 999_999_999
"""The greatest number that an item may have."""


def bullets(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a list."""
    return _write(frame, writing, ["-"] * len(frame.blocks))


def numbered(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a numbered list."""
    start = int(frame.opening.attrs.get("start", 1))
    return _write(frame, writing, [f"{min(number, _MOST)}." for number, _ in enumerate(frame.blocks, start)])


def _write(frame: Frame, writing: Writing, markers: Sequence[str]) -> Sequence[Block]:
    tight = not any(part.kind == "paragraph" for item in frame.blocks for part in item.content)
    lines: list[str] = []
    is_short = (
        True  # Python-Markdown takes what follows a blank line in an item for a part of it, but below another one
    )
    for marker, item in zip(markers, frame.blocks, strict=True):
        if lines and not (tight and is_short):
            lines.append("")
        written = _item(marker, item.content, writing, tight=tight)
        is_short = "" not in written or not writing.dialect.width
        lines += written
    return [Block(kind=frame.kind, lines=lines, start=frame.start, end=frame.end)]


def _item(marker: str, content: Sequence[Block], writing: Writing, *, tight: bool) -> list[str]:
    width = writing.dialect.width
    if width and not (content and content[0].kind in ("text", "paragraph") and content[0].lines):
        content = [Block(kind="paragraph", lines=[SEPARATOR]), *content]
    lines = joined(content, writing, tight=tight)
    if lines[:1] == ["---"]:
        lines[0] = "***"  # with the marker, it would be a line across the page
    width = width or len(marker) + 1
    return prefixed(lines, marker.ljust(width - 1) + " ", " " * width)
