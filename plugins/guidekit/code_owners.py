"""CODEOWNERS: whom a repository names for which files, as GitHub and GitLab read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guidekit import globs

_MOST = 10_000
"""How many paths owners may be named for: each of them is compared with each file."""

_SECTION = re.compile(r"\^?\[")
_PATH = re.compile(r"(?:[^\s\\]|\\.?)++")
_OWNER = re.compile(r"@\S|[^\s@]++@\S")


class CodeOwners:
    """The owners of files; of the lines that fit a file, the last one counts.

    A line that is no rule is passed over, as GitHub does. Raises ``ValueError`` for more lines than may be compared.
    """

    def __init__(self, text: str) -> None:
        self._rules = list(_rules(text))[::-1]
        if len(self._rules) > _MOST:
            raise ValueError(f"has {len(self._rules):,} rules, more than the {_MOST:,} that there may be")
        self._found: dict[str, str] = {}

    def of(self, path: str) -> str:
        """Name the owners of a file, apart by blanks; empty where nobody is named."""
        if path not in self._found:
            self._found[path] = next((owners for rule, owners in self._rules if rule.match(path)), "")
        return self._found[path]


def _rules(text: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for line in map(str.strip, text.splitlines()):
        if line.startswith(("#", "!")) or _SECTION.match(line):
            continue
        path = _PATH.match(line)
        if path and "[" not in path[0]:
            try:
                rule = _rule(path[0])
            except ValueError:
                continue
            yield rule, " ".join(_owners(line[path.end() :].split()))


def _owners(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("#"):
            return
        if _OWNER.match(word):
            yield word


def _rule(path: str) -> re.Pattern[str]:
    segments = path.strip("/").split("/")
    of_folders = path.endswith("/")
    if "/" not in path[:-1]:
        segments.insert(0, "**")
    if segments[-1] != "**":
        return globs.compiled(segments, "/" if of_folders else r"\Z" if path.endswith("/*") else r"(?:/|\Z)")
    return globs.compiled([*segments, "*"], "/") if of_folders else globs.below(segments, even_at_the_top=True)
