"""A sheet to fill in: an element of the class ``guidekit-sheet``, in whose tables readers write into the empty cells.

The fields are made here, whole; ``assets/sheet.js`` keeps what is written. Each field is known by its label, so that what
was written stays where it belongs when the author moves a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.syntax.visible_text import plain_text

CLASS = "guidekit-sheet"

_CLASSES = re.compile(r"""<div\b[^<>]*?\bclass\s*=\s*(?:"([^"<>]*+)"|'([^'<>]*+)')""", re.IGNORECASE)
_DIV = re.compile(r"<(/?)div\b", re.IGNORECASE)
_BOX = "☐"
_KIND = re.compile(r"\((time|date)\)$")
"""How a column says what is written into it."""

_BUTTONS = ("Markdown", "CSV", "Print", "Clear")


def with_fields(body: Sequence[Token], say: Words) -> Iterator[Token]:
    """Put fields into the empty cells of each sheet, and its tools at its beginning."""
    sheet: _Sheet | None = None
    for token in body:
        if sheet is None:
            yield token
            if token.type == "html_block" and _opens_sheet(token.content):
                sheet = _Sheet(_depth(token))
                yield from _tools(say)
        elif token.type == "html_block" and sheet.depth + _depth(token) <= 0:
            yield from sheet.filled()
            yield token
            sheet = None
        else:
            sheet.add(token)
    if sheet is not None:
        yield from sheet.filled()


def _opens_sheet(html: str) -> bool:
    return any(CLASS in (quoted or single).split() for quoted, single in _CLASSES.findall(html))


def _depth(token: Token) -> int:
    return sum(-1 if closing else 1 for closing in _DIV.findall(token.content))


class _Sheet:
    """The tokens of a sheet, while it is read; ``depth`` counts the elements that are open."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self._tokens: list[Token] = []
        self._known: dict[str, int] = {}

    def add(self, token: Token) -> None:
        """Take in a token."""
        if token.type == "html_block":
            self.depth += _depth(token)
        self._tokens.append(token)

    def filled(self) -> Iterator[Token]:
        """List the tokens with fields in the empty cells; a row that names two moments gets the time between them."""
        rows = list(_rows(self._tokens))
        times = {row.label.casefold(): row.labels[place] for row in rows for place in row.times() if row.label}
        fields = dict(chain.from_iterable(self._fields(row, times) for row in rows))
        for place, token in enumerate(self._tokens):
            yield fields.get(place, token)

    def _fields(self, row: _Row, times: Mapping[str, str]) -> Iterator[tuple[int, Token]]:
        written = [cell for cell in row.empty if row.kinds[cell] == "text"]
        moments = _named(row.label, times) if row.label.casefold() not in times else ()
        for cell in row.empty:
            label = row.labels[cell]
            self._known[label] = self._known.get(label, 0) + 1
            number = self._known[label]
            attrs: dict[str, str] = {"type": row.kinds[cell]}
            if attrs["type"] == "text":
                attrs["maxlength"] = "500"
            if moments and cell in written[-1:]:
                attrs |= dict(zip(("data_from", "data_to"), moments, strict=True))
            name = label if number == 1 else f"{label} ({number})"
            yield row.places[cell], run(leaf("input", aria_label=name, autocomplete="off", **attrs))


class _Row:
    """A row of a table's body: where the text of each cell stands among the tokens, and which cells are to be filled in."""

    def __init__(self, heads: Sequence[str], cells: Sequence[tuple[int, str]], number: int) -> None:
        self.places = [place for place, _ in cells]
        self.label = next((said for _, said in cells if said not in ("", _BOX)), "")
        self.empty = [cell for cell, (_, said) in enumerate(cells) if said in ("", _BOX)]
        plain = [_KIND.sub("", head).strip() for head in heads]
        self.labels = [f"{self.label}: {head}" if self.label else f"{head} {number}" for head in plain]
        found = [_KIND.search(head) for head in heads]
        self.kinds = [
            "checkbox" if said == _BOX else kind[1] if kind else "text"
            for (_, said), kind in zip(cells, found, strict=False)
        ]

    def times(self) -> Iterator[int]:
        """List the cells into which a time is written; the last one counts."""
        yield from (cell for cell in self.empty if self.kinds[cell] == "time")


def _rows(tokens: Sequence[Token]) -> Iterator[_Row]:
    """List the rows of all tables that have something to fill in."""
    heads: list[str] = []
    cells: list[tuple[int, str]] = []
    blank = 0
    for place, token in enumerate(tokens):
        if token.type == "thead_open":
            heads, blank = [], 0
        elif token.type == "tr_open":
            cells = []
        elif token.type == "inline" and tokens[place - 1].type == "th_open":
            heads.append(plain_text(token.children).strip())
        elif token.type == "inline" and tokens[place - 1].type == "td_open":
            cells.append((place, plain_text(token.children).strip()))
        elif token.type == "tr_close" and cells:
            blank += all(said in ("", _BOX) for _, said in cells)
            yield _Row(heads, cells, blank)


def _named(label: str, times: Mapping[str, str]) -> tuple[str, ...]:
    """Find the two moments that a label names, in its order; none where it names another number of them."""
    folded = label.casefold()
    found = sorted((folded.index(moment), field) for moment, field in times.items() if moment in folded)
    return tuple(field for _, field in found) if len(found) == 2 else ()


def _tools(say: Words) -> list[Token]:
    """Make the row of tools and the line that tells where it is kept what one writes."""
    buttons = (inline("button", text(say(word)), type="button", data_do=word) for word in _BUTTONS)
    return element(
        "tools",
        CLASS,
        *element("buttons", "div", run(*chain.from_iterable(chain(button, [text(" ")]) for button in buttons))),
        *element("status", "div", run(text(say("What you write stays in this browser."))), role="status"),
        class_="guidekit-scripted",
        data_undo=say("Undo"),
        data_unkept=say("This browser does not keep what you write. Print or download it before you go."),
        data_search_exclude="",
    )
