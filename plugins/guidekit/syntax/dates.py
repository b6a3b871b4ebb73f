"""Dates as authors write them in front matter."""

from __future__ import annotations

import re
from datetime import date, datetime

_DATE_FORMS = (
    *("%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%m-%d-%Y", "%d-%m-%Y", "%Y-%m-%d", "%m.%d.%Y", "%d.%m.%Y", "%Y.%m.%d"),
    *("%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"),
    "%Y-%m-%d %H:%M:%S",
)
"""All forms in which a date may be written; one that two of them read differently is certain in neither."""


def parse_date(text: str) -> date | None:
    """Parse ``MM/DD/YYYY`` or ``YYYY-MM-DD``; ``None`` where the text is neither or no such day exists."""
    found = re.fullmatch(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d{2})-(?P<D>\d{2})", text)
    if not found:
        return None
    parts = found.groupdict()
    try:
        return date(int(parts["y"] or parts["Y"]), int(parts["m"] or parts["M"]), int(parts["d"] or parts["D"]))
    except ValueError:
        return None


def recognize_date(text: str) -> date | None:
    """Read a date in another form, if it can mean one day only; ``None`` where it cannot, or may mean another."""
    words = " ".join(text.replace(",", " ").split())
    if words.isdigit() and len(words) != len("YYYYMMDD"):
        return None
    read = (_strptime(words, form) for form in _DATE_FORMS)
    found = {day for day in read if day}
    return found.pop() if len(found) == 1 else None


def _strptime(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # a day, whatever the zone
    except ValueError:
        return None
