"""Links and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar

from markdown_it import MarkdownIt, helpers
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from guidekit.syntax import include
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Link:
    """A link: its destination, as an address (percent-encoded).

    ``target`` is what names the destination: all that stands behind the text, such as ``(plan.md "Plan")`` or ``[plan]``,
    the value of an attribute of raw HTML, ``None`` for an address that is its own text. ``label`` is that of the reference
    definition which it names, as all spellings of it are folded; empty for a link that names its destination itself.
    """

    is_content: ClassVar[bool] = False
    href: str
    title: str = ""
    target: Span | None = None
    label: str = ""
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Image:
    """An image: its destination and its alternative text; ``decorative`` if HTML says ``alt=""`` on purpose.

    ``target`` and ``label`` name the destination, as those of a link.
    """

    is_content: ClassVar[bool] = True
    src: str
    alt: str
    title: str = ""
    target: Span | None = None
    label: str = ""
    decorative: bool = False
    span: Span
    condition: Condition = EVERYONE


def _end_of_label(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Find the bracket that closes a label, -1 for none; an include within a link's text is no nested link."""
    before, state.pos = state.pos, start + 1
    depth = 1
    try:
        while state.pos < state.posMax:
            at = state.pos
            char = state.src[at]
            if char == "]":
                depth -= 1
                if not depth:
                    return at
            state.md.inline.skipToken(state)
            if char == "[" and state.pos == at + 1:
                depth += 1
            elif char == "[" and disableNested and include.match(state.src, at, state.posMax, "-") is None:
                return -1
        return -1
    finally:
        state.pos = before


InlineRule = Callable[[StateInline, bool], bool]


def _noting_place(rule: InlineRule, token_type: str) -> InlineRule:
    """Wrap a rule of the parser so that its token knows the offsets it was made from."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known:]:
                if token.type == token_type:
                    token.meta["at"] = (start, state.pos)
                    if token.markup != "autolink":
                        text = start + (token_type == "image")
                        end = _end_of_label(state, text)
                        token.meta["target"] = (end + 1, state.pos)
                        token.meta["label"] = _label(state.src[text + 1 : end], state.src[end + 1 : state.pos])
                    break
        return True

    return noted


def _label(text: str, target: str) -> str:
    """Find the label of a reference in a link's text and what stands behind it; empty where that is the destination."""
    if target.startswith("("):
        return ""
    return str(normalizeReference(target[1:-1] or text))


def install(md: MarkdownIt) -> None:
    """Note where links and images stand, and let includes stand in their text."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_end_of_label,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    md.inline.ruler.at("link", _noting_place(link, "link_open"))
    md.inline.ruler.at("autolink", _noting_place(autolink, "link_open"))
    md.inline.ruler.at("image", _noting_place(image, "image"))


def read_link(token: Token, run: Run) -> Iterator[Link]:
    """Read the fact off a link's opening token."""
    href, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
    label, span, target = token.meta.get("label", ""), run.span(*token.meta["at"]), _target(token, run)
    yield Link(href=href, title=title, target=target, label=label, span=span, condition=run.condition)


def read_image(token: Token, run: Run) -> Iterator[Image]:
    """Read the fact off an image's token."""
    src, title, alt = str(token.attrs["src"]), str(token.attrs.get("title", "")), alternative_text(token)
    label, span, target = token.meta["label"], run.span(*token.meta["at"]), _target(token, run)
    yield Image(src=src, title=title, alt=alt, target=target, label=label, span=span, condition=run.condition)


def destination(text: str, start: int) -> tuple[int, int] | None:
    """Find where the address stands that follows at ``start``: a link's, or a definition's; its brackets not included."""
    at = start + len(text[start:]) - len(text[start:].lstrip(" \t\n"))
    found = helpers.parseLinkDestination(text, at, len(text))
    if not found.ok or found.pos == at:
        return None
    return (at + 1, found.pos - 1) if text[at] == "<" else (at, found.pos)


def address(text: str, at: tuple[int, int]) -> str:
    """Read an address where it is written, as a link's ``href`` has it."""
    return normalizeLink(unescapeAll(text[at[0] : at[1]]))


def _target(token: Token, run: Run) -> Span | None:
    return run.span(*token.meta["target"]) if "target" in token.meta else None


def alternative_text(token: Token) -> str:
    """Read an image's alternative text: its label without markup."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type == "image":
            parts.append(alternative_text(child))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)
