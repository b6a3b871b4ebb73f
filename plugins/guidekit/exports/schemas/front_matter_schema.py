"""The schema of front matter: the keys that guidekit knows, and what it makes of their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guidekit.library.guidance import PILLARS, SEVERITIES
from guidekit.rules.metadata import DATE_KEYS, KNOWN_KEYS
from guidekit.text.guid import GUID

_GUID = f"^{GUID}$"
_DATE = "^((0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])/[0-9]{4}|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$"
_TEXT = ["string", "number"]  # a title may be a year


def of_front_matter() -> dict[str, Any]:
    """Describe the front matter of pages and fragments; keys of one's own are welcome."""
    return {
        "title": "Front matter",
        "description": "The keys at the top of a page or a fragment. A page needs a title and a description.",
        "type": "object",
        "properties": {key: _of_key().get(key, {}) for key in sorted(KNOWN_KEYS)},
    }


def _of_key() -> dict[str, dict[str, Any]]:
    dates = {
        key: {"type": "string", "pattern": _DATE, "description": "The day of the last review."} for key in DATE_KEYS
    }
    return {
        **dates,
        "title": {"type": _TEXT, "description": "The page's title."},
        "titleSuffix": {"type": _TEXT, "description": "What stands behind the title in the browser's tab."},
        "description": {"type": _TEXT, "description": "What the page is about, for search engines."},
        "author": {"type": _TEXT, "description": "Who wrote it; stands below the title."},
        "ms.author": {"type": _TEXT, "description": "Who answers for it."},
        "learn": {"type": "boolean", "description": "Is the page written in the Learn dialect?"},
        "ms.update-cycle": {
            "type": "string",
            "pattern": "^0{0,4}[1-9][0-9]{0,4}-days?$",
            "description": "How many days after `ms.date` the next review is due, such as `180-days`.",
        },
        "ms.custom": {
            "type": [*_TEXT, "array", "null"],
            "description": "The question of a checklist, if it is a sentence with a question mark.",
        },
        "ms.uid": {"type": "string", "pattern": _GUID, "description": "The GUID of a fragment's item."},
        "ms.assessment_question": {"type": _TEXT, "description": "The statement of a fragment's item."},
        "severity": _one_of(SEVERITIES, "How much a fragment's item matters."),
        "waf": _one_of(PILLARS, "The pillar of a fragment's item."),
        "service": {
            "type": [*_TEXT, "array"],
            "items": {"type": _TEXT},
            "description": "The services that a page or a fragment is about, by the names in the setting `services`.",
        },
        "search": {
            "type": "object",
            "properties": {"boost": {"type": "number"}, "exclude": {"type": "boolean"}},
            "description": "How much the page counts in the search.",
        },
    }


def _one_of(words: Sequence[str], description: str) -> dict[str, Any]:
    """Offer words, and take them in any letter case."""
    spelled = "|".join("".join(f"[{char.upper()}{char.lower()}]" for char in word) for word in words)
    return {"anyOf": [{"enum": [*words]}, {"type": "string", "pattern": f"^({spelled})$"}], "description": description}
