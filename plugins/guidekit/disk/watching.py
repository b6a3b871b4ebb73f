"""A content set that changes on disk: the system tells when, a look at the files tells what."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path, PurePath, PurePosixPath
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from guidekit.disk import file_status, listing, reading
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError
from guidekit.disk.symlinks import leading_outside

logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it tells what happens while it is stopped

_QUIET = 0.03
"""For how many seconds nothing may change before the files are looked at: an editor writes in several steps."""

_PATIENCE = 1.0
"""After how many seconds they are looked at anyway."""

_CHANGES = frozenset({"created", "modified", "deleted", "moved", "closed"})

_COARSE = 2_000_000_000
"""How many nanoseconds a file system may round times to: FAT, on a stick or a card, knows every other second."""

Stamp = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A content set's files at one time, each with what changes when it is written.

    ``unlisted`` are files that were looked for but are not listed. ``beside`` are those that decide what is made of the
    content, links that lead out of it among them, and the folders in which all lie.

    A file that was written just before the look may be written again in the same moment, as the file system counts. So
    ``fresh`` holds digests of such files, and ``compared`` those of files that were fresh in the look before.
    """

    files: Mapping[PurePosixPath, Stamp]
    unlisted: Mapping[PurePosixPath, Stamp]
    beside: Mapping[Path, Stamp]
    fresh: Mapping[PurePath, bytes]
    compared: Mapping[PurePath, bytes]

    @classmethod
    def at(
        cls, content_set: ContentSet, unlisted: Iterable[PurePosixPath] = (), compare: Iterable[PurePath] = ()
    ) -> Self:
        """Look at a content set as it is now; ``compare`` are files that were fresh in the look before."""
        since = time.time_ns() - _COARSE
        listed = listing.list_files(content_set)
        deciding = (*listing.files_beside(content_set), *listing.ignore_files(content_set, listed))
        beside = {file: file_status.stamp(file) for file in deciding}
        beside |= dict.fromkeys(map(content_set.place, leading_outside(content_set)), ())
        folders = {
            folder: file_status.stamp(folder)[-1:] for folder in listing.folders_to_watch(content_set)
        }  # if replaced
        files, others = _stamps(content_set, listed), _stamps(content_set, unlisted)
        fresh = [
            path for seen in (files, others, beside) for path, stamp in seen.items() if stamp and stamp[0] >= since
        ]
        return cls(
            files=files,
            unlisted=others,
            beside=beside | folders,
            fresh=_digests(content_set, fresh),
            compared=_digests(content_set, compare),
        )

    def again(self, content_set: ContentSet) -> Self:
        """Look at the same files, and at those that have come."""
        return self.at(content_set, self.unlisted, self.fresh)

    def is_like(self, before: Self) -> bool:
        """Is all as it was in another look?"""
        return not self.changed(before) and not self.changed_beside(before)

    def with_unlisted(self, content_set: ContentSet, unlisted: Iterable[PurePosixPath]) -> Self:
        """Add files of which nobody knew when this look was taken."""
        return replace(self, unlisted=_stamps(content_set, unlisted))

    def changed(self, before: Self) -> frozenset[PurePosixPath]:
        """Name the files of the content set that are new, gone, or written since."""
        pairs = (self.files.items() ^ before.files.items()) | (self.unlisted.items() ^ before.unlisted.items())
        return frozenset(path for path, _ in pairs) | {
            path for path in self._rewritten(before) if isinstance(path, PurePosixPath) and not path.is_absolute()
        }

    def changed_beside(self, before: Self) -> frozenset[Path]:
        """Name the files and folders beside the content that are new, gone, written or replaced since."""
        rewritten = (path for path in self._rewritten(before) if isinstance(path, Path) and path in before.beside)
        return frozenset((*(path for path, _ in self.beside.items() ^ before.beside.items()), *rewritten))

    def _rewritten(self, before: Self) -> Iterator[PurePath]:
        """Find the files that hold something else, though their stamps may be the same."""
        now = {**self.compared, **self.fresh}
        return (path for path, digest in before.fresh.items() if now.get(path, digest) != digest)


def _stamps(content_set: ContentSet, paths: Iterable[PurePosixPath]) -> Mapping[PurePosixPath, Stamp]:
    return {path: file_status.stamp(content_set.place(path)) for path in paths}


def _digests(content_set: ContentSet, paths: Iterable[PurePath]) -> Mapping[PurePath, bytes]:
    """Digest what files hold, as far as a text may be long."""
    most = content_set.settings.max_file_size
    return {path: blake2b(reading.read_bounded(_place(content_set, path), most)).digest() for path in paths}


def _place(content_set: ContentSet, path: PurePath) -> Path:
    return content_set.place(path) if isinstance(path, PurePosixPath) and not path.is_absolute() else Path(path)


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
