"""Links and images, and the definitions of the references that they name.

The token of one whose address stands apart from its text, as in YAML, has the address's place in ``meta["apart"]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from markdown_it import MarkdownIt, helpers
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from guidekit.syntax import include
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Source, Span

_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]", re.DOTALL)
"""The label of a reference definition."""

_PLAIN = re.compile(r"\([ \t\n]*+([^\s<>()\\\x00-\x1f\x7f]++)[ \t\n)]")
"""The brackets of a link up to the end of an address in which nothing is special: most of them, and quickly found."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Link:
    """A link: its address (percent-encoded), and where that is written.

    ``target`` is what names the destination: all that stands behind the text, such as ``(plan.md "Plan")`` or ``[plan]``,
    the value of an attribute of raw HTML, ``None`` for an address that is its own text. ``address_span`` is the address
    alone: within those brackets, in the reference definition that they name, or in the attribute. It is ``None`` where
    nothing is written, where the address is its own text, and where the file has something else between its characters,
    such as the marks of a quote or the escaped pipes of a cell.
    """

    is_content: ClassVar[bool] = False
    address: str
    title: str = ""
    target: Span | None = None
    address_span: Span | None = None
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Image:
    """An image: its address and its alternative text; ``decorative`` if HTML says ``alt=""`` on purpose.

    ``target`` and ``address_span`` are those of a link.
    """

    is_content: ClassVar[bool] = True
    address: str
    alt: str
    title: str = ""
    target: Span | None = None
    address_span: Span | None = None
    decorative: bool = False
    span: Span
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Definition:
    """A reference definition: its address, as that of a link, and where that is written; ``None`` if nothing is.

    ``span`` reaches from the bracket of its label to the end of its last line.
    """

    address: str
    address_span: Span | None
    span: Span


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
                        if not state.src.startswith("(", end + 1, state.pos):
                            label = state.src[end + 2 : state.pos - 1] or state.src[text + 1 : end]
                            token.meta["definition"] = state.env["references"][normalizeReference(label)]
                    break
        return True

    return noted


def _noting_definition(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """Parse a reference definition, and note the line of its address and the columns there, all counted from 0.

    ``[^1]: Note`` is a footnote or text, and never a link to a file named "Note".
    """
    if state.src.startswith("[^", state.bMarks[line] + state.tShift[line]) or not reference(
        state, line, end_line, silent
    ):
        return False
    if not silent:
        starts = [state.bMarks[row] + state.tShift[row] for row in range(line, state.line)]
        rows = [state.src[start : state.eMarks[line + row] + 1] for row, start in enumerate(starts)]
        text = "".join(rows)
        label = _LABEL.match(text)
        at = _destination(text, label.end() + 1) if label else None
        if label and at:
            known = state.env["references"][normalizeReference(label[0][1:-1])]
            noted = known if known["map"][0] == line else state.env["duplicate_refs"][-1]
            row = text.count("\n", 0, at[0])
            shift = _column(state, starts[row]) - len("".join(rows[:row]))
            noted["address"] = (line + row, at[0] + shift, at[1] + shift)
            noted["column"] = _column(state, starts[0])
    return True


def _column(state: StateBlock, offset: int) -> int:
    return offset - state.src.rfind("\n", 0, offset) - 1


def install(md: MarkdownIt) -> None:
    """Note where links and images stand, and let includes stand in their text."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_end_of_label,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    md.block.ruler.at("reference", _noting_definition)
    md.inline.ruler.at("link", _noting_place(link, "link_open"))
    md.inline.ruler.at("autolink", _noting_place(autolink, "link_open"))
    md.inline.ruler.at("image", _noting_place(image, "image"))


def read_link(token: Token, run: Run) -> Iterator[Link]:
    """Read the fact off a link's opening token."""
    address, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
    if (apart := token.meta.get("apart")) is not None:
        yield Link(address=address, target=apart, address_span=apart, span=apart, condition=run.condition)
        return
    target, written = _places(token, run)
    yield Link(
        address=address,
        title=title,
        target=target,
        address_span=written,
        span=run.span(*token.meta["at"]),
        condition=run.condition,
    )


def read_image(token: Token, run: Run) -> Iterator[Image]:
    """Read the fact off an image's token."""
    address, title, alt = str(token.attrs["src"]), str(token.attrs.get("title", "")), alternative_text(token)
    if (apart := token.meta.get("apart")) is not None:
        yield Image(
            address=address,
            alt=alt,
            decorative=not alt,
            target=apart,
            address_span=apart,
            span=apart,
            condition=run.condition,
        )
        return
    target, written = _places(token, run)
    yield Image(
        address=address,
        alt=alt,
        title=title,
        target=target,
        address_span=written,
        span=run.span(*token.meta["at"]),
        condition=run.condition,
    )


def read_definitions(env: Mapping[str, Any], source: Source) -> Sequence[Definition]:
    """Read the facts off what the parser knows of reference definitions, those that stand twice included."""
    found = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    return sorted((_definition(noted, source) for noted in found), key=lambda definition: definition.span)


def _definition(noted: Mapping[str, Any], source: Source) -> Definition:
    first, behind = noted["map"]
    span = source.span((first, noted["column"]), (behind - 1, len(source.lines[behind - 1])))
    return Definition(address=str(noted["href"]), address_span=_defined(noted, source), span=span)


def _defined(noted: Mapping[str, Any], source: Source) -> Span | None:
    """Find where a definition's address is written."""
    line, start, end = noted["address"]
    span = source.span((line, start), (line, end))
    return span if start < end and source.cut(span) == source.lines[line][start:end] else None


def _places(token: Token, run: Run) -> tuple[Span | None, Span | None]:
    """Find what names the destination of a link or image, and where its address is written."""
    if "target" not in token.meta:
        return None, None
    start, end = token.meta["target"]
    target = run.span(start, end)
    if "definition" in token.meta:
        return target, _defined(token.meta["definition"], run.source)
    plain = _PLAIN.match(run.content, start, end)
    at = plain.span(1) if plain else _destination(run.content, start + 1)
    return target, run.verbatim(*at) if at else None


def _destination(text: str, start: int) -> tuple[int, int] | None:
    """Find where the address stands that follows at ``start``; its brackets not included."""
    while text[start : start + 1] in (" ", "\t", "\n"):
        start += 1
    found = helpers.parseLinkDestination(text, start, len(text))
    if not found.ok or found.pos == start:
        return None
    return (start + 1, found.pos - 1) if text[start] == "<" else (start, found.pos)


def read_address(written: str, *, pointed: bool) -> str | None:
    """Read an address as it is written, in pointed brackets or without; ``None`` where it would be no such address."""
    text = f"<{written}>" if pointed else written
    if _destination(text, 0) != (pointed, len(text) - pointed):
        return None
    return normalized(unescapeAll(written))


def normalized(address: str) -> str:
    """Write an address as links have it, percent-encoded."""
    return normalizeLink(address)


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
