"""Raw HTML: its addresses led to where they go from the page, and what readers do not see left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax import raw_html, suppression
from guidekit.syntax.raw_html import Banner, Comment

_QUOTES = ('"', "'")


def draw_block(token: Token, place: Place) -> Iterator[Token]:
    """Draw a block of raw HTML, but for the old preview banner."""
    if not raw_html.is_banner(token):
        yield from draw(token, place)


def draw(token: Token, place: Place) -> Iterator[Token]:
    """Draw raw HTML without comments to guidekit; a comment that is never closed ends where its block does."""
    content = token.content
    for address in reversed(raw_html.addresses(token)):
        new = place.address(address.value, raw=True)
        if new != address.value:
            quoted = content[address.start - 1 : address.start] in _QUOTES
            value = escape(new) if quoted else f'"{escape(new)}"'
            content = content[: address.start] + value + content[address.end :]
    content = suppression.cut(content)
    if "<!--" in content and raw_html.leaves_comment_open(content):
        content = content.rstrip("\n") + "-->\n"
    if content == token.content:
        yield token
    elif content.strip():
        yield new_tokens.changed(token, content=content)


def draw_unclosed(token: Token, _place: Place) -> Iterator[Token]:
    """Draw the opening of a comment that is never closed as the text that it is."""
    yield new_tokens.changed(token, type="text")


def write_comment(comment: Comment, place: TextPlace) -> Iterator[TextEdit]:
    """Cut a comment out."""
    if comment.closed:
        edit, text = place.edit(comment.span), place.document.source.text
        below_a_blank_line = text[max(edit.start - 2, 0) : edit.start] in ("", "\n\n")
        ends_its_line = text.startswith("\n", edit.end)
        yield replace(edit, end=edit.end + (below_a_blank_line and ends_its_line))


def write_banner(banner: Banner, place: TextPlace) -> Iterator[TextEdit]:
    """Cut the old preview banner out."""
    yield place.edit(banner.span)
