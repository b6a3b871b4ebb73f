"""All guides of a site: a list with the reader's progress on each, and their items in one form, by service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.library import services
from guidekit.rendering.checklist_controls import SCRIPTED, dialogs, tools, workloads
from guidekit.rendering.checklist_form import Guide, checklist, items
from guidekit.rendering.checklist_items import Entry, entries
from guidekit.rendering.checklist_plan import plan
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.setting_values import Service


def overview(
    guides: Sequence[tuple[Guide, str]],
    aliases: Mapping[str, str],
    url: str,
    *,
    title: str,
    declared: Mapping[str, Service],
    say: Words,
) -> list[Token]:
    """List guides, each with its address, its question and the progress that a script finds in the browser; then all items."""
    found = [(item, address) for guide, address in guides for item in guide.checklist.items if item.include]
    listed = [entry for entry in entries(found, elsewhere=True) if entry.can_answer]
    shown = [_guide(guide, address) for guide, address in guides]
    every = [
        *_scope(listed, declared, say),
        *items(listed, say("All items"), declared, say),
        *plan(say),
        *tools(say),
    ]
    return checklist(
        listed,
        *workloads(say),
        *element("list", "ul", *chain.from_iterable(shown), class_="guidekit-guides"),
        *(every if listed else ()),
        *dialogs(say),
        title=title,
        url=url,
        aliases=aliases,
        say=say,
    )


def _scope(listed: Sequence[Entry], declared: Mapping[str, Service], say: Words) -> list[Token]:
    """Let the reader choose the services that the workload is made of, where items name any."""
    named = {name for entry in listed if entry.item.guidance for name in entry.item.guidance.services}
    named.discard(services.EVERY)
    order = sorted(named, key=lambda name: services.label(name, declared).casefold())
    boxes = chain.from_iterable(
        inline(
            "label",
            leaf("input", type="checkbox", name="guidekit-service", value=name, autocomplete="off"),
            text(f" {services.label(name, declared)}"),
        )
        for name in order
    )
    return (
        element(
            "scope",
            "details",
            *element("summary", "summary", run(text(f"{say('Services')}: "), *inline("span", text(say("all"))))),
            *element(
                "services",
                "fieldset",
                *element("legend", "legend", run(text(say("Of which services is your workload made?")))),
                run(*boxes),
            ),
            class_=f"guidekit-scope {SCRIPTED}",
            data_search_exclude="",
        )
        if named
        else []
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
