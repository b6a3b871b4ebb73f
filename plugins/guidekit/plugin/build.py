"""What one build of a site knows: its content set as it was read and checked, and the pages that were made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from mkdocs.structure.files import File

from guidekit.diagnostics import Report
from guidekit.disk.content_set import ContentSet
from guidekit.library import mount_uses
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.settings import Settings
from guidekit.text.source import Span

MISSING_FILE = "file-not-found"
MISSING_MOUNT = "mount-missing"
LINK_RULES = (MISSING_FILE, "bookmark-not-found")
"""The rules that tell of links that lead nowhere."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """One build: the content set, what was found in it, and by path the pages on its state that were ``made``."""

    content_set: ContentSet
    library: Library
    report: Report
    made: Mapping[PurePosixPath, Page]

    @cached_property
    def told(self) -> Mapping[Span, str]:
        """The places of links that lead nowhere, of which the report tells, each with the code of the rule."""
        told = {found.span: found.code for found in self.report.diagnostics if found.code in LINK_RULES}
        return told | dict.fromkeys(mount_uses.silent_links(self.library, self.library.pages), MISSING_MOUNT)

    @property
    def settings(self) -> Settings:
        """The settings of the content set."""
        return self.content_set.settings

    def path(self, file: File) -> PurePosixPath:
        """Count a file of the content folder from the root."""
        return self.library.file_at(PurePosixPath(file.src_uri))

    def page(self, file: File) -> Page | None:
        """Find a page of the library, or one that was made of it."""
        path = self.path(file)
        return self.library.page(path) or self.made.get(path)

    def search_words(self, file: File) -> str:
        """Find the words by which readers look for a page, beside those that stand on it; empty where there are none."""
        return self.library.navigation.search_words.get(self.path(file), "")

    def learn_page(self, file: File) -> Page | None:
        """Find a page that is written in the Learn dialect."""
        known = self.page(file)
        return known if known is not None and known.learn else None
