"""Symbolic links in a content set: those that lead out of it, so that what they lead to is neither read nor published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from guidekit.files import ContentSet, repository_folder
from guidekit.source import Unreadable


def leading_outside(content_set: ContentSet) -> Mapping[PurePosixPath, Unreadable]:
    """Find the links to files and folders that may not be published, and say of each where it leads.

    A link below one of the ``roots`` has to stay within the folders that may be read. One below the content folder,
    which MkDocs publishes by itself, may also lead elsewhere in the repository, but into no hidden folder, such as
    ``.git``. Pages and fragments are not among them: whoever reads these is told the same by `DiskReader`.
    """
    readable = tuple((content_set.root / folder).resolve() for folder in content_set.folders)
    repository = repository_folder(content_set.root)
    found: dict[PurePosixPath, Unreadable] = {}
    for link in _links(content_set):
        real = Path(os.path.realpath(content_set.root / link))  # links in a circle are none that lead anywhere
        published = link.is_relative_to(PurePosixPath(content_set.layout.content))
        if any(real.is_relative_to(folder) for folder in readable):
            continue
        if real.is_dir():
            if published and not _is_shown(real, repository):  # nothing else is read through a link to a folder
                found[link] = _refusal("folder", "the repository")
        elif link.suffix.lower() != ".md" and not (published and _is_shown(real, repository)):
            found[link] = _refusal("file", "the repository" if published else "the folders that may be read")
    return found


def _links(content_set: ContentSet) -> Iterator[PurePosixPath]:
    """List the links below the folders of a content set; hidden ones are left out, as nobody publishes them."""
    waiting = [PurePosixPath(folder) for folder in content_set.folders]
    while waiting:
        folder = waiting.pop()
        try:
            entries = [entry for entry in os.scandir(content_set.root / folder) if not entry.name.startswith(".")]
        except OSError:  # it is missing, or nobody may look into it
            continue
        for entry in entries:
            if entry.is_symlink():
                yield folder / entry.name
            elif entry.is_dir():
                waiting.append(folder / entry.name)


def _is_shown(real: Path, repository: Path) -> bool:
    """Does a file lie in the repository, and not in one of its hidden folders?"""
    return real.is_relative_to(repository) and not any(
        part.startswith(".") for part in real.relative_to(repository).parts
    )


def _refusal(kind: str, border: str) -> Unreadable:
    return Unreadable(reason="outside-roots", detail=f"is a symbolic link to a {kind} outside {border}")
