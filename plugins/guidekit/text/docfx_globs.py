"""Globs as docfx has them: counted from a folder, in any letter case, with braces (``{md,yml}``) and ``**.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from guidekit.text.globs import Globs

_MOST_EXPANDED = 1_000
_GLOBSTAR_IN_NAME = re.compile(r"(?<![^/])\*\*(?=[^/*])")


class DocfxGlobs:
    """Some globs of a docfx.json; a file is meant by one or more of them. Raises ``ValueError`` with the glob."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)
        self._globs = Globs(line for pattern in self._patterns for line in _lines(pattern))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocfxGlobs) and self._patterns == other._patterns

    def __hash__(self) -> int:
        return hash(self._patterns)

    def match(self, path: PurePosixPath) -> bool:
        """Is a file meant, counted from the folder of the globs?"""
        return self._globs.match(str(path).lower())


def _lines(pattern: str) -> Iterator[str]:
    """Write a glob as lines of a ``.gitignore``, each beginning at the folder itself."""
    import bracex  # no content set without a docfx.json needs it

    try:
        expanded = bracex.expand(pattern.replace("\\", "/"), limit=_MOST_EXPANDED)
    except bracex.ExpansionLimitException:
        raise ValueError(f"'{pattern}' stands for more than {_MOST_EXPANDED:,} globs") from None
    for one in expanded:
        line = _GLOBSTAR_IN_NAME.sub("**/*", one.removeprefix("./").lower())
        if line.strip("/ "):
            yield f"/{line.lstrip('/')}"
