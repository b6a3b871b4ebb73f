"""``:::name attribute="value":::``: what all directives of three colons share.

The grammar is that of docfx's ``TripleColonBlockParser.cs`` and ``TripleColonInlineParser.cs``: a name, attributes with
values in double quotes, and, where the directive is not a block with an end of its own, three colons at its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.text.source import Span

MARK = ":::"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*+")
_BLANKS = re.compile(r" *+")
_ESCAPE = re.compile(r"\\(.)")
_COLONS = re.compile(r":{3,}+")
_END = "-end"
_KINDS, _OPEN = "guidekit_directives", "guidekit_open_directives"


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """The value of an attribute, and from where to where it stands in the text, without its quotes."""

    text: str
    at: tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive:
    """A directive in a text: its attributes by their names in lower case, and the offset just after it."""

    attributes: Mapping[str, Value]
    end: int

    def text(self, name: str) -> str:
        """Read the value of an attribute; empty where it is missing."""
        return self.attributes[name].text if name in self.attributes else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """Why a text is no directive though it begins like one, and from where to where that part of it stands."""

    problem: str
    at: tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DirectiveLine:
    """A line that opens or closes a block and says nothing by itself."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


ParseBlock = Callable[[StateBlock, int, int, Directive, bool], bool]
"""Parses the block that a directive opens: its first line, the line behind all that it may hold, whether only to look."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of directive.

    ``in_line`` is the type of its token within a line; empty if it is a block alone. ``block`` parses it as a block. One
    that ``closes_itself`` ends with three colons. ``required`` are attributes without which it is text, as it is where
    ``check`` says what is wrong with them. ``misplaced`` says what is wrong with one in the midst of text. ``text`` is
    what readers see of it as text, if it is a part of a line. One that ``escapes`` may have escaped quotes in its values.
    """

    name: str
    closes_itself: bool = True
    required: Sequence[str] = ()
    in_line: str = ""
    block: ParseBlock | None = None
    check: Callable[[Directive], str] = lambda _: ""
    misplaced: str = "it does not stand on a line of its own"
    text: Callable[[Directive], str] | None = None
    escapes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FailedDirective:
    """What begins like a directive and is none, so that it is text: the name that it has, and what is wrong with it."""

    is_content: ClassVar[bool] = True
    name: str
    problem: str
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UnclosedDirective:
    """A block that nothing closes, so that it goes on to the end of what holds it."""

    is_content: ClassVar[bool] = False
    name: str
    span: Span
    condition: Condition = EVERYONE


def match(kind: Kind, text: str, start: int, end: int) -> Directive | Mistake:
    """Read the attributes of a directive behind its name. Linear."""
    attributes: dict[str, Value] = {}
    at = _behind_blanks(text, start, end)
    while at < end and not (kind.closes_itself and text.startswith(MARK, at, end)):
        found = _NAME.match(text, at, end)
        if found is None:
            return Mistake(problem="an attribute's name is missing", at=(at, at + 1))
        name = found[0].lower()
        if name in attributes:
            return Mistake(problem=f"attribute '{name}' is there twice", at=found.span())
        value = _value(kind, name, text, found.end(), end)
        if isinstance(value, Mistake):
            return value
        attributes[name] = value
        has_value = value.at[0] > found.end()
        at = _behind_blanks(text, value.at[1] + has_value, end)
    if kind.closes_itself and at >= end:
        return Mistake(problem=f"'{MARK}' is missing at its end", at=(max(at - 1, start), at))
    directive = Directive(attributes=attributes, end=at + len(MARK) if kind.closes_itself else at)
    lacking = [name for name in kind.required if not directive.text(name)]
    problem = f"attribute '{lacking[0]}' is missing" if lacking else kind.check(directive)
    return Mistake(problem=problem, at=(start, directive.end)) if problem else directive


def _value(kind: Kind, name: str, text: str, at: int, end: int) -> Value | Mistake:
    """Read the value of an attribute; one that is not given is empty."""
    sign = _behind_blanks(text, at, end)
    if not text.startswith("=", sign, end):
        return Value(text="", at=(at, at))
    quote = _behind_blanks(text, sign + 1, end)
    if not text.startswith('"', quote, end):
        return Mistake(problem=f"the value of '{name}' is not in double quotes", at=(quote, min(quote + 1, end)))
    close = text.find('"', quote + 1, end)
    while kind.escapes and close > 0 and text[close - 1] == "\\":
        close = text.find('"', close + 1, end)
    if close < 0:
        return Mistake(problem=f"the value of '{name}' has no double quote at its end", at=(quote, quote + 1))
    value = text[quote + 1 : close]
    return Value(text=_ESCAPE.sub(r"\1", value) if kind.escapes else value, at=(quote + 1, close))


def _behind_blanks(text: str, at: int, end: int) -> int:
    found = _BLANKS.match(text, at, end)
    return found.end() if found else at


def add(md: MarkdownIt, *kinds: Kind) -> None:
    """Let a parser know kinds of directives."""
    known: dict[str, Kind] = md.options.get(_KINDS, {})
    if not known:
        md.options[_KINDS] = known
        md.block.ruler.before(
            "fence", "triple_colon", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
        md.inline.ruler.before("escape", "triple_colon", _inline)
    known.update({kind.name: kind for kind in kinds})


def _kinds(md: MarkdownIt) -> Mapping[str, Kind]:
    kinds: Mapping[str, Kind] = md.options[_KINDS]
    return kinds


def _block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith(MARK, start, end) or state.is_code_block(line):
        return False
    colons = _COLONS.match(state.src, start, end)
    name = _NAME.match(state.src, _behind_blanks(state.src, colons.end(), end), end) if colons else None
    kind = _kinds(state.md).get(name[0].lower()) if name else None
    if name is None or kind is None or kind.block is None:
        return False
    found = match(kind, state.src, name.end(), state.skipSpacesBack(end, start))
    return not isinstance(found, Mistake) and kind.block(state, line, end_line, found, silent)


def _inline(state: StateInline, silent: bool) -> bool:
    """Parse a directive within a line; one that is none leaves its colons as text that knows why."""
    if not state.src.startswith(MARK, state.pos, state.posMax):
        return False
    behind = state.pos + len(MARK)
    begins_line = state.pos == 0 or state.src[state.pos - 1] == "\n"  # as a block, it may have blanks before its name
    at = _behind_blanks(state.src, behind, state.posMax) if begins_line else behind
    name = _NAME.match(state.src, at, state.posMax)
    kind = _kinds(state.md).get(name[0].lower().removesuffix(_END)) if name else None
    if name is None or kind is None:
        return False
    found = _in_line(kind, state, name)
    if isinstance(found, Mistake):
        if not silent:
            token = state.push("failed_directive", "", 0)
            token.content = MARK
            token.meta = {"mistake": found, "name": name[0].lower(), "at": (state.pos, name.end()), "text": MARK}
        state.pos = behind
        return True
    if not silent:
        token = state.push(kind.in_line, "", 0)
        token.content = state.src[state.pos : found.end]
        token.meta = {"directive": found, "at": (state.pos, found.end)}
        if kind.text:
            token.meta["text"] = kind.text(found)
    state.pos = found.end
    return True


def _in_line(kind: Kind, state: StateInline, name: re.Match[str]) -> Directive | Mistake:
    """Read a directive within a line; a block that stands there, or the end of one, is a mistake."""
    if name[0].lower().endswith(_END):
        return Mistake(problem="nothing opens what it closes", at=name.span())
    line_end = state.src.find("\n", name.end(), state.posMax)
    found = match(kind, state.src, name.end(), state.posMax if line_end < 0 else line_end)
    if kind.in_line or isinstance(found, Mistake):
        return found
    return Mistake(problem=kind.misplaced, at=name.span())


def parse_body(
    state: StateBlock,
    line: int,
    end_line: int,
    name: str,
    directive: Directive,
    *,
    tag: str = "div",
    nests: bool = True,
) -> None:
    """Parse what stands between a directive and its end, or the end of what holds it, as the block of an element.

    Of a kind that ``nests``, each end closes the directive that was opened last.
    """
    end = end_of_body(state, line, end_line, name, nests=nests)
    is_closed = end < end_line and state.sCount[end] >= state.blkIndent
    opening = state.push(f"{name}_open", tag, 1)
    opening.map = [line, end]
    start = state.bMarks[line] + state.tShift[line]
    opening.content = state.src[start : state.eMarks[line]]
    opening.meta = {"directive": directive, "closed": is_closed}
    around = state.env.setdefault(_OPEN, [])
    before = state.parentType, state.lineMax
    state.parentType, state.lineMax = name, end
    around.append(name)
    try:
        state.md.block.tokenize(state, line + 1, end)
    finally:
        around.pop()
        state.parentType, state.lineMax = before
    state.push(f"{name}_close", tag, -1)
    state.line = end + is_closed


def stands_in(state: StateBlock, name: str) -> bool:
    """Does a block stand within a directive of a name?"""
    return name in state.env.get(_OPEN, ())


def end_of_body(state: StateBlock, line: int, end_line: int, name: str, *, nests: bool) -> int:
    """Find the line with the end of a directive, or that on which what holds it ends."""
    depth = 1
    for number in range(line + 1, end_line):
        start, end = state.bMarks[number] + state.tShift[number], state.eMarks[number]
        if state.isEmpty(number):
            continue
        if state.sCount[number] < state.blkIndent:
            return number
        if not state.src.startswith(MARK, start, end):
            continue
        colons = _COLONS.match(state.src, start, end)
        found = _NAME.match(state.src, _behind_blanks(state.src, colons.end(), end), end) if colons else None
        word = found[0].lower() if found else ""
        if word == name + _END or (nests and word == name):
            depth += 1 if word == name else -1
            if not depth:
                return number
    return end_line


def read_failed(token: Token, run: Run) -> Iterator[FailedDirective]:
    """Read the fact off the colons of a directive that is none."""
    mistake: Mistake = token.meta["mistake"]
    span = run.span(*token.meta["at"])
    yield FailedDirective(name=token.meta["name"], problem=mistake.problem, span=span, condition=run.condition)


def read_block(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off what opens a block: the lines that only stand around it, and whether nothing closes it."""
    name = token.type.removesuffix("_open")
    yield DirectiveLine(span=run.whole, condition=run.condition)
    yield from read_end(name, token, run)


def read_end(name: str, token: Token, run: Run) -> Iterator[Fact]:
    """Read the fact off the end of a block: the line that closes it, or that nothing does."""
    if not token.meta["closed"]:
        yield UnclosedDirective(name=name, span=run.whole, condition=run.condition)
    elif token.map:
        last, lines = token.map[1], run.source.lines
        line = lines[last]
        span = run.source.span((last, line.index(MARK)), (last, len(line.rstrip())))
        yield DirectiveLine(span=span, condition=run.condition)
