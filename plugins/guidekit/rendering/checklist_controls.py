"""The controls of a checklist: what a reader chooses, presses and is asked by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.rendering.new_tokens import element, inline, leaf, run, text

STATES = {"i": "In place", "g": "Gap", "r": "Not required", "n": "Not applicable"}
"""What a reader can answer, by the letter that stands for it in a link; no letter is a hexadecimal digit."""

UNANSWERED = "Not answered"

OFFERS = ("yes", "New workload", "Merge", "Replace")
"""What the dialog can offer, by the value that the script knows it by; beside each stands Cancel."""

DOWNLOADS = ("Excel", "CSV", "Markdown", "JSON")

PLAN_TOOLS = ("Print plan", "Plan as Markdown", "Plan as Excel", "Azure DevOps", "GitHub issues", "Calendar")

DANGEROUS = ("Rename", "Save these answers", "Compare", "Restore last state", "Clear", "Delete")

HIDDEN = "guidekit-hidden"
"""The class of what is heard and not seen."""

SCRIPTED = "guidekit-scripted"
"""The class of what is of no use without a script."""

_NAMES = {
    "Add": "Add workload",
    "Rename": "Rename workload",
    "Delete": "Delete workload",
    "Clear": "Clear answers",
    "Save these answers": "Keep today's answers for comparison",
    "Compare": "Compare answers",
    "Leave": "Back to my answers",
    "Calendar": "Calendar: next review",
}
"""What a button says where that is more than what it is known by."""


def workloads(say: Words) -> list[Token]:
    """Make the line in which a reader chooses and adds workloads."""
    options = inline("option", text(say("My workload")), value="1")
    chooser = inline("label", text(f"{say('Workload')} "), *inline("select", *options, autocomplete="off"))
    told = run(*chooser, *button(say, "Add"))
    return element("paragraph", "p", told, class_=f"guidekit-checklist__workload {SCRIPTED}", data_search_exclude="")


def button(say: Words, word: str) -> list[Token]:
    """Make a button, which the script knows by its English word."""
    return inline("button", text(say(_NAMES.get(word, word))), type="button", data_do=word)


def choice(name: str, value: str, label: str) -> list[Token]:
    """Make a radio button with its label."""
    return inline("label", leaf("input", type="radio", name=name, value=value), text(f" {label}"))


def chooser(options: Mapping[str, str], **attrs: str) -> list[Token]:
    """Make a list to choose from."""
    made = chain.from_iterable(inline("option", text(label), value=value) for value, label in options.items())
    return inline("select", *made, autocomplete="off", **attrs)


def hidden(words: str) -> list[Token]:
    """Make a text that is heard and not seen."""
    return inline("span", text(words), class_=HIDDEN)


def menu(say: Words, name: str, words: Iterable[str], label: str = "") -> list[Token]:
    """Make a menu of buttons, which opens below its name; ``label`` is what is heard where the name is a sign."""
    shown = [*inline("span", text(name), aria_hidden="true"), *hidden(label)] if label else [text(name)]
    buttons = chain.from_iterable(chain(button(say, word), [text(" ")]) for word in words)
    return element(
        "menu",
        "details",
        *element("summary", "summary", run(*shown)),
        *element("buttons", "div", run(*buttons)),
        class_="guidekit-menu",
    )


def caption(title: str, told: str) -> list[Token]:
    """Make the line above a row of buttons that says what they are for."""
    return element("paragraph", "p", run(*inline("b", text(title)), text(f" {told}")))


def tools(say: Words) -> list[Token]:
    """Make the row of tools below the items, and the line that tells where answers are kept."""
    picker = leaf("input", type="file", accept=".json,.csv,.md,.xlsx", hidden="", aria_label=say("File to import"))
    return [
        *element(
            "tools",
            "section",  # the search would take the end of a "div" within for its own
            *caption(
                say("Keep all answers."),
                say("Import takes what you download, here and in another browser. JSON brings the services back, too."),
            ),
            *menu(say, say("Download"), DOWNLOADS),
            run(*chain.from_iterable(chain(button(say, word), [text(" ")]) for word in ("Import", "Share", "Print"))),
            *menu(say, "…", DANGEROUS, say("More")),
            run(picker),
            class_=f"guidekit-checklist__tools {SCRIPTED}",
            role="group",
            aria_label=say("Save and share"),
            data_search_exclude="",
        ),
        *element(
            "paragraph",
            "p",
            run(text(say("Your answers stay in this browser. Keep passwords and other secrets out of your notes."))),
            class_=f"guidekit-checklist__privacy {SCRIPTED}",
            data_search_exclude="",
        ),
    ]


def dialogs(say: Words) -> list[Token]:
    """Make the dialog in which the script asks before it changes anything, that of comparisons, and its notices."""
    return [*_notices(say), *_question(say), *_comparison(say)]


def _notices(say: Words) -> list[Token]:
    undo = inline("button", text(say("Undo")), type="button", data_do="Undo", hidden="")
    shared = [*button(say, "Take over"), text(" "), *button(say, "Leave")]
    return [
        *element(
            "notice",
            "div",
            run(*inline("span", role="status"), *undo),
            class_=f"guidekit-notice {SCRIPTED}",
            data_search_exclude="",
        ),
        *element(
            "shared",
            "div",
            run(*inline("span", role="status"), text(" "), *shared),
            class_=f"guidekit-shared {SCRIPTED}",
            hidden="",
            data_search_exclude="",
        ),
    ]


def _question(say: Words) -> list[Token]:
    name = inline(
        "label",
        *inline("span"),
        text(" "),
        leaf("input", required="", pattern=r".*\S.*", autocomplete="off"),
    )
    more = inline("label", leaf("input", type="checkbox"), text(" "), *inline("span"))
    state = inline("label", text(f"{say('State')} "), *inline("select", autocomplete="off"))
    offers = chain.from_iterable(chain(inline("button", text(say(word)), value=word), [text(" ")]) for word in OFFERS)
    cancel = inline("button", text(say("Cancel")), value="", formnovalidate="")
    return element(
        "dialog",
        "dialog",
        *element(
            "answer",
            "form",
            *element("paragraph", "p", id="guidekit-asked"),
            *element("list", "ul", id="guidekit-told"),
            run(*more, *name, *state, *offers, *cancel),
            method="dialog",
        ),
        class_="guidekit-dialog",
        aria_labelledby="guidekit-asked",
        aria_describedby="guidekit-told",
        data_search_exclude="",
    )


def _comparison(say: Words) -> list[Token]:
    sides = chain.from_iterable(
        inline("label", text(f"{say(side)} "), *inline("select", autocomplete="off")) for side in ("Compare", "with")
    )
    heads = chain.from_iterable(element("cell", "th", run(text(say(word))), scope="col") for word in ("Item", "", ""))
    return element(
        "dialog",
        "dialog",
        *element("paragraph", "p", run(*sides)),
        *element("paragraph", "p", role="status"),
        *element(
            "scroll",
            "div",
            *element(
                "table", "table", *element("head", "thead", *element("row", "tr", *heads)), *element("b", "tbody")
            ),
            tabindex=0,
            role="region",
            aria_label=say("Differences"),
        ),
        *element("answer", "form", run(*inline("button", text(say("Close")))), method="dialog"),
        class_="guidekit-compare",
        aria_label=say("Compare answers"),
        data_search_exclude="",
    )
