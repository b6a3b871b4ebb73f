"""All guides of a site: a list with the reader's progress on each, and their items in one form, by service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.library.verification import Verification
from guidekit.rendering import checklist_services
from guidekit.rendering.checklist_controls import SCRIPTED, dialogs, tools, workloads
from guidekit.rendering.checklist_form import Guide, checklist, items
from guidekit.rendering.checklist_items import entries
from guidekit.rendering.checklist_plan import plan
from guidekit.rendering.new_tokens import element, inline, run, text
from guidekit.setting_values import Service

CLASS = "guidekit-guides"
"""The class of the list of guides."""


def overview(
    guides: Sequence[tuple[Guide, str]],
    aliases: Mapping[str, str],
    url: str,
    *,
    title: str,
    declared: Mapping[str, Service],
    verifications: Mapping[str, Verification],
    say: Words,
) -> list[Token]:
    """Let readers choose services, list guides with the progress that a script finds in the browser, then all their items.

    Each guide has its address; ``verifications`` say how to verify items, by their GUIDs.
    """
    found = [(item, address) for guide, address in guides for item in guide.checklist.items if item.include]
    listed = [entry for entry in entries(found, elsewhere=True, verifications=verifications) if entry.can_answer]
    shown = [_guide(guide, address) for guide, address in guides]
    every = [
        *items(listed, say("All items"), declared, say),
        *plan(say),
        *tools(say),
    ]
    return checklist(
        listed,
        *workloads(say),
        *checklist_services.chooser(listed, declared, say),
        *element("list", "ul", *chain.from_iterable(shown), class_=CLASS),
        *(every if listed else ()),
        *dialogs(say),
        title=title,
        url=url,
        aliases=aliases,
        say=say,
    )


def _guide(guide: Guide, address: str) -> list[Token]:
    say = guide.say
    guids = [entry.item.guid for entry in guide.entries if entry.can_answer]
    question = guide.checklist.question
    total = len(guide.checklist.items)
    label = say("In place: {0}", guide.title)
    bar = inline("progress", max=max(len(guids), 1), value=0, aria_label=label, class_=SCRIPTED)
    return element(
        "list_item",
        "li",
        *element("paragraph", "p", run(*inline("a", text(guide.title), href=address)), class_="guidekit-guides__title"),
        *(element("paragraph", "p", run(text(question))) if question else ()),
        *element("bar", "p", run(*bar), data_search_exclude=""),
        *element(
            "paragraph",
            "p",
            run(
                text(say("1 item") if total == 1 else say("{0} items", total)),
                *inline("span", class_="guidekit-guides__done"),
            ),
            class_="guidekit-guides__size",
        ),
        data_guids=" ".join(guids),
    )
