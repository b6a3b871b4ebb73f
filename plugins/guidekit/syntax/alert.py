"""``> [!NOTE]``, ``[!TIP]``, ``[!IMPORTANT]``, ``[!WARNING]`` and ``[!CAUTION]``: alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax import quote
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.text.source import Span

_NO_MARKER = re.compile(rf"{quote.MARKER}(?=[ \t]*\S)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FailedAlert:
    """A quote that begins with a marker and more on the same line: on Learn, it stays a quote."""

    is_content: ClassVar[bool] = False
    marker: str
    span: Span
    condition: Condition = EVERYONE


def _note_failed(state: StateCore) -> None:
    for token, content in zip(state.tokens, state.tokens[2:], strict=False):
        if token.type == "blockquote_open" and (found := _NO_MARKER.match(content.content)):
            token.meta["marker"] = found[0]


def read_title(_opening: Token, _inline: Token, _run: Run) -> Iterator[Fact]:
    """Read nothing off an alert's title, which is the word of its marker."""
    yield from ()


def read_quote(token: Token, run: Run) -> Iterator[FailedAlert]:
    """Read the fact off a quote that was meant to be something else."""
    if marker := token.meta.get("marker"):
        yield FailedAlert(marker=marker, span=run.beginning(marker).whole, condition=run.condition)


def install(md: MarkdownIt) -> None:
    """Switch alerts on."""
    md.options["alerts"] = True
    md.core.ruler.push("failed_alerts", _note_failed)
