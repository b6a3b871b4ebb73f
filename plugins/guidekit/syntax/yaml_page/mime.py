"""``### YamlMime:FAQ``: the first line by which a YAML file says what it is."""

from __future__ import annotations

import re

_MIME = re.compile(r"\ufeff?###[ \t]*YamlMime:[ \t]*([\w.-]+)[ \t]*\r?(?:\n|\Z)")

MACHINERY = frozenset({"ContextObject", "TableOfContent", "ZonePivotGroups"})
"""The kinds of files that are no pages: they say something about pages."""


def read(text: str) -> str:
    """Read the kind that the first line of a file names; empty where it names none."""
    found = _MIME.match(text)
    return found[1] if found else ""
