"""Headings with Learn's ids.

The id is GitHub's, as Markdig computes it (``LinkHelper.UrilizeAsGfm``): nothing trimmed, nothing collapsed, an image's
alternative text counted. An ``<a name="x"></a>`` or ``<a id="x"></a>`` that opens a heading gives its id instead
(``HeadingIdRewriter.cs``); the id of its text is taken all the same, so that a second heading with this text gets ``-1``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.link import alternative_text
from guidekit.syntax.run import Run
from guidekit.syntax.visible_text import plain_text
from guidekit.text.source import Span

_NAMED_ANCHOR = re.compile(r"""<a\s+(?:name|id)="([\w \-.]+)"\s*>""", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Heading:
    """A heading: its level (1 to 6), its text without markup, and its id, unique in its file."""

    is_content: ClassVar[bool] = False
    level: int
    text: str
    id: str
    span: Span
    condition: Condition = EVERYONE


def slug(text: str) -> str:
    """Make a heading's id: letters, digits, ``-`` and ``_`` stay, a space becomes ``-``, the rest goes."""
    kept = ("-" if char == " " else char.lower() for char in text if char in " -_" or _is_letter_or_digit(char))
    return "".join(kept) or "section"


def _is_letter_or_digit(char: str) -> bool:
    return char.isalpha() or char.isdecimal()


def unique(wanted: str, taken: Iterable[str]) -> str:
    """Find a free id by counting up: ``x``, ``x-1``, ``x-2``."""
    return _Ids(taken).take(wanted)


class _Ids:
    """Ids that are taken, each with the number that was last tried after it: a thousand equal ones cost no square."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._tried = dict.fromkeys(taken, 0)

    def take(self, wanted: str) -> str:
        found = wanted
        number = self._tried.get(wanted, 0)
        while found in self._tried:
            number += 1
            found = f"{wanted}-{number}"
        self._tried[wanted] = number
        self._tried.setdefault(found, 0)
        return found


def _give_ids(state: StateCore) -> None:
    give_ids(state.tokens)


def give_ids(tokens: Sequence[Token]) -> None:
    """Give every heading an id of its own; one that has an id keeps it, as far as no other one above has it."""
    ids = _Ids()
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "heading_open":
            closing.meta = opening.meta  # what is known of a heading is known where it ends, too
            opening.attrs = {**opening.attrs, "id": _id(opening, inline, ids)}


def _id(opening: Token, inline: Token, ids: _Ids) -> str:
    if written := str(opening.attrs.get("id", "")):
        return ids.take(written)
    named = _take_named_anchor(inline)
    own = ids.take(slug(_text(inline.children or ())))
    return own if named in (None, own) else ids.take(str(named))


def _text(children: Sequence[Token]) -> str:
    """Read the text that gives a heading its id: what readers see, and what stands for its images."""
    return "".join(alternative_text(child) if child.type == "image" else plain_text([child]) for child in children)


def _take_named_anchor(inline: Token) -> str | None:
    children = inline.children or []
    if len(children) > 2 and children[0].type == children[1].type == "html_inline":
        found = _NAMED_ANCHOR.fullmatch(children[0].content)
        if found and children[1].content.lower() == "</a>":
            inline.children = children[2:]
            return found[1]
    return None


def install(md: MarkdownIt) -> None:
    """Give every heading its id once its text is parsed."""
    md.core.ruler.push("heading_ids", _give_ids)


def read(opening: Token, inline: Token, run: Run) -> Iterator[Heading]:
    """Read the fact off a heading's opening token and its text."""
    yield Heading(
        level=int(opening.tag[1]),
        text=plain_text(inline.children).strip(),
        id=str(opening.attrs["id"]),
        span=run.whole,
        condition=run.condition,
    )


def renumber(headings: Iterable[tuple[bool, str]]) -> list[str]:
    """Make ids unique over a page of several files: ``(is the page's own, id)`` in order, the page's own first."""
    listed = list(headings)
    ids = _Ids(wanted for own, wanted in listed if own)
    return [wanted if own else ids.take(wanted) for own, wanted in listed]
