"""How far a command is, shown to a person at a terminal once it takes more than a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

from guidekit.cli.messages import is_quiet
from guidekit.cli.terminal import is_terminal

PATIENCE = 1.0
"""After how many seconds someone wants to know."""

T = TypeVar("T")


def shown(things: Collection[T], what: str) -> Iterator[T]:
    """Go through things, and show a bar with how many are done."""
    if is_quiet() or not is_terminal(sys.stderr):
        yield from things
        return
    due = time.monotonic() + PATIENCE
    rest = iter(things)
    for done, thing in enumerate(rest):
        yield thing
        if time.monotonic() > due:
            yield from _with_bar(rest, what, done + 1, len(things))


def _with_bar(rest: Iterator[T], what: str, done: int, total: int) -> Iterator[T]:
    from rich.console import Console  # costs more than what is shown usually takes
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total, completed=done)
        for thing in rest:
            yield thing
            progress.advance(task)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show that something goes on of which nobody knows how long it takes."""
    if is_quiet() or not is_terminal(sys.stderr):
        yield
        return
    ended = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, ended), daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _tell(what: str, ended: threading.Event) -> None:
    if ended.wait(PATIENCE):
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        ended.wait()
