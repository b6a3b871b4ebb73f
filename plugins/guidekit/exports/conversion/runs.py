"""A run of text, written as Markdown: the pieces that its tokens are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from markdown_it.token import Token

from guidekit.exports.conversion.dialect import Dialect
from guidekit.exports.conversion.pieces import Joining, LineEnd, Marked, Piece, Text, Written
from guidekit.syntax.link import alternative_text

_TICKS = re.compile("`+")
_UNSAFE = re.compile(r"[\s()<>]")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_AUTOLINK = re.compile(r"https?://[^\s<>*_\[\]`\\]+")


def write(
    children: Sequence[Token],
    dialect: Dialect,
    *,
    one_line: bool = False,
    in_cell: bool = False,
    opens_line: bool = True,
) -> str:
    """Write a run of text.

    ``one_line`` makes a blank of each end of a line, ``in_cell`` escapes the borders of cells. ``opens_line`` tells whether
    nothing stands before it on its line.
    """
    written = _Run(dialect, one_line=one_line, in_cell=in_cell).write(children, opens_line=opens_line)
    return "\n".join(line.strip(" \t") for line in written.split("\n")).strip("\n")


class _Run:
    def __init__(self, dialect: Dialect, *, one_line: bool, in_cell: bool) -> None:
        self._dialect = dialect
        self._one_line = one_line
        self._in_cell = in_cell
        self._links = 0
        self._open: list[tuple[Token, list[Piece]]] = [(Token("", "", 0), [])]

    def write(self, children: Sequence[Token], *, opens_line: bool) -> str:
        for child in children:
            if child.nesting > 0:
                self._links += child.type == "link_open"
                self._open.append((child, []))
            elif child.nesting < 0:
                self._close()
            else:
                self._add(_LEAVES[child.type](self, child) if child.type in _LEAVES else self._element(child))
        while len(self._open) > 1:
            self._close()
        return self._joining().join(self._open[0][1], opens_line=opens_line)

    def _close(self) -> None:
        if len(self._open) == 1:
            return
        opening, pieces = self._open.pop()
        for piece in _ELEMENTS.get(opening.type, _Run._other)(self, opening, pieces):
            self._add(piece)
        self._links -= opening.type == "link_open"

    def _add(self, piece: Piece) -> None:
        if piece != Text(text=""):
            self._open[-1][1].append(piece)

    def _joining(self) -> Joining:
        return Joining(
            marks=self._dialect.marks,
            nested=self._dialect.nests_emphasis,
            one_line=self._one_line,
            in_link=bool(self._links),
            in_cell=self._in_cell,
        )

    def _joined(self, pieces: Sequence[Piece]) -> str:
        return self._joining().join(pieces, opens_line=False)

    # Elements

    def _emphasis(self, opening: Token, pieces: Sequence[Piece]) -> Sequence[Piece]:
        return [Marked(mark={"em": "*", "strong": "**"}[opening.tag], tag=opening.tag, pieces=pieces)]

    def _strikethrough(self, _opening: Token, pieces: Sequence[Piece]) -> Sequence[Piece]:
        return [Marked(mark=self._dialect.strikethrough, tag="del", pieces=pieces)]

    def _html(self, opening: Token, pieces: Sequence[Piece]) -> Sequence[Piece]:
        return [Marked(mark="", tag=opening.tag, pieces=pieces)]

    def _other(self, _opening: Token, pieces: Sequence[Piece]) -> Sequence[Piece]:
        return pieces

    def _link(self, opening: Token, pieces: Sequence[Piece]) -> Sequence[Piece]:
        href = str(opening.attrs["href"])
        if opening.markup == "autolink" and [Text(text=href)] == list(pieces) and _AUTOLINK.fullmatch(href):
            return [Written(text=f"<{href}>")]
        target = _destination(href, str(opening.attrs.get("title", "")))
        classes = str(opening.attrs.get("class", "")).split() if self._dialect.has_attributes else []
        attributes = "{ " + " ".join(f".{name}" for name in classes) + " }" if classes else ""
        return [Written(text=f"[{self._joined(pieces)}]({self._fit(target)}){attributes}")]

    # What has nothing in it

    def _text(self, token: Token) -> Piece:
        return Text(text=token.content)

    def _softbreak(self, _token: Token) -> Piece:
        return LineEnd()

    def _hardbreak(self, _token: Token) -> Piece:
        return LineEnd(hard=True)

    def _code(self, token: Token) -> Piece:
        write = self._dialect.code_in_cell if self._in_cell else self._dialect.code
        return Written(text=self._fit(write(token.content.replace("\n", " "))))

    def _image(self, token: Token) -> Piece:
        alt = self._dialect.marks.escaped(" ".join(alternative_text(token).split()), ".", ".", more="]")
        target = _destination(str(token.attrs["src"]), str(token.attrs.get("title", "")))
        return Written(text=self._fit(f"![{alt}]({target})"))

    def _raw(self, token: Token) -> Piece:
        return Written(text=self._fit(self._dialect.raw_tag(" ".join(token.content.split("\n")))))

    def _literal(self, token: Token) -> Piece:
        return Written(text=f"<{token.tag}>{self._joined([Text(text=token.content)])}</{token.tag}>")

    def _formula(self, token: Token) -> Piece:
        return Written(text=self._fit(self._dialect.formula(token.content)))

    def _footnote(self, token: Token) -> Piece:
        return Written(text=f"[^{token.meta['name']}]")

    def _task(self, token: Token) -> Piece:
        return Written(text="[x] " if token.meta["done"] else "[ ] ")

    def _element(self, token: Token) -> Piece:
        return Text(text=token.content)

    def _fit(self, written: str) -> str:
        """Escape the borders of cells in what is Markdown already."""
        return written.replace("|", "\\|") if self._in_cell else written


def _destination(address: str, title: str) -> str:
    address = _REFERENCE.sub("&amp;", address)
    if not address or _UNSAFE.search(address):
        address = "<" + address.replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A") + ">"
    if not title:
        return address
    quoted = escape(" ".join(title.split())).replace("\\", "&#92;").replace("`", "&#96;").replace("[", "&#91;")
    return f'{address} "{quoted}"'


_ELEMENTS: Mapping[str, Callable[[_Run, Token, Sequence[Piece]], Sequence[Piece]]] = {
    "em_open": _Run._emphasis,
    "strong_open": _Run._emphasis,
    "s_open": _Run._strikethrough,
    "del_open": _Run._strikethrough,
    "mark_open": _Run._html,
    "ins_open": _Run._html,
    "sub_open": _Run._html,
    "sup_open": _Run._html,
    "link_open": _Run._link,
    "a_open": _Run._link,
}
_LEAVES: Mapping[str, Callable[[_Run, Token], Piece]] = {
    "text": _Run._text,
    "text_special": _Run._text,
    "softbreak": _Run._softbreak,
    "br": _Run._softbreak,
    "hardbreak": _Run._hardbreak,
    "code_inline": _Run._code,
    "image": _Run._image,
    "html_inline": _Run._raw,
    "literal": _Run._literal,
    "math_inline": _Run._formula,
    "footnote_ref": _Run._footnote,
    "task_box": _Run._task,
}
