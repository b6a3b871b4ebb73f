"""Links and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from guidekit.source import Span
from guidekit.syntax.run import Run


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link: its destination, as an address (percent-encoded)."""

    href: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image: its destination and its alternative text; ``decorative`` if HTML says ``alt=""`` on purpose."""

    src: str
    alt: str
    decorative: bool = False
    span: Span


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
                    break
        return True

    return noted


def install(md: MarkdownIt) -> None:
    """Note where links and images stand."""
    md.inline.ruler.at("link", _noting_place(link, "link_open"))
    md.inline.ruler.at("autolink", _noting_place(autolink, "link_open"))
    md.inline.ruler.at("image", _noting_place(image, "image"))


def read_link(token: Token, run: Run) -> Iterator[Link]:
    """Read the fact off a link's opening token."""
    yield Link(href=str(token.attrs["href"]), span=run.span(*token.meta["at"]))


def read_image(token: Token, run: Run) -> Iterator[Image]:
    """Read the fact off an image's token."""
    yield Image(src=str(token.attrs["src"]), alt=alternative_text(token), span=run.span(*token.meta["at"]))


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
