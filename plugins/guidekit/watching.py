"""A content set that changes on disk: the system tells when, a look at the files tells what."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from guidekit import files
from guidekit.files import ContentSet, RootError

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

    ``beside`` are the files that decide what is made of the content, and the folders in which all of them lie.
    """

    files: Mapping[PurePosixPath, Stamp]
    beside: Mapping[Path, Stamp]

    @classmethod
    def at(cls, content_set: ContentSet) -> Look:
        """Look at a content set as it is now."""
        beside = {file: files.stamp(file) for file in files.files_beside(content_set)}
        folders = {folder: files.stamp(folder)[-1:] for folder in _folders(content_set)}  # replaced, not written to
        listed = {path: files.stamp(content_set.root / path) for path in files.list_files(content_set)}
        return cls(files=listed, beside=beside | folders)

    def changed(self, before: Look) -> frozenset[PurePosixPath]:
        """Name the files of the content set that are new, gone, or written since."""
        pairs = self.files.items() ^ before.files.items()
        return frozenset(path for path, _ in pairs)


def _folders(content_set: ContentSet) -> Mapping[Path, bool]:
    """List the folders to watch, and whether with all that is below them."""
    flat = {content_set.root, *(file.parent for file in files.files_beside(content_set))}
    return dict.fromkeys(sorted(flat), False) | {content_set.root / folder: True for folder in content_set.folders}


class Watch:
    """The folders of a content set, watched by the operating system. Raises `RootError` where it cannot."""

    def __init__(self, content_set: ContentSet) -> None:
        self._signal = _Signal()
        self._observer = Observer()
        self._observer.daemon = True
        try:
            for folder, recursive in _folders(content_set).items():
                if files.stamp(folder):
                    self._observer.schedule(self._signal, str(folder), recursive=recursive)
            self._observer.start()
        except OSError as error:
            raise RootError(f"cannot watch '{content_set.root}': {error.strerror or error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Watch no longer."""
        self._observer.stop()
        self._observer.join()

    def wait(self) -> None:
        """Wait until something changes, and until it is quiet again."""
        self._signal.changed.wait()
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
