"""Includes: the fragment in their place, or a note for the author where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.library.failure import Failure
from guidekit.rendering import lost_text, new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace, in_place, one_line
from guidekit.syntax.document import Document, fact_of
from guidekit.syntax.include import Include

_EXPLANATIONS = {
    "not-found": "does not exist",
    "circular": "leads back to itself",
    "too-deep": "is included too deep",
    "too-many": "is one fragment too many for a page",
    "too-large": "is too large",
}

# As HTML


def draw_block(token: Token, place: Place) -> Iterator[Token]:
    """Draw the fragment, below the anchor of the item whose guidance it is."""
    include = fact_of(token, Include)
    item = place.item(include)
    if item:
        yield from new_tokens.element("anchor", "span", id=item.guid, class_="guidekit-anchor")
    shown = place.shown(include)
    if not isinstance(shown, Failure):
        yield from _fragment(shown, hidden=token.hidden)
    else:
        yield from _block_note(shown, include) if place.drawing.notes else [lost_text.mark()]
    if item:
        yield from place.upkeep_line(item)


def _fragment(place: Place, *, hidden: bool) -> Iterator[Token]:
    paragraphs = sum(
        token.type in ("paragraph_open", "include") and token.level == 0 for token in place.document.tokens
    )
    if not (hidden and paragraphs == 1):
        yield from place.tokens()
        return
    # In a tight list, or alone in a table's cell, a fragment's one paragraph is the item's text.
    for token in place.tokens():
        outer = token.level == 0 and token.type in ("paragraph_open", "paragraph_close")
        yield new_tokens.changed(token, hidden=True) if outer else token


def draw_inline(token: Token, place: Place) -> Iterator[Token]:
    """Draw the paragraphs of the fragment as parts of the line."""
    include = fact_of(token, Include)
    shown = place.shown(include)
    if isinstance(shown, Failure):
        yield from _inline_note(shown, include) if place.drawing.notes else ()
        return
    paragraphs = [token for token in shown.document.tokens if token.type == "inline"]
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield Token("softbreak", "br", 0)
        yield from shown.children(paragraph.children or [])


def _block_note(failure: Failure, include: Include) -> list[Token]:
    code = Token("code_inline", "code", 0, content=include.path)
    title = new_tokens.element(
        "paragraph", "p", new_tokens.run(new_tokens.text("Include failed")), class_="admonition-title"
    )
    text = new_tokens.element("paragraph", "p", new_tokens.run(code, new_tokens.text(f" {explain(failure)}")))
    return new_tokens.element("note", "div", *title, *text, class_="admonition failure guidekit-failure")


def _inline_note(failure: Failure, include: Include) -> list[Token]:
    text = f"[include failed: {include.path} {explain(failure)}]"
    return new_tokens.inline("strong", new_tokens.text(text), class_="guidekit-failure")


def explain(failure: Failure) -> str:
    """Say why an include shows nothing."""
    return failure.detail or _EXPLANATIONS[failure.kind]


# As Markdown


def write(include: Include, place: TextPlace) -> Iterator[TextEdit]:
    """Write the fragment in place of its include, below the anchor of the item whose guidance it is."""
    shown = place.shown(include)
    text = "" if isinstance(shown, Failure) else shown.text() + _open_fence(shown.document)
    item = place.items.get(include)
    if item and item.guid:
        text = f'<a id="{item.guid}"></a>\n\n{text}'
    yield place.edit(include.span, in_place(text, place.document, include.span) if include.block else one_line(text))


def _open_fence(document: Document) -> str:
    """Close a fence that a document leaves open: what follows it on the page is no code."""
    last = document.tokens[-1] if document.tokens else None
    if last is None or last.type != "fence" or last.level or not last.map:
        return ""
    lines = document.source.text.rstrip("\n").split("\n")
    closed = len(lines) - 1 > last.map[0] and lines[-1].strip().startswith(last.markup)
    return "" if closed else f"\n{last.markup}"
