"""Links from the first use of each of the glossary's terms on a page to what the glossary says of it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from markdown_it.token import Token

from guidekit.library.glossary import Glossary, Term, Use
from guidekit.rendering import new_tokens
from guidekit.text import paths

_CLASS = "guidekit-term"
_TITLES = frozenset({"heading_open", "alert_title_open"})
_TEXTS = frozenset({"text", "text_special"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_OTHER = "\ufffc"  # stands for what is neither text nor markup around it
_TAG = re.compile(r"<(/?)([a-z][\w-]*)", re.IGNORECASE)
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_LINKS = re.compile(r"<!--(?s:.*?)(?:-->|\Z)|<a\s[^<>]*href|</a\s*>", re.IGNORECASE)


def link(body: Sequence[Token], glossary: Glossary, address: str) -> Iterator[Token]:
    """Link terms in the tokens of a whole page to the glossary, which is at ``address``.

    A link to an entry that the author wrote counts as a use of it. Headings, links, code, images and raw HTML are left
    alone; so are the tokens that were handed in, which are copied where they change.
    """
    return _Linker(glossary, address).link(body)


class _Linker:
    def __init__(self, glossary: Glossary, address: str) -> None:
        self._glossary = glossary
        self._address = address
        self._left = {entry.id: entry for entry in glossary.entries}
        self._raw_links = 0

    def link(self, body: Sequence[Token]) -> Iterator[Token]:
        opening = ""
        for token in body:
            if token.type == "html_block":
                self._note_raw_links(token.content)
            if token.type == "inline" and opening not in _TITLES and not self._raw_links:
                yield self._run(token)
            else:
                yield token
            opening = token.type

    def _note_raw_links(self, html: str) -> None:
        """Remember a link that a block of raw HTML opens and a later one closes."""
        for found in _LINKS.findall(html):
            if not found.startswith("<!--"):
                self._raw_links = max(0, self._raw_links + (-1 if found.startswith("</") else 1))

    def _run(self, token: Token) -> Token:
        children = token.children or []
        uses = deque(self._glossary.uses("".join(map(_visible, children))))
        if not uses and not any(child.type == "link_open" for child in children):
            return token
        return new_tokens.changed(token, children=list(self._children(children, uses)))

    def _children(self, children: Sequence[Token], uses: deque[Use]) -> Iterator[Token]:
        at = 0
        for free, pairs in groupby(zip(_are_free(children), children, strict=True), key=lambda pair: pair[0]):
            stretch = [token for _, token in pairs]
            end = at + sum(len(_visible(token)) for token in stretch)
            taken = []
            while uses and uses[0].start < end:
                use = uses.popleft()
                if free and use.end <= end and self._take(use.entry.id):
                    taken.append(use)
            yield from self._woven(stretch, at, taken) if free else map(self._by_hand, stretch)
            at = end

    def _take(self, entry: str) -> bool:
        """Is this the first use of an entry?"""
        return self._left.pop(entry, None) is not None

    def _by_hand(self, token: Token) -> Token:
        """Mark a link of the author's if it is the first use of the entry to which it leads."""
        address, _, bookmark = str(token.attrs.get("href", "")).partition("#")
        entry = self._left.get(unquote(bookmark))
        if token.type != "link_open" or address != self._address or entry is None:
            return token
        self._take(entry.id)
        return new_tokens.changed(token, attrs={**token.attrs, "class": _CLASS, "title": entry.definition})

    def _woven(self, stretch: Sequence[Token], at: int, uses: Sequence[Use]) -> Iterator[Token]:
        """Cut a stretch of text, which begins at the character ``at``, where terms begin and end."""
        marks = deque(mark for use in uses for mark in self._marks(use))
        for token in stretch:
            start, end = at, at + len(_visible(token))
            while marks and (marks[0][0] < end or (marks[0][0] == end and marks[0][1].nesting < 0)):
                place, mark = marks.popleft()
                if place > at:
                    yield _cut(token, at - start, place - start)
                yield mark
                at = place
            if at < end or start == end:
                yield _cut(token, at - start, end - start)
            at = end

    def _marks(self, use: Use) -> Iterator[tuple[int, Token]]:
        yield use.start, self._opening(use.entry)
        yield use.end, Token("link_close", "a", -1)

    def _opening(self, entry: Term) -> Token:
        href = f"{self._address}#{paths.as_url(entry.id)}"
        return Token("link_open", "a", 1, attrs={"class": _CLASS, "href": href, "title": entry.definition})


def _visible(token: Token) -> str:
    """Make what a reader sees of a token into characters."""
    if token.type in _TEXTS:
        return token.content
    if token.type in _BREAKS:
        return "\n"
    return "" if token.nesting else _OTHER


def _are_free(children: Sequence[Token]) -> Iterator[bool]:
    """Tell for each token whether it is text that may become a link: in no link, and in no element of raw HTML."""
    links = elements = 0
    for child in children:
        if child.type in ("link_open", "link_close"):
            links += child.nesting
        elif child.type == "html_inline":
            elements = max(0, elements + _nesting(child.content))
        yield not links and not elements and (child.type in _TEXTS or child.type == "softbreak")


def _nesting(html: str) -> int:
    tag = _TAG.match(html)
    if tag is None or tag[2].lower() in _VOID or html.endswith("/>"):
        return 0
    return -1 if tag[1] else 1


def _cut(token: Token, start: int, end: int) -> Token:
    """Cut a piece out of a text; all of it is the token itself."""
    whole = start == 0 and end == len(_visible(token))
    return token if whole else new_tokens.changed(token, content=token.content[start:end])
