"""The Learn dialect: one module per construct, in the one order in which they join the parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.syntax import (
    abbreviation,
    admonition,
    alert,
    autolink,
    code_snippet,
    content_tabs,
    cross_reference,
    definition_list,
    emoji,
    footnote,
    foreign,
    form,
    heading,
    heading_attributes,
    heading_tabs,
    include,
    inline_marks,
    link,
    markdown_in_html,
    math,
    moniker,
    near_miss,
    no_loc,
    picture,
    prose,
    quote,
    raw_html,
    row,
    section,
    tab_set,
    table,
    task_list,
    triple_colon,
    video,
    zone,
)
from guidekit.syntax.fact import Condition, Fact
from guidekit.syntax.run import Run
from guidekit.syntax.yaml_page import facts as yaml_page_facts

Read = Callable[[Token, Run], Iterator[Fact]]
"""Reads the facts off a token; the run is its content."""

ReadRun = Callable[[Token, Token, Run], Iterator[Fact]]
"""Reads the facts off a run of text as a whole, given the token that opens its block and its own."""

ReadCondition = Callable[[Token], Condition]
"""Reads off the opening token of a block for whom the block is shown."""


def _join_nothing(_md: MarkdownIt) -> None:
    """Leave the parser as it is: it knows the construct."""


@dataclass(frozen=True, kw_only=True)
class Construct:
    """One construct: how it joins the parser, and how its facts are read.

    Facts are read off block tokens by ``blocks``, off tokens within a run of text by ``inline``, each by the token's
    type; off a run of text as a whole by ``runs``, by the type of the token that opens its block. ``conditions`` tells
    of a block's opening and closing token, by type, for whom the block is shown. ``every_run`` reads facts off all runs of
    text, beside what is read off them anyway. ``extension`` is the extension of
    Python-Markdown without which the construct is no part of a site's dialect; empty for what all Learn pages know.
    ``unless`` is the extension that draws the construct in guidekit's place where a site has switched it on.
    """

    name: str
    extension: str = ""
    unless: str = ""
    install: Callable[[MarkdownIt], None] = _join_nothing
    blocks: Mapping[str, Read] = field(default_factory=dict)
    runs: Mapping[str, ReadRun] = field(default_factory=dict)
    inline: Mapping[str, Read] = field(default_factory=dict)
    conditions: Mapping[str, ReadCondition] = field(default_factory=dict)
    every_run: ReadRun | None = None


SYNTAX: tuple[Construct, ...] = (
    Construct(
        name="include",
        install=include.install,
        blocks={"include": include.read_block},
        inline={"include_inline": include.read_inline},
    ),
    Construct(name="code snippet", install=code_snippet.install, blocks={"code_snippet": code_snippet.read}),
    Construct(name="quote", install=quote.install),
    Construct(name="section", install=section.install, blocks={"section_open": section.read}),
    Construct(
        name="video",
        install=video.install,
        blocks={"video": video.read, "video_open": video.read_described},
        inline={"video_inline": video.read_inline},
    ),
    Construct(
        name="alert",
        install=alert.install,
        blocks={"blockquote_open": alert.read_quote},
        runs={"alert_title_open": alert.read_title},
    ),
    Construct(name="directive", inline={"failed_directive": triple_colon.read_failed}),
    Construct(
        name="picture",
        install=picture.install,
        blocks={"picture": picture.read_block},
        inline={"picture_inline": picture.read_inline},
    ),
    Construct(
        name="zone",
        install=zone.install,
        blocks={"zone_open": zone.read, "zone_elsewhere": zone.read_elsewhere},
        conditions={"zone_open": zone.condition, "zone_close": zone.condition},
    ),
    Construct(
        name="moniker",
        install=moniker.install,
        blocks={"moniker_open": moniker.read},
        conditions={"moniker_open": moniker.condition, "moniker_close": moniker.condition},
    ),
    Construct(
        name="row",
        install=row.install,
        blocks={"row_open": row.read_row, "column_open": triple_colon.read_block},
    ),
    Construct(name="untranslated text", install=no_loc.install, inline={"no_loc": no_loc.read}),
    Construct(name="form", install=form.install, blocks={"form": form.read}),
    Construct(name="table", install=table.install, blocks={"table_open": table.read}),
    Construct(
        name="link",
        install=link.install,
        inline={"link_open": link.read_link, "image": link.read_image},
    ),
    Construct(name="emoji", unless="pymdownx.emoji", install=emoji.install, inline={"emoji": emoji.read}),
    Construct(
        name="cross reference",
        install=cross_reference.install,
        inline={
            cross_reference.OPEN: cross_reference.read,
            cross_reference.TEXT: cross_reference.read_name,
            cross_reference.SHORT: cross_reference.read_short,
        },
    ),
    Construct(name="autolink", install=autolink.install),
    Construct(
        name="html",
        install=raw_html.install,
        blocks={"html_block": raw_html.read_block},
        inline={"html_inline": raw_html.read_inline, "comment_unclosed": raw_html.read_unclosed},
    ),
    Construct(
        name="admonition",
        extension="admonition",
        install=admonition.install_admonition,
        runs={"admonition_title_open": admonition.read_title},
    ),
    Construct(
        name="details",
        extension="pymdownx.details",
        install=admonition.install_details,
        runs={"details_title_open": admonition.read_title},
    ),
    Construct(
        name="tabs",
        install=heading_tabs.install,
        blocks={tab_set.OPEN: heading_tabs.read},
        runs={tab_set.LABEL_OPEN: heading_tabs.read_title},
        conditions={tab_set.TAB_OPEN: tab_set.condition, tab_set.TAB_CLOSE: tab_set.condition},
    ),
    Construct(name="content tabs", extension="pymdownx.tabbed", install=content_tabs.install),
    Construct(name="footnote", extension="footnotes", install=footnote.install),
    Construct(name="definition list", extension="def_list", install=definition_list.install),
    Construct(name="task list", extension="pymdownx.tasklist", install=task_list.install),
    Construct(
        name="abbreviation",
        extension="abbr",
        install=abbreviation.install,
        blocks={"abbreviation": abbreviation.read},
    ),
    Construct(name="mark", extension="pymdownx.mark", install=inline_marks.installer("mark")),
    Construct(name="caret", extension="pymdownx.caret", install=inline_marks.installer("caret")),
    Construct(name="tilde", extension="pymdownx.tilde", install=inline_marks.installer("tilde")),
    Construct(
        name="math", extension="pymdownx.arithmatex", install=math.install, blocks={"math_block": prose.read_code}
    ),
    Construct(name="markdown in html", extension="md_in_html", install=markdown_in_html.install),
    Construct(name="heading attributes", extension="attr_list", install=heading_attributes.install),
    Construct(name="near miss", install=near_miss.install, inline={"near_miss": near_miss.read}),
    Construct(name="heading", install=heading.install, runs={"heading_open": heading.read}),
    Construct(
        name="yaml page",
        blocks={"cards_open": yaml_page_facts.read_cards},
        inline={"place_open": yaml_page_facts.read_place},
    ),
    Construct(name="prose", blocks={"fence": prose.read_code, "code_block": prose.read_code}),
)

EXTENSIONS = frozenset(name for row in SYNTAX for name in (row.extension, row.unless) if name) | foreign.EXTENSIONS
"""The extensions of Python-Markdown that change how a text is read on a site that has switched them on."""


def constructs(extensions: frozenset[str]) -> tuple[Construct, ...]:
    """List the constructs of a site's dialect, in the order in which they join the parser."""
    on = extensions | {""}
    known = (row for row in SYNTAX if row.extension in on and row.unless not in extensions)
    return (*known, Construct(name="foreign syntax", every_run=foreign.reader(extensions)))
