"""The plan that a checklist ends with: an empty table and one row to copy, which the script fills with the reader's gaps."""

from __future__ import annotations

from itertools import chain

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.rendering.checklist_controls import PLAN_TOOLS, SCRIPTED, button, caption
from guidekit.rendering.new_tokens import element, inline, run, text

_COLUMNS = ("Gap", "Severity", "Owner", "Due", "First step", "Note")

_PRINTED = ("title", "facts")
"""What stands above the plan on paper alone: whose it is, of what and of which day."""


def plan(say: Words) -> list[Token]:
    """Make the plan of the reader's gaps, to be opened."""
    printed = chain.from_iterable(element("paragraph", "p", class_=f"guidekit-plan__{part}") for part in _PRINTED)
    buttons = chain.from_iterable(chain(button(say, word), [text(" ")]) for word in PLAN_TOOLS)
    return element(
        "plan",
        "details",
        *element("summary", "summary", run(text(say("Your plan")), text(" "), *inline("span"))),
        *printed,
        *element("paragraph", "p", class_="guidekit-plan__about"),
        *_table(say),
        *element(
            "tools",
            "section",
            *caption(say("Hand over your gaps."), say("These files are for others: Import does not take them.")),
            run(*buttons),
            class_="guidekit-plan__tools",
            role="group",
            aria_label=say("Your plan"),
        ),
        class_=f"guidekit-plan {SCRIPTED}",
        data_search_exclude="",
    )


def _table(say: Words) -> list[Token]:
    """Make the table; its roles are named, as it is no table to a browser where a narrow screen shows its rows as cards.

    Those of its heads are not: Material takes a head with a role for one that sorts.
    """
    heads = chain.from_iterable(element("head", "th", run(text(say(column))), scope="col") for column in _COLUMNS)
    first, *others = _COLUMNS
    cells = chain.from_iterable(element("cell", "td", role="cell", data_column=say(column)) for column in others)
    link = element("cell", "td", run(*inline("a", href="#")), role="cell", data_column=say(first))
    return [
        *element(
            "table",
            "table",
            *element("thead", "thead", *element("row", "tr", *heads, role="row"), role="rowgroup"),
            *element("tbody", "tbody", role="rowgroup"),
            class_="guidekit-plan__gaps",
            role="table",
            aria_label=say("Your plan"),
            hidden="",
        ),
        *element("template", "template", *element("row", "tr", *link, *cells, role="row")),
    ]
