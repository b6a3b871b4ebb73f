"""The Python interface: open a content set, check it, render its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import Self

from guidekit import rules
from guidekit.diagnostics import Diagnostic, Report
from guidekit.disk.content_set import ContentSet
from guidekit.disk.listing import list_files
from guidekit.disk.reading import DiskReader
from guidekit.disk.repository_files import code_owners, moved_files
from guidekit.disk.settings_files import open_content_set
from guidekit.disk.symlinks import leading_outside
from guidekit.exports import catalogue
from guidekit.exports.catalogue import Catalogue
from guidekit.library import library as core
from guidekit.library import outline
from guidekit.library.outline import Entry
from guidekit.library.page import Page
from guidekit.rendering import article, html, link_targets
from guidekit.rules import fixes
from guidekit.rules.fixes import Mended
from guidekit.rules.running import Judgment
from guidekit.settings import Settings


class Library(core.Library):
    """A content set on disk."""

    _today: date | None = None
    _before: Judgment | None = None

    @classmethod
    def open(
        cls,
        root: str | PathLike[str],
        settings: Settings | Mapping[str, object] | None = None,
        *,
        today: date | None = None,
    ) -> Library:
        """Open a content set.

        ``root`` is its folder, or its settings file (``mkdocs.yml``). ``settings`` stand in for those in the file.
        ``today`` is the day on which reviews may be overdue; without one, it is the day on which it is asked for.
        Files are read when they are first asked for. Raises `SettingsError` and `RootError`, never over content.
        """
        return cls.of(open_content_set(Path(root), settings), today=today)

    @classmethod
    def of(cls, content_set: ContentSet, *, today: date | None = None) -> Library:
        """Open a content set whose settings have been read. Raises `SettingsError` and `RootError`."""
        rules.refuse_unknown(content_set.settings)
        library = cls(
            read=DiskReader(content_set),
            files=list_files(content_set),
            layout=content_set.layout,
            settings=content_set.settings,
            owners=code_owners(content_set.root),
            redirections=moved_files(content_set.root),
            outside=leading_outside(content_set),
        )
        library._today = today
        return library

    def check(self) -> Report:
        """Run all rules, once; ask again with a library opened anew."""
        return self._judgment.report

    def mend(
        self, wanted: Callable[[Diagnostic], bool] = lambda found: found.fix is not None and found.fix.safe
    ) -> Mended[Library]:
        """Make the fixes of the findings that are wanted, by default the safe ones; writes nothing.

        Raises `DivergingError` for fixes that come to no end, `ChangedError` for a file that changed since it was read.
        """
        return fixes.mend(self, Library.check, wanted)

    def catalogue(self) -> Catalogue:
        """Collect the checklists of all guides as data."""
        return catalogue.read(self)

    def _succeeded(self, files: frozenset[PurePosixPath], changed: Collection[PurePosixPath]) -> Self:
        after = super()._succeeded(files, changed)
        after._today = self._today
        after._before = self.__dict__.get("_judgment", self._before)
        return after

    def findings_in(self, file: PurePosixPath) -> tuple[Diagnostic, ...]:
        """Find what is wrong in one file."""
        return tuple(self._findings.get(file, ()))

    @cached_property
    def _judgment(self) -> Judgment:
        judgment = rules.judge(self, today=self._today or date.today(), before=self._before)
        self._before = None
        return judgment

    @cached_property
    def _findings(self) -> Mapping[PurePosixPath, Sequence[Diagnostic]]:
        found: dict[PurePosixPath, list[Diagnostic]] = {}
        for diagnostic in self._judgment.report.diagnostics:
            found.setdefault(diagnostic.span.path, []).append(diagnostic)
        return found


@dataclass(frozen=True, kw_only=True)
class RenderedPage:
    """A page as HTML.

    ``html`` is the article only, without a page around it. ``metadata`` is the front matter. ``toc`` nests the headings.
    ``files_read`` are the files that the page is made of, itself first, counted from the library's root.
    ``diagnostics`` are the findings in these files.
    """

    html: str
    title: str
    metadata: Mapping[str, object]
    toc: tuple[Entry, ...]
    files_read: tuple[PurePosixPath, ...]
    diagnostics: tuple[Diagnostic, ...]


def render(library: Library, page: Page | PurePosixPath | str) -> RenderedPage:
    """Render one page; links lead to URLs of the site, relative to the page's own. Raises ``KeyError`` for no page."""
    found = page if isinstance(page, Page) else library.page(PurePosixPath(page))
    if found is None:
        unreadable = library.unreadable.get(PurePosixPath(str(page)))
        raise KeyError(f"page '{page}' {unreadable.detail}" if unreadable else f"there is no page '{page}'")
    tokens = article.tokens(library, found, link_targets.urls(library, found))
    files = found.files_read
    return RenderedPage(
        html=html.render(tokens),
        title=found.title,
        metadata=found.metadata,
        toc=outline.contents(found.outline.headings),
        files_read=files,
        diagnostics=tuple(item for file in sorted(files) for item in library.findings_in(file)),
    )
