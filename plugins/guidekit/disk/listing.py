"""Which files a content set has, which beside it decide what is made of it, and which folders to watch."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import INSTALLED, is_file, up_to_repository
from guidekit.disk.git_ignore import IGNORE_FILE, GitIgnore
from guidekit.disk.mounts import publish_configurations
from guidekit.disk.repository_files import CODE_OWNERS, code_owners_file, redirection_files
from guidekit.disk.settings_files import SETTINGS_FILES
from guidekit.disk.symlinks import Borders


def is_listed(content_set: ContentSet, path: PurePosixPath) -> bool:
    """Would a file of this name be one of the content set's?"""
    homes = (PurePosixPath(folder) for folder in content_set.folders)
    return any(
        path.is_relative_to(home) and not any(part.startswith(".") for part in path.relative_to(home).parts)
        for home in homes
    )


def list_files(content_set: ContentSet) -> frozenset[PurePosixPath]:
    """List every file of a content set, counted from its root; hidden ones are left out.

    Links to folders are followed in the content folder, as MkDocs does; not one that leads to where it lies itself, which
    would have no end, nor one that may not be followed.
    """
    found: set[PurePosixPath] = set()
    borders = Borders(content_set)
    ignore = GitIgnore(content_set.root)
    docsets = {PurePosixPath(docset.folder) for docset in content_set.layout.docsets}
    others = {PurePosixPath(folder) for folder in content_set.folders} - docsets
    for folder in content_set.folders:
        top = content_set.place(PurePosixPath(folder))
        for here, folders, names in os.walk(top, followlinks=borders.publishes(PurePosixPath(folder))):
            inside = PurePosixPath(folder, *Path(here).relative_to(top).parts)
            folders[:] = [
                name for name in folders if not name.startswith(".") and _may_enter(Path(here, name), inside, borders)
            ]
            if PurePosixPath(folder) in docsets - others:  # all of a repository, not only its texts
                folders[:] = [name for name in folders if _may_hold_texts(inside / name, others, ignore)]
            found.update(inside / name for name in names if not name.startswith("."))
    found.update(path for path in _named_elsewhere(content_set) if borders.hold(path))
    return frozenset(found)


def _named_elsewhere(content_set: ContentSet) -> Iterator[PurePosixPath]:
    """Find the files that a docfx.json names one by one, and that lie in none of the folders."""
    homes = [PurePosixPath(folder) for folder in content_set.folders]
    for docset in content_set.layout.docsets:
        for group in (*docset.content, *docset.resources):
            for path in group.named:
                if not any(map(path.is_relative_to, homes)) and is_file(content_set.root / path):
                    yield path


def _may_hold_texts(folder: PurePosixPath, listed: Container[PurePosixPath], ignore: GitIgnore) -> bool:
    """May a folder of a repository hold anything that its pages show, and is not listed already?"""
    return folder not in listed and folder.name not in INSTALLED and not ignore.leaves_out_folder(folder)


def _may_enter(folder: Path, parent: PurePosixPath, borders: Borders) -> bool:
    """Is this a folder of its own, or a link to one that lies neither outside nor around it?"""
    if not folder.is_symlink():
        return True
    real = Path(os.path.realpath(folder))
    return borders.hold(parent / folder.name) and not Path(os.path.realpath(folder.parent)).is_relative_to(real)


def files_beside(content_set: ContentSet) -> tuple[Path, ...]:
    """List the files that are no content but decide what is made of it, where they are: settings, owners, redirections."""
    place = content_set.root.resolve()
    found = code_owners_file(place)
    owners = found[1:] if found else ()
    moved = redirection_files(content_set)
    settings = dict.fromkeys((*content_set.settings_files, *(content_set.root / name for name in SETTINGS_FILES)))
    lost = (Path(mount.place) for mount in content_set.layout.mounts if not mount.is_there)
    named = publish_configurations(content_set.root, content_set.layout.content)
    return (*settings, *owners, *moved, *named, *lost)


def ignore_files(content_set: ContentSet, files: Iterable[PurePosixPath]) -> frozenset[Path]:
    """List where git's ignore files lie, or would lie, that may speak of some files of a content set."""
    above = up_to_repository(content_set.root.resolve())
    own = (file for file in files if not content_set.layout.mount_of(file))
    below = {content_set.root / folder for file in own for folder in file.parents}
    return frozenset(folder / IGNORE_FILE for folder in (*above, *below))


def folders_to_watch(content_set: ContentSet) -> Mapping[Path, bool]:
    """List the folders in which a change may concern a content set, and whether with all that is below them.

    Those above a folder are among them, as it may be replaced as a whole.
    """
    root, place = content_set.root, content_set.root.resolve()
    deep = [content_set.place(PurePosixPath(folder)) for folder in content_set.folders]
    between = (above for folder in deep for above in folder.parents if above.is_relative_to(root))
    owners = (folder / name for folder in up_to_repository(place) for name in CODE_OWNERS)
    beside = (file.parent for file in (*files_beside(content_set), *owners))
    flat = dict.fromkeys((root, place.parent, *up_to_repository(place), *between, *beside), False)
    return flat | dict.fromkeys(deep, True)
