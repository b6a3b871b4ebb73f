"""Bare addresses: ``https://…``, ``ftp://…``, ``www.…`` and ``mailto:…`` in running text are links, as docfx has them.

The grammar is Markdig's (``AutoLinkParser.cs``, ``LinkHelper.cs``): blank space or one of ``*_~(`` stands before, no
bracket is open, the host has a dot and no underscore in its last two parts. ``www.`` leads to ``https``.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

_BEGINNING = re.compile(r"https?://|ftp://|mailto:[^\s@<]{1,200}+@|www\.", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?|ftp|mailto)\Z", re.IGNORECASE)
_BEFORE = "*_~("
_ENDS_HOST = re.compile(r"[/?#:]|\Z")
_BRACKET = re.compile(r"[\[\]]")
_LABEL = re.compile(r"[\w-]+")
_STOPS = re.compile(
    r"[()]|[\s<\x00-\x1f\x7f]|\\(?=[!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ENDS_TEXT = re.compile(ParserInline().terminator_re.pattern.removesuffix("]") + r"w](?<!w(?!ww\.))")
"""What ends a stretch of plain text: what does to the parser, and ``www.``; the look behind costs next to nothing."""

_TRAILING = "?!.,:*_~'\""
_LONGEST = 2_000
"""How many characters an address may have; without a bound, a text full of beginnings would cost its length squared."""

# Keys of a state's cache, beside the offsets from 0 on that the parser keeps there: how far its brackets are counted.
_TOKENS, _CHARACTERS, _OPEN = -1, -2, -3


def _link_with_scheme(state: StateInline, silent: bool) -> bool:
    """Make a link of an address whose scheme has just been read as text."""
    if silent or state.linkLevel > 0 or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    return scheme is not None and _link(state, state.pos - len(scheme[0]))


def _link_to_www(state: StateInline, silent: bool) -> bool:
    """Make a link of an address that begins with the name of a web server."""
    if silent or state.linkLevel > 0 or state.src[state.pos] != "w":
        return False
    return _link(state, state.pos)


def _link(state: StateInline, start: int) -> bool:
    if start and not (state.src[start - 1].isspace() or state.src[start - 1] in _BEFORE):
        return False
    beginning = _BEGINNING.match(state.src, start, state.posMax)
    address = _address(state.src, start, beginning.end(), state.posMax) if beginning else ""
    if not beginning or not address or not _is_host(address[len(beginning[0]) :]) or _has_open_bracket(state):
        return False
    is_mail = beginning[0].lower().startswith("mailto:")
    href = state.md.normalizeLink(f"https://{address}" if beginning[0].lower() == "www." else address)
    if not state.md.validateLink(href):
        return False
    if start < state.pos:
        state.pending = state.pending[: start - state.pos]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "autolink", "auto"
    opening.meta["at"] = (start, start + len(address))
    state.push("text", "", 0).content = address[len("mailto:") :] if is_mail else address
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
    state.pos = start + len(address)
    return True


def _address(text: str, start: int, host: int, end: int) -> str:
    """Cut an address out of a text: up to a blank, an entity or a bracket that it did not open; empty where there is none."""
    limit = min(end, start + _LONGEST)
    at = limit
    opened = 0
    for stop in _STOPS.finditer(text, host, limit):
        opened += {"(": 1, ")": -1}.get(stop[0], 0)
        if stop[0] not in "()" or opened < 0:
            at = stop.start()
            break
    if opened > 0 or (at == limit < end):
        return ""
    return text[start:at].rstrip(_TRAILING)


def _is_host(rest: str) -> bool:
    """Does an address go on with the name of a host that has a dot?"""
    ends = _ENDS_HOST.search(rest)
    labels = rest[: ends.start() if ends else None].split(".")
    return len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not any("_" in label for label in labels[-2:])


def _has_open_bracket(state: StateInline) -> bool:
    """Does a bracket stand before that nothing has closed yet? What was counted is kept, so that all together is linear."""
    cache = state.cache
    counted, characters, opened = cache.get(_TOKENS, 0), cache.get(_CHARACTERS, 0), cache.get(_OPEN, 0)
    for token in state.tokens[counted:]:
        if token.type == "text":
            opened = _opened(token.content[characters:], opened)
        characters = 0
    opened = _opened(state.pending[characters:], opened)
    cache[_TOKENS], cache[_CHARACTERS], cache[_OPEN] = len(state.tokens), len(state.pending), opened
    return opened > 0


def _opened(text: str, opened: int) -> int:
    """Count the brackets that are open behind a text, where ``opened`` are before it."""
    for bracket in _BRACKET.findall(text):
        opened = opened + 1 if bracket == "[" else max(opened - 1, 0)
    return opened


def install(md: MarkdownIt) -> None:
    """Look at each colon for an address around it, and at each ``www.``."""
    md.inline.terminator_re = _ENDS_TEXT
    md.inline.ruler.push("bare_address", _link_with_scheme)
    md.inline.ruler.push("bare_www", _link_to_www)
