"""The parts of a YAML page, written as the tokens of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token

from guidekit.syntax.link import normalized
from guidekit.syntax.visible_text import plain_text
from guidekit.syntax.yaml_page import link_kind, parts
from guidekit.syntax.yaml_page.parts import Box, Kind, Line, Part, Passage, Picture, Title
from guidekit.syntax.yaml_page.scalar import Scalar
from guidekit.text.source import Source

Parse = Callable[[str, dict[str, Any]], list[Token]]
"""Makes tokens of a text in Markdown; what else is known of it goes into the dictionary."""

PLACE_OPEN, KIND_WORD = "place_open", "link_kind_word"
_NO_LETTER = re.compile(r"[^\w]|_")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Tokens in a row, the text that their lines count from, and what its parser knows of it."""

    source: Source
    tokens: list[Token]
    env: Mapping[str, Any] = field(default_factory=dict)


class Composer:
    """Writes the parts of the page ``file``; ``parse`` reads those that are written in Markdown."""

    def __init__(self, file: Source, parse: Parse) -> None:
        self._file = file
        self._parse = parse
        self._places: set[str] = set()
        self._writers: Mapping[type[Any], Callable[[Any], Iterator[Piece]]] = {
            Title: self._title,
            Passage: self._passage,
            Kind: self._kind,
            Line: self._line,
            parts.Entries: self._entries,
            Picture: self._picture,
            Box: self._box,
        }

    def pieces(self, made_of: Iterable[Part]) -> Iterator[Piece]:
        """Write parts, one after the other."""
        for part in made_of:
            yield from self._writers[type(part)](part)

    def _title(self, title: Title) -> Iterator[Piece]:
        tag = f"h{title.level}"
        if not title.is_question:
            yield self._around(title.text, "heading", tag, _plain(title.text))
            return
        env: dict[str, Any] = {}
        source = title.text.source
        tokens = self._parse(source.text, env)
        if [token.type for token in tokens[:3]] != ["paragraph_open", "inline", "paragraph_close"]:
            yield self._around(title.text, "heading", tag, _plain(title.text))
            return
        opening, inline, closing = tokens[:3]
        for token in (opening, closing):
            token.type, token.tag = token.type.replace("paragraph", "heading"), tag
        inline.children = [*self._place(opening, plain_text(inline.children)), *(inline.children or ())]
        yield Piece(source=source, tokens=tokens, env=env)

    def _place(self, heading: Token, question: str) -> list[Token]:
        """Give a question its id, and a place with the one that it had before on Learn."""
        former = _NO_LETTER.sub("-", question.strip().lower())
        name = former.rstrip("-") or "question"
        heading.attrs = {"id": name}
        if former == name or former in self._places:
            return []
        self._places.add(former)
        return [Token(PLACE_OPEN, "span", 1, attrs={"id": former}), Token("place_close", "span", -1)]

    def _passage(self, passage: Passage) -> Iterator[Piece]:
        env: dict[str, Any] = {}
        source = passage.text.source
        yield Piece(source=source, tokens=self._parse(source.text, env), env=env)

    def _kind(self, kind: Kind) -> Iterator[Piece]:
        yield self._around(kind.word, "link_kind", "p", _words(kind.word))

    def _line(self, line: Line) -> Iterator[Piece]:
        children = _link(line.entry)
        if line.is_strong:
            children = [Token("strong_open", "strong", 1), *children, Token("strong_close", "strong", -1)]
        piece = self._around(line.entry.text, "paragraph", "p", children)
        if line.before:
            opening, *rest = piece.tokens
            before = self._around(line.before, "paragraph", "p", [*_plain(line.before), _text(" ")])
            yield Piece(source=before.source, tokens=[opening, before.tokens[1]])
            yield Piece(source=piece.source, tokens=rest)
        else:
            yield piece

    def _entries(self, listed: parts.Entries) -> Iterator[Piece]:
        yield self._mark("bullet_list_open", "ul", 1)
        for entry in listed.entries:
            yield self._mark("list_item_open", "li", 1)
            text = self._around(entry.text, "paragraph", "p", _link(entry))
            text.tokens[0].hidden = text.tokens[2].hidden = True
            yield text
            yield self._mark("list_item_close", "li", -1)
        yield self._mark("bullet_list_close", "ul", -1)

    def _picture(self, picture: Picture) -> Iterator[Piece]:
        address = picture.address
        if picture.lies_elsewhere or not validateLink(address.line):
            return
        alt = [_text(picture.alt.line)] if picture.alt else []
        attrs: dict[str, str | int | float] = {"src": normalized(address.line), "alt": ""}
        image = Token("image", "img", 0, attrs=attrs, children=alt, meta={"apart": address.span})
        yield self._around(address, "paragraph", "p", [image], content="")

    def _box(self, box: Box) -> Iterator[Piece]:
        opening = self._mark(f"{box.kind}_open", "div", 1)
        opening.tokens[0].meta = {"span": box.span}
        yield opening
        yield from self.pieces(box.parts)
        yield self._mark(f"{box.kind}_close", "div", -1)

    def _mark(self, kind: str, tag: str, nesting: int) -> Piece:
        token = Token(kind, tag, 1 if nesting > 0 else -1, block=True)
        return Piece(source=self._file, tokens=[token])

    def _around(
        self, scalar: Scalar, kind: str, tag: str, children: list[Token], *, content: str | None = None
    ) -> Piece:
        """Put a run of text into a block; ``content`` is what it says where that is not what is written."""
        source = scalar.source
        lines = [0, len(source.lines)]
        said = source.text if content is None else content
        run = Token("inline", "", 0, block=True, content=said, children=children, map=lines)
        opening = Token(f"{kind}_open", tag, 1, block=True, map=lines)
        return Piece(source=source, tokens=[opening, run, Token(f"{kind}_close", tag, -1, block=True)])


def _plain(scalar: Scalar) -> list[Token]:
    return [_text(scalar.line)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _words(kind: Scalar) -> list[Token]:
    return [Token(KIND_WORD, "", 0, content=kind.line, meta={"text": link_kind.words(kind.line)})]


def _link(entry: parts.Entry) -> list[Token]:
    text = _text(entry.text.line)
    if entry.url is None or not entry.address:
        return [text]
    opening = Token("link_open", "a", 1, attrs={"href": entry.address}, meta={"apart": entry.url.span})
    return [opening, text, Token("link_close", "a", -1)]
