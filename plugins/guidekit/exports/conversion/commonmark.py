"""CommonMark, with what GitHub adds to it: tables, strikethrough, tasks, footnotes and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markdown_it.token import Token

from guidekit.exports.conversion import blocks, html_pieces, marks, runs
from guidekit.exports.conversion.dialect import Block, Dialect, Frame, WriteFrame, WriteLeaf, Writing
from guidekit.rendering import fences
from guidekit.syntax.heading import slug
from guidekit.syntax.visible_text import plain_text

_TICKS = re.compile("`+")
_LANGUAGE = re.compile(r"[\w#.+-]+")


def _code(code: str) -> str:
    ticks = "`" * (1 + max(map(len, _TICKS.findall(code)), default=0))
    blank = " " if code.startswith("`") or code.endswith("`") or (code[:1] == code[-1:] == " " and code.strip()) else ""
    return f"{ticks}{blank}{code}{blank}{ticks}"


def _formula(formula: str) -> str:
    return f"$`{' '.join(formula.split())}`$"


def _formula_block(token: Token, _writing: Writing) -> Block:
    return blocks.fence(token.content, "math")


def _fence(token: Token, _writing: Writing) -> Block:
    language = fences.known_language(fences.read(token, has_options=True).language)
    return blocks.fence(token.content, language if _LANGUAGE.fullmatch(language) else "")


def _heading(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a heading, with a place of its own where GitHub would make another of its text."""
    level, name = int(frame.opening.tag[1]), str(frame.opening.attrs.get("id", ""))
    writing.level = level
    text = "".join(line for one in frame.blocks for line in one.lines)
    own = slug(plain_text(writing.tokens[frame.start + 1].children).strip())
    number = writing.count(own)
    if name and name != (f"{own}-{number}" if number else own):
        text = f'<a id="{name}"></a>{text}'
    return [heading(level, text)]


def heading(level: int, text: str) -> Block:
    """Write a heading."""
    closed = f"{text[:-1]}\\#" if text.endswith("#") else text
    return Block(kind="heading", lines=[f"{'#' * level} {closed}".rstrip()])


def _titled(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a quote below a title in bold."""
    title, rest = blocks.title_and_rest(frame)
    return [blocks.quoted(frame, [_bold(title), *rest], writing)]


def _bold(title: str) -> Block:
    return Block(kind="paragraph", lines=[f"**{title}**"] if title else ())


def _note(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a note of guidekit's own: its first paragraph is its title."""
    title, *rest = frame.blocks
    return [blocks.quoted(frame, [_bold("".join(title.lines)), *rest], writing)]


def _details(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write what folds as the element that folds, with Markdown in it."""
    first, *rest = frame.blocks
    title = html_pieces.island(writing.tokens[first.start + 1 : first.end - 1])
    opening = "<details open>" if frame.opening.meta["open"] else "<details>"
    above = Block(kind="html_block", lines=[opening, f"<summary>{title}</summary>"])
    return [above, *rest, Block(kind="html_block", lines=["</details>"])]


# Tabs, zones and versions


def _label(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write the title of a tab: a heading where that leaves the headings of the page in order, else in bold."""
    assert frame.parent and frame.parent.parent
    text = "".join(line for one in frame.blocks for line in one.lines)
    level = _level(frame.parent.parent, writing)
    if level:
        writing.count(slug(plain_text(writing.tokens[frame.start + 1].children).strip()))
    return [Block(kind=frame.kind, content=[heading(level, text) if level else _bold(text)])]


def _level(tabs: Frame, writing: Writing) -> int:
    if tabs.level is None:
        wanted = writing.level + 1
        is_topmost = tabs.parent is not None and tabs.parent.parent is None
        tabs.level = wanted if is_topmost and wanted <= 6 and _lowest(tabs, writing) > wanted else 0
    return tabs.level


def _lowest(tabs: Frame, writing: Writing) -> int:
    """Find the level of the highest heading in some tabs; 7 where there is none."""
    depth, lowest = 0, 7
    for at in range(tabs.start, len(writing.tokens)):
        token = writing.tokens[at]
        depth += token.nesting
        if token.type == "heading_open":
            lowest = min(lowest, int(token.tag[1]))
        if not depth:
            break
    return lowest


def _tab(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Keep a tab: its title, and what it holds."""
    label, *rest = frame.blocks
    return [Block(kind="alternative", content=[*label.content, *rest])]


def _tabs(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Keep a set of tabs, apart from one above."""
    return [replace(block, first=not number) for number, block in enumerate(frame.blocks)]


def _part(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Keep what is for some readers alone: for whom it is, and what it holds."""
    title = frame.opening.meta.get("title")
    if not title:
        return frame.blocks
    text = runs.write([Token("text", "", 0, content=title)], writing.dialect, one_line=True, opens_line=False)
    return [Block(kind="alternative", content=[_bold(text), *frame.blocks])]


def _settled(found: Sequence[Block], _writing: Writing) -> Sequence[Block]:
    return blocks.with_anchors(list(_spread(found)))


def _spread(found: Sequence[Block]) -> Iterator[Block]:
    """Write alternatives one below the other; a thematic break stands where they end, and between two sets."""
    within = False
    for block in found:
        is_one = block.kind == "alternative"
        if within and (block.first or not is_one) and (is_one or (block.lines and block.kind != "heading")):
            yield Block(kind="hr", lines=["---"])
        if is_one:
            yield from _spread(block.content)
            within = True
        else:
            yield block
            within = within and not block.lines


FRAMES: Mapping[str, WriteFrame] = {
    **blocks.FRAMES,
    "heading": _heading,
    "alert": _titled,
    "admonition": _titled,
    "details": _details,
    "note": _note,
    "content_tab_label": _label,
    "content_tab": _tab,
    "content_tabs": _tabs,
    "zone": _part,
    "moniker": _part,
    "dl": blocks.island,
}

LEAVES: Mapping[str, WriteLeaf] = {
    **blocks.LEAVES,
    "fence": _fence,
    "code_block": _fence,
    "math_block": _formula_block,
}

DIALECT = Dialect(
    marks=marks.COMMONMARK,
    nests_emphasis=True,
    has_attributes=False,
    strikethrough="~~",
    code=_code,
    code_in_cell=_code,
    formula=_formula,
    raw_tag=str,
    width=0,
    tight=frozenset({"bullet_list", "ordered_list", "fence", "blockquote", "heading"}),
    merging=frozenset({"bullet_list", "ordered_list"}),
    frames=FRAMES,
    leaves=LEAVES,
    settled=_settled,
)
