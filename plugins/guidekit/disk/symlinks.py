"""Symbolic links in a content set: those that lead out of it, so that what they lead to is neither read nor published."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import is_below, is_link, repository_folder
from guidekit.text.source import Unreadable


def find_on_path(file: Path, folders: Collection[Path]) -> Path | None:
    """Find a symbolic link within the folders through which a path leads, or that stands at its end."""
    place = Path(os.path.abspath(file))  # noqa: PTH100 links are what is looked for
    for part in (place, *place.parents):
        if is_link(part) and any(map(Path(os.path.realpath(part.parent)).is_relative_to, folders)):
            return part
    return None


def leads_outside(root: Path, path: PurePosixPath, folders: Iterable[str]) -> bool:
    """Does a path below ``root`` lead through a symbolic link to a place in none of the folders, which lie there too?"""
    real = Path(os.path.realpath(root / path))
    within = ((root / folder).resolve() for folder in folders)
    return real != root.resolve() / path and not any(map(real.is_relative_to, within))


def leads_out_of(folder: Path, name: str) -> bool:
    """Does a path below a folder lead through a symbolic link to a place that is hidden or does not lie in it?"""
    place, real = Path(os.path.realpath(folder)), Path(os.path.realpath(folder / name))
    return real != place / name and not is_below(real, place)


class Borders:
    """Where the links of a content set may lead; paths count from its root.

    A link below one of the ``roots`` has to stay within the folders that may be read. One below the content folder,
    which MkDocs publishes by itself, may also lead elsewhere in the repository. None may lead into a hidden folder, such
    as ``.git``.
    """

    def __init__(self, content_set: ContentSet) -> None:
        self._root = Path(os.path.realpath(content_set.root))
        self._content = PurePosixPath(content_set.layout.content)
        self._content_set = content_set
        self._readable = tuple(self._root / folder for folder in content_set.folders)
        self._repository = repository_folder(content_set.root)

    def publishes(self, path: PurePosixPath) -> bool:
        """Is this a file or a folder that MkDocs publishes by itself?"""
        return path.is_relative_to(self._content)

    def hold(self, path: PurePosixPath) -> bool:
        """Does a path lead through no link, or to a place to which it may lead? In another repository, that is in it alone."""
        if mount := self._content_set.layout.mount_of(path):
            return mount.is_there and is_below(
                Path(os.path.realpath(self._content_set.place(path))), Path(os.path.realpath(mount.place))
            )
        place = self._root / path
        real = Path(os.path.realpath(place))  # links in a circle are none that lead anywhere
        if real == place or any(is_below(real, folder) for folder in self._readable):
            return True
        return self.publishes(path) and is_below(real, self._repository)


def leading_outside(content_set: ContentSet) -> Mapping[PurePosixPath, Unreadable]:
    """Find the links to files and folders that may not be published, and say of each where it leads.

    Pages and fragments that are listed are not among them: whoever reads these is told the same by `DiskReader`.
    """
    borders = Borders(content_set)
    found: dict[PurePosixPath, Unreadable] = {}
    for link, in_linked_folder in _links(content_set, borders):
        if borders.hold(link):
            continue
        published = borders.publishes(link)
        if content_set.place(link).is_dir():
            if published:  # nothing else is read through a link to a folder
                found[link] = _refusal("folder", "the repository")
        elif link.suffix != ".md" or in_linked_folder:  # MkDocs copies a file ``x.MD``
            found[link] = _refusal("file", "the repository" if published else "the folders that may be read")
    return found


def _links(content_set: ContentSet, borders: Borders) -> Iterator[tuple[PurePosixPath, bool]]:
    """List the links below the folders of a content set, and whether each lies in a linked folder.

    Hidden ones are left out, as nobody publishes them. Linked folders are entered where MkDocs does, each once.
    """
    waiting = [(PurePosixPath(folder), False) for folder in content_set.folders]
    entered: set[Path] = set()
    while waiting:
        folder, is_linked = waiting.pop()
        try:
            entries = [entry for entry in os.scandir(content_set.place(folder)) if not entry.name.startswith(".")]
        except OSError:  # it is missing, or nobody may look into it
            continue
        for entry in entries:
            path = folder / entry.name
            if not entry.is_symlink():
                if entry.is_dir():
                    waiting.append((path, is_linked))
                continue
            yield path, is_linked
            real = Path(os.path.realpath(entry))
            if borders.publishes(path) and borders.hold(path) and real.is_dir() and real not in entered:
                entered.add(real)
                waiting.append((path, True))


def _refusal(kind: str, border: str) -> Unreadable:
    return Unreadable(reason="outside-roots", detail=f"is a symbolic link to a {kind} outside {border}")
