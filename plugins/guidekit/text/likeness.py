"""Names that look alike to people and are not the same: where they differ, in words."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest

_LOOKING_LATIN = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХасеіјорѕухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
        "ABESIJKMHOPCTYXaceijopsyxdqwhABEZHIKMNOPTYXovp",
        strict=True,
    )
)
"""Letters of other scripts that look like a Latin one, as in https://www.unicode.org/reports/tr39/ (confusables)."""


def did_you_mean(wanted: str, near: str, *, before: str = "") -> str:
    """Ask whether ``near`` was meant, which is shown behind ``before``, and say how the two differ where one sees it not."""
    how = difference(wanted, near)
    return f"did you mean '{before}{near}'?" + (f" {how}" if how else "")


def difference(here: str, there: str) -> str:
    """Say in a sentence how two names differ that look alike; empty for the same, and for those that look different."""
    if here == there or _looks(here) != _looks(there):
        return ""
    number, one, other = next(
        (number, *pair) for number, pair in enumerate(zip_longest(here, there, fillvalue=""), 1) if pair[0] != pair[1]
    )
    composed = unicodedata.normalize("NFC", here) == unicodedata.normalize("NFC", there)
    why = "; the letters are composed in two ways (NFC and NFD)" if composed else ""
    return f"character {number} is {_named(one)} here and {_named(other)} there{why}"


def _looks(name: str) -> str:
    """Write a name as people see it, as far as one can tell."""
    shown = (char for char in unicodedata.normalize("NFKC", name) if unicodedata.category(char) != "Cf")
    plain = "".join("-" if unicodedata.category(char) == "Pd" else char for char in shown)
    return "".join(_LOOKING_LATIN.get(char, char) for char in plain)


def _named(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() if char else "missing"
