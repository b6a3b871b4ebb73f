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

from guidekit.checklist_words.translation import ENGLISH, Words
from guidekit.library.checklist import Checklist
from guidekit.rendering.checklist_controls import SCRIPTED, STATES, UNANSWERED, chooser, dialogs, tools, workloads
from guidekit.rendering.checklist_items import Entry, entries, groups
from guidekit.rendering.checklist_plan import plan
from guidekit.rendering.new_tokens import element, inline, run, text
from guidekit.setting_values import Service

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
    say: Words = ENGLISH

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The items in the order of the form."""
        return entries([(item, "") for item in self.checklist.items])


def form(guide: Guide) -> list[Token]:
    """Make the form of a guide's checklist."""
    listed, say = guide.entries, guide.say
    return checklist(
        listed,
        *workloads(say),
        *items(listed, guide.checklist.question or say("Checklist"), guide.declared, say),
        *plan(say),
        *tools(say),
        *_downloads(guide.downloads, say),
        *dialogs(say),
        title=guide.title,
        url=guide.url,
        aliases=guide.aliases,
        say=say,
    )


def checklist(
    listed: Sequence[Entry], *content: Token, title: str, url: str, aliases: Mapping[str, str], say: Words
) -> list[Token]:
    """Make the element that the script wires around the items that are listed."""
    guids = [entry.item.guid for entry in listed if entry.can_answer]
    own = {old: new for old, new in aliases.items() if new in guids}
    words = {"data_words": json.dumps(dict(say.translated))} if say.translated else {}
    return element(
        "checklist",
        "guidekit-checklist",
        *content,
        class_="guidekit-checklist",
        data_title=title,
        data_url=url,
        data_digits=digits((*guids, *own)),
        data_aliases=json.dumps(own),
        **words,
    )


def items(listed: Sequence[Entry], question: str, declared: Mapping[str, Service], say: Words) -> list[Token]:
    """Make the list of items below their question and what tells how far one is."""
    total = sum(entry.can_answer for entry in listed)
    return [
        *element("question", "p", run(text(question)), class_="guidekit-checklist__question"),
        *_progress(total, say),
        *element(
            "fieldset",
            "fieldset",
            *groups(listed, declared, say),
            *element(
                "paragraph",
                "p",
                run(text(say("No item is like this."))),
                class_=f"guidekit-checklist__none {SCRIPTED}",
                data_search_exclude="",
            ),
            class_="guidekit-checklist__form",
            aria_label=question,
        ),
    ]


def digits(guids: Sequence[str]) -> int:
    """Count the digits that it takes to tell GUIDs from each other by their beginnings, 6 at least."""
    plain = [guid.replace("-", "") for guid in guids]
    lengths = range(_SHORTEST, 33)
    return next((length for length in lengths if len({guid[:length] for guid in plain}) == len(set(plain))), 32)


def _progress(total: int, say: Words) -> list[Token]:
    options = {"all": say("All"), "": say(UNANSWERED), "g": say("Gap")}
    options |= {letter: say(word) for letter, word in STATES.items()}
    parts = chain.from_iterable(inline("i", data_part=part) for part in ("i", "g", "o"))
    return element(
        "progress",
        "section",  # the search would take the end of a "div" within for its own
        *element("bar", "div", run(*parts), class_="guidekit-bar", aria_hidden="true"),
        *element(
            "paragraph",
            "p",
            run(
                *inline(
                    "span",
                    *inline("span", text(say("{0} of {1} answered", 0, total))),
                    *inline("span"),
                    class_="guidekit-checklist__status",
                    role="status",
                ),
                text(" "),
                *inline("label", text(f"{say('Show')} "), *chooser(options, name="guidekit-show")),
            ),
        ),
        class_=f"guidekit-checklist__progress {SCRIPTED}",
        data_search_exclude="",
    )


def _downloads(downloads: Sequence[tuple[str, str]], say: Words) -> list[Token]:
    links: list[Token] = []
    for label, address in downloads:
        links += [text(", " if links else ""), *inline("a", text(label), href=address)]
    return (
        element(
            "paragraph",
            "p",
            run(text(f"{say('Download')}: "), *links),
            class_="guidekit-checklist__downloads",
            data_search_exclude="",
        )
        if links
        else []
    )
