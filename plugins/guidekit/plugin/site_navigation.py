"""MkDocs's navigation, made of the tables of contents of a repository of Learn's where a site names none itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as HostPage

from guidekit.library.navigation import NavigationEntry
from guidekit.plugin.build import Build

_OTHERS = ("awesome-pages", "section-index", "monorepo", "multirepo", "i18n")
"""The plugins that make the navigation of a site, beside those that have ``nav`` in their names."""

_UNSAFE = re.compile(r"[\s\"'<>\\`]")
_TOGGLE = re.compile(r'(<input class="md-nav__toggle md-toggle) ?(" type="checkbox" id="(__nav_[\d_]+)")(?! checked)')
_END_OF_TITLE = re.compile(r"</h1>", re.IGNORECASE)


class ContentsPage(HostPage):
    """A page whose title in the navigation is that of a table of contents.

    It is an index, of which Material makes the page of a group, where the table of contents says so; not by its name.
    """

    is_index = False


class ContentsSection(Section):
    """A group of a table of contents; one that is ``expanded`` shows its entries from the beginning."""

    expanded = False


def is_made(config: MkDocsConfig) -> bool:
    """Does neither the site nor another plugin make the navigation?"""
    names = [name.rpartition("/")[2] for name in config.plugins]
    return config.nav is None and not any(name in _OTHERS or "nav" in name for name in names)


def of(build: Build, files: Files, config: MkDocsConfig) -> Navigation | None:
    """Make the navigation of a site; ``None`` where its tables of contents show nothing."""
    contents = build.library.navigation
    items = _Builder(build, files, config).items(contents.entries)
    if not items:
        return None
    for page in filter(None, (file.page for file in files.documentation_pages())):
        page.parent = page.previous_page = page.next_page = None
    _add_parents(items)
    pages = list(_pages(items))
    for before, after in pairwise(pages):
        before.next_page, after.previous_page = after, before
    home = next((file.page for file in files.documentation_pages() if file.page and file.page.url == ""), None)
    if isinstance(home, ContentsPage) and home.is_top_level:
        home.is_index = True  # else it would not be the home page
    navigation = Navigation(items, pages)
    navigation.homepage = home or next(iter(pages), None)
    return navigation


def toggles(navigation: Navigation) -> frozenset[str]:
    """Find the ids by which Material's templates know the groups that are expanded from the beginning."""
    return frozenset(_toggles(navigation.items, "__nav"))


def _toggles(items: Iterable[StructureItem], above: str) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        if isinstance(item, Section):
            name = f"{above}_{number}"
            if isinstance(item, ContentsSection) and item.expanded:
                yield name
            yield from _toggles(item.children, name)


def with_expanded(output: str, names: frozenset[str]) -> str:
    """Expand groups on a page as Material does where all of them are."""
    if not names:
        return output
    return _TOGGLE.sub(
        lambda found: f"{found[1]} md-toggle--indeterminate{found[2]}" if found[3] in names else found[0], output
    )


def with_search_words(content: str, words: str) -> str:
    """Add to a page the words by which readers look for it: below its title, where searches find and nobody sees them."""
    if not words:
        return content
    title = _END_OF_TITLE.search(content)
    at = title.end() if title else 0
    return f"{content[:at]}<p hidden>{html.escape(words)}</p>{content[at:]}"


def text_of(title: object) -> str:
    """Read the title of a page or a group as text: those of tables of contents are HTML, as templates write them as such."""
    return title.unescape() if isinstance(title, Markup) else str(title or "")


def _add_parents(items: Iterable[StructureItem]) -> None:
    for item in items:
        if isinstance(item, Section):
            for child in item.children:
                child.parent = item
            _add_parents(item.children)


def _pages(items: Iterable[StructureItem]) -> Iterator[HostPage]:
    for item in items:
        if isinstance(item, HostPage):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def in_html(name: str) -> Markup:
    """Write a name so that a template may put it into HTML as it is, and into an attribute."""
    return Markup(html.escape(name, quote=False).replace('"', "&quot;"))


def address_in_html(address: str) -> str:
    """Write an address so that a template may put it into an attribute."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), address).replace("&", "&amp;")


class _Builder:
    def __init__(self, build: Build, files: Files, config: MkDocsConfig) -> None:
        self._library = build.library
        self._places = build.library.navigation.places
        self._files: Mapping[PurePosixPath, File] = {build.path(file): file for file in files.documentation_pages()}
        self._config = config

    def items(self, entries: Iterable[NavigationEntry]) -> list[StructureItem]:
        return [item for entry in entries if (item := self._item(entry)) is not None]

    def _item(self, entry: NavigationEntry) -> StructureItem | None:
        """Make a page, a link or a group of an entry; a group that has a page of its own begins with it."""
        own = self._own(entry)
        below = self.items(entry.entries)
        if not below:
            return own
        if isinstance(own, ContentsPage):
            own.is_index = True
        section = ContentsSection(in_html(entry.name), [own, *below] if own else below)
        section.expanded = entry.expanded
        return section

    def _own(self, entry: NavigationEntry) -> StructureItem | None:
        if entry.leads is None:
            return None
        title = in_html(entry.name)
        path = entry.leads.path
        file = self._files.get(path) if path else None
        if file is not None and path and self._places.get(path) is entry:
            return self._page(title, file)
        bookmark = f"#{quote(entry.leads.bookmark)}" if entry.leads.bookmark else ""
        return Link(title, address_in_html(self._library.url(path) + bookmark if path else entry.leads.url))

    def _page(self, title: str, file: File) -> HostPage:
        """Make a page of its title; one that another plugin has made keeps what it is."""
        if file.page is not None and type(file.page) is not HostPage:
            file.page.title = title
            return file.page
        return ContentsPage(title, file, self._config)
