"""``<xref:uid>``, ``[text](xref:uid)`` and ``@uid``: links to what has a name of its own, wherever it is.

The grammar is docfx's (``XrefInlineParser.cs``, ``XrefInlineShortParser.cs``, ``XrefResolver.cs``): behind the name may stand
a query (``displayProperty``, ``text``, ``alt``, ``title``, ``view``) and a bookmark. ``@`` stands at the beginning, behind
a blank or behind punctuation, and leads somewhere only where its name is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote, unquote_plus

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidekit.syntax import link
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.text.source import Span

SCHEME = "xref:"
OPEN, TEXT, CLOSE, SHORT = "xref_open", "xref_text", "xref_close", "xref_short"

_IN_POINTED = re.compile(
    r"""<xref:(?:"(?P<double>[^"<>\n]{1,1000}+)"|'(?P<single>[^'<>\n]{1,1000}+)'|(?P<plain>[^<>"'\n]{1,1000}+))>""",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"""@(?:"(?P<double>[^"\n]{1,1000}+)"|'(?P<single>[^'\n]{1,1000}+)'
    |(?P<plain>[A-Za-z](?:[^\s"'<>\[\]|.,;:!?~]|[.,;:!?~](?![\s"'<>\[\]|.,;:!?~]|\Z)){0,1000}+))""",
    re.VERBOSE,
)
_BEFORE_SHORT = re.compile(r"[\s.,;:!?~]")
_QUERY = re.compile(r"[?#]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What a cross reference asks for: a name, how it is shown, and a place in it (``#place``, or nothing).

    ``text`` stands in place of the name that is found, ``alt`` where none is. ``display`` is the form of the name that is
    shown: ``name``, ``nameWithType`` or ``fullName``.
    """

    uid: str
    text: str = ""
    alt: str = ""
    display: str = "name"
    title: str = ""
    view: str = ""
    bookmark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ShortReference:
    """A name behind ``@``: a reference where it is known, else text."""

    is_content: ClassVar[bool] = False
    uid: str
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ReferenceName:
    """A reference without a text of its own, which is shown by the name of what it leads to."""

    is_content: ClassVar[bool] = True
    address: str
    span: Span
    condition: Condition = EVERYONE


def is_reference(address: str) -> bool:
    """Is an address a cross reference?"""
    return address[: len(SCHEME)].lower() == SCHEME


def read_address(address: str) -> Reference:
    """Read the address of a cross reference, with its scheme or without."""
    written = address[len(SCHEME) :] if is_reference(address) else address
    rest, _, bookmark = written.partition("#")
    uid, _, query = rest.partition("?")
    values = {
        key.lower(): unquote_plus(value)
        for key, sign, value in (part.partition("=") for part in query.split("&"))
        if sign
    }
    return Reference(
        uid=unquote(uid).strip(),
        text=values.get("text", ""),
        alt=values.get("alt", ""),
        display=values.get("displayproperty", "name"),
        title=values.get("title", ""),
        view=values.get("view", ""),
        bookmark=f"#{bookmark}" if bookmark else "",
    )


def _inline(state: StateInline, silent: bool) -> bool:
    """Read a reference that needs no brackets of a link; one rule for both forms, as every rule costs each page."""
    char = state.src[state.pos]
    if char == "<":
        return _pointed(state, silent)
    return char == "@" and _behind_at(state, silent)


def _pointed(state: StateInline, silent: bool) -> bool:
    """Read ``<xref:uid>``, whose text is the name of what is found."""
    if state.src[state.pos + 1 : state.pos + 6].lower() != SCHEME:
        return False
    found = _IN_POINTED.match(state.src, state.pos, state.posMax)
    if found is None or state.linkLevel > 0:
        return False
    if not silent:
        uid = found["double"] or found["single"] or found["plain"]
        opening = state.push(OPEN, "a", 1)
        opening.attrs = {"href": link.normalized(SCHEME + uid.strip())}
        opening.markup, opening.info = "autolink", "auto"
        opening.meta["at"] = found.span()
        name = state.push(TEXT, "", 0)
        name.attrs, name.meta = dict(opening.attrs), {"at": found.span()}
        state.push(CLOSE, "a", -1).attrs = dict(opening.attrs)
    state.pos = found.end()
    return True


def _behind_at(state: StateInline, silent: bool) -> bool:
    """Read ``@uid``."""
    if state.linkLevel > 0:
        return False
    if state.pos and not _BEFORE_SHORT.match(state.src, state.pos - 1):
        return False
    found = _SHORT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(SHORT, "", 0)
        token.content = found[0]
        token.meta = {
            "text": found[0],
            "uid": found["double"] or found["single"] or found["plain"],
            "at": found.span(),
        }
    state.pos = found.end()
    return True


def _note_links(state: StateCore) -> None:
    """Tell links that are cross references from others."""
    if SCHEME not in state.src and SCHEME not in state.src.lower():
        return
    for block in state.tokens:
        if block.children:
            block.children = list(_noted(block.children))


def _noted(children: list[Token]) -> Iterator[Token]:
    around: list[Token | None] = []  # an address that is its own text may stand in the text of a link
    before: Token | None = None
    for child in children:
        if child.type == "link_open":
            is_ours = is_reference(str(child.attrs["href"]))
            child.type = OPEN if is_ours else child.type
            around.append(child if is_ours else None)
        elif child.type == "link_close" and around and (opening := around.pop()):
            href = {"href": opening.attrs["href"]}
            if before is opening:
                yield Token(TEXT, "", 0, attrs=dict(href), meta={"at": opening.meta["at"]})
            child.type, child.attrs = CLOSE, dict(href)
        yield child
        before = child


def install(md: MarkdownIt) -> None:
    """Read cross references before other links, and before raw HTML."""
    md.inline.ruler.before("autolink", "xref", _inline)
    md.core.ruler.push("xrefs", _note_links)


def read(token: Token, run: Run) -> Iterator[Fact]:
    """Read the fact off a cross reference, which is a link with an address of its own kind."""
    return link.read_link(token, run)


def read_name(token: Token, run: Run) -> Iterator[ReferenceName]:
    """Read the fact off the place of a name."""
    span = run.span(*token.meta["at"])
    yield ReferenceName(address=str(token.attrs["href"]), span=span, condition=run.condition)


def read_short(token: Token, run: Run) -> Iterator[ShortReference]:
    """Read the fact off a name behind ``@``."""
    yield ShortReference(uid=token.meta["uid"], span=run.span(*token.meta["at"]), condition=run.condition)
