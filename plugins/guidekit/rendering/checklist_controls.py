"""The controls of a checklist that are the same in its form and in the list of all guides."""

from __future__ import annotations

from itertools import chain

from markdown_it.token import Token

from guidekit.library.checklist import Item
from guidekit.rendering.new_tokens import element, inline, leaf, run, text

OFFERS = {"yes": "Yes", "New workload": "New workload", "Merge": "Merge", "Replace": "Replace"}
"""What the dialog can offer, by the value that the script knows it by; beside each stands Cancel."""

HIDDEN = "guidekit-hidden"
"""The class of what is heard and not seen."""

SCRIPTED = "guidekit-scripted"
"""The class of what is of no use without a script."""


def workloads() -> list[Token]:
    """Make the line in which a reader chooses, adds, renames and deletes workloads."""
    options = inline("option", text("My workload"), value="1")
    chooser = inline("label", text("Workload "), *inline("select", *options, autocomplete="off"))
    buttons = chain.from_iterable(button(word, f" {word.lower()} workload") for word in ("Add", "Rename", "Delete"))
    restore = inline("button", text("Restore last state"), type="button", data_do="Restore", disabled="")
    told = run(*chooser, *buttons, *restore)
    return element("paragraph", "p", told, class_=f"guidekit-checklist__workload {SCRIPTED}")


def choice(name: str, value: str, label: str) -> list[Token]:
    """Make a radio button with its label."""
    checked = {"checked": ""} if value == "All" else {}
    return inline("label", leaf("input", type="radio", name=name, value=value, **checked), text(f" {label}"))


def button(word: str, label: str = "") -> list[Token]:
    """Make a button; ``label`` names it in full for who hears it."""
    named = {"aria_label": label.strip().capitalize()} if label else {}
    return inline("button", text(word), type="button", data_do=word, **named)


def box(item: Item, *label: Token) -> list[Token]:
    """Make the check box of an item with its label."""
    control = leaf("input", type="checkbox", data_box=item.guid, autocomplete="off")
    return inline("label", control, text(" "), *label, class_="guidekit-box")


def hidden(words: str) -> list[Token]:
    """Make a text that is heard and not seen."""
    return inline("span", text(words), class_=HIDDEN)


def privacy() -> list[Token]:
    """Make the line that tells where answers are kept."""
    told = "Your answers stay in this browser. Keep passwords and other secrets out of your notes."
    return element(
        "paragraph",
        "p",
        run(text(told)),
        class_=f"guidekit-checklist__privacy {SCRIPTED}",
        data_search_exclude="",
    )


def dialog() -> list[Token]:
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
            class_=f"guidekit-notice {SCRIPTED}",
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
