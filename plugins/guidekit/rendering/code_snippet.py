"""Code of other files: drawn as a block of code on the page is, or a note where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.library.code_snippets import Code
from guidekit.library.failure import Failure
from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace, in_place
from guidekit.syntax.code_snippet import CodeSnippet, highlighted
from guidekit.syntax.document import fact_of
from guidekit.text.escaping import as_markdown

_FENCE = re.compile("`{3,}")
_MISSING = "The code in {} is not shown here."

# As HTML


def draw(token: Token, place: Place) -> Iterator[Token]:
    """Draw the code, or say that it is missing: readers must not take the text around for all there is."""
    snippet = fact_of(token, CodeSnippet)
    shown = place.code(snippet)
    if isinstance(shown, Failure):
        yield from _note(shown, snippet, notes=place.drawing.notes)
        return
    yield new_tokens.changed(
        token,
        type="fence",
        tag="code",
        info=shown.language,
        content=f"{shown.text}\n",
        meta={"options": dict(_options(shown, snippet))},
    )


def _options(shown: Code, snippet: CodeSnippet) -> Iterator[tuple[str, str]]:
    """Write the title and the lines to highlight as the options of a fence."""
    if snippet.title:
        yield "title", snippet.title
    lines = highlighted(snippet.selection.highlighted, shown.text.count("\n") + 1)
    if lines:
        yield "hl_lines", " ".join(map(str, lines))


def _note(failure: Failure, snippet: CodeSnippet, *, notes: bool) -> list[Token]:
    title = new_tokens.element(
        "paragraph", "p", new_tokens.run(new_tokens.text("Code is missing")), class_="admonition-title"
    )
    text = new_tokens.element("paragraph", "p", new_tokens.run(*_explanation(failure, snippet, notes=notes)))
    return new_tokens.element("note", "div", *title, *text, class_="admonition warning guidekit-failure")


def _explanation(failure: Failure, snippet: CodeSnippet, *, notes: bool) -> Iterator[Token]:
    if not snippet.selection.path:
        yield new_tokens.text(_MISSING.format("a file"))
        return
    code = Token("code_inline", "code", 0, content=snippet.selection.path)
    detail = f" {failure.detail or 'is too large'}" if notes else ""
    before, behind = ("", detail) if notes else _MISSING.split("{}")
    yield from (new_tokens.text(before), code, new_tokens.text(behind))


# As Markdown


def write(snippet: CodeSnippet, place: TextPlace) -> Iterator[TextEdit]:
    """Write the code as a fenced block."""
    shown = place.code(snippet)
    if isinstance(shown, Failure):
        text = f"> {_MISSING.format(as_markdown(snippet.selection.path) or 'a file')}"
    else:
        marks = max(_FENCE.findall(shown.text), key=len, default="``")
        fence = f"{marks}`"
        text = f"{fence}{shown.language}\n{shown.text}\n{fence}"
    yield place.edit(snippet.span, in_place(text, place.document, snippet.span))
