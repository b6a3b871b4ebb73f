"""The names of emoji are those that sites with pymdownx.emoji know."""

from __future__ import annotations

from pymdownx import gemoji_db  # type: ignore[import-untyped]

from guidekit.syntax import emoji_names

_JOINS = "\ufe0f\u200d"


def test_names_mean_what_the_table_of_pymdownx_says() -> None:
    """Each name that both tables have stands for the same emoji; signs that join characters or ask for a picture are left out."""
    known = {name.strip(":"): entry["unicode"] for name, entry in gemoji_db.emoji.items()}
    ours = {name: _codes(character) for name, character in emoji_names.characters().items()}
    both = known.keys() & ours.keys()
    assert len(both) > 1_800
    assert {name: ours[name] for name in both} == {name: known[name] for name in both}


def _codes(character: str) -> str:
    return "-".join(f"{ord(char):04x}" for char in character if char not in _JOINS)
