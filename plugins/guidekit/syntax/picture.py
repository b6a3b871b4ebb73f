"""``:::image source="p" alt-text="…":::``: pictures with a border, a larger picture, a link or a long description.

docfx's ``ImageExtension.cs`` says what is allowed. A picture is a part of its line, also where it stands alone; only one
of ``type="complex"`` is a block, which holds its description up to ``:::image-end:::``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, validateLink
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import triple_colon
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.link import Image, Link
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import Directive, Kind
from guidekit.text.source import Span

TYPES = ("content", "complex", "icon")
"""What a picture may be: one that says something, one that needs a long description, one that is decoration."""

ATTRIBUTES = ("type", "source", "alt-text", "lightbox", "border", "link", "loc-scope")
"""The attributes of a picture."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Picture:
    """A picture: its type, also as it is written, its alternative text and its long description, which may be empty.

    ``unknown`` are attributes that no picture has. The picture itself and its larger one are facts of their own.
    """

    is_content: ClassVar[bool] = True
    type: str
    type_written: str = ""
    address: str
    alt: str
    lightbox: str = ""
    link: str = ""
    description: str = ""
    unknown: tuple[str, ...] = ()
    span: Span
    condition: Condition = EVERYONE


def _check(directive: Directive) -> str:
    bad = [name for name in ("source", "lightbox", "link") if not validateLink(normalizeLink(directive.text(name)))]
    return f"the address in '{bad[0]}' could run a script" if bad else ""


def _block(state: StateBlock, line: int, end_line: int, directive: Directive, silent: bool) -> bool:
    """Parse a picture with a long description, which is text as it stands."""
    if directive.text("type").lower() != "complex":
        return False
    if silent:
        return True
    end = triple_colon.end_of_body(state, line, end_line, "image", nests=False)
    is_closed = end < end_line and state.sCount[end] >= state.blkIndent
    start = state.bMarks[line] + state.tShift[line]
    token = state.push("picture", "", 0)
    token.map = [line, end + is_closed]
    token.content = state.src[start : state.eMarks[line]]
    rows = state.getLines(line + 1, end, state.blkIndent, False).splitlines()
    token.meta = {
        "directive": directive,
        "shift": start,
        "closed": is_closed,
        "description": " ".join(" ".join(rows).split()),
    }
    state.line = end + is_closed
    return True


def install(md: MarkdownIt) -> None:
    """Parse pictures, within a line and as blocks."""
    kind = Kind(name="image", required=("source",), in_line="picture_inline", block=_block, check=_check)
    triple_colon.add(md, kind)


def read_inline(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off a picture within a line."""
    yield from _facts(token, run, run.span(*token.meta["at"]), 0)


def read_block(token: Token, run: Run) -> Iterator[Fact]:
    """Read the facts off a picture with a long description."""
    last = (token.map or [0, run.first_line + 1])[1] - 1
    lines = run.source.lines
    span = run.source.span((run.first_line, run.whole.start.column - 1), (last, len(lines[last].rstrip())))
    yield from _facts(token, run, span, token.meta["shift"])


def _facts(token: Token, run: Run, span: Span, shift: int) -> Iterator[Fact]:
    """Read the picture, then where it and what it leads to come from; ``shift`` is where the run begins in the text."""
    directive: Directive = token.meta["directive"]
    source, lightbox, link = (normalizeLink(directive.text(name).strip()) for name in ("source", "lightbox", "link"))
    alt = directive.text("alt-text").strip()
    picture = Picture(
        type=directive.text("type").lower() or "content",
        type_written=directive.text("type"),
        address=source,
        alt=alt,
        lightbox="" if link else lightbox,
        link=link,
        description=token.meta.get("description", ""),
        unknown=tuple(name for name in directive.attributes if name not in ATTRIBUTES),
        span=span,
        condition=run.condition,
    )
    yield picture
    written = _place(directive, "source", run, shift)
    is_icon = picture.type == "icon"
    yield Image(
        address=source,
        alt="" if is_icon else alt,
        decorative=is_icon,
        target=written,
        address_span=written,
        span=span,
        condition=run.condition,
    )
    leads = "link" if link else "lightbox"
    address = link or (lightbox if lightbox != source else "")
    if address:
        written = _place(directive, leads, run, shift)
        yield Link(address=address, target=written, address_span=written, span=span, condition=run.condition)


def _place(directive: Directive, name: str, run: Run, shift: int) -> Span | None:
    start, end = directive.attributes[name].at
    return run.verbatim(start - shift, end - shift)
