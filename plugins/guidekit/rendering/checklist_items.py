"""The items of a checklist: in its form, to be answered, and beside their guidance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from types import MappingProxyType

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.library import services
from guidekit.library.checklist import Item
from guidekit.library.guidance import DEFAULT_SEVERITY, SEVERITIES
from guidekit.library.verification import Verification
from guidekit.rendering.checklist_controls import SCRIPTED, STATES, UNANSWERED, choice, chooser, hidden
from guidekit.rendering.new_tokens import element, inline, leaf, run, text
from guidekit.setting_values import Service


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item as a form lists it.

    ``number`` is its place in the form, ``address`` that of its guidance. ``can_answer`` is false for an item without
    guidance and for one that is listed before. Where the guidance is on another page, the entry brings its
    first step and its ``verification``, and is chosen by its services.
    """

    item: Item
    number: int
    address: str
    can_answer: bool
    elsewhere: bool = False
    verification: Verification | None = None

    @property
    def severity(self) -> str:
        """How much the item matters."""
        return self.item.guidance.severity if self.item.guidance else DEFAULT_SEVERITY


def entries(
    items: Sequence[tuple[Item, str]],
    *,
    elsewhere: bool = False,
    verifications: Mapping[str, Verification] = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """List items with the addresses of their pages, the most severe first; those of one severity keep their order.

    ``verifications`` say how to verify items, by their GUIDs.
    """
    known: set[str] = set()
    made: list[Entry] = []
    ordered = sorted(items, key=lambda it: SEVERITIES.index(_severity(it[0])))
    for number, (item, page) in enumerate(ordered, start=1):
        can_answer = bool(item.guid and item.include) and item.guid not in known
        known.add(item.guid)
        address = f"{page}#{item.guid}" if item.guid and item.include else ""
        made.append(
            Entry(
                item=item,
                number=number,
                address=address,
                can_answer=can_answer,
                elsewhere=elsewhere,
                verification=verifications.get(item.guid),
            )
        )
    return tuple(made)


def _severity(item: Item) -> str:
    return item.guidance.severity if item.guidance else DEFAULT_SEVERITY


def groups(listed: Sequence[Entry], declared: Mapping[str, Service], say: Words) -> Iterator[Token]:
    """Make a list for each severity, with a title above it."""
    for severity, group in groupby(listed, key=lambda entry: entry.severity):
        members = list(group)
        title = f"guidekit-{severity.lower()}"
        yield from element(
            "paragraph",
            "p",
            run(text(say(f"{severity} severity"))),
            class_="guidekit-items__severity",
            id=title,
            data_search_exclude="",
        )
        yield from element(
            "ordered_list",
            "ol",
            *chain.from_iterable(_entry(entry, declared, say) for entry in members),
            class_="guidekit-items",
            aria_labelledby=title,
            start=members[0].number,
            **({"data_search_exclude": ""} if members[0].elsewhere else {}),
        )


def _entry(entry: Entry, declared: Mapping[str, Service], say: Words) -> list[Token]:
    """Make the entry of an item; one that cannot be answered is a link alone."""
    item, told = entry.item, entry.item.guidance
    if not entry.can_answer:
        link = inline("a", text(item.title), href=entry.address) if entry.address else [text(item.title)]
        return element("list_item", "li", run(*link))
    attrs: dict[str, str] = {"data_waf": told.pillar} if told and told.pillar else {}
    if told and told.services:
        attrs["data_service"] = services.shown(told.services, declared)
        if entry.elsewhere:
            attrs["data_services"] = "" if services.EVERY in told.services else " ".join(told.services)
            attrs["data_named"] = " ".join(name for name in told.services if name != services.EVERY)
    if entry.elsewhere and told:
        attrs["data_step"] = told.first_step
    return element(
        "list_item",
        "li",
        *_answers(entry, say),
        *(_applies(entry, declared, say) if entry.elsewhere else ()),
        *(_verification(entry.verification, entry, say) if entry.verification else ()),
        *_details(entry, say),
        *element("paragraph", "p", class_="guidekit-item__note", data_search_exclude=""),
        class_="guidekit-item",
        id=f"item-{item.guid}",
        data_guid=item.guid,
        data_hash=told.fingerprint if told else "",
        data_severity=entry.severity,
        **attrs,
    )


def _answers(entry: Entry, say: Words) -> list[Token]:
    choices = chain.from_iterable(
        choice(f"guidekit-{entry.number}", letter, say(word)) for letter, word in STATES.items()
    )
    link = inline("a", text(say("Guidance")), *hidden(say(" for “{0}”", entry.item.title)), href=entry.address)
    return element(
        "answer",
        "fieldset",
        *element(
            "legend",
            "legend",
            run(*inline("span", text(entry.item.title), class_="guidekit-item__statement")),
            data_number=entry.number,
        ),
        *element("choices", "div", run(*choices, *link), class_="guidekit-item__answers", data_search_exclude=""),
    )


def _applies(entry: Entry, declared: Mapping[str, Service], say: Words) -> list[Token]:
    """Say to which services an item applies; the script says which of those are chosen."""
    named = entry.item.guidance.services if entry.item.guidance else ()
    every = not named or services.EVERY in named
    labels = say("every service") if every else ", ".join(services.label(name, declared) for name in named)
    return element(
        "paragraph",
        "p",
        run(text(say("Applies to {0}", labels))),
        class_="guidekit-item__applies",
        data_search_exclude="",
    )


def _verification(told: Verification, entry: Entry, say: Words) -> list[Token]:
    conditions = chain.from_iterable(element("list_item", "li", run(text(line))) for line in told.conditions)
    summary = run(text(told.opening), *hidden(say(" for “{0}”", entry.item.title)))
    return element(
        "details",
        "details",
        *element("summary", "summary", summary),
        *element("bullet_list", "ul", *conditions),
        class_="guidekit-item__verification",
        data_search_exclude="",
    )


def _details(entry: Entry, say: Words) -> list[Token]:
    told = inline("span", class_="guidekit-item__told")
    changed = inline("em", class_="guidekit-item__changed")
    fields = (
        ("Owner", leaf("input", name="o", maxlength=80, autocomplete="off")),
        ("Due", leaf("input", name="d", type="date", autocomplete="off")),
        (
            "Evidence: link to a report or a ticket",
            leaf("input", name="e", maxlength=500, inputmode="url", autocomplete="off", placeholder="https://"),
        ),
    )
    labels = chain.from_iterable(inline("label", text(f"{say(word)} "), control) for word, control in fields)
    note = inline("label", text(f"{say('Note')} "), *inline("textarea", name="n", rows=2, maxlength=2000))
    remove = inline("button", text(say("Remove the answer")), type="button", data_do="Remove")
    return element(
        "details",
        "details",
        *element(
            "summary",
            "summary",
            run(
                text(say("Owner, due date, evidence, note")),
                *hidden(say(" for “{0}”", entry.item.title)),
                text(" "),
                *told,
                *changed,
            ),
        ),
        *element("fields", "div", run(*labels, *note, *remove)),
        class_=f"guidekit-item__details {SCRIPTED}",
        data_search_exclude="",
    )


def with_places(body: Sequence[Token], listed: Sequence[Entry], say: Words) -> Iterator[Token]:
    """Follow the heading of each item's guidance with a line that says which item it is; ``body`` has the items' anchors."""
    by_guid = {entry.item.guid: entry for entry in listed if entry.can_answer}
    entry: Entry | None = None
    for token in body:
        yield token
        if token.type == "anchor_open":
            entry = by_guid.get(str(token.attrs["id"]))
        elif token.type == "heading_close" and entry is not None:
            yield from _place(entry, len(listed), say) if entry.item.heading else ()
            entry = None


def _place(entry: Entry, total: int, say: Words) -> list[Token]:
    options = {"": say(UNANSWERED)} | {letter: say(word) for letter, word in STATES.items()}
    answer = inline(
        "label",
        text(say("Answer")),
        *hidden(say(" to item {0}", entry.number)),
        text(" "),
        *chooser(options, data_box=entry.item.guid),
        class_=SCRIPTED,
    )
    place = f"{say('Item {0} of {1}', entry.number, total)}, {say(f'{entry.severity} severity')}: "
    return element(
        "check",
        "div",
        run(
            *inline("span", text(place), *inline("b", text(entry.item.title))),
            text(" "),
            *answer,
            text(" "),
            *inline("a", text(say("Back to the list")), href=f"#item-{entry.item.guid}"),
        ),
        class_="guidekit-check",
        data_search_exclude="",
    )
