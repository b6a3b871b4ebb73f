"""Where in the sources an address of the built site is written; no build has to keep a record of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote

from guidekit.built_site.links import site_addresses
from guidekit.built_site.links.link_index import LinkTarget, Site
from guidekit.built_site.links.site_addresses import SitePlace
from guidekit.library import includes
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.link import Image, Link
from guidekit.text.source import Source, Span

Key = SitePlace | str
"""What an address is known by: the place on the site, or how it is written."""


class Origins:
    """Finds the places in the sources, and those in the built files, which lie in ``folder`` counted from the root."""

    def __init__(self, library: Library, site: Site, folder: PurePosixPath) -> None:
        self._library = library
        self._site = site
        self._folder = folder
        self._written: dict[str, Mapping[Key, list[Span]]] = {}

    def page(self, file: str) -> Page | None:
        """Find the page that became a file of the site."""
        return self._pages.get(file)

    def in_sources(self, file: str, address: str, lead: LinkTarget) -> list[Span]:
        """Find the places in a page and its fragments that led to an address in the page's file; none for the theme's."""
        page = self.page(file)
        if page is None:
            return []
        if file not in self._written:
            self._written[file] = self._written_in(page, file)
        written = self._written[file]
        known = written.get(_same(lead.place) if lead.place else address) or written.get(address)
        return known or [span for source in _sources(page) if (span := find(address, source))][:1]

    def in_site(self, file: str, address: str) -> Span:
        """Find the first place in a file of the site at which an address stands, else the file's beginning."""
        source = Source.of(self._folder / file, self._site.text(file))
        return find(address, source) or source.span((0, 0))

    @cached_property
    def _pages(self) -> Mapping[str, Page]:
        return {_file(unquote(page.url)): page for page in self._library.pages}

    def _written_in(self, page: Page, file: str) -> Mapping[Key, list[Span]]:
        """Collect the places of all links and images of a page, by what they are on the site and as they are written."""
        found: dict[Key, list[Span]] = {}
        for placed in page.facts:
            fact = placed.fact
            if isinstance(fact, (Link, Image)):
                keys: set[Key] = {fact.address, *self._on_site(fact.address, fact.span.path, file)}
                for key in keys:
                    found.setdefault(key, []).append(fact.span)
        return found

    def _on_site(self, href: str, base: PurePosixPath, file: str) -> Iterator[SitePlace]:
        """Find the places that a link may have become: what the library makes of it, and what its words are in HTML."""
        leads = self._library.follow(href, base)
        home = self._site.home
        url = leads.url if leads.kind == "elsewhere" else href
        found = [site_addresses.follow(url, home.base(file), home)]
        if leads.kind in ("page", "file") and leads.path:
            found.append(site_addresses.follow(self._library.url(leads.path) + leads.suffix, home.base(""), home))
        return (_same(place) for place in found if isinstance(place, SitePlace))


def find(address: str, source: Source) -> Span | None:
    """Find the first place in a text at which an address stands on its own, as it is or as HTML writes it."""
    for text in dict.fromkeys((address, escape(address), escape(address, quote=False))):
        if text and (found := re.search(rf"(?<![^\s\"'(=,<]){re.escape(text)}(?![^\s\"'),>])", source.text)):
            return source.stretch(found.start(), found.end())
    return None


def _sources(page: Page) -> Iterator[Source]:
    return (document.source for document in includes.documents(page.expansion))


def _same(place: SitePlace) -> SitePlace:
    """Write a place in the one way that stands for all: without the name of an index, its bookmark decoded."""
    path = place.path.removesuffix("index.html") if f"/{place.path}".endswith("/index.html") else place.path
    return SitePlace(path=path, bookmark=unquote(place.bookmark))


def _file(url: str) -> str:
    return f"{url}index.html" if url.endswith("/") or not url else url
