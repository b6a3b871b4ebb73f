"""The page at the root of the site, where a repository of docfx's has none: it leads to each of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from guidekit.library.library import Library
from guidekit.library.navigation import NavigationEntry
from guidekit.library.page import Page
from guidekit.syntax import header_repair
from guidekit.text import paths
from guidekit.text.escaping import as_markdown

_NAME = "index.md"
_AT_ROOT = ("", ".", "./", "index.html")


def add(files: Files, library: Library, config: MkDocsConfig) -> Mapping[PurePosixPath, Page]:
    """Publish a page that leads to the parts of the navigation, unless the root has one; answer it by its path."""
    parts = list(_parts(library.navigation.entries))
    if not library.layout.docsets or not parts or any(map(_is_home, files)):
        return {}
    path = library.layout.content_folder / _NAME
    title = config.site_name
    lines = [f"- [{as_markdown(name)}]({paths.in_destination(_address(page, path))})" for name, page in parts]
    header = f"---\ntitle: {header_repair.value(title)}\nlearn: true\n---\n\n"
    text = f"{header}# {as_markdown(title)}\n\n" + "\n".join(lines) + "\n"
    files.append(File.generated(config, _NAME, content=text))
    return {path: library.page_of(path, text)}


def _is_home(file: File) -> bool:
    is_left_out = file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
    return file.is_documentation_page() and file.url in _AT_ROOT and not is_left_out


def _parts(entries: Iterable[NavigationEntry]) -> Iterator[tuple[str, PurePosixPath]]:
    """Find the first page of each topmost entry."""
    for entry in entries:
        page = _first_page(entry)
        if page:
            yield entry.name, page


def _first_page(entry: NavigationEntry) -> PurePosixPath | None:
    return entry.page or next(filter(None, map(_first_page, entry.entries)), None)


def _address(page: PurePosixPath, base: PurePosixPath) -> str:
    return paths.as_url(paths.relative(page, base))
