"""Blocks as both dialects write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from guidekit.exports.conversion import html_pieces, lists, pipe_tables
from guidekit.exports.conversion.dialect import Block, Frame, WriteFrame, WriteLeaf, Writing
from guidekit.exports.conversion.joining import joined, prefixed

_TICKS = re.compile("`+")


def content(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Leave what a block holds to the block around it."""
    return frame.blocks


def held(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Keep what a block holds for the block around it, which knows how it is written."""
    style = str(frame.opening.attrs.get("style", ""))
    return [Block(kind=frame.kind, start=frame.start, end=frame.end, content=frame.blocks, title=style)]


def paragraph(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Write a paragraph, or the text of an item, which has none around it."""
    kind = "text" if frame.opening.hidden else "paragraph"
    return [
        Block(kind=kind, lines=[line for one in frame.blocks for line in one.lines], start=frame.start, end=frame.end)
    ]


def quote(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a quote."""
    return [quoted(frame, frame.blocks, writing)]


def quoted(frame: Frame, blocks: Sequence[Block], writing: Writing) -> Block:
    """Write blocks as a quote."""
    lines = prefixed(joined(blocks, writing), "> ", "> ")
    return Block(kind="blockquote", lines=lines, start=frame.start, end=frame.end)


def title_and_rest(frame: Frame) -> tuple[str, Sequence[Block]]:
    """Part the title of a block, which is the first block in it, from the rest."""
    if frame.blocks and frame.blocks[0].kind.endswith(("_title", "_label")):
        first, *rest = frame.blocks
        return text_of(first), rest
    return "", frame.blocks


def text_of(block: Block) -> str:
    """Read the line of text that a block holds."""
    return "".join(line for one in block.content for line in one.lines)


def footnote(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Keep a footnote for the end of the page."""
    lines = prefixed(joined(frame.blocks, writing), f"[^{frame.opening.meta['name']}]: ", "    ")
    writing.notes[int(frame.opening.meta["number"])] = lines
    return ()


def anchor(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Write a place that links can lead to."""
    name = frame.opening.attrs.get("id")
    lines = [f'<a id="{name}"></a>'] if name else []
    return [Block(kind="anchor", lines=lines, start=frame.start, end=frame.end)]


def section(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write what a box of Learn's holds, below the place that it is."""
    return [*anchor(frame, writing), *frame.blocks]


def table(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a table, as HTML where a cell holds more than a line."""
    lines = pipe_tables.write(frame)
    return [Block(kind="table", lines=lines, start=frame.start, end=frame.end)] if lines else island(frame, writing)


def island(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a block as HTML."""
    return [raw_block(html_pieces.island(writing.tokens[frame.start : frame.end]), frame.start, frame.end)]


def raw_block(text: str, start: int, end: int) -> Block:
    """Make a block of raw HTML."""
    return Block(kind="html_block", lines=text.split("\n"), start=start, end=end, html=text)


def with_anchors(blocks: Sequence[Block]) -> list[Block]:
    """Write places that links can lead to into the headings below them."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and kept and kept[-1].kind == "anchor" and kept[-1].lines:
            marks, _, text = block.lines[0].partition(" ")
            anchors = kept.pop().lines[0]
            block = Block(kind="heading", lines=[f"{marks} {anchors}{text}"], start=block.start, end=block.end)
        kept.append(block)
    return kept


# What holds nothing


def fence(code: str, info: str) -> Block:
    """Write a block of code."""
    lines = code.rstrip("\n").split("\n")
    marks = "`" * max(3, 1 + max(map(len, _TICKS.findall(code)), default=0))
    return Block(kind="fence", lines=[f"{marks}{info}", *lines, marks])


def rule(_token: Token, _writing: Writing) -> Block:
    """Write a thematic break."""
    return Block(kind="hr", lines=["---"])


def html(token: Token, _writing: Writing) -> Block:
    """Write a block of raw HTML."""
    return raw_block(html_pieces.closed(token.content.strip("\n").lstrip(" ")), 0, 0)


FRAMES: Mapping[str, WriteFrame] = {
    "paragraph": paragraph,
    "blockquote": quote,
    "bullet_list": lists.bullets,
    "ordered_list": lists.numbered,
    "table": table,
    "footnote": footnote,
    "anchor": anchor,
    "section": section,
    **dict.fromkeys(("list_item", "thead", "tbody", "tr", "th", "td", "dt", "dd"), held),
    **dict.fromkeys(("alert_title", "admonition_title", "details_title", "content_tab_label"), held),
}
"""How blocks that hold others are written; what is not named leaves what it holds to the block around it."""

LEAVES: Mapping[str, WriteLeaf] = {"hr": rule, "html_block": html}
"""How blocks that hold no other are written."""
