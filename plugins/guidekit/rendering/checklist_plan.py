"""The plan that a checklist ends with: an empty list and one entry to copy, which the script fills with the reader's gaps."""

from __future__ import annotations

from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.rendering.checklist_controls import PLAN_TOOLS, SCRIPTED, button
from guidekit.rendering.new_tokens import element, inline, run, text


def plan(say: Words) -> list[Token]:
    """Make the plan of the reader's gaps, to be opened."""
    entry = element(
        "list_item",
        "li",
        *element("paragraph", "p", run(*inline("a", href="#"), text(" "), *inline("small"))),
        *element("paragraph", "p", data_part="step"),
        *element("paragraph", "p", data_part="who"),
    )
    buttons = chain.from_iterable(chain(button(say, word), [text(" ")]) for word in PLAN_TOOLS)
    return element(
        "plan",
        "details",
        *element("summary", "summary", run(text(say("Your plan")), text(" "), *inline("span"))),
        *element("paragraph", "p", class_="guidekit-plan__about"),
        *element("ordered_list", "ol"),
        *element("template", "template", *entry),
        *element(
            "tools", "div", run(*buttons), class_="guidekit-plan__tools", role="group", aria_label=say("Your plan")
        ),
        class_=f"guidekit-plan {SCRIPTED}",
        data_search_exclude="",
    )
