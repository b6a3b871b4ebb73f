"""A new guide: a page with a question, and one item that is still to be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from string import Template

from guidekit.authoring import RefusedError, front_matter_values, wording
from guidekit.authoring.fragment import Byline, ended_as_in, shared, written_by
from guidekit.authoring.item import PLACEHOLDER
from guidekit.disk.changes import Change
from guidekit.layout import FileKind
from guidekit.library.checklist import question
from guidekit.library.library import Library
from guidekit.syntax.document import Document, parse
from guidekit.text.source import Source

_FILE = Template("$header\n# $heading\n\nEach item is a statement. Answer it with yes or no.\n\n$items\n")
_SHARED = ("ms.topic", "ms.service", "ms.subservice", "ms.update-cycle")


def write(library: Library, path: PurePosixPath, *, title: str, asked: str, description: str, byline: Byline) -> Change:
    """Write a guide at a path that is free; its header has what the other guides have in common.

    Raises `RefusedError` where no page could be there, or the question is none.
    """
    _refuse_place(library, path)
    line = wording.one_line(title, "the title")
    guides = list(_guides(library))
    values = {
        "title": line,
        "description": wording.one_line(description or f"A checklist to answer: {asked}", "the description"),
        **written_by(guides, byline),
        "ms.date": f"{byline.today:%m/%d/%Y}",
        **shared(guides, _SHARED),
        "ms.custom": wording.one_line(asked, "the question"),
    }
    text = _FILE.substitute(
        header=front_matter_values.write(values),
        heading=wording.heading(line),
        items=wording.comment(PLACEHOLDER),
    )
    if question(parse(Source.of(path, text)).front_matter) != values["ms.custom"]:
        raise RefusedError(f"'{asked}' is no question: it must have two words and end with a question mark")
    beside = guides or [page.document for page in library.pages[:1]]
    return Change(path=path, before=None, after=ended_as_in(library, beside, text))


def _refuse_place(library: Library, path: PurePosixPath) -> None:
    wording.refuse_name(path)
    if path in library.files:
        raise RefusedError(f"'{path}' exists already")
    _refuse_kind(library, path)
    if any(part.startswith(".") for part in path.parts):
        raise RefusedError(f"'{path}' would be hidden: no name may begin with a dot")


def _refuse_kind(library: Library, path: PurePosixPath) -> None:
    content = PurePosixPath(library.layout.content)
    kind = library.kind(path)
    if kind is FileKind.FRAGMENT and path.is_relative_to(content):
        raise RefusedError(f"'{path}' would be a fragment, by the setting 'fragments'")
    if kind is not FileKind.PAGE:
        raise RefusedError(f"'{path}' would be no page: a page is a file '….md' in the folder '{content}'")


def _guides(library: Library) -> Iterator[Document]:
    for guide in library.checklists:
        page = library.page(guide.page)
        if page:
            yield page.document
