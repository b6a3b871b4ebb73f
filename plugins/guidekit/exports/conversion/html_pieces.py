"""Raw HTML, and what no Markdown can say, which is written as HTML: in one piece, and so that no mark in it is read as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from guidekit.rendering import html, new_tokens

_PART = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<kept><(?P<name>pre|script|style|textarea)\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>.*?(?:</(?P=name)\s*>|\Z))"
    r"|(?P<tag></?(?P<element>[a-z][\w:-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>)",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, an element that keeps its lines as they are, or a tag."""

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"(</?[a-z][^<>]*+>)", re.IGNORECASE)
_IN_TAG = re.compile(r"[\\`\[\]$|]")
_IN_TEXT = re.compile(r"[\\`\[\]$*_{}]|!(?=\[)|~(?=~)|(?<=~)~")
_UNENDED = (
    (
        re.compile(r"<(script|pre|style|textarea)(?=\s|>|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
        "</{}>",
    ),
    (re.compile(r"<!--"), re.compile(r"-->"), "-->"),
    (re.compile(r"<\?"), re.compile(r"\?>"), "?>"),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), "]]>"),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), ">"),
)
"""How blocks of raw HTML begin that blank lines do not end, and how these end (CommonMark 0.31, section 4.6)."""


def tags(text: str) -> Iterator[tuple[str, bool]]:
    """List the tags that open or close an element: its name, and whether the tag opens it."""
    for found in _PART.finditer(text):
        name = (found["element"] or "").lower()
        if name and name not in _VOID and not found[0].endswith("/>"):
            yield name, not found[0].startswith("</")


def closed(text: str) -> str:
    """End a block that goes on to the end of its file, where another text may follow it now."""
    for begins, ends, closing in _UNENDED:
        if found := begins.match(text):
            return text if ends.search(text) else text + closing.format(*found.groups())
    return text


def inert(text: str) -> str:
    """Write raw HTML so that nothing in it is a mark to a parser that looks for marks in HTML, too."""
    return "".join(_inert(text))


def _inert(text: str) -> Iterator[str]:
    at = 0
    for found in _PART.finditer(text):
        yield _IN_TEXT.sub(_reference, text[at : found.start()])
        if found["tag"]:
            yield inert_tag(found[0])
        elif found["kept"] and found["name"].lower() == "pre":
            yield _in_pre(found[0])
        else:
            yield found[0]
        at = found.end()
    yield _IN_TEXT.sub(_reference, text[at:])


def _in_pre(text: str) -> str:
    parts = _TAG.split(text)
    return "".join(
        inert_tag(part) if number % 2 else _IN_TEXT.sub(_reference, part) for number, part in enumerate(parts)
    )


def inert_tag(text: str) -> str:
    """Write a tag, or a comment within a line, so that nothing in it is a mark."""
    start, end = (4, len(text) - 3) if text.startswith("<!--") else (0, len(text) - 1)
    return text[:start] + _IN_TAG.sub(_reference, text[start:end]) + text[end:]


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def on_one_line(text: str) -> str:
    """Write raw HTML without the ends of its lines, where these mean nothing, and without blank lines."""
    parts: list[str] = []
    at = 0
    for found in _PART.finditer(text):
        if found["kept"]:
            parts += [_line(text[at : found.start()]), _kept(found)]
            at = found.end()
    return "".join([*parts, _line(text[at:])]).strip(" \n")


def _line(text: str) -> str:
    if "\n" not in text:
        return text
    first, *others, last = text.split("\n")
    between = (line.strip() for line in others)
    return " ".join([first.rstrip(), *filter(None, between), last.lstrip()])


def _kept(found: re.Match[str]) -> str:
    if found["name"].lower() in ("pre", "textarea"):
        return found[0].replace("\n", "&#10;")
    return "\n".join(line for line in found[0].split("\n") if line.strip())


def comments_apart(text: str) -> Sequence[str]:
    """Part raw HTML where comments begin and end that it begins with."""
    parts: list[str] = []
    while text.startswith("<!--") and (found := _COMMENT.match(text)):
        parts.append(found[0] if found[0].endswith("-->") else f"{found[0]}-->")
        text = text[found.end() :].strip(" ")
    return [*parts, text] if text else parts


def island(tokens: Sequence[Token]) -> str:
    """Write tokens as HTML, on one line where that is possible."""
    return on_one_line(html.render([drawable(token) for part in tokens for token in _with_title(part)]))


def _with_title(token: Token) -> Sequence[Token]:
    """Write for whom something is as a paragraph in it, where it is for some readers alone."""
    title = str(token.meta.get("title") or "") if token.type in ("zone_open", "moniker_open") else ""
    run = new_tokens.run(*new_tokens.inline("strong", new_tokens.text(title)))
    return [token, *new_tokens.element("paragraph", "p", run)] if title else [token]


def drawable(token: Token) -> Token:
    """Make of a token one that a browser can be shown."""
    if token.type == "inline":
        return new_tokens.changed(token, children=list(map(drawable, token.children or ())))
    if token.hidden:
        return new_tokens.changed(token, hidden=False)
    if token.type in _AS_HTML:
        return new_tokens.raw(_AS_HTML[token.type](token))
    return token


def _footnote(token: Token) -> str:
    return f"<sup>{token.meta['number']}</sup>"


def _task(token: Token) -> str:
    return f'<input type="checkbox" disabled{" checked" if token.meta["done"] else ""}> '


def _formula(token: Token) -> str:
    return f"<code>{escape(token.content)}</code>"


def _nothing(_token: Token) -> str:
    return ""


_AS_HTML: Mapping[str, Callable[[Token], str]] = {
    "footnote_ref": _footnote,
    "task_box": _task,
    "math_inline": _formula,
    "math_block": _formula,
    "abbreviation": _nothing,
}
"""How tokens that no browser knows are written in HTML."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Blocks of raw HTML, and those between them, that make up an element: the first, the place behind the last.

    ``unclosed`` are the elements that nothing closes, outermost first.
    """

    start: int
    end: int
    unclosed: Sequence[str] = ()


def stretches(sources: Sequence[str]) -> Sequence[Stretch]:
    """Find the elements that raw HTML opens in one block and closes in another; ``sources`` are empty for other blocks."""
    opened: list[tuple[str, int]] = []
    known: Counter[str] = Counter()
    found: list[tuple[int, int]] = []
    for number, source in enumerate(sources):
        for name, opens in tags(source) if source else ():
            if opens:
                opened.append((name, number))
                known[name] += 1
            elif known[name]:
                found.append((_close(name, opened, known), number + 1))
    left: dict[int, list[str]] = {}
    for name, number in opened:
        left.setdefault(number, []).append(name)
        found.append((number, number + 1))
    return list(_merged(sorted(found), left))


def _close(name: str, opened: list[tuple[str, int]], known: Counter[str]) -> int:
    """Close an element and those that are open in it; answer where it was opened."""
    while True:
        other, number = opened.pop()
        known[other] -= 1
        if other == name:
            return number


def _merged(found: Sequence[tuple[int, int]], left: Mapping[int, Sequence[str]]) -> Iterator[Stretch]:
    """Make one stretch of those that overlap."""
    at = 0
    while at < len(found):
        start, end = found[at]
        while at < len(found) and found[at][0] < end:
            end = max(end, found[at][1])
            at += 1
        unclosed = [name for number in range(start, end) for name in left.get(number, ())]
        yield Stretch(start=start, end=end, unclosed=unclosed)
