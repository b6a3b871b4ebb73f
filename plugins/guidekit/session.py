"""The Python interface: open a content set, check it, render its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path, PurePosixPath

from guidekit import rules
from guidekit.diagnostics import Diagnostic, Report
from guidekit.disk.content_set import ContentSet
from guidekit.disk.listing import list_files
from guidekit.disk.reading import DiskReader
from guidekit.disk.repository_files import code_owners, redirections_of
from guidekit.disk.settings_files import open_content_set
from guidekit.disk.symlinks import leading_outside
from guidekit.exports import catalogue
from guidekit.exports.catalogue import Catalogue
from guidekit.library import outline
from guidekit.library.checklist import Checklist
from guidekit.library.destinations import Destination
from guidekit.library.library import Library, passing_over_nothing
from guidekit.library.outline import Entry
from guidekit.library.page import Fragment, Page
from guidekit.rendering import article, html, link_targets
from guidekit.rules import fixes
from guidekit.rules.fixes import Mended
from guidekit.rules.running import Run
from guidekit.settings import Settings
from guidekit.text.source import Unreadable


class Session:
    """An open content set, and what is done with it; users import it as `guidekit.Library`.

    ``library`` is the content set as it was read. ``today`` is the day on which reviews may be overdue; without one, it
    is the day on which it is asked for.
    """

    def __init__(self, library: Library, *, today: date | None = None) -> None:
        self.library = library
        self._today = today
        self._previous_run: Run | None = None

    @classmethod
    def open(
        cls,
        root: str | PathLike[str],
        settings: Settings | Mapping[str, object] | None = None,
        *,
        today: date | None = None,
    ) -> Session:
        """Open a content set.

        ``root`` is its folder, or its settings file (``mkdocs.yml``). ``settings`` stand in for those in the file.
        ``today`` is the day on which reviews may be overdue; without one, it is the day on which it is asked for.
        Files are read when they are first asked for. Raises `SettingsError` and `RootError`, never over content.
        """
        content_set = open_content_set(Path(root), settings)
        if content_set.unknown_settings:
            raise Settings.unknown(content_set.unknown_settings[0])
        return cls.of(content_set, today=today)

    @classmethod
    def of(
        cls,
        content_set: ContentSet,
        *,
        today: date | None = None,
        passed_over: Callable[[PurePosixPath], bool] = passing_over_nothing,
    ) -> Session:
        """Open a content set whose settings have been read. Raises `SettingsError` and `RootError`.

        Markdown files that are ``passed_over`` are there, but are not read for themselves.
        """
        rules.refuse_unknown(content_set.settings)
        library = Library(
            read=DiskReader(content_set),
            files=list_files(content_set),
            layout=content_set.layout,
            settings=content_set.settings,
            owners=code_owners(content_set.root),
            redirections=redirections_of(content_set),
            outside=leading_outside(content_set),
            passed_over=passed_over,
        )
        return cls(library, today=today)

    # What there is

    @property
    def settings(self) -> Settings:
        """The settings with which the content set was opened."""
        return self.library.settings

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages, by path; one that cannot be read is in `unreadable` instead."""
        return self.library.pages

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """The fragments, by path; one that cannot be read is in `unreadable` instead."""
        return self.library.fragments

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists of all guides, by page."""
        return self.library.checklists

    @property
    def unreadable(self) -> Mapping[PurePosixPath, Unreadable]:
        """The files that are there but cannot be read or published, and why."""
        return self.library.unreadable

    def page(self, path: PurePosixPath | str) -> Page | None:
        """Find a page by its path from the root."""
        return self.library.page(path)

    def used_by(self, fragment: PurePosixPath | str) -> tuple[PurePosixPath, ...]:
        """Find the pages that show a fragment, directly or through other fragments, in order."""
        return self.library.used_by(fragment)

    def follow(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link or image in the file ``base`` leads."""
        return self.library.follow(href, base)

    # What is done with it

    def check(self) -> Report:
        """Run all rules, once; ask again with a library opened anew."""
        return self._run.report

    def findings_in(self, file: PurePosixPath) -> tuple[Diagnostic, ...]:
        """Find what is wrong in one file."""
        return tuple(self._findings.get(file, ()))

    def mend(self, wanted: Callable[[Diagnostic], bool] = fixes.is_safe) -> Mended[Session]:
        """Make the fixes of the findings that are wanted, by default the safe ones; writes nothing.

        Raises `DivergingError` for fixes that come to no end, `ChangedError` for a file that changed since it was read.
        """
        return fixes.mend(self, wanted)

    def catalogue(self) -> Catalogue:
        """Collect the checklists of all guides as data."""
        return catalogue.read(self.library)

    def raw(self, path: PurePosixPath) -> str:
        """Read a file's text as it is on disk; it must be the one that was parsed. Raises `ChangedError`."""
        return self.library.raw(path)

    # What comes after it

    def revised(self, texts: Mapping[PurePosixPath, str | Unreadable | None]) -> Session:
        """Open the same content set with other texts for some of its files; what was read before stays as it is.

        ``None`` takes a file away, and a path that is not there yet is a new one.
        """
        return self._followed_by(self.library.revised(texts))

    def reread(self, files: Iterable[PurePosixPath], changed: Collection[PurePosixPath]) -> Session:
        """Open the same content set after it changed on disk: these are its files now, and those are read anew."""
        return self._followed_by(self.library.reread(files, changed))

    def _followed_by(self, library: Library) -> Session:
        """Open what comes after this library; findings that cannot have changed are not worked out again."""
        after = Session(library, today=self._today)
        after._previous_run = self.__dict__.get("_run", self._previous_run)
        return after

    @cached_property
    def _run(self) -> Run:
        run = rules.run(self.library, today=self._today or date.today(), previous=self._previous_run)
        self._previous_run = None
        return run

    @cached_property
    def _findings(self) -> Mapping[PurePosixPath, Sequence[Diagnostic]]:
        found: dict[PurePosixPath, list[Diagnostic]] = {}
        for diagnostic in self._run.report.diagnostics:
            found.setdefault(diagnostic.span.path, []).append(diagnostic)
        return found


@dataclass(frozen=True, kw_only=True)
class RenderedPage:
    """A page as HTML.

    ``html`` is the article only, without a page around it. ``metadata`` is the front matter. ``toc`` nests the headings.
    ``files_read`` are the files that the page is made of, itself first, counted from the library's root.
    """

    html: str
    title: str
    metadata: Mapping[str, object]
    toc: tuple[Entry, ...]
    files_read: tuple[PurePosixPath, ...]
    session: Session = field(repr=False, compare=False)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings in the page's files; the content set is checked when they are first asked for."""
        return tuple(item for file in sorted(self.files_read) for item in self.session.findings_in(file))


def render(library: Session, page: Page | PurePosixPath | str) -> RenderedPage:
    """Render one page; links lead to URLs of the site, relative to the page's own. Raises ``KeyError`` for no page."""
    found = page if isinstance(page, Page) else library.page(PurePosixPath(page))
    if found is None:
        unreadable = library.unreadable.get(PurePosixPath(str(page)))
        raise KeyError(f"page '{page}' {unreadable.detail}" if unreadable else f"there is no page '{page}'")
    tokens = article.tokens(library.library, found, link_targets.urls(library.library, found))
    return RenderedPage(
        html=html.render(tokens),
        title=found.title,
        metadata=found.metadata,
        toc=outline.contents(found.outline.headings),
        files_read=found.files_read,
        session=library,
    )
