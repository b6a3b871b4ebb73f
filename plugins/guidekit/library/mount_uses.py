"""Where pages and fragments show something of other repositories, or lead there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from guidekit.docset import Docset
from guidekit.library.failure import Failure
from guidekit.library.page import Page
from guidekit.library.queries import LibraryQueries
from guidekit.mount import Mount
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.text.source import Span


def lost(library: LibraryQueries) -> Iterator[tuple[Mount, Span]]:
    """Go through the places that want something of a repository which is not there."""
    if all(mount.is_there for mount in library.layout.mounts):
        return
    for document in library.documents:
        for target, span in _lost_in(document, library):
            if target and (mount := library.layout.mount_of(target)):
                yield mount, span


def made_from_code(library: LibraryQueries) -> Iterator[tuple[Docset, Span]]:
    """Go through the links to pages that docfx makes from code, which are not there."""
    if not any(docset.made_from_code for docset in library.layout.docsets):
        return
    for document in library.documents:
        for fact in document.of(Link):
            leads = library.follow(fact.address, document.source.path)
            if leads.kind == "missing" and leads.path and (docset := library.layout.made_from_code(leads.path)):
                yield docset, fact.span


def _lost_in(document: Document, library: LibraryQueries) -> Iterator[tuple[PurePosixPath | None, Span]]:
    base = document.source.path
    for fact in document.facts:
        if isinstance(fact, (Link, Image)):
            leads = library.follow(fact.address, base)
            yield leads.path if leads.not_mounted else None, fact.span
        elif isinstance(fact, Include):
            yield _lost_target(library.locate(fact, base)), fact.span
        elif isinstance(fact, CodeSnippet):
            yield _lost_target(library.code_failure(fact.selection, base)), fact.span


def _lost_target(found: object) -> PurePosixPath | None:
    return found.target if isinstance(found, Failure) and found.kind == "not-mounted" else None


def silent_links(library: LibraryQueries, pages: Iterable[Page]) -> Iterator[Span]:
    """Go through the links of pages that lead nowhere, and of which no rule tells one by one.

    They lead into a repository that is not there or to a page made from code, or stand in a text of another repository.
    """
    mount_of = library.layout.mount_of
    for page in pages if library.layout.mounts or library.layout.docsets else ():
        for placed in page.facts if page.learn else ():
            if isinstance(placed.fact, (Link, Image)):
                leads = library.follow(placed.fact.address, placed.fact.span.path)
                if leads.kind == "missing" and (leads.not_mounted or mount_of(placed.fact.span.path)):
                    yield placed.fact.span
