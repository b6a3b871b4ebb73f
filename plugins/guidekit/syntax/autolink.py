"""Bare addresses: ``https://…`` in running text is a link, as GitHub's extension and docfx have it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"(?:^|[\s*_~(])(https?)$", re.IGNORECASE)
_REST = re.compile(r"://[\w-]+(?:\.[\w-]+)*[^\s<]*")
_TRAILING = "?!.,:*_~'\""
_LONGEST_ENTITY = 32
_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")


def _link(state: StateInline, silent: bool) -> bool:
    """Make a link of an address whose scheme has just been read as text."""
    if silent or state.linkLevel > 0 or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    rest = _REST.match(state.src, state.pos, state.posMax) if scheme else None
    if not scheme or not rest:
        return False
    address = scheme[1] + _without_punctuation(rest[0])
    href = state.md.normalizeLink(address)
    if not state.md.validateLink(href):
        return False
    start = state.pos - len(scheme[1])
    state.pending = state.pending[: -len(scheme[1])]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "autolink", "auto"
    opening.meta["at"] = (start, start + len(address))
    state.push("text", "", 0).content = address
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
    state.pos = start + len(address)
    return True


def _without_punctuation(address: str) -> str:
    """Leave out what ends the sentence rather than the address. Linear."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while True:
        last = address[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and surplus > 0:
            end, surplus = end - 1, surplus - 1
        elif last == ";" and (entity := _ENTITY.search(address[max(end - _LONGEST_ENTITY, 0) : end])):
            end -= len(entity[0])
        else:
            return address[:end]


def install(md: MarkdownIt) -> None:
    """Look at each colon for an address around it."""
    md.inline.ruler.push("bare_address", _link)
