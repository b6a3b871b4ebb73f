"""Old addresses that lead to new ones, in the file in which Learn keeps them: ``.openpublishing.redirection.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from guidekit.authoring import RefusedError
from guidekit.library.library import Library
from guidekit.syntax import redirections
from guidekit.text import edits, paths

FILE = PurePosixPath(".openpublishing.redirection.json")


class Redirections:
    """The text of a file of redirections. Raises `RefusedError` where it is none."""

    def __init__(self, text: str, path: PurePosixPath = FILE) -> None:
        self.path = path
        self.text = text
        self._entries = self._read(text)

    def with_moves(self, library: Library, pages: Mapping[PurePosixPath, PurePosixPath]) -> str:
        """Add an entry for each page that moves, behind the last one and in its manner.

        Raises `RefusedError` where a page would be at an address that leads elsewhere.
        """
        text = self.text
        moved = {redirections.file_of(entry) for entry in self._entries if isinstance(entry, dict)}
        taken = {new for new in pages.values() if new in moved}
        if taken:
            raise RefusedError(f"'{self.path}' redirects '{min(taken)}' elsewhere; take that entry out first")
        wanted = [self._entry(library, old, new) for old, new in pages.items()]
        entries = [entry for entry in wanted if entry not in self._entries]  # a run that was killed wrote the others
        for entry in entries:
            text = _appended(text, entry)
        if self._read(text) != [*self._entries, *entries]:
            raise RefusedError(f"'{self.path}' is written in a way that cannot be edited by parts")
        return text

    def _entry(self, library: Library, old: PurePosixPath, new: PurePosixPath) -> dict[str, Any]:
        last: dict[str, Any] = next((entry for entry in reversed(self._entries) if isinstance(entry, dict)), {})
        from_root = "source_path_from_root" in last
        source = {"source_path_from_root": f"/{old}"} if from_root else {"source_path": str(old)}
        kept = {"redirect_document_id": False} if "redirect_document_id" in last else {}
        return {**source, "redirect_url": address(library, old, new), **kept}

    def _read(self, text: str) -> list[Any]:
        try:
            return redirections.entries(text)
        except ValueError as error:
            raise RefusedError(f"'{self.path}' is no file of redirections: {error}") from None


def address(library: Library, old: PurePosixPath, new: PurePosixPath) -> str:
    """Write a page's new address: from Learn's root where it is known where the site lies there, else from the old page."""
    on_learn = {library.base_path: "."} if library.base_path else {}
    for prefix, place in {**library.settings.root_links, **on_learn}.items():
        folder = PurePosixPath(library.layout.content, place)
        if "://" not in place and new.is_relative_to(folder):
            return prefix + paths.as_url(_without_ending(new.relative_to(folder)))
    return paths.as_url(_without_ending(PurePosixPath(paths.relative(new, old))))


def _without_ending(path: PurePosixPath) -> str:
    return str(path.parent if path.stem in ("index", "README") else path.with_suffix(""))


def _appended(text: str, entry: dict[str, Any]) -> str:
    """Put an entry behind the last one of the list, indented as the first."""
    opening = redirections.opening(text)
    if opening is None:
        return text
    entries = list(redirections.stretches(text))
    last = entries[-1][1] if entries else opening
    before = text[opening : entries[0][0]] if entries else f"{edits.line_ending(text)}    "
    written = json.dumps(entry, ensure_ascii=False, indent=2 if "\n" in before else None)
    return f"{text[:last]}{',' if entries else ''}{before}{written.replace(chr(10), before)}{text[last:]}"
