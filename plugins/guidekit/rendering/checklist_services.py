"""The services of a workload, among which a reader chooses, and what tells which items are listed then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.library import services
from guidekit.rendering.checklist_controls import SCRIPTED
from guidekit.rendering.checklist_items import Entry
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.setting_values import Service

CLASS = "guidekit-scope"

ID = "guidekit-services"
"""The place of the services, to which links lead that want them to be chosen."""


def chooser(listed: Sequence[Entry], declared: Mapping[str, Service], say: Words) -> list[Token]:
    """Let the reader choose the services that the workload is made of, where items name any."""
    named = {name for entry in listed if entry.item.guidance for name in entry.item.guidance.services}
    named.discard(services.EVERY)
    order = sorted(named, key=lambda name: services.label(name, declared).casefold())
    boxes = chain.from_iterable(_box(name, declared) for name in order)
    find = inline("label", text(f"{say('Find a service')} "), leaf("input", type="search", autocomplete="off"))
    content = (
        *element("summary", "summary", run(*inline("span", text(say("Choose your services"))))),
        *element(
            "services",
            "fieldset",
            *element("legend", "legend", run(text(say("Of which services is your workload made?")))),
            *element("find", "p", run(*find, *inline("span", role="status")), class_=f"{CLASS}__find"),
            *element("boxes", "div", run(*boxes), class_=f"{CLASS}__boxes"),
        ),
    )
    attrs = {"class_": f"{CLASS} {SCRIPTED}", "id": ID, "open": "", "data_search_exclude": ""}
    return [*element("scope", "details", *content, **attrs), *_listed(len(listed), say)] if named else []


def _box(name: str, declared: Mapping[str, Service]) -> list[Token]:
    """Make the box of a service, which is found by its label and by the other names behind it."""
    names = declared[name].names if name in declared else ()
    return inline(
        "label",
        leaf("input", type="checkbox", name="guidekit-service", value=name, autocomplete="off"),
        text(" "),
        *inline("span", text(services.label(name, declared))),
        *((text(" "), *inline("small", text(", ".join(names)))) if names else ()),
    )


def _listed(total: int, say: Words) -> list[Token]:
    """Make the line that says how many items are listed and why, with the way back to all of them."""
    return element(
        "paragraph",
        "p",
        run(
            *inline("span", text(say("All {0} items are listed.", total)), role="status"),
            text(" "),
            *inline("button", text(say("Show all items")), type="button", hidden=""),
        ),
        class_=f"{CLASS}__listed {SCRIPTED}",
        data_search_exclude="",
    )
