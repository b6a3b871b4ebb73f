"""The YAML files of a content set that say on their first line what they are (``### YamlMime:Landing``)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Self

from guidekit.syntax.yaml_page import mime
from guidekit.text.source import Reader


class YamlFiles:
    """Answers what YAML files are, each of which is ``read`` once."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._kinds: dict[PurePosixPath, str] = {}

    def kind(self, path: PurePosixPath) -> str:
        """Tell the kind that a file names, such as ``FAQ``; empty where it names none, or cannot be read."""
        if path not in self._kinds:
            text = self._read(path)
            self._kinds[path] = mime.read(text) if isinstance(text, str) else ""
        return self._kinds[path]

    def succeeded(self, read: Reader, changed: Collection[PurePosixPath]) -> Self:
        """Make what comes after it where some files have changed."""
        after = type(self)(read)
        after._kinds = {path: kind for path, kind in self._kinds.items() if path not in changed}
        return after
