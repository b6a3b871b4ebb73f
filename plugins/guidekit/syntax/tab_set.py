"""A set of tabs, however it is written: the tokens and the conditions that all forms of tabs have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition

OPEN, CLOSE = "content_tabs_open", "content_tabs_close"
TAB_OPEN, TAB_CLOSE = "content_tab_open", "content_tab_close"
LABEL_OPEN, LABEL_CLOSE = "content_tab_label_open", "content_tab_label_close"

LEVELS = 2
"""By how many levels the content of a tab lies deeper than the set."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab: its label, as one ``inline`` token, the tokens of its content, its lines, and what its readers have chosen.

    ``ids`` and ``needs`` are what a script knows the tab by: its own names, and the one that must have been chosen before.
    """

    label: Token
    content: Sequence[Token]
    lines: tuple[int, int]
    condition: Condition = EVERYONE
    ids: tuple[str, ...] = ()
    needs: str = ""


def tokens(tabs: Sequence[Tab], level: int, *, selected: int = 0, **meta: Any) -> Iterator[Token]:
    """Make a set of tabs: in the order of the text, each tab with its label and its content."""
    known = {"count": len(tabs), "selected": selected, "tabs": tabs, **meta}
    yield _token(OPEN, "div", 1, level, meta=known, map=[tabs[0].lines[0], tabs[-1].lines[1]])
    for number, tab in enumerate(tabs):
        yield _token(TAB_OPEN, "div", 1, level + 1, meta={"condition": tab.condition}, map=list(tab.lines))
        row = list(tab.label.map or tab.lines)
        yield _token(LABEL_OPEN, "label", 1, level + 2, meta={"number": number, **meta}, map=row)
        yield tab.label
        yield _token(LABEL_CLOSE, "label", -1, level + 2)
        yield from tab.content
        yield _token(TAB_CLOSE, "div", -1, level + 1)
    yield _token(CLOSE, "div", -1, level)


def condition(opening: Token) -> Condition:
    """Read off a tab for whom it is shown."""
    found: Condition = opening.meta["condition"]
    return found


def _token(kind: str, tag: str, nesting: int, level: int, **fields: object) -> Token:
    token = Token(kind, tag, nesting, block=True, level=level)  # type: ignore[arg-type]
    for name, value in fields.items():
        setattr(token, name, value)
    return token
