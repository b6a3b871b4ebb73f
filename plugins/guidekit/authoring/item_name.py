"""How an item is named by whoever types: by its GUID, or by its statement where no other item says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidekit.authoring import RefusedError
from guidekit.library.checklist import Item
from guidekit.library.library import Library
from guidekit.text import likeness, paths
from guidekit.text.guid import is_guid

_SHOWN = 5


def find(library: Library, name: str) -> str:
    """Find the GUID of the item that is named, in lower case; one that is given is answered whether or not it is there.

    Raises `RefusedError` where no item has the statement, or several do.
    """
    if is_guid(name):
        return name.lower()
    stated = list(_stated(library))
    found = {guid: where for said, guid, where in reversed(stated) if is_same(said, name)}  # the first place stays
    if len(found) == 1:
        return next(iter(found))
    if not found:
        near = paths.close_match(name, [said for said, _, _ in stated])
        raise RefusedError(f"there is no item '{name}'" + (f"; {likeness.did_you_mean(name, near)}" if near else ""))
    named = ", ".join(f"{guid} ({where})" for guid, where in sorted(found.items(), key=lambda one: one[1])[:_SHOWN])
    raise RefusedError(f"{len(found)} items state '{name}': name one by its GUID: {named}")


def stating(items: Iterable[Item], said: str) -> Item | None:
    """Find the first of some items that states the same."""
    return next((item for item in items if is_same(item.statement, said)), None)


def is_same(one: str, other: str) -> bool:
    """Do two statements say the same, apart from blanks, letter case and the period at the end?"""
    return _words(one) == _words(other)


def _words(said: str) -> str:
    return " ".join(said.split()).removesuffix(".").casefold()


def _stated(library: Library) -> Iterator[tuple[str, str, str]]:
    """List what items and fragments that no page shows state, each with its GUID and its file."""
    for checklist in library.checklists:
        yield from ((item.statement, item.guid, str(checklist.page)) for item in checklist.items if item.guid)
    for fragment in library.fragments:
        path = fragment.path
        if is_guid(path.stem) and not library.used_by(path):
            yield fragment.document.front_matter.text("ms.assessment_question"), path.stem.lower(), str(path)
