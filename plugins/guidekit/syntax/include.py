"""``[!include[title](path)]``: a fragment shown in place.

The grammar is docfx's (``InclusionBlockParser.cs``, ``InclusionInlineParser.cs``, ``ExtensionsHelper.cs``): alone on
its line the directive is a block and interrupts a paragraph, anything else on the line makes it inline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span

KEYWORD = "[!include"

_ESCAPED_IN_PATH = "\\()[]<> "
"""What a backslash in a path escapes; before anything else it separates folders, as Learn accepts it."""

LONGEST = 1_000
"""How many characters a directive may have; without a bound, a text full of openings would cost its length squared."""

_LINK = re.compile(
    rf"""
    (?P<sign> [+-]? ) [ ]*+
    \[ (?P<title> (?: [^\]\\]++ | \\. )*+ ) \]
    \( \s*+ (?: < (?P<angle> [^>)\s]*+ ) >
            | (?P<path> < [^>)\s]*+ | (?!<) (?: [^)\s\\]++ | \\[{re.escape(_ESCAPED_IN_PATH)}] | \\ )*+ ) )
    [^)]*+ \)\]
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Include:
    """A fragment asked for: the path as written (escapes undone), and whether a block or part of a line.

    ``title_span`` and ``path_span`` are where title and path are written, brackets not included; ``None`` where the file
    has something else between their characters, such as the marks of a quote or the escaped pipes of a cell.
    """

    is_content: ClassVar[bool] = True
    path: str
    title: str
    block: bool
    span: Span
    title_span: Span | None
    path_span: Span | None
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive:
    """The parts of a directive in a text, where title and path stand in it, and the offset just after it."""

    title: str
    path: str
    end: int
    title_at: tuple[int, int]
    path_at: tuple[int, int]


def match(text: str, start: int, end: int, sign: str) -> Directive | None:
    """Read a directive at ``start``; ``sign`` is the one that the form allows after the keyword. Linear."""
    if text[start : start + len(KEYWORD)].lower() != KEYWORD:
        return None
    found = _LINK.match(text, start + len(KEYWORD), min(end, start + LONGEST))
    if found is None or found["sign"] not in ("", sign):
        return None
    title = re.sub(r"\\(.)", r"\1", found["title"], flags=re.DOTALL)
    path = found["angle"]
    if path is None:
        path = re.sub(rf"\\([{re.escape(_ESCAPED_IN_PATH)}])", r"\1", found["path"])
    return Directive(
        title=title.strip(),
        path=path,
        end=found.end(),
        title_at=found.span("title"),
        path_at=found.span("path" if found["angle"] is None else "angle"),
    )


def as_path(path: str) -> str:
    """Write a path as it must stand in a directive."""
    return "".join(f"\\{char}" if char in _ESCAPED_IN_PATH else char for char in path)


def _block(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    if state.is_code_block(line):
        return False
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    found = match(state.src, start, end, "+")
    if found is None or state.src[found.end : end].strip(" \t"):
        return False
    if silent:
        return True
    # Wrapped as a paragraph, so that a tight list marks it hidden, and a failed include is still text.
    paragraph = state.push("paragraph_open", "p", 1)
    paragraph.map = [line, line + 1]
    token = state.push("include", "", 0)
    token.map = [line, line + 1]
    line_start = state.src.rfind("\n", 0, start) + 1
    token.meta = {"directive": found, "at": (start, found.end), "line_start": line_start}
    token.content = state.src[start : found.end]
    state.push("paragraph_close", "p", -1)
    state.line = line + 1
    return True


def _unwrap(state: StateCore) -> None:
    """Take the paragraph around a block directive away; the directive tells whether that was hidden in a tight list."""
    tokens = state.tokens
    wrapped = [index for index, token in enumerate(tokens) if token.type == "include"]
    for index in wrapped:
        tokens[index].hidden, tokens[index].level = tokens[index - 1].hidden, tokens[index - 1].level
    around = {at for index in wrapped for at in (index - 1, _closing(tokens, index))}
    if around:
        state.tokens = [token for index, token in enumerate(tokens) if index not in around]


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Find the end of the paragraph around a directive; a footnote's links back stand in it, too."""
    while tokens[index].type != "paragraph_close":
        index += 1
    return index


def _fill_cells(state: StateCore) -> None:
    """Make a directive that has a table cell to itself a block, so that the cell can hold a list (as Learn does)."""
    for index, cell in enumerate(state.tokens[:-1]):
        inline = state.tokens[index + 1]
        children = inline.children or []
        if cell.type in ("td_open", "th_open") and [child.type for child in children] == ["include_inline"]:
            block = Token("include", "", 0, block=True, content=inline.content, map=inline.map, hidden=True)
            block.meta = {**inline.meta, "directive": children[0].meta["directive"]}
            state.tokens[index + 1] = block


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    found = match(state.src, state.pos, state.posMax, "-")
    if found is None:
        return False
    if not silent:
        token = state.push("include_inline", "", 0)
        token.meta = {"directive": found, "at": (state.pos, found.end)}
        token.content = state.src[state.pos : found.end]
    state.pos = found.end
    return True


def install(md: MarkdownIt) -> None:
    """Add the block form where the parser has block rules, and the inline form."""
    md.block.ruler.before("lheading", "include", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("link", "include", _inline)
    md.core.ruler.push("include_blocks", _unwrap)
    md.core.ruler.push("include_cells", _fill_cells)


def read_block(token: Token, run: Run) -> Iterator[Include]:
    """Read the fact off a block directive's token."""
    if "line_start" not in token.meta:
        yield _fact(token, run, run.whole, run.verbatim, block=True)
        return
    line, line_start = run.first_line, token.meta["line_start"]

    def place(start: int, end: int) -> Span:
        return run.source.span((line, start - line_start), (line, end - line_start))

    yield _fact(token, run, place(*token.meta["at"]), place, block=True)


def read_inline(token: Token, run: Run) -> Iterator[Include]:
    """Read the fact off an inline directive's token."""
    yield _fact(token, run, run.span(*token.meta["at"]), run.verbatim, block=False)


def _fact(token: Token, run: Run, span: Span, place: Callable[[int, int], Span | None], *, block: bool) -> Include:
    directive: Directive = token.meta["directive"]
    return Include(
        path=directive.path,
        title=directive.title,
        block=block,
        span=span,
        title_span=place(*directive.title_at),
        path_span=place(*directive.path_at),
        condition=run.condition,
    )
