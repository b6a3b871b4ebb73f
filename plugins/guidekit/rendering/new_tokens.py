"""The pieces that a page is put together of: tokens made anew, and copies of tokens that other pages share."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token


def changed(token: Token, **fields: Any) -> Token:
    """Copy a token with some of its fields changed; what `copy` does in general costs ten times as much."""
    copy = Token.__new__(Token)
    for name in Token.__slots__:
        setattr(copy, name, fields[name] if name in fields else getattr(token, name))
    return copy


def element(name: str, tag: str, /, *content: Token, **attrs: str | float) -> list[Token]:
    """Make a block element; an attribute's name may end with an underscore, and has one for each hyphen."""
    attributes = {key.replace("_", "-").strip("-"): value for key, value in attrs.items()}
    return [
        Token(f"{name}_open", tag, 1, block=True, attrs=attributes),
        *content,
        Token(f"{name}_close", tag, -1, block=True),
    ]


def text(content: str) -> Token:
    """Make a text."""
    return Token("text", "", 0, content=content)


def run(*children: Token) -> Token:
    """Make a run of text, which stands in a block."""
    return Token("inline", "", 0, block=True, children=list(children))


def inline(tag: str, /, *content: Token, **attrs: str | float) -> list[Token]:
    """Make an element within a line; its attributes are named as those of `element`."""
    opening, *_, closing = element(tag, tag, **attrs)
    return [changed(opening, block=False), *content, changed(closing, block=False)]


def leaf(tag: str, /, **attrs: str | float) -> Token:
    """Make an element within a line that has no content."""
    return Token(tag, tag, 0, attrs=inline(tag, **attrs)[0].attrs)


def literal(tag: str, content: str, /, **attrs: str | float) -> Token:
    """Make an element whose text no later step may touch; its attributes are named as those of `element`."""
    return changed(leaf(tag, **attrs), type="literal", content=content)


def raw(html: str) -> Token:
    """Make raw HTML within a line."""
    return Token("html_inline", "", 0, content=html)


def raw_block(html: str) -> Token:
    """Make a block of raw HTML."""
    return Token("html_block", "", 0, block=True, content=html)
