"""How an address on this site is written: as a URL, or as a path to a source file for a host that makes URLs of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.text import paths

Lead = Callable[[Destination], str]
"""Writes the address of a page or file of this site, as the host wants it."""


_QUERY = re.compile(r"\?([^#]*)")
_LEARNS_OWN = frozenset({"bc", "context", "preserve-view", "toc", "view"})
"""What a link asks of Learn alone: which table of contents, which breadcrumbs, which version."""


def published(leads: Destination) -> Destination:
    """Take from a link to a page of this site what only Learn can answer; ``?tabs=`` and ``?pivots=`` stay."""
    query = _QUERY.search(leads.suffix) if leads.kind == "page" else None
    if query is None:
        return leads
    kept = "&".join(part for part in query[1].split("&") if part.partition("=")[0].lower() not in _LEARNS_OWN)
    suffix = leads.suffix[: query.start()] + (f"?{kept}" if kept else "") + leads.suffix[query.end() :]
    return replace(leads, suffix=suffix)


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
