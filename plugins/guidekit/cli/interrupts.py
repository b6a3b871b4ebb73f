"""How a command ends that is interrupted, or whose output nobody takes."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from guidekit.cli.messages import Misuse, fit_to_print, internal_errors, refused_in_lines, tell
from guidekit.extras import MissingExtraError

_CLOSED = (errno.EPIPE, errno.EINVAL)
"""What a pipe answers that nobody reads any more; the second one on Windows."""

INTERRUPTED = 130
"""The exit code after an interrupt, as shells have it."""


class OrderlyGroup(click.Group):
    """Commands that end in an orderly way when they are interrupted, or cannot print what they have found.

    Files are written whole or not at all anyway.
    """

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line, and see that all that was printed has been taken."""
        try:
            try:
                with fit_to_print(), internal_errors():
                    return super().main(*args, **options)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            if error.filename is not None or sys.stdout is None:  # it comes from elsewhere
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python prints the rest when it ends
            if error.errno in _CLOSED:
                sys.exit(1)
            tell(f"Error: cannot write to standard output: {error.strerror or error}")
            sys.exit(2)

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read what is asked for before the command's own name."""
        with refused_in_lines():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            with refused_in_lines():
                return super().invoke(ctx)
        except MissingExtraError as error:
            raise Misuse(str(error)) from None
        except FileNotFoundError as error:
            if error.filename is not None:
                raise
            raise Misuse("the working directory is not there any more") from None
        except KeyboardInterrupt:
            tell("interrupted")
            ctx.exit(INTERRUPTED)


@contextmanager
def held() -> Iterator[None]:
    """Let files that belong together be written to the last one before an interrupt is heard.

    Where one of them cannot be written, that is told instead.
    """
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored or threading.current_thread() is not threading.main_thread():
        yield  # nobody interrupts
        return
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if heard:
        raise KeyboardInterrupt
