"""A content set that changes on disk: the system tells when, a look at the files tells what."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from guidekit.disk import file_status, listing
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError
from guidekit.disk.symlinks import leading_outside

logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it tells what happens while it is stopped

_QUIET = 0.03
"""For how many seconds nothing may change before the files are looked at: an editor writes in several steps."""

_PATIENCE = 1.0
"""After how many seconds they are looked at anyway."""

_CHANGES = frozenset({"created", "modified", "deleted", "moved", "closed"})

Stamp = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A content set's files at one time, each with what changes when it is written.

    ``unlisted`` are files that were looked for but are not listed. ``beside`` are those that decide what is made of the
    content, links that lead out of it among them, and the folders in which all lie.
    """

    files: Mapping[PurePosixPath, Stamp]
    unlisted: Mapping[PurePosixPath, Stamp]
    beside: Mapping[Path, Stamp]

    @classmethod
    def at(cls, content_set: ContentSet, unlisted: Iterable[PurePosixPath] = ()) -> Self:
        """Look at a content set as it is now."""
        beside = {file: file_status.stamp(file) for file in listing.files_beside(content_set)}
        beside |= dict.fromkeys((content_set.root / link for link in leading_outside(content_set)), ())
        folders = {
            folder: file_status.stamp(folder)[-1:] for folder in listing.folders_to_watch(content_set)
        }  # if replaced
        return cls(
            files=_stamps(content_set, listing.list_files(content_set)),
            unlisted=_stamps(content_set, unlisted),
            beside=beside | folders,
        )

    def again(self, content_set: ContentSet) -> Self:
        """Look at the same files, and at those that have come."""
        return self.at(content_set, self.unlisted)

    def with_unlisted(self, content_set: ContentSet, unlisted: Iterable[PurePosixPath]) -> Self:
        """Add files of which nobody knew when this look was taken."""
        return replace(self, unlisted=_stamps(content_set, unlisted))

    def changed(self, before: Self) -> frozenset[PurePosixPath]:
        """Name the files of the content set that are new, gone, or written since."""
        pairs = (self.files.items() ^ before.files.items()) | (self.unlisted.items() ^ before.unlisted.items())
        return frozenset(path for path, _ in pairs)

    def changed_beside(self, before: Self) -> frozenset[Path]:
        """Name the files and folders beside the content that are new, gone, written or replaced since."""
        return frozenset(path for path, _ in self.beside.items() ^ before.beside.items())


def _stamps(content_set: ContentSet, paths: Iterable[PurePosixPath]) -> Mapping[PurePosixPath, Stamp]:
    return {path: file_status.stamp(content_set.root / path) for path in paths}


class Watch:
    """The folders of a content set, watched by the operating system. Raises `RootError` where it cannot."""

    def __init__(self, content_set: ContentSet) -> None:
        self._signal = _Signal()
        self._observer = Observer()
        self._observer.daemon = True
        try:
            for folder, recursive in listing.folders_to_watch(content_set).items():
                if file_status.stamp(folder):
                    self._observer.schedule(self._signal, str(folder), recursive=recursive)
            self._observer.start()
        except OSError as error:
            self._observer.unschedule_all()  # those that have begun already
            raise RootError(f"cannot watch '{content_set.root}': {error.strerror or error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Watch no longer."""
        self._observer.stop()
        self._observer.join()

    def wait(self, at_most: float = math.inf) -> None:
        """Wait until something changes and it is quiet again, or for so many seconds."""
        until = time.monotonic() + at_most
        while not self._signal.changed.wait(_PATIENCE):  # on some systems, no interrupt is heard in between
            if time.monotonic() >= until:
                return
        first = time.monotonic()
        while time.monotonic() - self._signal.last < _QUIET and time.monotonic() - first < _PATIENCE:
            time.sleep(_QUIET / 3)
        self._signal.changed.clear()


class _Signal(FileSystemEventHandler):
    """Set by whatever changes a file; reading one does not."""

    def __init__(self) -> None:
        self.changed = threading.Event()
        self.last = 0.0

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note that there was a change."""
        if event.event_type in _CHANGES:
            self.last = time.monotonic()
            self.changed.set()
