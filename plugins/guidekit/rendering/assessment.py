"""A guide's checklist as a form: whole and readable without a script, wired by ``assets/checklist.js`` where there is one.

All that the script will ever show is made here, so that nothing moves when it starts. What is of no use without it has
the class ``guidekit-scripted``; what no search should find, ``data-search-exclude``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist import Checklist, Item
from guidekit.guidance import DEFAULT_SEVERITY, SEVERITIES
from guidekit.rendering.pieces import element, inline, leaf, run, text

STATES = {"i": "In place", "g": "Gap", "r": "Not required", "n": "Not applicable"}
"""What a reader can answer, by the letter that stands for it in a link; no letter is a hexadecimal digit."""

OFFERS = {"yes": "Yes", "New workload": "New workload", "Merge": "Merge", "Replace": "Replace"}
"""What the dialog can offer, by the value that the script knows it by; beside each stands Cancel."""

TOOLS = ("Markdown", "CSV", "Excel", "JSON", "Print", "Copy link", "Import", "Clear")

_SHORTEST = 6
_HIDDEN = "guidekit-hidden"
_SCRIPTED = "guidekit-scripted"


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A guide as its form presents it.

    ``url`` is the page's address, counted from the site's root. ``aliases`` leads from retired GUIDs to those that took
    their place. ``downloads`` are labels with addresses, for readers without a script.
    """

    checklist: Checklist
    title: str
    url: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    downloads: Sequence[tuple[str, str]] = ()


def form(guide: Guide) -> list[Token]:
    """Make the form of a guide's checklist."""
    items = answerable(guide.checklist)
    aliases = {old: new for old, new in guide.aliases.items() if new in items}
    entries = [_entry(item, items.get(item.guid) is item, number) for number, item in enumerate(guide.checklist.items)]
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
        *_gaps(tuple(items.values())),
        *_tools(),
        *_downloads(guide.downloads),
        *_dialog(),
        class_="guidekit-checklist",
        data_title=guide.title,
        data_url=guide.url,
        data_digits=digits((*items, *aliases)),
        data_aliases=json.dumps(aliases),
    )


def overview(guides: Sequence[tuple[Guide, str]], aliases: Mapping[str, str], url: str) -> list[Token]:
    """List guides, each with its address, its question and the progress that a script finds in the browser."""
    entries = [_guide(guide, address) for guide, address in guides]
    return element(
        "checklist",
        "guidekit-checklist",
        *element("head", "div", *_workloads(), class_="guidekit-checklist__head", data_search_exclude=""),
        *element("list", "ul", *chain.from_iterable(entries), class_="guidekit-guides"),
        *_privacy(),
        *_dialog(),
        class_="guidekit-checklist",
        data_url=url,
        data_aliases=json.dumps(dict(aliases)),
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


def answerable(checklist: Checklist) -> dict[str, Item]:
    """Find the items that have guidance and so can be answered, by GUID: the first one of each."""
    items: dict[str, Item] = {}
    for item in checklist.items:
        if item.guid and item.include:
            items.setdefault(item.guid, item)
    return items


def digits(guids: Sequence[str]) -> int:
    """Count the digits that it takes to tell GUIDs from each other by their beginnings, 6 at least."""
    plain = [guid.replace("-", "") for guid in guids]
    lengths = range(_SHORTEST, 33)
    return next((length for length in lengths if len({guid[:length] for guid in plain}) == len(set(plain))), 32)


# The head: workload, progress, filter


def _head(total: int) -> list[Token]:
    gaps = f"{total} gap{'' if total == 1 else 's'}"
    return element(
        "head",
        "div",
        *_workloads(),
        *element("bar", "p", run(*inline("progress", max=max(total, 1), value=0, aria_label="In place"))),
        *element(
            "paragraph",
            "p",
            run(text(f"0 of {total} in place, {gaps}, 0 not applicable or not required")),
            class_="guidekit-checklist__status",
            role="status",
        ),
        *element(
            "filter",
            "fieldset",
            *element("legend", "legend", run(text("Show")), class_=_HIDDEN),
            run(*chain.from_iterable(_choice("guidekit-show", word, word) for word in ("All", "Gaps", "In place"))),
            class_="guidekit-checklist__show",
        ),
        class_=f"guidekit-checklist__head {_SCRIPTED}",
        data_search_exclude="",
    )


def _workloads() -> list[Token]:
    options = inline("option", text("My workload"), value="1")
    chooser = inline("label", text("Workload "), *inline("select", *options, autocomplete="off"))
    buttons = chain.from_iterable(_button(word, f" {word.lower()} workload") for word in ("Add", "Rename", "Delete"))
    restore = inline("button", text("Restore last state"), type="button", data_do="Restore", disabled="")
    told = run(*chooser, *buttons, *restore)
    return element("paragraph", "p", told, class_=f"guidekit-checklist__workload {_SCRIPTED}")


def _choice(name: str, value: str, label: str) -> list[Token]:
    checked = {"checked": ""} if value == "All" else {}
    return inline("label", leaf("input", type="radio", name=name, value=value, **checked), text(f" {label}"))


def _button(word: str, label: str = "") -> list[Token]:
    named = {"aria_label": label.strip().capitalize()} if label else {}
    return inline("button", text(word), type="button", data_do=word, **named)


# The items


def _entry(item: Item, can_answer: bool, number: int) -> list[Token]:
    if not can_answer:
        link = inline("a", text(item.title), href=f"#{item.guid}") if item.guid and item.include else [text(item.title)]
        return element("list_item", "li", run(*link))
    told = item.guidance
    return element(
        "list_item",
        "li",
        run(*_box(item, *inline("span", text(item.title), class_="guidekit-item__statement"))),
        *element("facts", "div", *_facts(item), class_="guidekit-item__facts", data_search_exclude=""),
        *_details(item, number),
        *element("paragraph", "p", class_="guidekit-item__note", data_search_exclude=""),
        class_="guidekit-item",
        data_guid=item.guid,
        data_hash=told.fingerprint if told else "",
        data_severity=told.severity if told else DEFAULT_SEVERITY,
        **({"data_waf": told.pillar} if told and told.pillar else {}),
        **({"data_service": told.service} if told and told.service else {}),
    )


def _box(item: Item, *label: Token) -> list[Token]:
    box = leaf("input", type="checkbox", data_box=item.guid, autocomplete="off")
    return inline("label", box, text(" "), *label, class_="guidekit-box")


def _facts(item: Item) -> list[Token]:
    severity = item.guidance.severity if item.guidance else DEFAULT_SEVERITY
    return [
        run(
            *inline("span", text(f"{severity} severity")),
            text(" "),
            *inline("a", text("Guidance"), *_hidden(f" for “{item.title}”"), href=f"#{item.guid}"),
        )
    ]


def _details(item: Item, number: int) -> list[Token]:
    choices = chain.from_iterable(_choice(f"guidekit-{number}", *state) for state in STATES.items())
    note = inline("label", text("Note"), *inline("textarea", rows=2, maxlength=2000))
    parts = (("strong", "state"), ("em", "noted"), ("em", "changed"))
    told = chain.from_iterable(inline(tag, class_=f"guidekit-item__{name}") for tag, name in parts)
    return element(
        "details",
        "details",
        *element("summary", "summary", run(text("Status and note"), *_hidden(f" for “{item.title}”"), *told)),
        *element(
            "states",
            "fieldset",
            *element("legend", "legend", run(text("Status")), class_=_HIDDEN),
            run(*choices),
        ),
        run(*note),
        class_=f"guidekit-item__details {_SCRIPTED}",
        data_search_exclude="",
    )


def _check(item: Item) -> list[Token]:
    label = (text("In place"), *_hidden(f" for “{item.title}”"))
    return element(
        "check", "div", run(*_box(item, *label)), class_=f"guidekit-check {_SCRIPTED}", data_search_exclude=""
    )


def _hidden(words: str) -> list[Token]:
    return inline("span", text(words), class_=_HIDDEN)


# Below the items


def _gaps(items: Sequence[Item]) -> list[Token]:
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
        class_=f"guidekit-gaps {_SCRIPTED}",
        data_search_exclude="",
    )


def _gap(item: Item) -> list[Token]:
    told = item.guidance
    link = inline("a", text(item.title), href=f"#{item.guid}")
    severity = inline("small", text(f"{told.severity if told else DEFAULT_SEVERITY} severity"))
    summary = (leaf("br"), text(told.summary)) if told and told.summary else ()
    return element("list_item", "li", run(*link, text(" "), *severity, *summary), data_gap=item.guid)


def _tools() -> list[Token]:
    buttons = run(*chain.from_iterable(chain(_button(word), [text(" ")]) for word in TOOLS))
    picker = leaf("input", type="file", accept=".json,.csv,.md,.xlsx", hidden="", aria_label="File to import")
    return [
        *element(
            "tools",
            "div",
            buttons,
            run(picker),
            class_=f"guidekit-checklist__tools {_SCRIPTED}",
            role="group",
            aria_label="Save and share",
            data_search_exclude="",
        ),
        *_privacy(),
    ]


def _privacy() -> list[Token]:
    told = "Your answers stay in this browser. Keep passwords and other secrets out of your notes."
    return element(
        "paragraph",
        "p",
        run(text(told)),
        class_=f"guidekit-checklist__privacy {_SCRIPTED}",
        data_search_exclude="",
    )


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


def _dialog() -> list[Token]:
    """Make the one dialog, in which the script asks before it changes anything, and the place of its notices."""
    name = inline(
        "label", text("Name "), leaf("input", maxlength=60, required="", pattern=r".*\S.*", autocomplete="off")
    )
    state = inline("label", text("State "), *inline("select", autocomplete="off"))
    offers = chain.from_iterable(
        chain(inline("button", text(word), value=value), [text(" ")]) for value, word in OFFERS.items()
    )
    cancel = inline("button", text("Cancel"), value="", formnovalidate="")
    return [
        *element(
            "notice",
            "div",
            run(
                *inline("span", role="status"),
                *inline("button", text("Undo"), type="button", data_do="Undo", hidden=""),
            ),
            class_=f"guidekit-notice {_SCRIPTED}",
            data_search_exclude="",
        ),
        *element(
            "dialog",
            "dialog",
            *element(
                "answer",
                "form",
                *element("paragraph", "p", id="guidekit-asked"),
                *element("list", "ul", id="guidekit-told"),
                run(*name, *state, *offers, *cancel),
                method="dialog",
            ),
            class_="guidekit-dialog",
            aria_labelledby="guidekit-asked",
            aria_describedby="guidekit-told",
            data_search_exclude="",
        ),
    ]


# The overview


def _guide(guide: Guide, address: str) -> list[Token]:
    guids = answerable(guide.checklist)
    question = guide.checklist.question
    total = len(guide.checklist.items)
    bar = inline("progress", max=max(len(guids), 1), value=0, aria_label=f"In place: {guide.title}", class_=_SCRIPTED)
    return element(
        "list_item",
        "li",
        *element("paragraph", "p", run(*inline("a", text(guide.title), href=address)), class_="guidekit-guides__title"),
        *(element("paragraph", "p", run(text(question))) if question else ()),
        *element("bar", "p", run(*bar), data_search_exclude=""),
        *element(
            "paragraph",
            "p",
            run(text(f"{total} item{'' if total == 1 else 's'}"), *inline("span", class_="guidekit-guides__done")),
            class_="guidekit-guides__size",
        ),
        data_guids=" ".join(guids),
    )
