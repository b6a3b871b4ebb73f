"""``:heavy_check_mark:``: an emoji by its name.

As in Markdig (``EmojiParser.cs``), blank space or an end of the text stands before and behind it. A site that has
switched ``pymdownx.emoji`` on draws these itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax import emoji_names
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span

_NAME = re.compile(r"(?<!\S):([a-z0-9_+-]{1,50}+):(?!\S)")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Emoji:
    """An emoji that is written by its name: the character that readers see."""

    is_content: ClassVar[bool] = False
    character: str
    span: Span
    condition: Condition = EVERYONE


def _emoji(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":":
        return False
    found = _NAME.match(state.src, state.pos)
    character = emoji_names.characters().get(found[1]) if found and found.end() <= state.posMax else None
    if found is None or character is None:
        return False
    if not silent:
        token = state.push("emoji", "", 0)
        token.content = character
        token.meta = {"text": character, "at": found.span()}
    state.pos = found.end()
    return True


def install(md: MarkdownIt) -> None:
    """Look at each colon for a name behind it."""
    md.inline.ruler.push("emoji", _emoji)


def read(token: Token, run: Run) -> Iterator[Emoji]:
    """Read the fact off an emoji's token."""
    yield Emoji(character=token.content, span=run.span(*token.meta["at"]), condition=run.condition)
