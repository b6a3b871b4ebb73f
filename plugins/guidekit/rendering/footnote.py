"""Footnotes: the elements of Python-Markdown's extension, those of a page and its fragments as one list at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place

_NOTE_OPEN, _NOTE_CLOSE = "footnote_open", "footnote_close"


def draw_reference(token: Token, place: Place) -> Iterator[Token]:
    """Draw the number of a footnote where the text refers to it."""
    number, name = place.footnote(token.meta["label"])
    link = new_tokens.inline("a", new_tokens.text(str(number)), class_="footnote-ref", href=f"#fn:{name}")
    yield from new_tokens.inline("sup", *link, id=_back(name, token.meta["subId"]))


def draw_note(token: Token, place: Place) -> Iterator[Token]:
    """Open a footnote."""
    number, name = place.footnote(token.meta["label"])
    yield new_tokens.changed(token, tag="li", attrs={"id": f"fn:{name}"}, meta={"number": number})


def draw_note_end(token: Token, _place: Place) -> Iterator[Token]:
    """Close a footnote."""
    yield new_tokens.changed(token, tag="li")


def draw_back(token: Token, place: Place) -> Iterator[Token]:
    """Draw the link from a footnote back to a place that refers to it."""
    number, name = place.footnote(token.meta["label"])
    told = f"Jump back to footnote {number} in the text"
    href = f"#{_back(name, token.meta['subId'])}"
    link = new_tokens.inline("a", new_tokens.text("\u21a9"), class_="footnote-backref", href=href, title=told)
    yield new_tokens.run(new_tokens.text("\u00a0"), *link)


def draw_nothing(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing for what stands around the footnotes of one file."""
    yield from ()


def gathered(body: Sequence[Token]) -> list[Token]:
    """Move the footnotes of a page's files to its end, in the order of their numbers."""
    kept: list[Token] = []
    notes: list[list[Token]] = []
    around = [kept]  # a footnote may show a fragment that has footnotes
    for token in body:
        if token.type == _NOTE_OPEN:
            around.append([])
            notes.append(around[-1])
        around[-1].append(token)
        if token.type == _NOTE_CLOSE:
            around.pop()
    if not notes:
        return list(body)
    notes.sort(key=lambda note: int(note[0].meta["number"]))
    listed = new_tokens.element("ordered_list", "ol", *(token for note in notes for token in note))
    rule = new_tokens.element("rule", "hr")
    return [*kept, *new_tokens.element("footnotes", "div", *rule, *listed, class_="footnote")]


def _back(name: str, count: int) -> str:
    """Name the place of a reference: the first one, or a later one to the same footnote."""
    return f"fnref{count + 1 if count else ''}:{name}"
