"""The items of a checklist as its form shows them: to be answered, below their guidance, and as gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.library import services
from guidekit.library.checklist import Checklist, Item
from guidekit.library.guidance import DEFAULT_SEVERITY, SEVERITIES
from guidekit.rendering.checklist_controls import HIDDEN, SCRIPTED, box, choice, hidden
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.setting_values import Service

STATES = {"i": "In place", "g": "Gap", "r": "Not required", "n": "Not applicable"}
"""What a reader can answer, by the letter that stands for it in a link; no letter is a hexadecimal digit."""


def answerable(checklist: Checklist) -> dict[str, Item]:
    """Find the items that have guidance and so can be answered, by GUID: the first one of each."""
    items: dict[str, Item] = {}
    for item in checklist.items:
        if item.guid and item.include:
            items.setdefault(item.guid, item)
    return items


def entry(item: Item, can_answer: bool, number: int, declared: Mapping[str, Service]) -> list[Token]:
    """Make the entry of an item; one that cannot be answered is a link alone."""
    if not can_answer:
        link = inline("a", text(item.title), href=f"#{item.guid}") if item.guid and item.include else [text(item.title)]
        return element("list_item", "li", run(*link))
    told = item.guidance
    return element(
        "list_item",
        "li",
        run(*box(item, *inline("span", text(item.title), class_="guidekit-item__statement"))),
        *element("facts", "div", *_facts(item), class_="guidekit-item__facts", data_search_exclude=""),
        *_details(item, number),
        *element("paragraph", "p", class_="guidekit-item__note", data_search_exclude=""),
        class_="guidekit-item",
        data_guid=item.guid,
        data_hash=told.fingerprint if told else "",
        data_severity=told.severity if told else DEFAULT_SEVERITY,
        **({"data_waf": told.pillar} if told and told.pillar else {}),
        **({"data_service": services.shown(told.services, declared)} if told and told.services else {}),
    )


def _facts(item: Item) -> list[Token]:
    severity = item.guidance.severity if item.guidance else DEFAULT_SEVERITY
    return [
        run(
            *inline("span", text(f"{severity} severity")),
            text(" "),
            *inline("a", text("Guidance"), *hidden(f" for “{item.title}”"), href=f"#{item.guid}"),
        )
    ]


def _details(item: Item, number: int) -> list[Token]:
    choices = chain.from_iterable(choice(f"guidekit-{number}", *state) for state in STATES.items())
    note = inline("label", text("Note"), *inline("textarea", rows=2, maxlength=2000))
    parts = (("strong", "state"), ("em", "noted"), ("em", "changed"))
    told = chain.from_iterable(inline(tag, class_=f"guidekit-item__{name}") for tag, name in parts)
    return element(
        "details",
        "details",
        *element("summary", "summary", run(text("Status and note"), *hidden(f" for “{item.title}”"), *told)),
        *element(
            "states",
            "fieldset",
            *element("legend", "legend", run(text("Status")), class_=HIDDEN),
            run(*choices),
        ),
        run(*note),
        class_=f"guidekit-item__details {SCRIPTED}",
        data_search_exclude="",
    )


def with_checks(body: Sequence[Token], checklist: Checklist) -> Iterator[Token]:
    """Follow the heading of each item's guidance with a box of its own; ``body`` has the items' anchors."""
    items = answerable(checklist)
    item: Item | None = None
    for token in body:
        yield token
        if token.type == "anchor_open":
            item = items.get(str(token.attrs["id"]))
        elif token.type == "heading_close" and item is not None:
            yield from _check(item) if item.heading else ()
            item = None


def _check(item: Item) -> list[Token]:
    label = (text("In place"), *hidden(f" for “{item.title}”"))
    return element("check", "div", run(*box(item, *label)), class_=f"guidekit-check {SCRIPTED}", data_search_exclude="")


def gaps(items: Sequence[Item]) -> list[Token]:
    """List all items by severity; the script hides those that are no gaps."""

    def severity(item: Item) -> int:
        return SEVERITIES.index(item.guidance.severity if item.guidance else DEFAULT_SEVERITY)

    entries = [_gap(item) for item in sorted(items, key=severity)]
    return element(
        "gaps",
        "details",
        *element("summary", "summary", run(text(f"Your gaps ({len(items)})"))),
        *element("list", "ul", *chain.from_iterable(entries)),
        *element("paragraph", "p", run(text("There are none.")), hidden=""),
        class_=f"guidekit-gaps {SCRIPTED}",
        data_search_exclude="",
    )


def _gap(item: Item) -> list[Token]:
    told = item.guidance
    link = inline("a", text(item.title), href=f"#{item.guid}")
    severity = inline("small", text(f"{told.severity if told else DEFAULT_SEVERITY} severity"))
    summary = (leaf("br"), text(told.summary)) if told and told.summary else ()
    return element("list_item", "li", run(*link, text(" "), *severity, *summary), data_gap=item.guid)
