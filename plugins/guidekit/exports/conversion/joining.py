"""How the blocks within one block are joined, and put behind its marks."""

from __future__ import annotations

from collections.abc import Sequence

from guidekit.exports.conversion.dialect import Block, Writing

SEPARATOR = "<!-- -->"
"""What stands between two blocks that would else be one, and in the place of a text that is none."""


def joined(blocks: Sequence[Block], writing: Writing, *, tight: bool = False) -> list[str]:
    """Write blocks one below the other, parted by blank lines; in a ``tight`` item, text and what follows it by none."""
    dialect = writing.dialect
    lines: list[str] = []
    before = Block(kind="")
    for block in dialect.settled(blocks, writing):
        if not block.lines:
            continue
        if before.kind == block.kind and before.kind in dialect.merging:
            lines += ["", SEPARATOR]
        if lines and not (tight and before.kind == "text" and _may_follow(block, writing)):
            lines.append("")
        lines += block.lines
        before = block
    return lines


def _may_follow(block: Block, writing: Writing) -> bool:
    """May a block follow the text of an item without a blank line?"""
    is_short = "" not in block.lines or not writing.dialect.width  # else Python-Markdown loses the text
    return block.kind in writing.dialect.tight and is_short


def prefixed(lines: Sequence[str], first: str, others: str) -> list[str]:
    """Put something before the first line, and something before all others."""
    bare = others.rstrip()
    rest = (f"{others}{line}" if line else bare for line in lines[1:])
    return [f"{first}{lines[0]}".rstrip() if lines else first.rstrip(), *rest]


def indented(lines: Sequence[str]) -> list[str]:
    """Indent lines by as much as Python-Markdown asks for."""
    return [f"    {line}" if line else "" for line in lines]
