"""Code that stands in a file of its own, in two forms.

They are ``[!code-python[name](path?query#bookmark "title")]`` and ``:::code language="python" source="path" id="name":::``.
The grammar is docfx's (``CodeSnippetParser.cs``, ``HtmlCodeSnippetRenderer.cs``, ``CodeExtension.cs``): a directive stands
alone on its line and interrupts a paragraph; with anything else on the line it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.include import LONGEST
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
from guidekit.text.source import Span

_OPENING = re.compile(
    r"""
    \[! (?: code | (?P<notebook> notebook ) ) (?: - (?P<language> [^\[]*+ ) )?
    \[ (?: [^\]\\]++ | \\. )*+ \] [ \t]*+ \(
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING = re.compile(
    r"""
    (?: \? (?P<query> [^"#)]*+ ) )?
    (?: \# (?P<bookmark> [^")]*+ ) )?
    (?: " (?P<title> (?: [^"\\]++ | \\. )*+ ) " )?
    [ \t]*+ \) [ \t]*+ \]
    """,
    re.VERBOSE,
)
_SPECIAL = '\\()[]<> #?"'
"""What a backslash in a path escapes; before anything else it separates folders, as in an include."""

_IN_PATH = re.compile(r'[^\\()?#"]++|\\[\\()\[\]<> #?"]|\\|\(|\)')
_ESCAPED = re.compile(r'\\([\\()\[\]<> #?"])')
_LINES = re.compile(r"[Ll](?P<first>\d{1,9})(?:-[Ll]?(?P<last>\d{1,9}))?")
_RANGE = re.compile(r"(?=[ \t-]*+\d)[ \t]*+(?P<first>\d{0,9})[ \t]*+(?:(?P<to>-)[ \t]*+(?P<last>\d{0,9})[ \t]*+)?")
_COLONS = re.compile(r":{3,}+ *+code\b", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t]*+[+-]?\d{1,9}[ \t]*+")

TO_THE_END = 1_000_000_000
"""The last line of a range that has no end."""

Lines = tuple[int, int]
"""The first and the last line of a range, counted from 1, both in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What is shown of a file of code, and how.

    It is what stands between the marks that ``name`` names, else the lines of ``ranges``, else the whole file; of a
    ``notebook``, it is the cell of that name. ``highlighted`` are lines of what is shown. ``dedent`` is how many columns
    are taken off each line, ``None`` for those that all of them begin with. ``language`` is as written, empty for that of
    the file.
    """

    path: str
    language: str = ""
    name: str = ""
    ranges: tuple[Lines, ...] = ()
    highlighted: tuple[Lines, ...] = ()
    dedent: int | None = None
    notebook: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class CodeSnippet:
    """Code of another file asked for; ``path_span`` is where its path is written.

    ``path_span`` is ``None`` where the file has something else between its characters, such as the marks of a quote.
    ``unknown`` are attributes that the directive does not have.
    """

    is_content: ClassVar[bool] = True
    selection: Selection
    title: str = ""
    unknown: tuple[str, ...] = ()
    span: Span
    path_span: Span | None
    condition: Condition = EVERYONE


def read_ranges(written: str) -> tuple[Lines, ...] | None:
    """Read ``1-3,7,9-``; ``None`` where it is no list of lines."""
    found = [_RANGE.fullmatch(part) for part in written.split(",")]
    ranges = [_lines(one) for one in found if one]
    return tuple(ranges) if len(ranges) == len(found) else None


def _lines(found: re.Match[str]) -> Lines:
    """Read one range; a number that is not there leaves it open."""
    first = int(found["first"] or 1)
    if not found["to"]:
        return first, first
    return first, int(found["last"] or TO_THE_END)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """What a directive asks for, where its path stands in a text, and the offset just behind it."""

    selection: Selection
    end: int
    path_at: tuple[int, int]
    title: str = ""
    unknown: tuple[str, ...] = ()


def _match(text: str, start: int, end: int) -> _Found | None:
    """Read a directive at ``start``. Linear."""
    stop = min(end, start + LONGEST)
    opening = _OPENING.match(text, start, stop)
    if opening is None:
        return None
    path_end = _end_of_path(text, opening.end(), stop)
    closing = _CLOSING.match(text, path_end, stop)
    if closing is None:
        return None
    written = text[opening.end() : path_end]
    path_start = opening.end() + len(written) - len(written.lstrip())
    selection = _selection(
        path=_ESCAPED.sub(r"\1", written.strip()),
        language=(opening["language"] or "").strip(),
        notebook=opening["notebook"] is not None,
        query=(closing["query"] or "").strip(),
        bookmark=(closing["bookmark"] or "").strip(),
    )
    return _Found(
        selection=selection,
        title=re.sub(r"\\(.)", r"\1", closing["title"] or "").strip(),
        end=closing.end(),
        path_at=(path_start, path_start + len(written.strip())),
    )


def _end_of_path(text: str, start: int, end: int) -> int:
    """Find where a path ends: brackets in it are balanced, or escaped."""
    depth, at = 0, start
    while found := _IN_PATH.match(text, at, end):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth < 0:
            break
        at = found.end()
    return at


def _selection(*, path: str, language: str, notebook: bool, query: str, bookmark: str) -> Selection:
    """Decide what is shown: a name goes before the lines of a bookmark, these before start and end, these before ranges."""
    values = {
        key.strip().lower(): value.strip()
        for key, sign, value in (part.partition("=") for part in query.split("&"))
        if sign
    }
    lines = _LINES.fullmatch(bookmark)
    name = values.get("name", "") if lines or not bookmark else bookmark
    ranges = read_ranges(values.get("range", "")) if values.get("range") else ()
    if (start := _number(values.get("start"))) is not None:
        end = _number(values.get("end"))
        ranges = ((start, start if end is None else end),)
    if lines:
        ranges = ((int(lines["first"]), int(lines["last"] or lines["first"])),)
    dedent = _number(values.get("dedent"))
    return Selection(
        path=path,
        language=language,
        name=name,
        ranges=ranges or (),
        highlighted=read_ranges(values["highlight"]) or () if values.get("highlight") else (),
        dedent=dedent if dedent is not None and dedent >= 0 else None,
        notebook=notebook,
    )


def _number(written: str | None) -> int | None:
    return int(written) if written and _NUMBER.fullmatch(written) else None


def as_path(path: str) -> str:
    """Write a path as it must stand in a directive."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in path)


def path_in(directive: str) -> str | None:
    """Read the path in the text of a directive of either form; ``None`` where the text is none."""
    if colons := _COLONS.match(directive):
        read = triple_colon.match(_KIND, directive, colons.end(), len(directive))
        return read.text("source").strip() if isinstance(read, Directive) and read.end == len(directive) else None
    found = _match(directive, 0, len(directive))
    return found.selection.path if found and found.end == len(directive) else None


def _block(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith("[!", start, end) or state.is_code_block(line):
        return False
    found = _match(state.src, start, end)
    if found is None or state.src[found.end : end].strip(" \t"):
        return False
    if not silent:
        _push(state, line, found)
    return True


def _colons(state: StateBlock, line: int, _end_line: int, directive: Directive, silent: bool) -> bool:
    """Parse the form with three colons."""
    if state.src[directive.end : state.eMarks[line]].strip(" \t"):
        return False
    if not silent:
        source = directive.attributes["source"]
        selection = Selection(
            path=source.text.strip(),
            language=directive.text("language").strip(),
            name=directive.text("id").strip(),
            ranges=read_ranges(directive.text("range")) or (),
            highlighted=read_ranges(directive.text("highlight")) or (),
        )
        inset = len(source.text) - len(source.text.lstrip())
        at = (source.at[0] + inset, source.at[0] + inset + len(selection.path))
        unknown = tuple(name for name in directive.attributes if name not in ATTRIBUTES)
        _push(state, line, _Found(selection=selection, end=directive.end, path_at=at, unknown=unknown))
    return True


def _push(state: StateBlock, line: int, found: _Found) -> None:
    start = state.bMarks[line] + state.tShift[line]
    token = state.push("code_snippet", "", 0)
    token.map = [line, line + 1]
    token.content = state.src[start : found.end]
    token.meta = {"directive": found, "start": start}
    state.line = line + 1


ATTRIBUTES = ("language", "source", "id", "range", "highlight", "interactive")
"""The attributes of the form with three colons."""

_KIND = Kind(name="code", required=("source",), block=_colons)


def install(md: MarkdownIt) -> None:
    """Add both forms where the parser has block rules."""
    md.block.ruler.before("lheading", "code_snippet", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    triple_colon.add(md, _KIND)


def read(token: Token, run: Run) -> Iterator[CodeSnippet]:
    """Read the fact off a directive's token."""
    directive: _Found = token.meta["directive"]
    start, end = (offset - token.meta["start"] for offset in directive.path_at)
    yield CodeSnippet(
        selection=directive.selection,
        title=directive.title,
        unknown=directive.unknown,
        span=run.whole,
        path_span=run.verbatim(start, end),
        condition=run.condition,
    )


def highlighted(ranges: Sequence[Lines], last: int) -> tuple[int, ...]:
    """List the lines of some ranges, of those up to ``last``, each once and in order."""
    lines: list[int] = []
    behind = 1
    for first, to in sorted(ranges):
        lines += range(max(first, behind), min(to, last) + 1)
        behind = max(behind, min(to, last) + 1)
    return tuple(lines)
