"""The Learn dialect as it is drawn: one module per construct, and one row of this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guidekit.rendering import (
    abbreviation,
    admonition,
    alert,
    code_snippet,
    content_tabs,
    cross_reference,
    emoji,
    footnote,
    form,
    heading,
    include,
    link,
    math,
    moniker,
    near_miss,
    no_loc,
    picture,
    raw_html,
    row,
    section,
    task_list,
    triple_colon,
    video,
    yaml_page,
    zone,
)
from guidekit.rendering.drawing import Draw
from guidekit.rendering.markdown_writer import Write
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.cross_reference import ReferenceName, ShortReference
from guidekit.syntax.emoji import Emoji
from guidekit.syntax.form import Form
from guidekit.syntax.heading_tabs import TabTitle
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.moniker import VersionRange
from guidekit.syntax.no_loc import UntranslatedText
from guidekit.syntax.picture import Picture
from guidekit.syntax.raw_html import Banner, Comment
from guidekit.syntax.section import Section
from guidekit.syntax.triple_colon import DirectiveLine
from guidekit.syntax.video import Video
from guidekit.syntax.zone import ElsewhereZone, Zone


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
    DrawnConstruct(
        name="code snippet", html={"code_snippet": code_snippet.draw}, markdown={CodeSnippet: code_snippet.write}
    ),
    DrawnConstruct(name="alert", html={"alert_open": alert.draw_open, "alert_title_open": alert.draw_title}),
    DrawnConstruct(
        name="directive",
        html={"failed_directive": triple_colon.draw_failed},
        markdown={DirectiveLine: triple_colon.write_line},
    ),
    DrawnConstruct(
        name="picture",
        html={"picture": picture.draw_block, "picture_inline": picture.draw_inline},
        markdown={Picture: picture.write},
    ),
    DrawnConstruct(
        name="zone",
        html={"zone_open": zone.draw_open, "zone_elsewhere": zone.draw_elsewhere},
        markdown={Zone: zone.write, ElsewhereZone: zone.write_elsewhere},
    ),
    DrawnConstruct(name="moniker", html={"moniker_open": moniker.draw_open}, markdown={VersionRange: moniker.write}),
    DrawnConstruct(name="row", html={"row_open": row.draw_row, "column_open": row.draw_column}),
    DrawnConstruct(name="untranslated text", html={"no_loc": no_loc.draw}, markdown={UntranslatedText: no_loc.write}),
    DrawnConstruct(name="form", html={"form": form.draw}, markdown={Form: form.write}),
    DrawnConstruct(
        name="section",
        html={"section_open": section.draw_open, "section_close": section.draw_close},
        markdown={Section: section.write},
    ),
    DrawnConstruct(
        name="video",
        html={"video": video.draw, "video_inline": video.draw_inline, "video_open": video.draw_described},
        markdown={Video: video.write},
    ),
    DrawnConstruct(
        name="link",
        html={"link_open": link.draw_link, "image": link.draw_image},
        markdown={Link: link.write, Image: link.write},
    ),
    DrawnConstruct(
        name="cross reference",
        html={
            "xref_open": cross_reference.draw_open,
            "xref_text": cross_reference.draw_text,
            "xref_close": cross_reference.draw_close,
            "xref_short": cross_reference.draw_short,
        },
        markdown={ReferenceName: cross_reference.write_name, ShortReference: cross_reference.write_short},
    ),
    DrawnConstruct(name="emoji", html={"emoji": emoji.draw}, markdown={Emoji: emoji.write}),
    DrawnConstruct(
        name="html",
        html={
            "html_block": raw_html.draw_block,
            "html_inline": raw_html.draw,
            "comment_unclosed": raw_html.draw_unclosed,
        },
        markdown={Comment: raw_html.write_comment, Banner: raw_html.write_banner},
    ),
    DrawnConstruct(
        name="admonition",
        html={"admonition_open": admonition.draw_open, "admonition_title_open": admonition.draw_title},
    ),
    DrawnConstruct(name="details", html={"details_open": admonition.draw_details}),
    DrawnConstruct(
        name="content tabs",
        html={
            "content_tabs_open": content_tabs.draw_open,
            "content_tabs_close": content_tabs.draw_close,
            "content_tab_label_open": content_tabs.draw_label,
            "content_tab_open": content_tabs.draw_content,
        },
        markdown={TabTitle: content_tabs.write_title},
    ),
    DrawnConstruct(
        name="footnote",
        html={
            "footnote_ref": footnote.draw_reference,
            "footnote_block_open": footnote.draw_nothing,
            "footnote_block_close": footnote.draw_nothing,
            "footnote_open": footnote.draw_note,
            "footnote_close": footnote.draw_note_end,
            "footnote_anchor": footnote.draw_back,
        },
    ),
    DrawnConstruct(
        name="task list",
        html={
            "bullet_list_open": task_list.draw_list,
            "ordered_list_open": task_list.draw_list,
            "list_item_open": task_list.draw_item,
            "task_box": task_list.draw_box,
        },
    ),
    DrawnConstruct(name="abbreviation", html={"abbreviation": abbreviation.draw}),
    DrawnConstruct(name="math", html={"math_inline": math.draw_inline, "math_block": math.draw_block}),
    DrawnConstruct(name="near miss", html={"near_miss": near_miss.draw_nothing}),
    DrawnConstruct(
        name="yaml page",
        html={
            "cards_open": yaml_page.draw_cards,
            "card_open": yaml_page.draw_card,
            "link_kind_open": yaml_page.draw_kind,
            "link_kind_word": yaml_page.draw_word,
        },
    ),
    DrawnConstruct(name="heading", html={"heading_open": heading.draw_open, "heading_close": heading.draw_close}),
)

HTML: Mapping[str, Draw] = {kind: draw for construct in CONSTRUCTS for kind, draw in construct.html.items()}
MARKDOWN: Mapping[type[Any], Write] = {
    kind: write for construct in CONSTRUCTS for kind, write in construct.markdown.items()
}
