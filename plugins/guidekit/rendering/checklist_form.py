"""A guide's checklist as a form: whole and readable without a script, wired by ``assets/checklist.js`` where there is one.

All that the script will ever show is made here, so that nothing moves when it starts. What is of no use without it has
the class ``guidekit-scripted``; what no search should find, ``data-search-exclude``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from markdown_it.token import Token

from guidekit.library.checklist import Checklist
from guidekit.rendering.checklist_controls import HIDDEN, SCRIPTED, button, choice, dialog, privacy, workloads
from guidekit.rendering.checklist_items import answerable, entry, gaps
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.setting_values import Service

TOOLS = ("Markdown", "CSV", "Excel", "JSON", "Print", "Copy link", "Import", "Clear")

_SHORTEST = 6


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A guide as its form presents it.

    ``url`` is the page's address, counted from the site's root. ``aliases`` leads from retired GUIDs to those that took
    their place. ``downloads`` are labels with addresses, for readers without a script. ``declared`` are services by name.
    """

    checklist: Checklist
    title: str
    url: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    downloads: Sequence[tuple[str, str]] = ()
    declared: Mapping[str, Service] = field(default_factory=dict)


def form(guide: Guide) -> list[Token]:
    """Make the form of a guide's checklist."""
    items = answerable(guide.checklist)
    aliases = {old: new for old, new in guide.aliases.items() if new in items}
    entries = [
        entry(item, items.get(item.guid) is item, number, guide.declared)
        for number, item in enumerate(guide.checklist.items)
    ]
    question = text(guide.checklist.question or "Checklist")
    return element(
        "checklist",
        "guidekit-checklist",
        *_head(len(items)),
        *element(
            "fieldset",
            "fieldset",
            *element("legend", "legend", run(question)),
            *element("ordered_list", "ol", *chain.from_iterable(entries), class_="guidekit-items"),
            class_="guidekit-checklist__form",
        ),
        *gaps(tuple(items.values())),
        *_tools(),
        *_downloads(guide.downloads),
        *dialog(),
        class_="guidekit-checklist",
        data_title=guide.title,
        data_url=guide.url,
        data_digits=digits((*items, *aliases)),
        data_aliases=json.dumps(aliases),
    )


def digits(guids: Sequence[str]) -> int:
    """Count the digits that it takes to tell GUIDs from each other by their beginnings, 6 at least."""
    plain = [guid.replace("-", "") for guid in guids]
    lengths = range(_SHORTEST, 33)
    return next((length for length in lengths if len({guid[:length] for guid in plain}) == len(set(plain))), 32)


def _head(total: int) -> list[Token]:
    count = f"{total} gap{'' if total == 1 else 's'}"
    return element(
        "head",
        "div",
        *workloads(),
        *element("bar", "p", run(*inline("progress", max=max(total, 1), value=0, aria_label="In place"))),
        *element(
            "paragraph",
            "p",
            run(text(f"0 of {total} in place, {count}, 0 not applicable or not required")),
            class_="guidekit-checklist__status",
            role="status",
        ),
        *element(
            "filter",
            "fieldset",
            *element("legend", "legend", run(text("Show")), class_=HIDDEN),
            run(*chain.from_iterable(choice("guidekit-show", word, word) for word in ("All", "Gaps", "In place"))),
            class_="guidekit-checklist__show",
        ),
        class_=f"guidekit-checklist__head {SCRIPTED}",
        data_search_exclude="",
    )


def _tools() -> list[Token]:
    buttons = run(*chain.from_iterable(chain(button(word), [text(" ")]) for word in TOOLS))
    picker = leaf("input", type="file", accept=".json,.csv,.md,.xlsx", hidden="", aria_label="File to import")
    return [
        *element(
            "tools",
            "div",
            buttons,
            run(picker),
            class_=f"guidekit-checklist__tools {SCRIPTED}",
            role="group",
            aria_label="Save and share",
            data_search_exclude="",
        ),
        *privacy(),
    ]


def _downloads(downloads: Sequence[tuple[str, str]]) -> list[Token]:
    links: list[Token] = []
    for label, address in downloads:
        links += [text(", " if links else ""), *inline("a", text(label), href=address)]
    return (
        element(
            "paragraph",
            "p",
            run(text("Download: "), *links),
            class_="guidekit-checklist__downloads",
            data_search_exclude="",
        )
        if links
        else []
    )
