"""Running text: paragraphs, cells, code blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.syntax.visible_text import plain_text
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Prose:
    """A stretch of text that says something: a paragraph, a cell, a code block; how many words it has."""

    is_content: ClassVar[bool] = True
    words: int
    run: Run
    condition: Condition = EVERYONE

    @property
    def line(self) -> int:
        """The line on which it begins, which is known without working out where it stands in it."""
        return self.run.first_line + 1

    @property
    def span(self) -> Span:
        """Where it stands, worked out when it is asked for: most of a page's text is never complained about."""
        return self.run.whole


def read_run(_opening: Token, inline: Token, run: Run) -> Iterator[Prose]:
    """Read the fact off a run of text, which has none if it says nothing."""
    if words := len(plain_text(inline.children).split()):
        yield Prose(words=words, run=run, condition=run.condition)


def read_code(token: Token, run: Run) -> Iterator[Prose]:
    """Read the fact off a block of code, whose place is its first line."""
    yield Prose(words=len(token.content.split()), run=run.beginning(""), condition=run.condition)
