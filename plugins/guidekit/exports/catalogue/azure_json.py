"""The format of the Azure review checklists, for their workbook and other tools that read it.

https://github.com/Azure/review-checklists, `checklists/checklist.schema.json`. Its reader wants ASCII only, dates as
"November 22, 2026", and no keys of an item but its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from guidekit.exports.catalogue.items import Catalogue, CatalogueGuide, CatalogueItem
from guidekit.library.guidance import PILLARS, SEVERITIES
from guidekit.text.escaping import as_json

SCHEMA = "https://raw.githubusercontent.com/Azure/review-checklists/main/checklists/checklist.schema.json"

STATUSES = (
    ("Not verified", "This check has not been looked at yet."),
    ("Open", "There is an action item associated to this check."),
    ("Fulfilled", "This check has been verified, and there are no further action items associated to it."),
    ("Not required", "This check is not required for this workload."),
    ("N/A", "Not applicable for this workload."),
)
"""What an item's state can be, and what that means; the first is that of an item nobody has looked at."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ALL = "All checklists"


def write(catalogue: Catalogue) -> bytes:
    """Write the guides of a catalogue as one checklist, each item once, in the first guide that holds it."""
    names = [guide.title for guide in catalogue.guides]
    data = {
        "$schema": SCHEMA,
        "items": list(_items(catalogue)),
        "categories": [{"name": name} for name in dict.fromkeys(names)],
        "waf": [{"name": pillar} for pillar in PILLARS],
        "status": [{"name": name, "description": meaning} for name, meaning in STATUSES],
        "severities": [{"name": severity} for severity in SEVERITIES],
        "yesno": [{"name": "Yes"}, {"name": "No"}],
        "metadata": _metadata(catalogue, names[0] if len(names) == 1 else _ALL),
    }
    return (as_json(data, only_ascii=True) + "\n").encode("ascii")


def _items(catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """List the items; an id counts guide, item of the guide, and text of the item, of which there is one."""
    seen: set[str] = set()
    for number, guide in enumerate(catalogue.guides, start=1):
        for place, entry in enumerate(catalogue.entries(guide), start=1):
            if entry.guid not in seen:
                seen.add(entry.guid)
                yield _item(entry, guide, f"{number:02}.{place:02}.01")


def _item(entry: CatalogueItem, guide: CatalogueGuide, id: str) -> dict[str, str]:
    item = {
        "category": guide.title,
        "subcategory": entry.heading or entry.text,
        "text": entry.text,
        "description": entry.summary,
        "waf": entry.pillar,
        "service": entry.service,
        "guid": entry.guid,
        "id": id,
        "severity": entry.severity,
        "link": guide.url_of(entry.guid),
    }
    return {key: value for key, value in item.items() if value}


def _metadata(catalogue: Catalogue, name: str) -> dict[str, Any]:
    pillars = {entry.pillar for entry in catalogue.items.values() if entry.pillar}
    metadata = {
        "name": name,
        "state": "GA",
        "waf": "all" if len(pillars) > 1 else "".join(pillars),
        "timestamp": _day(catalogue.updated),
    }
    return {key: value for key, value in metadata.items() if value}


def _day(day: date | None) -> str:
    """Write a date in English, whatever language the machine speaks."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else ""
