"""Python's garbage collector, told to wait."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Make a great many objects that all stay, without a search for garbage among them every few hundred.

    Reading a thousand pages takes half the time. The collector goes on as it was set before.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep() -> None:
    """Leave out what there is now when garbage is searched for; only for a process that is our own, a command's."""
    gc.freeze()


def release() -> None:
    """Take back what `keep` said."""
    gc.unfreeze()
