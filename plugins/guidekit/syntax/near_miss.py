"""What begins like a directive, a link or an alert's marker and is none, so that readers see its marks as text.

The parser comes here only where nothing else has claimed a bracket or three colons, so nothing in code, in raw HTML or
in a link that works is looked at. A token without text notes what was found; the text is drawn as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax import include, triple_colon
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span

LinkMistake = Literal[
    "blank in the address",
    "words behind the address",
    "blank between the brackets",
    "wrong order",
    "unclosed",
    "square bracket",
]
"""What keeps a text from being a link."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class MistypedInclude:
    """A text that begins like an include; ``right`` is the include that was meant, empty where that is not certain.

    ``written`` is all that it would replace, ``None`` where the file has something else in between.
    """

    is_content: ClassVar[bool] = True
    right: str
    path: str
    written: Span | None
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class MistypedLink:
    """A text that was meant to be a link or an image: what keeps it from being one, what was meant, and its address."""

    is_content: ClassVar[bool] = False
    mistake: LinkMistake
    address: str
    right: str
    written: Span | None
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UndefinedReference:
    """A link by a reference that nothing defines; ``written`` is where the reference stands, with its brackets."""

    is_content: ClassVar[bool] = False
    label: str
    written: Span | None
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LostMarker:
    """An alert's marker, or what looks like one, that makes no alert: its word, and where it stands."""

    is_content: ClassVar[bool] = False
    word: str
    in_quote: bool
    in_cell: bool
    has_text_beside: bool
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UnknownDirective:
    """Three colons and a name that no directive has."""

    is_content: ClassVar[bool] = False
    name: str
    span: Span
    condition: Condition = EVERYONE


NearMiss = MistypedInclude | MistypedLink | UndefinedReference | LostMarker | UnknownDirective

_LABEL = r"(?P<text>(?:[^\[\]\\`]|\\.|`[^`\n]*`){1,300}+)"
_FILE = r"\.(?:md|ya?ml|png|jpe?g|gif|svg|webp|pdf|docx|xlsx|pptx|zip|html?)"
_WEB = r"(?:https?://|mailto:|\.{1,2}/|~/|/(?=\w))"
_ADDRESS = (
    rf"(?P<address>{_WEB}[^\s()\[\]<>\"`\\]{{1,500}}"
    rf"|[^\s()\[\]<>\"`:]{{1,200}}?{_FILE}(?:\#[^\s()\[\]<>\"`\\]{{0,200}})?(?![\w.]))"
)
_WITH_BLANKS = rf"(?P<address>(?=[^\s()]++[ ])[^\s()<>\"'][^()<>\"'\n]{{0,200}}?{_FILE}(?:\#[^\s()<>]{{0,200}})?)"

_BEGINS_INCLUDE = re.compile(r"\[![ \t]{0,5}includes?\b(?=[ \t]{0,5}[+-]?[ \t]{0,5}[\[(])[^\n\]]{0,80}", re.IGNORECASE)
_INCLUDE = re.compile(
    r"""\[![ \t]{0,5}includes?[ \t]{0,5}[+-]?[ \t]{0,5}
    \[(?P<title>[^\[\]()|\n]{0,100})(?:\][ \t]{0,5}[(\[]?|[(\[])[ \t]{0,5}
    (?P<path>[^\s()\[\]<>"|\\]{1,200}\.md)[ \t]{0,5}(?:[)\]][ \t]{0,5}\]?|(?=\s|$))""",
    re.VERBOSE | re.IGNORECASE,
)
_BLANK_IN_ADDRESS = re.compile(rf"\[{_LABEL}\]\({_WITH_BLANKS}\)", re.IGNORECASE)
_WORDS_BEHIND = re.compile(
    rf"\[{_LABEL}\]\((?P<address>{_WEB}[^\s()<>]{{1,500}}+)[ ](?![\"'(])[^()\"'\n]{{1,300}}+\)", re.IGNORECASE
)
_BLANK_BETWEEN = re.compile(rf"\[{_LABEL}\][ ]\({_ADDRESS}\)", re.IGNORECASE)
_SQUARE_BRACKET = re.compile(rf"\[{_LABEL}\]\({_ADDRESS}\](?!\()", re.IGNORECASE)
_UNCLOSED = re.compile(rf"\[{_LABEL}\]\({_ADDRESS}(?=[ ][^()\[\]\n]*+$|$)", re.IGNORECASE | re.MULTILINE)
_ADDRESS_ALONE = re.compile(rf"\[{_ADDRESS}\](?![(\[])", re.IGNORECASE)
_TEXT_BEFORE = re.compile(r"\((?P<text>[^()\[\]\\`<\n]{1,300})\)\Z")
_REFERENCE = re.compile(rf"\[{_LABEL}\](?P<reference>\[(?P<label>[^\[\]\s|^][^\[\]\s|]{{0,200}})\])(?![(\[])")
_PYTHON_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_MARKER = re.compile(r"\[!(?P<word>[A-Za-z]{3,20})\](?P<beside>[^\n]*)")
_OTHER_MARKERS = frozenset({"div", "video", "include", "code", "notebook"})
_DIRECTIVE = re.compile(r":{3,}+[ ]{0,3}(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}+)(?=[ \t:\n{]|$)", re.MULTILINE)
DIRECTIVES = (
    *("image", "code", "zone", "zone-end", "moniker", "moniker-end", "row", "row-end", "column", "column-end"),
    *("image-end", "video", "video-end", "no-loc", "form", "model"),
)
"""The directives that Learn has, and what ends their blocks."""

_LONGEST_TEXT_BEFORE = 304
_COVERED = -4
"""Key of a state's cache, beside the offsets that the parser keeps there: up to where a text is told of already."""


def _miss(state: StateInline, silent: bool) -> bool:
    """Note what a bracket or three colons begin that nothing else has claimed; their text is left as it is."""
    if silent or state.src[state.pos] not in "[:" or state.pos < state.cache.get(_COVERED, 0):
        return False
    if state.src[state.pos] == ":":
        found = _directive(state)
    elif state.src.startswith("[!", state.pos):
        found = _mistyped_include(state) or _marker(state)
    else:
        found = _mistyped_link(state) or _reference(state)
    if found:
        kind, at, meta = found
        state.cache[_COVERED] = at[1]
        state.push("near_miss", "", 0).meta = {"kind": kind, "at": at, **meta}
    return False


_Found = tuple[str, tuple[int, int], dict[str, object]] | None


def _mistyped_include(state: StateInline) -> _Found:
    begins = _BEGINS_INCLUDE.match(state.src, state.pos)
    if not begins:
        return None
    found = _INCLUDE.match(state.src, state.pos)
    if not found:
        return "include", begins.span(), {"right": "", "path": ""}
    path = found["path"]
    title = found["title"].rstrip("\\ \t").lstrip()  # a backslash would escape the bracket behind it
    right = f"[!INCLUDE [{title}]({path})]"
    directive = include.match(right, 0, len(right), "")
    is_one = directive is not None and (directive.path, directive.end) == (path, len(right))
    return "include", found.span(), {"right": right if is_one else "", "path": path}


def _marker(state: StateInline) -> _Found:
    if not _begins_line(state):
        return None
    found = _MARKER.match(state.src, state.pos)
    if not found or found["word"].lower() in _OTHER_MARKERS:
        return None
    beside = bool(found["beside"].strip())
    return "marker", (found.start(), found.start("beside")), {"word": found["word"], "beside": beside}


def _directive(state: StateInline) -> _Found:
    if not state.src.startswith(triple_colon.MARK, state.pos) or not _begins_line(state):
        return None
    found = _DIRECTIVE.match(state.src, state.pos)
    if not found or found["name"].lower() in DIRECTIVES:
        return None
    return "directive", found.span(), {"name": found["name"]}


def _begins_line(state: StateInline) -> bool:
    line = state.src.rfind("\n", max(state.pos - 10, 0), state.pos) + 1
    return (line > 0 or state.pos < 10) and not state.src[line : state.pos].strip()


def _mistyped_link(state: StateInline) -> _Found:
    text, start = state.src, state.pos
    if found := _BLANK_IN_ADDRESS.match(text, start):
        right = found["address"].replace(" ", "%20")
        return _link("blank in the address", found, found.span("address"), right)
    if found := _WORDS_BEHIND.match(text, start):
        return _link("words behind the address", found, found.span(), f"[{found['text']}]({found['address']})")
    for mistake, pattern in _MISTAKES:
        if found := pattern.match(text, start):
            return _link(mistake, found, found.span(), f"[{found['text']}]({found['address']})")
    if text[start - 1 : start] == ")" and (found := _ADDRESS_ALONE.match(text, start)):
        before = _TEXT_BEFORE.search(text[max(start - _LONGEST_TEXT_BEFORE, 0) : start])
        if before:
            whole = (start - len(before[0]), found.end())
            return _link("wrong order", found, whole, f"[{before['text']}]({found['address']})")
    return None


_MISTAKES: tuple[tuple[LinkMistake, re.Pattern[str]], ...] = (
    ("blank between the brackets", _BLANK_BETWEEN),
    ("square bracket", _SQUARE_BRACKET),
    ("unclosed", _UNCLOSED),
)


def _link(mistake: LinkMistake, found: re.Match[str], written: tuple[int, int], right: str) -> _Found:
    at = (min(found.start(), written[0]), max(found.end(), written[1]))
    return "link", at, {"mistake": mistake, "address": found["address"], "right": right, "written": written}


def _reference(state: StateInline) -> _Found:
    before = state.src[state.pos - 1 : state.pos]
    found = None if before.isalnum() or before in ("_", "]", ")") else _REFERENCE.match(state.src, state.pos)
    if not found or _PYTHON_NAME.fullmatch(found["label"]) or not _is_meant(found["text"], found["label"]):
        return None
    return "reference", found.span(), {"label": found["label"], "written": found.span("reference")}


def _is_meant(text: str, label: str) -> bool:
    """Is this more than the places of an array, such as ``[0][1]`` or ``[x][i]``?"""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return bool(words) and ((len(label) > 1 and not label.isdecimal()) or len("".join(words)) > 3)


def install(md: MarkdownIt) -> None:
    """Look at what is left over."""
    md.inline.ruler.push("near_miss", _miss)


def read(token: Token, run: Run) -> Iterator[NearMiss]:
    """Read the fact off what was noted."""
    yield _READ[token.meta["kind"]](token, run, run.span(*token.meta["at"]))


def _read_include(token: Token, run: Run, span: Span) -> NearMiss:
    return MistypedInclude(
        right=token.meta["right"],
        path=token.meta["path"],
        written=run.verbatim(*token.meta["at"]),
        span=span,
        condition=run.condition,
    )


def _read_link(token: Token, run: Run, span: Span) -> NearMiss:
    return MistypedLink(
        mistake=token.meta["mistake"],
        address=token.meta["address"],
        right=token.meta["right"],
        written=run.verbatim(*token.meta["written"]),
        span=span,
        condition=run.condition,
    )


def _read_reference(token: Token, run: Run, span: Span) -> NearMiss:
    written = run.verbatim(*token.meta["written"])
    return UndefinedReference(label=token.meta["label"], written=written, span=span, condition=run.condition)


def _read_marker(token: Token, run: Run, span: Span) -> NearMiss:
    before = run.source.lines[span.start.line - 1][: span.start.column - 1]
    return LostMarker(
        word=token.meta["word"],
        in_quote=">" in before,
        in_cell=run.is_cell,
        has_text_beside=token.meta["beside"],
        span=span,
        condition=run.condition,
    )


def _read_directive(token: Token, run: Run, span: Span) -> NearMiss:
    return UnknownDirective(name=token.meta["name"], span=span, condition=run.condition)


_READ: dict[str, Callable[[Token, Run, Span], NearMiss]] = {
    "include": _read_include,
    "link": _read_link,
    "reference": _read_reference,
    "marker": _read_marker,
    "directive": _read_directive,
}
