"""The languages of a site that the plugin static-i18n publishes, as the names of its files tell them.

A build asks the plugin itself; this is for whoever reads the files without MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Translations:
    """How the files of the languages are told apart: by a topmost folder (``fr/a.md``) or a suffix (``a.fr.md``).

    All paths count from the content folder.
    """

    structure: Literal["folder", "suffix"]
    languages: frozenset[str]
    default: str

    def language(self, file: PurePosixPath) -> str:
        """Tell which language a file's name says; empty where it says none."""
        said = file.parts[0] if self.structure == "folder" else file.with_suffix("").suffix.removeprefix(".")
        return said if said in self.languages else ""

    def published_as(self, file: PurePosixPath) -> PurePosixPath:
        """Find the path whose address a file has: below its language, but for the default one."""
        language, whole = self.language(file), self._without_language(file)
        return whole if language in ("", self.default) else language / whole

    def candidates(self, file: PurePosixPath, base: PurePosixPath) -> Iterator[PurePosixPath]:
        """Go through the files that a link in ``base`` may mean: of its own language, itself, of the default one."""
        whole = self._without_language(file)
        if language := self.language(base):
            yield self._with_language(whole, language)
        yield file
        yield self._with_language(whole, self.default)
        yield whole

    def _without_language(self, file: PurePosixPath) -> PurePosixPath:
        if not self.language(file):
            return file
        if self.structure == "folder":
            return file.relative_to(file.parts[0])
        return file.with_name(file.with_suffix("").stem + file.suffix)

    def _with_language(self, whole: PurePosixPath, language: str) -> PurePosixPath:
        if self.structure == "folder":
            return language / whole
        return whole.with_name(f"{whole.stem}.{language}{whole.suffix}")
