"""The site as machines read it: each Learn page as Markdown, and the list of them in ``llms.txt``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import write_file

from guidekit.library.library import Library
from guidekit.plugin.config import site_address
from guidekit.plugin.page_job import PublishedPage
from guidekit.plugin.site_navigation import text_of
from guidekit.rendering import llms, markdown


def write_all(
    library: Library,
    published: Mapping[str, PublishedPage],
    nav: Navigation | None,
    files: Files,
    config: MkDocsConfig,
) -> None:
    """Write each Learn page as Markdown, and the list of them, unless the site has a list of its own."""
    for known in published.values():
        text = markdown.write(library, known.page, _reduced(known, config))
        write_file(text.encode(), str(Path(config.site_dir, unquote(library.markdown_url(known.page.path)))))
    listed = f"{library.home}llms.txt"
    if not any(file.dest_uri == listed for file in files):
        sections = list(_sections(library, nav, published, config))
        text = llms.write(config.site_name, config.site_description or "", sections)
        write_file(text.encode(), str(Path(config.site_dir, listed)))


def _reduced(known: PublishedPage, config: MkDocsConfig) -> Mapping[str, object]:
    """Keep of a page's front matter what readers see of it."""
    page = known.page
    values: dict[str, object] = {
        "title": page.title,
        "description": known.description,
        "author": page.document.front_matter.text("author"),
        "reviewed": page.review.reviewed,
        "url": urljoin(site_address(config), page.url) if config.site_url else "",
    }
    return {key: value for key, value in values.items() if value}


def _sections(
    library: Library, nav: Navigation | None, published: Mapping[str, PublishedPage], config: MkDocsConfig
) -> Iterator[llms.Section]:
    """Sort the pages of the navigation by its topmost sections; those above all sections come first."""
    items = nav.items if nav else []
    alone = [item for item in items if not isinstance(item, Section)]
    for title, below in [("", alone), *((text_of(item.title), [item]) for item in items if isinstance(item, Section))]:
        pages = [page for item in below for page in _pages(item)]
        entries = (
            _entry(library, published[page.file.src_uri], config) for page in pages if page.file.src_uri in published
        )
        yield llms.Section(title=title, entries=tuple(entries))


def _pages(item: StructureItem) -> Iterator[HostPage]:
    if isinstance(item, HostPage):
        yield item
    elif isinstance(item, Section):
        for below in item.children:
            yield from _pages(below)


def _entry(library: Library, known: PublishedPage, config: MkDocsConfig) -> llms.ListedPage:
    address = urljoin(site_address(config), library.markdown_url(known.page.path))
    return llms.ListedPage(title=known.page.title, address=address, description=known.description)
