"""All guides of a site as one list, each with the reader's progress."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.rendering.checklist_controls import SCRIPTED, dialog, privacy, workloads
from guidekit.rendering.checklist_form import Guide
from guidekit.rendering.checklist_items import answerable
from guidekit.rendering.new_tokens import element, inline, run, text


def overview(guides: Sequence[tuple[Guide, str]], aliases: Mapping[str, str], url: str) -> list[Token]:
    """List guides, each with its address, its question and the progress that a script finds in the browser."""
    entries = [_guide(guide, address) for guide, address in guides]
    return element(
        "checklist",
        "guidekit-checklist",
        *element("head", "div", *workloads(), class_="guidekit-checklist__head", data_search_exclude=""),
        *element("list", "ul", *chain.from_iterable(entries), class_="guidekit-guides"),
        *privacy(),
        *dialog(),
        class_="guidekit-checklist",
        data_url=url,
        data_aliases=json.dumps(dict(aliases)),
    )


def _guide(guide: Guide, address: str) -> list[Token]:
    guids = answerable(guide.checklist)
    question = guide.checklist.question
    total = len(guide.checklist.items)
    bar = inline("progress", max=max(len(guids), 1), value=0, aria_label=f"In place: {guide.title}", class_=SCRIPTED)
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
