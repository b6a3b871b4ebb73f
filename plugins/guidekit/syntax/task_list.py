"""``- [ ] text``: task lists, where the site's ``pymdownx.tasklist`` extension is on.

The grammar is that of ``pymdownx/tasklist.py``: the box begins the first paragraph of a list's item.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BOX = re.compile(r"\[(?P<state>[ xX])\] ")


def _read(state: StateCore) -> None:
    lists: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and [one.type for one in state.tokens[at + 1 : at + 3]] == [
            "paragraph_open",
            "inline",
        ]:
            _take(token, lists[-1], state.tokens[at + 2])


def _take(item: Token, parent: Token, inline: Token) -> None:
    """Put a box in the place of the characters that stand for it."""
    first = inline.children[0] if inline.children else None
    found = _BOX.match(first.content) if first and first.type == "text" else None
    if found is None or first is None or inline.children is None:
        return
    first.content = first.content[found.end() :]
    inline.children.insert(0, Token("task_box", "input", 0, meta={"done": found["state"] in "xX"}))
    item.meta["task"] = parent.meta["tasks"] = True


def install(md: MarkdownIt) -> None:
    """Read boxes once the texts of lines are parsed."""
    md.core.ruler.push("task_list", _read)
