"""The Learn dialect: one module per construct, in the one order in which they join the parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.syntax import alert, autolink, heading, include, link, raw_html, table
from guidekit.syntax.run import Run

Read = Callable[[Token, Run], Iterator[Any]]


@dataclass(frozen=True, kw_only=True)
class Construct:
    """One construct: how it joins the parser, and how its facts are read off block and inline tokens, by type."""

    name: str
    install: Callable[[MarkdownIt], None]
    block: Mapping[str, Read] = field(default_factory=dict)
    inline: Mapping[str, Read] = field(default_factory=dict)


SYNTAX: tuple[Construct, ...] = (
    Construct(
        name="include",
        install=include.install,
        block={"include": include.read_block},
        inline={"include_inline": include.read_inline},
    ),
    Construct(name="alert", install=alert.install, block={"blockquote_open": alert.read_quote}),
    Construct(name="table", install=table.install),
    Construct(
        name="link",
        install=link.install,
        inline={"link_open": link.read_link, "image": link.read_image},
    ),
    Construct(name="autolink", install=autolink.install),
    Construct(
        name="html",
        install=raw_html.install,
        block={"html_block": raw_html.read_block},
        inline={"html_inline": raw_html.read_inline, "comment_unclosed": raw_html.read_unclosed},
    ),
    Construct(name="heading", install=heading.install),
)
