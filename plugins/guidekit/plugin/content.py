"""The library of a site, and the files that are published beside its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from guidekit.diagnostics import Report
from guidekit.disk.content_set import ContentSet
from guidekit.disk.listing import list_files
from guidekit.disk.reading import DiskReader
from guidekit.disk.repository_files import code_owners, moved_files
from guidekit.disk.symlinks import Borders, leading_outside
from guidekit.exports import catalogue, reports
from guidekit.exports.reports import state_pages
from guidekit.library import output_paths
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.link import Image, Link
from guidekit.text.source import Unreadable


def open_library(content_set: ContentSet, files: Files) -> Library:
    """Open the library on disk, with the pages that other plugins made."""
    content = PurePosixPath(content_set.layout.content)
    made = {content / file.src_uri: file for file in files if getattr(file, "generated_by", None)}
    disk = DiskReader(content_set)

    def read(path: PurePosixPath) -> str | Unreadable | None:
        if path not in made:
            return disk(path)
        try:
            return made[path].content_string
        except (OSError, ValueError) as error:
            return Unreadable(reason="not-text", detail=f"cannot be read: {error}")

    known = list_files(content_set) | made.keys()
    return Library(
        read=read,
        files=known,
        layout=content_set.layout,
        settings=content_set.settings,
        owners=code_owners(content_set.root),
        redirections=moved_files(content_set.root),
        outside=leading_outside(content_set),
    )


def published_with_fragments(library: Library) -> set[PurePosixPath]:
    """Find the files outside the content folder that pages show or link to through their fragments."""
    content = PurePosixPath(library.layout.content)
    found = set()
    for page in library.pages:
        for placed in page.facts if page.learn else ():
            if isinstance(placed.fact, (Link, Image)):
                href = placed.fact.href if isinstance(placed.fact, Link) else placed.fact.src
                leads = library.follow(href, placed.fact.span.path)
                if leads.kind == "file" and leads.path and not leads.path.is_relative_to(content):
                    found.add(leads.path)
    return found - library.outside.keys()


def leading_outside_of(content_set: ContentSet, files: Files) -> list[File]:
    """Find the files of the content folder that are symbolic links out of the repository, or that lie in one."""
    borders = Borders(content_set)
    content = content_set.root / content_set.layout.content
    found = (file for file in files if file.abs_src_path and Path(file.abs_src_path) == content / file.src_uri)
    return [file for file in found if not borders.hold(PurePosixPath(content_set.layout.content, file.src_uri))]


def file_of(path: str, folder: Path, config: MkDocsConfig) -> File:
    """Name a file on disk that MkDocs is to publish."""
    return File(path, str(folder), config.site_dir, config.use_directory_urls)


class _Download(File):
    """A file that is published as it is, even where its name ends as a page's."""

    def is_documentation_page(self) -> bool:
        """Never make a page of it."""
        return False


def catalogue_files(library: Library, config: MkDocsConfig) -> Iterator[File]:
    """Make the files of the catalogue."""
    for path, data in catalogue.files(library):
        yield _Download.generated(config, str(library.layout.inside(path)), content=data)
    if PurePosixPath(library.layout.content, output_paths.SCHEMA) in library.published:
        yield file_of(output_paths.SCHEMA, Path(catalogue.__file__).parent, config)


def report_pages(library: Library, report: Report, day: date, files: Files) -> Iterator[tuple[PurePosixPath, Page]]:
    """Make the pages on the state of the content set, but for those that the author has written."""
    if library.settings.reports:
        views = [reports.view(name, library, lambda: report, day) for name in reports.REPORTS]
        linked = {PurePosixPath(library.layout.content, file.src_uri) for file in files.documentation_pages()}
        for path, text in state_pages.pages(library, views, linked):
            if path in library.published:
                yield path, library.page_of(path, text)


def downloads(library: Library, page: Page) -> tuple[tuple[str, PurePosixPath], ...]:
    """Find the files of a guide's checklist, with what readers call them."""
    of_guide = output_paths.of_guide(page.path, library.layout) if page.checklist else ()
    return tuple((output_paths.LABELS[form], path) for form, path in of_guide if path in library.published)
