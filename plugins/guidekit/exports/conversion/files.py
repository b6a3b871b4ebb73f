"""The files of a content set that is converted: its pages, and all that lies beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.exports.conversion import material
from guidekit.layout import FileKind
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import include
from guidekit.syntax.include import Include
from guidekit.text.source import Span


def pages(library: Library) -> Mapping[PurePosixPath, Page]:
    """Find the pages that are converted, by their paths in the new content folder."""
    return {library.layout.inside(name(library, page.path)): page for page in library.pages if page.learn}


def name(library: Library, path: PurePosixPath) -> PurePosixPath:
    """Name the file of a page that is converted: one in YAML is Markdown then, beside a page that has its name already."""
    if library.kind(path) is not FileKind.YAML_PAGE:
        return path
    wanted = path.with_suffix(".md")
    return wanted if wanted not in library.files else path.with_name(f"{path.name}.md")


def others(library: Library) -> Mapping[PurePosixPath, PurePosixPath]:
    """Find the files that go along as they are, by their paths in the new content folder, each with its path from the root.

    Those are the pages in other dialects, the images and other files of the content folder that a site would publish, and
    those from outside that pages show.
    """
    foreign = (page.path for page in library.pages if not page.learn)
    beside = (
        path
        for path in sorted(library.files)
        if library.layout.is_content(path)
        and library.kind(path) is FileKind.ASSET
        and not library.layout.unpublished(path)
    )
    files = (*foreign, *beside, *sorted(library.shown_from_outside))
    return {library.layout.inside(path): path for path in files if not _is_outside(path, library)}


def _is_outside(path: PurePosixPath, library: Library) -> bool:
    return any(place in library.outside for place in (path, *path.parents))


def extensions(library: Library) -> Sequence[str]:
    """List the extensions of Python-Markdown that the pages need in Material's Markdown: also those that the site has."""
    own = [
        name for name in library.layout.markdown_extensions if name not in ("guidekit", "toc", "extra", "fenced_code")
    ]
    return sorted({*material.EXTENSIONS, *own})


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What shows nothing, where that is written, and why; ``name`` is what is written there."""

    span: Span
    name: str
    why: str


def lost(library: Library) -> Iterator[Lost]:
    """Find what pages would show and cannot, each place once."""
    failures = (pair for page in library.pages if page.learn for pair in page.failures)
    found = {
        fact.span: Lost(
            span=fact.span,
            name=fact.path if isinstance(fact, Include) else fact.selection.path,
            why=include.explain(failure),
        )
        for fact, failure in failures
    }
    return (found[span] for span in sorted(found))
