"""How an address on this site is written: as a URL, or as a path to a source file for a host that makes URLs of them."""

from __future__ import annotations

from collections.abc import Callable

from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.text import paths

Lead = Callable[[Destination], str]
"""Writes the address of a page or file of this site, as the host wants it."""


def urls(library: Library, page: Page) -> Lead:
    """Write addresses relative to the page's URL."""
    return lambda leads: paths.relative_url(library.url(leads.path), page.url) + leads.suffix if leads.path else ""


def sources(library: Library, page: Page) -> Lead:
    """Write addresses relative to the page's file, counted within the content folder, as MkDocs expects them.

    A file from outside the content folder is published under its path from the root.
    """
    base = library.layout.inside(page.path)

    def lead(leads: Destination) -> str:
        return (
            paths.as_url(paths.relative(library.layout.inside(leads.path), base)) + leads.suffix if leads.path else ""
        )

    return lead


def files(page: Page) -> Lead:
    """Write addresses relative to the page's file, as the files lie on disk."""
    return lambda leads: paths.as_url(paths.relative(leads.path, page.path)) + leads.suffix if leads.path else ""
