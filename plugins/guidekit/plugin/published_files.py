"""The files of a site: what is taken out of those that MkDocs has listed, and what is published beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from guidekit.built_site import search_index
from guidekit.diagnostics import Report
from guidekit.disk.content_set import ContentSet
from guidekit.disk.symlinks import Borders, leads_out_of
from guidekit.exports import catalogue, redirects, reports
from guidekit.exports.reports import state_pages
from guidekit.library import output_paths
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.plugin import log, page_assets
from guidekit.plugin.config import has_copied_content
from guidekit.text.escaping import is_obeyed

STYLE = "assets/guidekit.css"
GLOSSARY = "assets/glossary.min.js"
CHECKLIST = "assets/checklist.min.js"
CHECKLIST_PARTS = ("assets/checklist-tools.min.js", "assets/checklist-tools.css", "assets/checklist-files.min.js")

_INSTANT = "navigation.instant"

_PACKAGE = Path(__file__).parent.parent
_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def refuse_names(files: Files) -> None:
    """Stop where a page's name has no address, for MkDocs would fail, or would command the log, for MkDocs names it."""
    for file in files.documentation_pages():
        if is_obeyed(file.src_uri):
            why = (
                "is not UTF-8" if _NO_CHARACTER.search(file.src_uri) else "would command a terminal or a build service"
            )
            raise log.stop(f"the name of '{file.src_uri}' {why}: rename the file")


def remove_leading_outside(files: Files, content_set: ContentSet, config: MkDocsConfig) -> None:
    """Take out the files that are symbolic links out of the repository, or out of a copy of the content, or lie in one."""
    if has_copied_content(config, content_set):
        copied = [file for file in files if file.src_dir == config.docs_dir]
        for file in copied:
            if leads_out_of(Path(config.docs_dir), file.src_uri):
                files.remove(file)
        return
    borders = Borders(content_set)
    content = content_set.root / content_set.layout.content
    found = [file for file in files if file.abs_src_path and Path(file.abs_src_path) == content / file.src_uri]
    for file in found:
        if not borders.hold(PurePosixPath(content_set.layout.content, file.src_uri)):
            files.remove(file)


def hide_fragments(files: Files, library: Library) -> None:
    """Make no page of a fragment in the content folder."""
    for file in files:
        path = library.file_at(PurePosixPath(file.src_uri))
        if file.is_documentation_page() and library.lies_with_fragments(path):
            file.inclusion = InclusionLevel.EXCLUDED


def remove_tables_of_contents(files: Files, library: Library) -> None:
    """Publish no table of contents as a file or a page: the navigation is made of it."""
    tables = {table.path for table in library.tables_of_contents}
    for file in [file for file in files if library.file_at(PurePosixPath(file.src_uri)) in tables]:
        files.remove(file)


def add_shown_by_fragments(files: Files, library: Library, content_set: ContentSet, config: MkDocsConfig) -> None:
    """Publish the files outside the content folder that pages show or link to through their fragments."""
    for path in library.shown_from_outside:
        if str(path) not in files.src_uris:
            file = file_of(str(path), content_set.root, config)
            file.abs_src_path = str(content_set.place(path))
            files.append(file)


def load(assets: list[Any], name: str) -> None:
    """Let pages load a style or script, once."""
    if name not in assets:
        assets.append(name)


def add_assets(files: Files, library: Library, config: MkDocsConfig) -> None:
    """Publish the styles and scripts that the site's pages load, and name the checklist's script where there is one."""
    if library.checklists:
        load(config.extra_javascript, CHECKLIST)
    names = [name for name in (STYLE, GLOSSARY, CHECKLIST) if name == STYLE or name in config.extra_javascript]
    names += CHECKLIST_PARTS if library.checklists else ()  # which the script loads when they are needed
    names += page_assets.NAMES  # which a page loads that needs it
    names += (*search_index.ASSETS, *search_index.DIALOG) if library.settings.search != "material" else ()
    for name in names:
        files.append(file_of(name, _PACKAGE, config))


def without_assets(config: MkDocsConfig) -> MkDocsConfig:
    """Make a copy of the site's configuration that names none of our styles and scripts, for pages that need none.

    Where Material brings the next page without a reload, the scripts stay: that page brings its styles, and no script.
    """
    other = copy(config)
    other.extra_css = [name for name in config.extra_css if name != STYLE]
    if _INSTANT not in (config.theme.get("features") or ()):
        other.extra_javascript = [name for name in config.extra_javascript if name not in (GLOSSARY, CHECKLIST)]
    return other


def add_catalogue(files: Files, library: Library, config: MkDocsConfig) -> None:
    """Publish the files of the catalogue, where no other plugin does; first their names, for they may link to each other."""
    reported = set(output_paths.of_reports(library.settings.reports, library.layout))
    made = {path: _download(path, library, config) for path in sorted(library.published - reported)}
    for file in made.values():
        if file.src_uri not in files.src_uris:
            files.append(file)
    for path, data in catalogue.files(library):
        made[path].content_bytes = data


def _download(path: PurePosixPath, library: Library, config: MkDocsConfig) -> File:
    """Name a file that is published as it is."""
    uri = str(library.layout.inside(path))
    if path.name == output_paths.SCHEMA:
        file = file_of(uri, Path(catalogue.__file__).parent, config)
    else:
        file = _Download.generated(config, uri, content=b"")
    return _placed(file, path, library)


def _placed(file: File, path: PurePosixPath, library: Library) -> File:
    """Publish a file at its address, where that is another than MkDocs would give it."""
    url = library.url(path)
    if url != library.layout.url(path):
        index = "index.html" if file.is_documentation_page() and file.use_directory_urls else ""
        file.dest_uri = unquote(url) + index
    return file


def add_redirects(files: Files, library: Library, config: MkDocsConfig) -> None:
    """Publish what leads readers from old addresses to new ones; each page, and each file of the site, keeps its own.

    What the plugin redirects does about an address is left to it.
    """
    if library.home:  # the site's own language does it
        return
    redirects_plugin = config.plugins.get("redirects")
    by_others = dict(redirects_plugin.config.get("redirect_maps") or {}) if redirects_plugin else {}
    taken = {file.dest_uri for file in files if file.inclusion.value > InclusionLevel.DRAFT.value}
    taken |= {file_of(str(name).partition("#")[0], _PACKAGE, config).dest_uri for name in by_others}
    for path, data in redirects.files(library, taken):
        files.append(_Download.generated(config, path, content=data))


def add_state_pages(
    files: Files, library: Library, report: Report, day: date, config: MkDocsConfig
) -> Mapping[PurePosixPath, Page]:
    """Publish the pages on the state of the content set, as of a day; answer them by their paths."""
    made = dict(_state_pages(files, library, report, day))
    for path, page in made.items():
        uri = str(library.layout.inside(path))
        files.append(_placed(File.generated(config, uri, content=page.document.source.text), path, library))
    return made


def _state_pages(files: Files, library: Library, report: Report, day: date) -> Iterator[tuple[PurePosixPath, Page]]:
    """Make the pages on the state of the content set, but for those that the author has written."""
    if library.settings.reports:
        views = [reports.view(name, library, lambda: report, day) for name in reports.REPORTS]
        linked = {library.file_at(PurePosixPath(file.src_uri)) for file in files.documentation_pages()}
        for path, text in state_pages.pages(library, views, linked):
            if path in library.published:
                yield path, library.page_of(path, text)


def file_of(path: str, folder: Path, config: MkDocsConfig) -> File:
    """Name a file on disk that MkDocs is to publish."""
    return File(path, str(folder), config.site_dir, config.use_directory_urls)


class _Download(File):
    """A file that is published as it is, even where its name ends as a page's."""

    def is_documentation_page(self) -> bool:
        """Never make a page of it."""
        return False
