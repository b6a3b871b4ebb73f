"""A page's tokens as elements, for a host that goes on with a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from guidekit.syntax.link import alternative_text

Raw = Callable[[str], str]
"""Puts raw HTML aside and answers the text that stands for it in the tree."""

_ADDRESSES = ("href", "src")
_MAX_DEPTH = 200

Code = Callable[[Token], str | None]
"""Draws code, a block or within a line, as raw HTML, or answers ``None`` for plain code."""


Write = Callable[[str], str]
"""Makes text into what the host's tree wants of it."""


def _plain(_token: Token) -> str | None:
    """Leave code as it is."""
    return None


def build(
    tokens: Sequence[Token],
    *,
    raw: Raw,
    code: Code,
    inline_code: Code = _plain,
    text: Write = str,
    literal: Write = str,
) -> Element:
    """Build the elements below one ``div``; ``text`` writes text, ``literal`` code that no later step may touch."""
    return _Builder(raw, code, inline_code, text, literal).build(tokens)


class _Builder:
    def __init__(self, raw: Raw, code: Code, inline_code: Code, text: Write, literal: Write) -> None:
        self._raw = raw
        self._code = code
        self._inline_code = inline_code
        self._text = text
        self._literal = literal
        self._open = [Element("div")]
        self._pending: list[str] = []

    def build(self, tokens: Sequence[Token]) -> Element:
        for token in tokens:
            if token.type == "inline":
                for child in token.children or ():
                    self._add(child)
            else:
                self._add(token)
        self._flush()
        return self._open[0]

    def _add(self, token: Token) -> None:
        if token.hidden:
            self._pending.append("\n")
        elif token.nesting > 0:
            self._descend(token)
        elif token.nesting < 0:
            self._flush()
            self._open.pop()
        else:
            self._add_leaf(token)

    def _descend(self, token: Token) -> None:
        """Open an element; below a depth that hosts can call themselves to, its content joins the one around it."""
        self._flush()
        parent = self._open[-1]
        deep = len(self._open) > _MAX_DEPTH
        self._open.append(parent if deep else SubElement(parent, token.tag, self._attributes(token)))

    def _add_leaf(self, token: Token) -> None:
        _LEAVES.get(token.type, _Builder._add_empty)(self, token)

    def _add_empty(self, token: Token) -> None:
        self._leaf(token.tag, self._attributes(token))

    def _add_text(self, token: Token) -> None:
        self._pending.append(self._text(token.content))

    def _add_break(self, _token: Token) -> None:
        self._pending.append("\n")

    def _add_html(self, token: Token) -> None:
        self._pending.append(self._raw(token.content))

    def _add_html_block(self, token: Token) -> None:
        self._pending.append("\n" + self._raw(token.content.rstrip("\n")) + "\n")

    def _add_code_in_line(self, token: Token) -> None:
        drawn = self._inline_code(token)
        if drawn is not None:
            self._pending.append(self._raw(drawn))
            return
        self._add_literal(token)

    def _add_literal(self, token: Token) -> None:
        self._leaf(token.tag, self._attributes(token)).text = self._literal(token.content)

    def _add_image(self, token: Token) -> None:
        self._leaf("img", {**self._attributes(token), "alt": self._text(alternative_text(token))})

    def _add_code(self, token: Token) -> None:
        drawn = self._code(token)
        if drawn is not None:
            self._pending.append("\n" + self._raw(drawn) + "\n")
            return
        attributes = {"class": f"language-{language(token)}"} if language(token) else {}
        code = SubElement(self._leaf("pre", {}), "code", attributes)
        code.text = self._literal(token.content)

    def _attributes(self, token: Token) -> dict[str, str]:
        return {key: str(value) if key in _ADDRESSES else self._text(str(value)) for key, value in token.attrs.items()}

    def _leaf(self, tag: str, attributes: dict[str, str]) -> Element:
        self._flush()
        return SubElement(self._open[-1], tag, attributes)

    def _flush(self) -> None:
        if not self._pending:
            return
        text = "".join(self._pending)
        self._pending.clear()
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


_LEAVES: Mapping[str, Callable[[_Builder, Token], None]] = {
    "text": _Builder._add_text,
    "text_special": _Builder._add_text,
    "softbreak": _Builder._add_break,
    "html_inline": _Builder._add_html,
    "html_block": _Builder._add_html_block,
    "code_inline": _Builder._add_code_in_line,
    "literal": _Builder._add_literal,
    "fence": _Builder._add_code,
    "code_block": _Builder._add_code,
    "image": _Builder._add_image,
}
"""How a token without tokens below it becomes a part of the tree, by its type; any other one is an empty element."""


def language(token: Token) -> str:
    """Read a code block's language: the first word of its info string; Learn can run some, which no other site can."""
    words = unescapeAll(token.info).split()
    return words[0].removesuffix("-interactive") if words else ""
