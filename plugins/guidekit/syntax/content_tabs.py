"""``=== "Title"``: the content tabs of pymdownx.tabbed; those that follow each other are one set.

The grammar is that of ``pymdownx/tabbed.py``: ``===!`` begins a new set, ``===+`` opens its tab first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax import indented_block

_MARKER = re.compile(r'===(?P<special>!\+|\+!|[!+])?[ ]+"(?P<title>.*?)"[ ]*$')
_TAB_OPEN, _TAB_CLOSE = "content_tab_open", "content_tab_close"


def _tab(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    found = _MARKER.match(indented_block.marker(state, line))
    if found is None:
        return False
    if silent:
        return True
    end = indented_block.end_of_body(state, line, end_line)
    special = found["special"] or ""
    opening = state.push(_TAB_OPEN, "div", 1)
    opening.map = [line, end]
    opening.content = found["title"]
    opening.meta = {"new": "!" in special, "selected": "+" in special}
    indented_block.parse_body(state, line, end, "content_tab")
    state.push(_TAB_CLOSE, "div", -1)
    return True


def _gather(state: StateCore) -> None:
    """Make sets of the tabs that follow each other: first all labels, then all contents, as they are drawn."""
    if any(token.type == _TAB_OPEN for token in state.tokens):
        state.tokens = list(_gathered(state.tokens))


def _gathered(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        if tokens[at].type != _TAB_OPEN:
            yield tokens[at]
            at += 1
            continue
        tabs: list[Sequence[Token]] = []
        while at < len(tokens) and tokens[at].type == _TAB_OPEN and not (tabs and tokens[at].meta["new"]):
            end = _end(tokens, at)
            tabs.append(tokens[at:end])
            at = end
        yield from _set(tabs)


def _end(tokens: Sequence[Token], start: int) -> int:
    """Find the place behind the token that closes a tab."""
    level = tokens[start].level
    return next(
        at + 1 for at in range(start, len(tokens)) if tokens[at].type == _TAB_CLOSE and tokens[at].level == level
    )


def _set(tabs: Sequence[Sequence[Token]]) -> Iterator[Token]:
    openings = [tab[0] for tab in tabs]
    level = openings[0].level
    selected = max((number for number, tab in enumerate(openings) if tab.meta["selected"]), default=0)
    first = openings[0].map or [0, 0]
    last = openings[-1].map or first
    meta = {"titles": [opening.content for opening in openings], "selected": selected}
    yield _token("content_tabs_open", "div", 1, level, meta=meta, map=[first[0], last[1]])
    yield _token("content_tab_labels_open", "div", 1, level + 1)
    for number, opening in enumerate(openings):
        row = (opening.map or first)[0]
        yield _token("content_tab_label_open", "label", 1, level + 2, meta={"number": number}, map=[row, row + 1])
        yield _token("inline", "", 0, level + 3, content=opening.content, children=[], map=[row, row + 1])
        yield _token("content_tab_label_close", "label", -1, level + 2)
    yield _token("content_tab_labels_close", "div", -1, level + 1)
    yield _token("content_tab_contents_open", "div", 1, level + 1)
    yield from chain.from_iterable((tab[0], *_gathered(tab[1:-1]), tab[-1]) for tab in tabs)
    yield _token("content_tab_contents_close", "div", -1, level + 1)
    yield _token("content_tabs_close", "div", -1, level)


def _token(kind: str, tag: str, nesting: int, level: int, **fields: object) -> Token:
    token = Token(kind, tag, nesting, block=True, level=level)  # type: ignore[arg-type]
    for name, value in fields.items():
        setattr(token, name, value)
    return token


def install(md: MarkdownIt) -> None:
    """Parse tabs, and gather them before the texts of lines are parsed."""
    md.block.ruler.before("fence", "content_tab", _tab, indented_block.ENDS)
    md.core.ruler.before("inline", "content_tabs", _gather)
