"""The search of a site: the theme's, whose index is weighed, or our dialog over that index or over Pagefind's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import AnchorLink

from guidekit.built_site import search_index, search_pages
from guidekit.built_site.search_pages import SearchedPage
from guidekit.diagnostics import Severity
from guidekit.disk import file_status, site_reader, writing
from guidekit.library.library import Library
from guidekit.plugin import log, published_files
from guidekit.plugin.site_navigation import ContentsPage, text_of
from guidekit.settings import Settings

_MATERIAL = "material/search"
_SEARCHES = ("search", _MATERIAL)
_SCRIPT = "search/main.js"  # of MkDocs's own plugin
_OFFLINE = ("offline", "material/offline")


def join(config: MkDocsConfig, engine: str) -> None:
    """Put our dialog in the place of the theme's search."""
    if engine == "pagefind":
        _take_the_place(config)
    elif not any(_writes_index(config, name) for name in _SEARCHES):
        raise log.stop("`search: guidekit` needs the index that the plugin `search` writes: add `search` to `plugins`")
    script, style = search_index.ASSETS
    published_files.load(config.extra_javascript, script)
    published_files.load(config.extra_css, style)


def _take_the_place(config: MkDocsConfig) -> None:
    try:
        search_index.require_pagefind()
    except search_index.SearchError as error:
        raise log.stop(error) from None
    if "search" in config.plugins:  # MkDocs's own, which cannot be told to rest
        raise log.stop("`search: pagefind` takes the place of `search`: take it out of `plugins`")
    if own := config.plugins.get(_MATERIAL):
        own.config["enabled"] = False


def _writes_index(config: MkDocsConfig, name: str) -> bool:
    plugin = config.plugins.get(name)
    return plugin is not None and bool(plugin.config.get("enabled", True))


def without_theme_search(config: MkDocsConfig) -> MkDocsConfig:
    """Make a copy of the site's configuration in which templates see no search plugin, so that they draw no search."""
    other = copy(config)
    other.plugins = {name: plugin for name, plugin in config.plugins.items() if name not in _SEARCHES}  # type: ignore[assignment]
    other.extra_javascript = [name for name in config.extra_javascript if name != _SCRIPT]
    return other


def searched(nav: Navigation) -> Iterator[SearchedPage]:
    """Say of each page in the navigation what the dialog is told of it, but for those that are not to be found."""
    return (_searched(page) for page in nav.pages if not _wishes(page).get("exclude"))


def finish(config: MkDocsConfig, library: Library, pages: Sequence[SearchedPage]) -> tuple[Severity, str] | None:
    """Tell the dialog of the pages. Write Pagefind's index, or weigh the theme's and tell what is too heavy; ``None`` where nothing is."""
    settings = library.settings
    if settings.search != "material":
        _tell_dialog(config, library, pages)
    if settings.search == "pagefind":
        _index(config)
        return None
    if settings.search == "guidekit":
        _make_lean(config)
    heavy = _weigh(config, settings)
    if heavy:
        log.tell(*heavy)
    return heavy


def _tell_dialog(config: MkDocsConfig, library: Library, pages: Sequence[SearchedPage]) -> None:
    """Write what the dialog is told of the site."""
    settings, glossary = library.settings, library.glossary
    terms = [entry.names for entry in glossary.entries if len(entry.names) > 1] if glossary else []
    synonyms = [*terms, *settings.search_synonyms]
    told = search_pages.as_json(
        pages, engine=settings.search, synonyms=synonyms, last=settings.search_last, later=settings.search_later
    )
    _write(config, search_pages.NAME, told, search_pages.VARIABLE)


def _make_lean(config: MkDocsConfig) -> None:
    """Write the index of the host's plugin anew as our dialog reads it, which alone does; MkDocs's own has no markup."""
    written = site_reader.read_file(Path(config.site_dir), search_index.INDEX)
    if written is not None:
        index = search_index.lean(written.decode(), marked=_MATERIAL in config.plugins)
        _write(config, search_index.INDEX.removesuffix(".json"), index, search_index.VARIABLE)


def _write(config: MkDocsConfig, name: str, told: str, variable: str) -> None:
    """Write data for the dialog, and as a script for an offline site: a page that is opened as a file may load no data."""
    texts = {f"{name}.json": told}
    if not config.plugins.keys().isdisjoint(_OFFLINE):
        texts[f"{name}.js"] = f"var {variable} = {told}"
    for path, text in texts.items():
        try:
            writing.write(Path(config.site_dir) / path, text.encode())
        except file_status.WriteError as error:
            raise log.stop(error) from None


def _searched(page: HostPage) -> SearchedPage:
    boost = _wishes(page).get("boost")
    return SearchedPage(
        url=page.url,
        title=_title(page),
        description=str(page.meta.get("description") or ""),
        place=tuple(text_of(section.title) for section in reversed([*page.ancestors])),
        boost=boost if isinstance(boost, (int, float)) and boost > 0 else 1,
        headings=tuple(_titles(page.toc)),
    )


def _title(page: HostPage) -> str:
    """Find how a page is called: by itself, where a table of contents has but a short name for it."""
    own = page.meta.get("title") if isinstance(page, ContentsPage) else None
    return str(own or text_of(page.title))


def _titles(headings: Iterable[AnchorLink]) -> Iterator[str]:
    for heading in headings:
        yield heading.title
        yield from _titles(heading.children)


def _wishes(page: HostPage) -> Mapping[str, object]:
    wishes = page.meta.get("search")
    return wishes if isinstance(wishes, Mapping) else {}


def _index(config: MkDocsConfig) -> None:
    """Write Pagefind's index of the built site."""
    try:
        search_index.run_pagefind(Path(config.site_dir))
    except search_index.SearchError as error:
        raise log.stop(error) from None


def _weigh(config: MkDocsConfig, settings: Settings) -> tuple[Severity, str] | None:
    """Weigh the index that the site's search plugin has written; ``None`` where it is light, or there is none."""
    if config.plugins.keys().isdisjoint(_SEARCHES):
        return None
    written = site_reader.read_file(Path(config.site_dir), search_index.INDEX)
    when = "every visitor" if settings.search == "material" else "everyone who searches"
    return None if written is None else search_index.overweight(written, settings.search_budget, when)
