"""Files and folders that hold what is not whole yet, beside what they take the place of; and those that a killed run has left.

Whoever writes such a file holds a lock on it, which the system gives up when the process ends, however it ends. So one
that nobody holds was left behind. Where there are no such locks (on Windows), one that is older than a minute was.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from guidekit.disk.held_files import patiently

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX, _FOLDER_SUFFIX = ".guidekit-", ".tmp", ".tmpdir"
_MINUTE = 60


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Make an empty file in the folder of ``target``; what is there under its name at the end is removed."""
    while True:
        descriptor, name = mkstemp(dir=target.parent, prefix=_PREFIX, suffix=_SUFFIX)
        if fcntl is None:
            os.close(descriptor)  # a file that is open cannot be renamed there
            descriptor = -1
            break
        with suppress(OSError):  # this file system has no locks: then nobody else gets one either
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)  # another process took it for one that was left, before it was locked
    try:
        try:
            yield Path(name)
        finally:
            with suppress(PermissionError):  # whoever holds it, the next run removes it
                patiently(partial(Path(name).unlink, missing_ok=True))
    finally:
        if descriptor >= 0:
            os.close(descriptor)


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """Make an empty folder in that of ``target``; what is there under its name at the end is removed."""
    name = Path(mkdtemp(dir=target.parent, prefix=_PREFIX, suffix=_FOLDER_SUFFIX))
    descriptor = -1
    try:
        if fcntl is not None:
            descriptor = os.open(name, os.O_RDONLY)
            with suppress(OSError):  # this file system has no locks: then nobody else gets one either
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield name
    finally:
        shutil.rmtree(name, ignore_errors=True)
        if descriptor >= 0:
            os.close(descriptor)


def umask() -> int:
    """Ask for the permissions that new files do not get; the system tells only who sets them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def remove_abandoned(folder: Path) -> bool:
    """Remove the files and folders of killed runs from a folder; was there any?"""
    removed = False
    with suppress(OSError):  # nobody may look into the folder, or there is none
        for entry in os.scandir(folder):
            if entry.name.startswith(_PREFIX) and entry.name.endswith((_SUFFIX, _FOLDER_SUFFIX)):
                with suppress(OSError):  # someone holds it, or it is gone
                    _remove_abandoned_entry(Path(entry))
                    removed = True
    return removed


def _remove_abandoned_entry(place: Path) -> None:
    """Remove the file or folder of a killed run. Raises ``OSError`` for one that a process holds, and what is none."""
    is_ours = stat.S_ISDIR if place.name.endswith(_FOLDER_SUFFIX) else stat.S_ISREG
    if not is_ours(place.lstat().st_mode):
        raise FileNotFoundError
    remove = shutil.rmtree if is_ours is stat.S_ISDIR else Path.unlink
    if fcntl is None:
        if time.time() - place.stat().st_mtime < _MINUTE:
            raise BlockingIOError
        remove(place)
        return
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(place, flags)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(place)
    finally:
        os.close(descriptor)
