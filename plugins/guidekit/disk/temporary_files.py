"""Files that hold a text until it is whole, beside the file whose place they take; and those that a killed run has left.

Whoever writes such a file holds a lock on it, which the system gives up when the process ends, however it ends. So one
that nobody holds was left behind. Where there are no such locks (on Windows), one that is older than a minute was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import mkstemp

from guidekit.disk.held_files import patiently

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".guidekit-", ".tmp"
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


def remove_abandoned(folder: Path) -> bool:
    """Remove the files of killed runs from a folder; was there any?"""
    removed = False
    with suppress(OSError):  # nobody may look into the folder, or there is none
        for entry in os.scandir(folder):
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with suppress(OSError):  # someone holds it, or it is gone
                    _remove_abandoned_file(Path(entry))
                    removed = True
    return removed


def _remove_abandoned_file(file: Path) -> None:
    """Remove the file of a killed run. Raises ``OSError`` for one that a process holds, and what is no such file."""
    if fcntl is None:
        if time.time() - file.stat().st_mtime < _MINUTE:
            raise BlockingIOError
        file.unlink()
        return
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink()
    finally:
        os.close(descriptor)
