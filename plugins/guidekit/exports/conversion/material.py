"""The Markdown of Material for MkDocs: Python-Markdown with `EXTENSIONS`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape

from markdown_it.token import Token

from guidekit.exports.conversion import blocks, html_pieces, marks, runs
from guidekit.exports.conversion.dialect import Block, Dialect, Frame, WriteFrame, WriteLeaf, Writing
from guidekit.exports.conversion.joining import indented, joined, prefixed
from guidekit.rendering import fences
from guidekit.syntax.visible_text import plain_text

EXTENSIONS = (
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
)
"""The extensions of Python-Markdown that the pages need; `pymdownx.tabbed` with ``alternate_style``."""

_TICKS = re.compile("`+")
_LANGUAGE = re.compile(r"[\w#.+-]+")
_NAME = re.compile(r"""[^\s{}='"#.][^\s{}='"#]*""")
_ALERTS = {
    "NOTE": "note",
    "TIP": "tip",
    "IMPORTANT": 'info "Important"',
    "WARNING": "warning",
    "CAUTION": 'danger "Caution"',
}
"""Learn's alerts, by Material's names; what these lack is a title."""

_DETAILS = re.compile(
    r"\s*<details(?P<open>\s+open)?\s*>\s*<summary>(?P<title>[^<>\"]+)</summary>(?:\s*<br\s*/?>)?\s*", re.IGNORECASE
)
_END_OF_DETAILS = re.compile(r"\s*</details>\s*", re.IGNORECASE)
_RISKY = re.compile(r"<[!?/]|<(?:script|style|pre|textarea|xmp|iframe|noembed|noframes|plaintext)\b", re.IGNORECASE)
"""What Python-Markdown takes for raw HTML, in code as well."""


def _code(code: str) -> str:
    if not code.strip() or _RISKY.search(code):
        return _code_as_html(code)
    ticks = "`" * (1 + max(map(len, _TICKS.findall(code)), default=0))
    blank = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{blank}{code}{blank}{ticks}"


def _code_in_cell(code: str) -> str:
    return _code_as_html(code) if "|" in code or "`" in code else _code(code)


def _code_as_html(code: str) -> str:
    return f"<code>{html_pieces.inert(escape(code, quote=False)).replace('|', '&#124;')}</code>"


def _formula(formula: str) -> str:
    text = " ".join(formula.split())
    return f"\\\\({text}\\\\)" if "$" in text else f"${text}$"


def _formula_block(token: Token, _writing: Writing) -> Block:
    lines = [line for line in token.content.split("\n") if line.strip()]
    return Block(kind="formula", lines=["$$", *lines, "$$"])


def _definition(token: Token, writing: Writing) -> Block:
    """Keep what an abbreviation stands for, for the end of the page."""
    writing.definitions.append(token.content)
    return Block(kind="abbreviation")


def _fence(token: Token, _writing: Writing, *, has_options: bool) -> Block:
    read = fences.read(token, has_options=has_options)
    language = fences.known_language(read.language)
    language = language if _LANGUAGE.fullmatch(language) else ""
    options = " ".join(f'{name}="{_quoted(value)}"' for name, value in read.options.items())
    return blocks.fence(token.content, f"{language or 'text'} {options}" if options else language)


def _quoted(value: str) -> str:
    return " ".join(value.replace('"', "'").replace("`", "'").split())


def _heading(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a heading, with its id where Python-Markdown would make another of its text."""
    level, name = int(frame.opening.tag[1]), str(frame.opening.attrs.get("id", ""))
    written = "".join(line for one in frame.blocks for line in one.lines)
    is_first = not writing.count(name)
    is_made = is_first and name == _slug(plain_text(writing.tokens[frame.start + 1].children))
    attributes = (
        "" if is_made or not name else f" {{#{name}}}" if _NAME.fullmatch(name) else f' {{id="{_quoted(name)}"}}'
    )
    if not written:
        return [blocks.raw_block(f'<h{level} id="{escape(name)}"></h{level}>', frame.start, frame.end)]
    closed = f"{written[:-1]}\\#" if written.endswith("#") else written
    return [Block(kind="heading", lines=[f"{'#' * level} {closed}{attributes}"])]


def _slug(text: str) -> str:
    """Make an id as Python-Markdown's contents do where a site sets nothing else (``markdown/extensions/toc.py``)."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())
    return re.sub(r"[-\s]+", "-", kept.strip().lower())


def _alert(frame: Frame, writing: Writing) -> Sequence[Block]:
    _, rest = blocks.title_and_rest(frame)
    return [_below(f"!!! {_ALERTS[frame.opening.info]}", rest, writing)]


def _admonition(frame: Frame, writing: Writing) -> Sequence[Block]:
    title, rest = blocks.title_and_rest(frame)
    return [_below(f'!!! {" ".join(frame.opening.meta["classes"])} "{title}"', rest, writing)]


def _details(frame: Frame, writing: Writing) -> Sequence[Block]:
    title, rest = blocks.title_and_rest(frame)
    mark = "???+" if frame.opening.meta["open"] else "???"
    words = [mark, *frame.opening.meta["classes"], f'"{title}"']
    return [_below(" ".join(words), rest, writing)]


def _note(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a note of guidekit's own: its first paragraph is its title."""
    title, *rest = frame.blocks
    return [_below(f'!!! warning "{"".join(title.lines)}"', rest, writing)]


def _below(line: str, content: Sequence[Block], writing: Writing, kind: str = "admonition") -> Block:
    lines = joined(content, writing) or ["<!-- -->"]
    return Block(kind=kind, lines=[line, "", *indented(lines)])


def _label(frame: Frame, _writing: Writing) -> Sequence[Block]:
    return [Block(kind=frame.kind, title="".join(line for one in frame.blocks for line in one.lines))]


def _tab(frame: Frame, _writing: Writing) -> Sequence[Block]:
    label, *rest = frame.blocks
    return [Block(kind="alternative", title=label.title, content=rest)]


def _tabs(frame: Frame, _writing: Writing) -> Sequence[Block]:
    return [replace(block, first=not number) for number, block in enumerate(frame.blocks)]


def _part(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Keep what is for some readers alone, as a tab that is named for them."""
    title = frame.opening.meta.get("title")
    if not title:
        return frame.blocks
    text = runs.write([Token("text", "", 0, content=title)], writing.dialect, one_line=True, opens_line=False)
    return [Block(kind="alternative", title=text, content=frame.blocks, start=frame.start, end=frame.end)]


def _row(frame: Frame, _writing: Writing) -> Sequence[Block]:
    """Write columns as a grid, but for a row within something, which Python-Markdown cannot have."""
    columns = [block.content if block.kind == "column" else [block] for block in frame.blocks]
    if frame.parent is None or frame.parent.parent is not None:
        return [part for column in columns for part in column]
    parts = [part for column in columns for part in (_tag("<div markdown>"), *column, _tag("</div>"))]
    return [_tag('<div class="grid" markdown>'), *parts, _tag("</div>")]


def _column(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Keep a column for its row; one that stands in no row is what it holds."""
    is_in_row = frame.parent is not None and frame.parent.kind == "row"
    return blocks.held(frame, writing) if is_in_row else frame.blocks


def _tag(line: str) -> Block:
    return Block(kind="tag", lines=[line])


def _table(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a table; one that is nothing but its head would get an empty row."""
    return blocks.table(frame, writing) if len(frame.blocks) > 1 else blocks.island(frame, writing)


def _definitions(frame: Frame, writing: Writing) -> Sequence[Block]:
    """Write a list of definitions."""
    lines: list[str] = []
    before = ""
    for part in frame.blocks:
        if before == "dd":
            lines.append("")
        if part.kind == "dt":
            lines.append(blocks.text_of(part))
        else:
            lines += prefixed(joined(part.content, writing), ":   ", "    ")
        before = part.kind
    return [Block(kind="definitions", lines=lines)]


def _settled(found: Sequence[Block], writing: Writing) -> Sequence[Block]:
    return list(_as_tabs(blocks.with_anchors(list(_raw(found, writing))), writing))


def _as_tabs(found: Sequence[Block], writing: Writing) -> Iterator[Block]:
    """Write alternatives as tabs; a set that follows another begins with a mark of its own."""
    before = ""
    for block in found:
        if block.kind != "alternative":
            yield block
            before = block.kind if block.lines else before
            continue
        mark = "===!" if block.first and before == "alternative" else "==="
        yield _below(f'{mark} "{block.title}"', block.content, writing, "alternative")
        before = "alternative"


def _raw(found: Sequence[Block], writing: Writing) -> Iterator[Block]:
    """Write as one piece what raw HTML opens in one block and closes in another: Python-Markdown knows no other way."""
    at = 0
    for stretch in html_pieces.stretches([block.html for block in found]):
        yield from map(_inert, found[at : stretch.start])
        inside = found[stretch.start : stretch.end]
        yield _folding(inside, writing) or _inert(_piece(inside, stretch.unclosed, writing))
        at = stretch.end
    yield from map(_inert, found[at:])


def _piece(found: Sequence[Block], unclosed: Sequence[str], writing: Writing) -> Block:
    closing = "".join(f"</{name}>" for name in reversed(unclosed))
    if len(found) == 1:
        return replace(found[0], html=found[0].html.rstrip() + closing)
    start, end = found[0].start, found[-1].end
    return blocks.raw_block(html_pieces.island(writing.tokens[start:end]) + closing, start, end)


def _folding(found: Sequence[Block], writing: Writing) -> Block | None:
    """Write an element that folds as such a block; ``None`` where it is none, or has more in it than a title can."""
    opening = _DETAILS.fullmatch(found[0].html)
    if opening is None or len(found) < 2 or not _END_OF_DETAILS.fullmatch(found[-1].html):
        return None
    title = writing.dialect.marks.escaped(" ".join(unescape(opening["title"]).split()))
    return _below(f'???{"+" if opening["open"] else ""} "{title}"', found[1:-1], writing)


def _inert(block: Block) -> Block:
    """Write raw HTML so that Python-Markdown reads it as such: comments by themselves, and all else on a line."""
    if not block.html:
        return block
    parts = html_pieces.comments_apart(html_pieces.inert(html_pieces.on_one_line(block.html)))
    lines = [line for part in parts for line in ("", *part.split("\n"))]
    return replace(block, lines=lines[1:])


def dialect(extensions: Mapping[str, Mapping[str, object]]) -> Dialect:
    """Make the dialect for pages of a site that has switched some extensions on."""
    has_options = "pymdownx.superfences" in extensions

    def fence(token: Token, writing: Writing) -> Block:
        return _fence(token, writing, has_options=has_options)

    return Dialect(
        marks=marks.material(extensions),
        nests_emphasis=False,
        has_attributes=True,
        strikethrough="",
        code=_code,
        code_in_cell=_code_in_cell,
        formula=_formula,
        raw_tag=html_pieces.inert_tag,
        width=4,
        tight=frozenset({"bullet_list", "ordered_list"}),
        merging=frozenset({"bullet_list", "ordered_list", "blockquote"}),
        frames=_FRAMES,
        leaves={**_LEAVES, "fence": fence, "code_block": fence},
        settled=_settled,
    )


_FRAMES: Mapping[str, WriteFrame] = {
    **blocks.FRAMES,
    "heading": _heading,
    "alert": _alert,
    "admonition": _admonition,
    "details": _details,
    "note": _note,
    "content_tab_label": _label,
    "content_tab": _tab,
    "content_tabs": _tabs,
    "zone": _part,
    "moniker": _part,
    "row": _row,
    "column": _column,
    "dl": _definitions,
    "table": _table,
}
_LEAVES: Mapping[str, WriteLeaf] = {
    **blocks.LEAVES,
    "math_block": _formula_block,
    "abbreviation": _definition,
}
