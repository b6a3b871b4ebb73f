"""What a change has done to a content set: the files that it touches, and what they held before it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from guidekit.disk import listing, reading, settings_files, writing
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError
from guidekit.disk.git_repository import Blob, Repository, RepositoryError
from guidekit.settings import SettingsError
from guidekit.text.source import Unreadable

Texts = Mapping[PurePosixPath, str | Unreadable | None]
"""What files hold, where that is not what the disk says; ``None`` for a file that is not there."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A content set after a change and before it.

    ``now`` is what to look at, beside the disk; ``before`` is what was there, beside ``now``; its keys are the files
    that changed. It is ``None`` where the settings changed as well: then all that is found may come from the change.
    """

    content_set: ContentSet
    now: Texts
    before: Texts | None


def since(content_set: ContentSet, ref: str) -> Comparison:
    """Compare what lies on disk with the commit at which it and ``ref`` part. Raises `RepositoryError`."""
    repository = Repository(content_set.root)
    commit = repository.parting(ref)
    before = _texts_before(repository, content_set, commit, repository.changed(commit))
    return Comparison(content_set=content_set, now={}, before=before)


def staged(content_set: ContentSet) -> Comparison:
    """Compare what is staged with the present commit. Raises `RepositoryError`, and what unusable settings raise."""
    repository = Repository(content_set.root)
    with suppress(RepositoryError):  # settings that git does not keep are those on disk
        content_set = _settings_in(repository, "", content_set) or content_set
    index = repository.files_in_index()
    untracked = dict.fromkeys(listing.list_files(content_set) - index.keys())
    modified = {path: index.get(path) for path in repository.unstaged()}
    now = _texts(repository, content_set, {**modified, **untracked})
    before = _texts_before(repository, content_set, "HEAD", repository.staged())
    return Comparison(content_set=content_set, now=now, before=before)


def _texts_before(
    repository: Repository, content_set: ContentSet, commit: str, changed: frozenset[PurePosixPath]
) -> Texts | None:
    try:
        if _settings_in(repository, commit, content_set) not in (None, content_set):
            return None
    except (RepositoryError, SettingsError, RootError):
        return None
    there = repository.files_in(commit)
    return _texts(repository, content_set, {path: there.get(path) for path in changed})


def _settings_in(repository: Repository, commit: str, content_set: ContentSet) -> ContentSet | None:
    """Read the settings as they were; ``None`` where there is no file of them."""
    root = content_set.root
    file = root / content_set.layout.settings_file
    if writing.holds(file, None):
        return None

    def read(asked: Path) -> bytes:
        return repository.show(commit, Path(os.path.relpath(asked, root)).as_posix())

    return replace(settings_files.open_content_set(file, read=read), root=root)


def _texts(repository: Repository, content_set: ContentSet, blobs: Mapping[PurePosixPath, Blob | None]) -> Texts:
    """Read those blobs that are files of the content set."""
    listed = {path: blob for path, blob in blobs.items() if listing.is_listed(content_set, path)}
    most = content_set.settings.max_file_size
    sizes = repository.sizes(blob.name for blob in listed.values() if blob and blob.plain)
    data = repository.read(name for name, size in sizes.items() if size <= most)

    def text(blob: Blob | None) -> str | Unreadable | None:
        if blob is None:
            return None
        if not blob.plain:
            return Unreadable(reason="denied", detail="is not a regular file")
        return reading.decode(data[blob.name]) if blob.name in data else reading.too_large(sizes[blob.name], most)

    return {path: text(blob) for path, blob in listed.items()}
