"""The facts of a YAML page that no page in Markdown has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.raw_html import Anchor
from guidekit.syntax.run import Run
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cards:
    """Cards that stand side by side."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


def read_cards(token: Token, run: Run) -> Iterator[Cards]:
    """Read the fact off the token that opens cards."""
    yield Cards(span=token.meta["span"], condition=run.condition)


def read_place(token: Token, run: Run) -> Iterator[Anchor]:
    """Read the fact off a place that links can lead to."""
    yield Anchor(id=str(token.attrs["id"]), span=run.whole, condition=run.condition)
