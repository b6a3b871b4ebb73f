"""The marks of quotes and list items before a block."""

from __future__ import annotations

import pytest

from guidekit.text import containers


@pytest.mark.parametrize(
    ("prefix", "marks"),
    [
        ("", True),
        ("  ", True),
        ("> ", True),
        (">>", True),
        ("- > ", True),
        ("12. \t* ", True),
        ("1) + ", True),
        ("-", False),
        ("**", False),
        ("1.", False),
        ("1234567890. ", False),
        ("a ", False),
        ("| ", False),
        ("\xa0", False),
    ],
)
def test_marks_of_quotes_and_lists(prefix: str, marks: bool) -> None:
    """A list's mark is one with a blank behind it, a quote's is one without; nothing else may stand there."""
    assert containers.are_marks(prefix) is marks


@pytest.mark.parametrize(
    ("prefix", "below"), [("- > ", "  > "), ("12. ", "    "), ("> 1) ", ">    "), ("\t> ", "\t> ")]
)
def test_line_below_continues_quotes_and_items(prefix: str, below: str) -> None:
    """A further line has the marks of the quotes again, and blanks where those of the items are."""
    assert containers.continued(prefix) == below
