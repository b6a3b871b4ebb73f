"""Names that look alike: what is said of their difference."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidekit.text import likeness

TOLD = {
    "letters of two scripts": ("\u0430zure", "azure", "character 1 is U+0430 CYRILLIC SMALL LETTER A here and U+0061 "),
    "a blank that does not break": (
        "a\u00a0b",
        "a b",
        "character 2 is U+00A0 NO-BREAK SPACE here and U+0020 SPACE there",
    ),
    "a character that is not seen": ("a\u200bb", "ab", "character 2 is U+200B ZERO WIDTH SPACE here and U+0062 "),
    "one at the end": ("ab\u200b", "ab", "character 3 is U+200B ZERO WIDTH SPACE here and missing there"),
    "dashes": ("a\u2011b", "a-b", "character 2 is U+2011 NON-BREAKING HYPHEN here and U+002D HYPHEN-MINUS there"),
    "a ligature": ("\ufb01le", "file", "character 1 is U+FB01 LATIN SMALL LIGATURE FI here and U+0066 "),
}


@pytest.mark.parametrize(
    ("here", "there"), [("plan", "plan"), ("plan", "plans"), ("Plan", "plan"), ("é", "e"), ("", "a")]
)
def test_names_that_look_different_are_not_explained(here: str, there: str) -> None:
    """Where one sees the difference, a suggestion says no more than the name."""
    assert likeness.difference(here, there) == ""
    assert likeness.did_you_mean(here, there, before="#") == f"did you mean '#{there}'?"


@pytest.mark.parametrize(("here", "there", "said"), TOLD.values(), ids=TOLD)
def test_first_character_that_differs_is_named(here: str, there: str, said: str) -> None:
    """The first place at which two names differ is told by the number and the name of the character."""
    assert likeness.difference(here, there).startswith(said)
    assert likeness.did_you_mean(here, there).endswith(likeness.difference(here, there))


@given(st.text())
def test_two_forms_of_one_name_are_always_told_apart(name: str) -> None:
    """A name whose letters are composed in two ways differs in a way that is said, unless it is the same."""
    here, there = normalize("NFC", name), normalize("NFD", name)
    assert ("NFC and NFD" in likeness.difference(here, there)) == (here != there)


@given(st.text(), st.text())
def test_difference_is_said_both_ways_or_not_at_all(here: str, there: str) -> None:
    """Whether two names look alike does not depend on which one comes first, and a name is like itself."""
    assert bool(likeness.difference(here, there)) == bool(likeness.difference(there, here))
    assert likeness.difference(here, here) == ""
