"""The names of emoji for ``plugins/guidekit/syntax/emoji_names.py``, from the table that pymdown-extensions ships.

Run it as ``python tools/emoji_names.py > plugins/guidekit/syntax/emoji_names.py`` when there are new emoji.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pymdownx import gemoji_db  # type: ignore[import-untyped]

_MODULE = '''\
"""The names of emoji, as GitHub has them and Markdig takes them. Written by ``tools/emoji_names.py``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# A line an emoji: the character, and its names.
_NAMES = """
{lines}
"""


@cache
def characters() -> Mapping[str, str]:
    """Read what stands for each name; few texts have one, so nobody else pays for it."""
    rows = (line.split(" ") for line in _NAMES.strip().splitlines())
    return {{name: character for character, *names in rows for name in names}}
'''


def of_database() -> Mapping[str, str]:
    """Find the character of each name, as an emoji where it could be text as well."""
    known = {name: _character(entry) for name, entry in gemoji_db.emoji.items()}
    known |= {alias: known[name] for alias, name in gemoji_db.aliases.items()}
    return {name.strip(":"): character for name, character in known.items()}


def _character(entry: Mapping[str, str]) -> str:
    return "".join(chr(int(code, 16)) for code in entry.get("unicode_alt", entry["unicode"]).split("-"))


def _lines(known: Mapping[str, str]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for name, character in sorted(known.items()):
        names.setdefault(character, []).append(name)
    return (" ".join([character, *named]) for character, named in names.items())


if __name__ == "__main__":
    print(_MODULE.format(lines="\n".join(_lines(of_database()))), end="")
