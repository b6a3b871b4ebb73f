"""The part of an item's guidance that says how to verify the item: it begins with the words that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from guidekit.library import includes
from guidekit.library.includes import Expansion
from guidekit.syntax import raw_html
from guidekit.syntax.document import Document
from guidekit.syntax.visible_text import plain_text


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How to verify an item: the ``opening`` as it is written, with what stands behind it, and a text for each block below."""

    opening: str
    conditions: tuple[str, ...]


def read(document: Document, opening: str) -> Verification | None:
    """Read how a fragment says to verify its item; ``None`` where it has no such words. Fragments within it are left out."""
    wanted = _normalized(opening)
    tokens = document.tokens
    for index, (before, token) in enumerate(pairwise(tokens), start=1):
        if wanted and token.type == "inline" and _begins(token, wanted):
            below = tokens[index + 1 : _end(tokens, index, _level(before) or 6)]
            texts = (_folded(plain_text(block.children)) for block in below if block.type == "inline")
            return Verification(opening=_folded(plain_text(token.children)), conditions=tuple(filter(None, texts)))
    return None


def is_given(guidance: Expansion, opening: str) -> bool:
    """Does a heading, or a paragraph, of the guidance begin with these words, and does text follow them?

    Letter case, markup and a colon at the end do not matter. What follows a heading ends at the next heading of its level
    or of one above; what follows a paragraph ends at the next heading.
    """
    wanted = _normalized(opening)
    return any(_gives(document, wanted, document is guidance.document) for document in includes.documents(guidance))


def _gives(document: Document, wanted: str, whole: bool) -> bool:
    """Look in one file; where words end a file that is not ``whole``, their text follows in the file that includes it."""
    tokens = document.tokens
    for index, (opening, token) in enumerate(pairwise(tokens), start=1):
        if token.type == "inline" and _begins(token, wanted):
            end = _end(tokens, index, _level(opening) or 6)
            is_longer = not _level(opening) and any(map(str.isalnum, _said(token)[len(wanted) :]))
            if is_longer or _says_something(tokens[index:end]) or (not whole and end == len(tokens)):
                return True
    return False


def _end(tokens: Sequence[Token], start: int, level: int) -> int:
    """Find the next heading of a level, or of one above."""
    return next((index for index in range(start, len(tokens)) if 0 < _level(tokens[index]) <= level), len(tokens))


def _begins(token: Token, wanted: str) -> bool:
    said = _said(token)
    return said.startswith(wanted) and not said[len(wanted) : len(wanted) + 1].isalnum()


def _said(token: Token) -> str:
    return _normalized(plain_text(token.children))


def _normalized(text: str) -> str:
    return _folded(text).rstrip(" :").casefold()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _level(token: Token) -> int:
    return int(token.tag[1]) if token.type == "heading_open" else 0


def _says_something(section: Sequence[Token]) -> bool:
    """Is there a text in a section, the one that opens it and its headings left out?"""
    return any(
        bool(token.content.strip()) and (token.type != "html_block" or raw_html.count_words(token.content) > 0)
        for before, token in pairwise(section)
        if not _level(before)
    )
