"""The Learn dialect as it is drawn: one module per construct, and one row of this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guidekit.rendering import alert, heading, include, link, raw_html
from guidekit.rendering.drawing import Draw
from guidekit.rendering.markdown_writer import Write
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.raw_html import Banner, Comment


@dataclass(frozen=True, kw_only=True)
class DrawnConstruct:
    """One construct: how its tokens are drawn as HTML, by type, and how its facts are written as Markdown, by type.

    Tokens that no row names are drawn as the elements that they are; text that no row writes stays as it is.
    """

    name: str
    html: Mapping[str, Draw] = field(default_factory=dict)
    markdown: Mapping[type[Any], Write] = field(default_factory=dict)


CONSTRUCTS: tuple[DrawnConstruct, ...] = (
    DrawnConstruct(
        name="include",
        html={"include": include.draw_block, "include_inline": include.draw_inline},
        markdown={Include: include.write},
    ),
    DrawnConstruct(name="alert", html={"alert_open": alert.draw_open, "alert_title_open": alert.draw_title}),
    DrawnConstruct(
        name="link",
        html={"link_open": link.draw_link, "image": link.draw_image},
        markdown={Link: link.write, Image: link.write},
    ),
    DrawnConstruct(
        name="html",
        html={
            "html_block": raw_html.draw_block,
            "html_inline": raw_html.draw,
            "comment_unclosed": raw_html.draw_unclosed,
        },
        markdown={Comment: raw_html.write_comment, Banner: raw_html.write_banner},
    ),
    DrawnConstruct(name="heading", html={"heading_open": heading.draw_open, "heading_close": heading.draw_close}),
)

HTML: Mapping[str, Draw] = {kind: draw for construct in CONSTRUCTS for kind, draw in construct.html.items()}
MARKDOWN: Mapping[type[Any], Write] = {
    kind: write for construct in CONSTRUCTS for kind, write in construct.markdown.items()
}
