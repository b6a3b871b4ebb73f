"""What stands before a block on its line: the marks of the quotes and list items that hold it."""

from __future__ import annotations

import re

_MARKS = re.compile(r"(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*+")
_NO_QUOTE = re.compile(r"[^>\s]")


def are_marks(prefix: str) -> bool:
    """Is the beginning of a line nothing but the marks of quotes and list items, and blanks?"""
    return _MARKS.fullmatch(prefix) is not None


def continued(prefix: str) -> str:
    """Write the beginning of a further line in the same quotes and list items: blanks in place of a list's marks."""
    return _NO_QUOTE.sub(" ", prefix)
