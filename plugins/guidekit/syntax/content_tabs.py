"""``=== "Title"``: the content tabs of pymdownx.tabbed; those that follow each other are one set.

The grammar is that of ``pymdownx/tabbed.py``: ``===!`` begins a new set, ``===+`` opens its tab first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax import indented_block, tab_set
from guidekit.syntax.tab_set import Tab

_MARKER = re.compile(r'===(?P<special>!\+|\+!|[!+])?[ ]+"(?P<title>.*?)"[ ]*$')
_TAB_OPEN, _TAB_CLOSE = "indented_tab_open", "indented_tab_close"


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
    indented_block.parse_body(state, line, end, "indented_tab")
    state.push(_TAB_CLOSE, "div", -1)
    return True


def _gather(state: StateCore) -> None:
    """Make sets of the tabs that follow each other."""
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
        selected = max((number for number, tab in enumerate(tabs) if tab[0].meta["selected"]), default=0)
        titles = [tab[0].content for tab in tabs]
        yield from tab_set.tokens([_tab_of(tab) for tab in tabs], tabs[0][0].level, selected=selected, titles=titles)


def _end(tokens: Sequence[Token], start: int) -> int:
    """Find the place behind the token that closes a tab."""
    level = tokens[start].level
    return next(
        at + 1 for at in range(start, len(tokens)) if tokens[at].type == _TAB_CLOSE and tokens[at].level == level
    )


def _tab_of(tokens: Sequence[Token]) -> Tab:
    opening = tokens[0]
    first, end = opening.map or (0, 0)
    label = Token("inline", "", 0, block=True, level=opening.level + 3, content=opening.content, children=[])
    label.map = [first, first + 1]
    content = list(_gathered(tokens[1:-1]))
    for token in content:
        token.level += tab_set.LEVELS - 1  # it lay in the tab already
    return Tab(label=label, content=content, lines=(first, end))


def install(md: MarkdownIt) -> None:
    """Parse tabs, and gather them before the texts of lines are parsed."""
    md.block.ruler.before("fence", "indented_tab", _tab, indented_block.ENDS)
    md.core.ruler.before("inline", "content_tabs", _gather)
