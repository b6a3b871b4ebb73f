"""``# [Title](#tab/id)``: Learn's tabs, whose headings are none.

docfx's ``TabGroupAggregator.cs`` is the model: a heading that is nothing but such a link opens a tab; the tabs that follow
each other are one set, up to a thematic break, which is swallowed, or to the end of what holds them. ``#tab/a+b`` is the
tab of two names, and ``#tab/a/x`` is shown only where ``x`` was chosen in a set above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidekit.syntax import prose, tab_set
from guidekit.syntax.fact import EVERYONE, Choice, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.tab_set import Tab
from guidekit.syntax.visible_text import plain_text
from guidekit.text.source import Span

_ADDRESS = re.compile(r"#tab/(?P<ids>[a-zA-Z0-9-]+(?:\+[a-zA-Z0-9-]+)*+)(?:/(?P<needs>[a-zA-Z0-9-]*+))?")
_HEADING = 3
"""How many tokens a heading has: what opens it, its text, what closes it."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TabSet:
    """A set of tabs: the names of each tab, joined by ``+``, and what must have been chosen before it is shown."""

    is_content: ClassVar[bool] = True
    tabs: tuple[tuple[str, str], ...]
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TabTitle:
    """The title of a tab: its text without markup, and where it stands, but for the marks of its heading."""

    is_content: ClassVar[bool] = False
    text: str
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True)
class _Title:
    ids: tuple[str, ...]
    needs: str
    label: Token


def _gather(state: StateCore) -> None:
    """Make sets of the tabs, once it is known which headings are links."""
    titles = dict(_titles(state.tokens))
    if titles:
        state.tokens = _Gathering(state.tokens, titles).tokens(0, len(state.tokens))


def _titles(tokens: Sequence[Token]) -> Iterator[tuple[int, _Title]]:
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and (title := _title(tokens[at + 1])):
            yield at, title


def _title(inline: Token) -> _Title | None:
    """Read the title of a tab off a heading's text: one link, which an anchor may stand before."""
    children = inline.children or []
    first = 2 if [child.type for child in children[:2]] == ["html_inline"] * 2 else 0
    if len(children) < first + 2 or children[first].type != "link_open" or children[-1].type != "link_close":
        return None
    found = _ADDRESS.fullmatch(str(children[first].attrs["href"]))
    text = children[first + 1 : -1]
    if found is None or any(child.type == "link_close" for child in text):
        return None
    inline.children = [*children[:first], *text]
    return _Title(ids=tuple(found["ids"].lower().split("+")), needs=(found["needs"] or "").lower(), label=inline)


class _Gathering:
    """The sets of one file, from the first to the last; a tab may need what was chosen in a set above."""

    def __init__(self, tokens: Sequence[Token], titles: dict[int, _Title]) -> None:
        self._tokens = tokens
        self._titles = titles
        self._selectors: dict[str, str] = {}

    def tokens(self, start: int, end: int) -> list[Token]:
        """Gather the tabs between two places."""
        found: list[Token] = []
        at = start
        while at < end:
            if at in self._titles:
                at = self._set(at, end, found)
            else:
                found.append(self._tokens[at])
                at += 1
        return found

    def _set(self, start: int, end: int, found: list[Token]) -> int:
        """Gather the set that begins at a place, and answer the place behind it."""
        level = self._tokens[start].level
        stop = self._end(start, end, level)
        starts = [at for at in range(start, stop) if at in self._titles and self._tokens[at].level == level]
        titles = [self._titles[at] for at in starts]
        name = "tabs " + " ".join(sorted({one for title in titles for one in title.ids}))
        conditions = [self._condition(name, title) for title in titles]
        tabs = []
        for title, condition, first, behind in zip(titles, conditions, starts, [*starts[1:], stop], strict=True):
            content = self.tokens(first + _HEADING, behind)
            for token in content:
                token.level += tab_set.LEVELS
            lines = (self._tokens[first].map or [0, 0])[0], self._last_line(first, behind)
            tabs.append(
                Tab(
                    label=title.label,
                    content=content,
                    lines=lines,
                    condition=condition,
                    ids=title.ids,
                    needs=title.needs,
                )
            )
        for title in titles:
            for one in title.ids:
                self._selectors[one] = name
        is_break = stop < end and self._tokens[stop].type == "hr"
        found.extend(tab_set.tokens(tabs, level, linked=True))
        return stop + is_break

    def _end(self, start: int, end: int, level: int) -> int:
        """Find the thematic break behind the tabs, or the end of what holds them."""
        for at in range(start, end):
            token = self._tokens[at]
            if token.level < level or (token.type == "hr" and token.level == level):
                return at
        return end

    def _last_line(self, start: int, end: int) -> int:
        return max((token.map[1] for token in self._tokens[start:end] if token.map), default=0)

    def _condition(self, name: str, title: _Title) -> Condition:
        chosen = {Choice(selector=name, values=frozenset(title.ids))}
        if title.needs in self._selectors:
            chosen.add(Choice(selector=self._selectors[title.needs], values=frozenset({title.needs})))
        return frozenset(chosen)


def install(md: MarkdownIt) -> None:
    """Gather tabs once the text of headings is parsed, and before headings get their ids."""
    md.core.ruler.push("heading_tabs", _gather)


def read(opening: Token, run: Run) -> Iterator[TabSet]:
    """Read the fact off a set of tabs; one in another form has none."""
    if opening.meta.get("linked"):
        tabs = tuple(("+".join(tab.ids), tab.needs) for tab in opening.meta["tabs"])
        yield TabSet(tabs=tabs, span=run.beginning("").whole, condition=run.condition)


def read_title(opening: Token, inline: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off the title of a tab: its text, and itself, if it is written as a heading."""
    yield from prose.read_run(opening, inline, run)
    if opening.meta.get("linked"):
        yield TabTitle(text=plain_text(inline.children).strip(), span=run.whole, condition=run.condition)
