"""A new fragment: its GUID, its place among the others, and the header that they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from string import Template

from guidekit.authoring import RefusedError, front_matter_values, wording
from guidekit.authoring.front_matter_values import Value
from guidekit.disk.changes import Change
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.text import edits
from guidekit.text.guid import is_guid

_FILE = Template("$header\n## $heading\n")
"""A fragment as a new one is written: the guidance below the heading is the author's."""

_WRITERS = ("author", "ms.author")
_SHARED = ("ms.service", "ms.subservice")
_CYCLE = ("ms.update-cycle",)


@dataclass(frozen=True, kw_only=True)
class Byline:
    """Who writes, and on which day; ``author`` stands in where the neighbors name nobody."""

    author: str
    today: date


def new_guid(library: Library, wanted: str = "") -> str:
    """Take the GUID that is wanted, or make one. Raises `RefusedError` for one that is no GUID or is in use."""
    from uuid import uuid4  # asks the system for its libraries

    guid = (wanted or str(uuid4())).lower()
    if not is_guid(guid):
        raise RefusedError(f"'{wanted}' is no GUID")
    taken = next((path for path in sorted(library.files) if path.stem.lower() == guid), None)
    holders = library.claims_to(guid)
    if taken or holders:
        raise RefusedError(f"the GUID '{guid}' is that of '{taken or holders[0].source.path}'")
    if guid in library.settings.aliases:
        raise RefusedError(f"the GUID '{guid}' is retired; take another one")
    return guid


def waiting(library: Library, said: str, guid: str = "") -> PurePosixPath | None:
    """Find the fragment that states the same and that no page shows; a run that was killed may have left it.

    Where a GUID is wanted, it must have that one. Answers ``None`` where there is none, or several.
    """
    line = wording.statement(said)
    found = [
        fragment.path
        for fragment in library.fragments
        if is_guid(fragment.path.stem)
        and fragment.path.stem.lower() in (guid.lower() or fragment.path.stem.lower(),)
        and fragment.document.front_matter.text("ms.assessment_question") == line
        and not library.used_by(fragment.path)
    ]
    return found[0] if len(found) == 1 else None


def write(
    library: Library,
    said: str,
    guid: str,
    byline: Byline,
    page: Page | None = None,
    more: Mapping[str, Value] | None = None,
) -> Change:
    """Write the fragment of a new item, beside those that ``page`` shows, else where most of them lie.

    ``more`` are further values of its header. Raises `RefusedError` where there is no place for it.
    """
    line = wording.statement(said)
    neighbors = _neighbors(library, page)
    path = _folder(library, neighbors) / f"{guid}.md"
    if path in library.files:
        raise RefusedError(f"'{path}' exists already")
    if not library.is_fragment(path):
        raise RefusedError(f"'{path}' would be no fragment; name its folder in the setting 'fragments'")
    beside = [document for document in neighbors if document.source.path.parent == path.parent]
    values: dict[str, Value] = {
        "title": line,
        **written_by(beside, byline),
        "ms.date": f"{byline.today:%m/%d/%Y}",
        "ms.topic": "include",
        **shared(beside, _SHARED),
        "ms.uid": guid,
        "ms.assessment_question": line,
        **(more or {}),
        **shared(beside, _CYCLE),
    }
    text = _FILE.substitute(header=front_matter_values.write(values), heading=wording.heading(line))
    return Change(path=path, before=None, after=ended_as_in(library, beside or ([page.document] if page else ()), text))


def written_by(beside: Iterable[Document], byline: Byline) -> dict[str, str]:
    """Name the authors as most of the neighbors do, else the one who writes."""
    documents = list(beside)
    names = {key: _most_common(document.front_matter.text(key) for document in documents) for key in _WRITERS}
    return names if any(names.values()) else {"author": byline.author}


def shared(beside: Iterable[Document], keys: Iterable[str]) -> dict[str, str]:
    """Take over the values on which all neighbors agree."""
    documents = list(beside)
    found = {key: {document.front_matter.text(key) for document in documents} for key in keys}
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def ended_as_in(library: Library, beside: Iterable[Document], text: str) -> str:
    """End the lines of a new file as those of most of its neighbors end."""
    ending = _most_common(edits.line_ending(library.raw(document.source.path)) for document in beside)
    return text.replace("\n", ending or "\n")


def _neighbors(library: Library, page: Page | None) -> list[Document]:
    """List the fragments with guidance: those of a page's items, and without any all there are."""
    items = page.checklist.items if page and page.checklist else ()
    paths = [item.fragment for item in items if item.fragment]
    shown = [document for path in paths if isinstance(document := library.load(path), Document)]
    return shown or list(_all_guidance(library))


def _all_guidance(library: Library) -> Iterator[Document]:
    for fragment in library.fragments:
        if is_guid(fragment.path.stem) or library.is_guidance(fragment.path):
            yield fragment.document


def _folder(library: Library, neighbors: Iterable[Document]) -> PurePosixPath:
    """Find where most of the neighbors lie, else the first folder for fragments."""
    found = _most_common(str(document.source.path.parent) for document in neighbors)
    return PurePosixPath(found or next(iter(library.settings.roots), library.layout.content))


def _most_common(values: Iterable[str]) -> str:
    counted = Counter(value for value in values if value).most_common(1)
    return counted[0][0] if counted else ""
