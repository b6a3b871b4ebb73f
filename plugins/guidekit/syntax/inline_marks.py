"""``==mark==``, ``^^insert^^``, ``^sup^`` and ``~sub~``: pymdownx.mark, pymdownx.caret and pymdownx.tilde.

Delimiters pair as those of emphasis do in CommonMark, so that what stands between them may hold other markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

_LONGEST = 2


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """A character that marks text, and the element that one or two of it make; none where there is none."""

    char: str
    tags: Mapping[int, str]


_MARKS = {
    "mark": _Mark(char="=", tags={2: "mark"}),
    "caret": _Mark(char="^", tags={1: "sup", 2: "ins"}),
    "tilde": _Mark(char="~", tags={1: "sub", 2: "del"}),
}


def _scan(mark: _Mark) -> Callable[[StateInline, bool], bool]:
    """Make the rule that turns a run of a mark's character into delimiters."""

    def scan(state: StateInline, silent: bool) -> bool:
        if silent or state.src[state.pos] != mark.char:
            return False
        scanned = state.scanDelims(state.pos, True)
        if scanned.length > _LONGEST or scanned.length not in mark.tags:
            state.pending += mark.char * scanned.length
            state.pos += scanned.length
            return True
        token = state.push("text", "", 0)
        token.content = mark.char * scanned.length
        state.delimiters.append(
            Delimiter(
                marker=ord(mark.char) + 0x110000 * scanned.length,  # one and two of a character never pair
                length=0,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
        state.pos += scanned.length
        return True

    return scan


def _pair(mark: _Mark) -> Callable[[StateInline], None]:
    """Make the rule that turns pairs of delimiters into elements."""

    def pair(state: StateInline) -> None:
        for delimiters in (
            state.delimiters,
            *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta),
        ):
            for delimiter in delimiters:
                count, char = divmod(delimiter.marker, 0x110000)
                if delimiter.end >= 0 and char == ord(mark.char) and count in mark.tags:
                    _make(state.tokens[delimiter.token], mark.tags[count], 1)
                    _make(state.tokens[delimiters[delimiter.end].token], mark.tags[count], -1)

    return pair


def _make(token: Token, tag: str, nesting: int) -> None:
    token.type = f"{tag}_{'open' if nesting > 0 else 'close'}"
    token.tag, token.nesting = tag, nesting  # type: ignore[assignment]
    token.markup, token.content = token.content, ""


def installer(name: str) -> Callable[[MarkdownIt], None]:
    """Make what switches on the marks of one extension: ``mark``, ``caret`` or ``tilde``."""
    mark = _MARKS[name]

    def install(md: MarkdownIt) -> None:
        if name == "tilde":
            md.disable("strikethrough")
        md.inline.ruler.before("emphasis", name, _scan(mark))
        md.inline.ruler2.after("balance_pairs", name, _pair(mark))

    return install
