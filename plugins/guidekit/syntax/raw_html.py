"""Raw HTML: comments, anchors, and the addresses in its attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import ClassVar, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.html_re import attr_name, attr_value
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from guidekit.syntax import learn_html
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.include import KEYWORD
from guidekit.syntax.link import Image, Link
from guidekit.syntax.prose import Prose
from guidekit.syntax.run import Run
from guidekit.text.source import Span

_TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9-]*)((?:\s+{attr_name}(?:\s*=\s*{attr_value})?)*)\s*/?>")
_ATTRIBUTE = re.compile(rf"(?<!\s)\s++({attr_name})(?:\s*=\s*({attr_value}))?")
_CLOSES_COMMENT = re.compile(r"--!?>")
_RAW_TEXT = {"script", "style", "textarea", "title"}
_ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "img": ("src",),
    "image": ("src",),
    "iframe": ("src",),
    "source": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
}
_BLANKS = " \t\n\f\r"
"""What browsers leave out around an address."""

_NAMES = r"(?:material/|markdownlint|rumdl|prettier|vale|cspell|docutune|guidekit|TODO|FIXME|spellchecker)(?:\b|(?<=/))"
_PLACEHOLDERS = ("material/",)
_TOOLS = re.compile(_NAMES, re.IGNORECASE)
_NOTHING_BUT_TOOLS = re.compile(rf"(?:\s*+<!--\s*+{_NAMES}(?:(?!-->).)*+-->)*+\s*+\Z", re.IGNORECASE | re.DOTALL)
_INCLUDE = re.compile(re.escape(KEYWORD) + r"[-+]? *\[", re.IGNORECASE)
_BANNER = re.compile(r"""\bid=["'](?:banner-holder|preview-banner)["']""")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Comment:
    """An HTML comment: its text with blanks folded; ``alone`` if its block is nothing but comments.

    ``last`` if it ends its block; comments for tools behind it do not count.
    """

    is_content: ClassVar[bool] = False
    text: str
    closed: bool
    alone: bool
    last: bool
    span: Span
    condition: Condition = EVERYONE

    @property
    def is_placeholder(self) -> bool:
        """Does a plugin of the host put content in its place?"""
        return self.text.startswith(_PLACEHOLDERS)

    @property
    def for_tools(self) -> bool:
        """Is it a directive to a linter or another tool, or a note to self, rather than a statement?"""
        return is_for_tools(self.text)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Anchor:
    """An ``id`` or ``name`` in raw HTML: a place that links can lead to."""

    is_content: ClassVar[bool] = False
    id: str
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Banner:
    """The hand-made preview banner of the old architecture framework's pages, in raw HTML."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class BuriedInclude:
    """The beginning of an include within raw HTML, where nothing is included."""

    is_content: ClassVar[bool] = False
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address in an attribute: the value, unescaped and without blanks around, and where all of it stands but the quotes."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class UnpublishedHtml:
    """An element that Learn leaves out with all that it holds, or one that loses ``attributes`` there."""

    is_content: ClassVar[bool] = False
    element: str
    attributes: tuple[str, ...]
    span: Span
    condition: Condition = EVERYONE


class _Tag(NamedTuple):
    """An opening tag: name, by attribute the unescaped value with its place, and from where to where it stands."""

    name: str
    attributes: dict[str, tuple[str, int, int]]
    start: int
    end: int


HtmlFact = UnpublishedHtml | Prose | Comment | Anchor | Banner | BuriedInclude | Link | Image


def is_banner(token: Token) -> bool:
    """Is this block of raw HTML the old preview banner?"""
    return token.type == "html_block" and _BANNER.search(token.content) is not None


def is_for_tools(text: str) -> bool:
    """Is this the text of a comment to a linter or another tool, or a note to self?"""
    return _TOOLS.match(text) is not None


def count_words(html: str) -> int:
    """Count the words that a reader sees in raw HTML."""
    return len(re.sub(r"<[^<>]*>", " ", html).split())


def read_block(token: Token, run: Run) -> Iterator[HtmlFact]:
    """Read the facts off a block of raw HTML."""
    if is_banner(token):
        yield Banner(span=run.whole, condition=run.condition)
        return
    comments, rest = _comments(run.content)
    if not comments:
        yield Prose(words=count_words(token.content), run=run, condition=run.condition)
    alone = not rest.strip()
    for text, start, end, closed in comments:
        last, span = _ends(text, run.content, end), run.span(start, end)
        yield Comment(text=text, closed=closed, alone=alone, last=last, span=span, condition=run.condition)
    yield from _read_tags(token, run, 0)
    covered = [(start, end) for _, start, end, _ in comments]
    for found in _INCLUDE.finditer(run.content):
        if not any(start <= found.start() < end for start, end in covered):
            yield BuriedInclude(span=run.span(found.start(), found.end()), condition=run.condition)


def read_inline(token: Token, run: Run) -> Iterator[HtmlFact]:
    """Read the facts off one inline tag or comment."""
    start, end = token.meta["at"]
    if token.content.startswith("<!--"):
        text = " ".join(token.content[4:-3].split())
        last, span = _ends(text, run.content, end), run.span(start, end)
        yield Comment(text=text, closed=True, alone=False, last=last, span=span, condition=run.condition)
    else:
        yield from _read_tags(token, run, start)


def read_unclosed(token: Token, run: Run) -> Iterator[HtmlFact]:
    """Read the fact off a comment that a paragraph opens and never closes."""
    start, end = token.meta["at"]
    next_one = run.content.find("<!--", end)
    text = " ".join(run.content[end : next_one if next_one >= 0 else None].split())
    span = run.span(start, end)
    yield Comment(text=text, closed=False, alone=False, last=True, span=span, condition=run.condition)


def addresses(token: Token) -> tuple[Address, ...]:
    """Find the addresses in a token of raw HTML; found once, then kept with the token."""
    if "addresses" not in token.meta:
        found = [address for tag in _tags(token.content) for address in _in_tag(tag.name, tag.attributes)]
        token.meta["addresses"] = tuple(found)
    kept: tuple[Address, ...] = token.meta["addresses"]
    return kept


def leaves_comment_open(html: str) -> bool:
    """Does a browser take all that follows raw HTML for part of a comment in it?"""
    at = html.find("<!--")
    while at >= 0:
        closed = _CLOSES_COMMENT.search(html, at + 2 if html.startswith(("<!-->", "<!--->"), at) else at + 4)
        if closed is None:
            return True
        at = html.find("<!--", closed.end())
    return False


def _in_tag(name: str, pairs: dict[str, tuple[str, int, int]]) -> Iterator[Address]:
    for key in _ADDRESSES.get(name, ()):
        if key in pairs:
            value, start, end = pairs[key]
            yield Address(value=value.strip(_BLANKS), start=start, end=end)


def _read_tags(token: Token, run: Run, shift: int) -> Iterator[HtmlFact]:
    for name, pairs, start_of_tag, end_of_tag in _tags(token.content):
        lost = tuple(learn_html.left_out(name, pairs)) if pairs else ()
        if lost or not learn_html.is_published(name):
            span = run.span(start_of_tag + shift, end_of_tag + shift)
            yield UnpublishedHtml(element=name, attributes=lost, span=span, condition=run.condition)
        for key in ("id", "name"):
            if key in pairs and (key == "id" or name == "a") and pairs[key][0]:
                value, start, end = pairs[key]
                yield Anchor(id=value, span=run.span(start + shift, end + shift), condition=run.condition)
        for address in _in_tag(name, pairs):
            span = run.span(address.start + shift, address.end + shift)
            written = _written(token.content, address, shift, run) if address.value else None
            if name in ("img", "image"):
                yield _image(address.value, pairs, span, written, run)
            else:
                yield Link(address=address.value, target=span, address_span=written, span=span, condition=run.condition)


def _written(html: str, address: Address, shift: int, run: Run) -> Span | None:
    """Find where an address is written, the blanks around it left out."""
    value = html[address.start : address.end]
    before, behind = len(value) - len(value.lstrip(_BLANKS)), len(value) - len(value.rstrip(_BLANKS))
    return run.verbatim(address.start + before + shift, address.end - behind + shift)


def _image(address: str, pairs: dict[str, tuple[str, int, int]], span: Span, written: Span | None, run: Run) -> Image:
    alt = pairs["alt"][0] if "alt" in pairs else ""
    return Image(
        address=address,
        alt=alt,
        decorative="alt" in pairs and not alt,
        target=span,
        address_span=written,
        span=span,
        condition=run.condition,
    )


def _tags(html: str) -> Iterator[_Tag]:
    """Walk over the opening tags. Linear."""
    at = html.find("<")
    while at >= 0:
        if html.startswith("<!--", at):
            end = html.find("-->", at + 4)
            at = html.find("<", end) if end >= 0 else -1
            continue
        tag = _TAG.match(html, at)
        if tag is None:
            at = html.find("<", at + 1)
            continue
        name = tag[1].lower()
        yield _Tag(name, _attributes(html, tag.start(2), tag.end(2)), tag.start(), tag.end())
        end = tag.end()
        if name in _RAW_TEXT:
            close = re.compile(rf"</{name}", re.IGNORECASE).search(html, end)
            end = close.start() if close else len(html)
        at = html.find("<", end)


def _attributes(html: str, start: int, end: int) -> dict[str, tuple[str, int, int]]:
    found: dict[str, tuple[str, int, int]] = {}
    for attribute in _ATTRIBUTE.finditer(html, start, end):
        raw = attribute[2] or ""
        quoted = raw[:1] in ("'", '"')
        value = raw[1:-1] if quoted else raw
        value_start = attribute.start(2) + quoted if attribute[2] else attribute.end()
        found.setdefault(attribute[1].lower(), (unescape(value), value_start, value_start + len(value)))
    return found


def is_comments(html: str) -> bool:
    """Is this raw HTML nothing but comments?"""
    return not _comments(html)[1].strip()


def without_comments(html: str, unwanted: Callable[[str], bool]) -> str:
    """Cut out of raw HTML the comments whose text is unwanted."""
    parts: list[str] = []
    at = 0
    for text, start, end, closed in _comments(html)[0]:
        if closed and unwanted(text):
            parts.append(html[at:start])
            at = end
    return "".join([*parts, html[at:]])


def _ends(text: str, html: str, end: int) -> bool:
    """Does nothing but comments for tools stand behind a comment? Of those themselves it is not asked: that keeps it linear."""
    return not _TOOLS.match(text) and _NOTHING_BUT_TOOLS.match(html, end) is not None


def _comments(html: str) -> tuple[list[tuple[str, int, int, bool]], str]:
    """Cut the comments out of raw HTML: each with its place and whether it is closed, and what is left."""
    comments: list[tuple[str, int, int, bool]] = []
    rest: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        rest.append(html[at:start])
        close = html.find("-->", start + 4)
        at = close + 3 if close >= 0 else len(html)
        text = html[start + 4 : close if close >= 0 else at]
        end = at if close >= 0 else start + 4
        comments.append((" ".join(text.split()), start, end, close >= 0))
    rest.append(html[at:])
    return comments, "".join(rest)


def _inline(state: StateInline, silent: bool) -> bool:
    """Note where each inline tag stands, and a comment that is opened and never closed."""
    start, known = state.pos, len(state.tokens)
    if html_inline(state, silent):
        if not silent:
            for token in state.tokens[known:]:
                if token.type == "html_inline":
                    token.meta["at"] = (start, state.pos)
        return True
    if not silent and state.src.startswith("<!--", start):
        token = state.push("comment_unclosed", "", 0)
        token.content = "<!--"
        token.meta["at"] = (start, start + 4)
        state.pos += 4
        return True
    return False


def install(md: MarkdownIt) -> None:
    """Note places in raw HTML."""
    md.inline.ruler.at("html_inline", _inline)
