"""``:::no-loc text="X":::``: words that nobody may translate; docfx's ``NolocInlineParser.cs`` is the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UntranslatedText:
    """Words that nobody may translate, as readers see them."""

    is_content: ClassVar[bool] = True
    text: str
    span: Span
    condition: Condition = EVERYONE


def install(md: MarkdownIt) -> None:
    """Parse words that nobody may translate."""

    def words(directive: Directive) -> str:
        return directive.text("text")

    triple_colon.add(md, Kind(name="no-loc", required=("text",), in_line="no_loc", text=words, escapes=True))


def read(token: Token, run: Run) -> Iterator[UntranslatedText]:
    """Read the fact off the words."""
    yield UntranslatedText(text=token.meta["text"], span=run.span(*token.meta["at"]), condition=run.condition)
