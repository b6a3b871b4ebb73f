"""What a command says in its own words, each message on one line whatever it names, and what it cannot do."""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from guidekit.escaping import one_line

TRACEBACK = "GUIDEKIT_TRACEBACK"
"""The variable that, where it is set, shows where in the code an internal error has happened."""

_ISSUES = "https://github.com/guidekit/guidekit/issues"


class Misuse(click.ClickException):
    """Something that cannot be done as it was asked, told in a line, or in several."""

    exit_code = 2

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(one_line, lines)))


def say(message: str) -> None:
    """Print a line on standard output."""
    click.echo(one_line(message))


def note(message: str) -> None:
    """Print a line on standard error."""
    click.echo(one_line(message), err=True)


@contextmanager
def fit_to_print() -> Iterator[None]:
    """Let streams take what their encoding lacks, and libraries warn in a line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with warnings.catch_warnings():
        warnings.showwarning = _warn
        yield


@contextmanager
def refused_in_lines() -> Iterator[None]:
    """See that what click refuses, such as a file's name, is told on one line."""
    try:
        yield
    except click.MissingParameter:
        raise  # it lists what can be chosen, on lines of its own
    except click.UsageError as error:
        raise click.UsageError(one_line(error.format_message()), error.ctx) from None
    except click.FileError as error:
        raise Misuse(error.format_message()) from None


@contextmanager
def internal_errors() -> Iterator[None]:
    """Tell of what went wrong within guidekit, and how to report it: the last resort, in place of a traceback."""
    try:
        yield
    except Exception as error:
        if os.environ.get(TRACEBACK) or (isinstance(error, OSError) and error.filename is None):
            raise  # it is asked for, or nobody takes what is printed
        note(f"internal error: {type(error).__name__}: {error}")
        note(f"please report this at {_ISSUES}, with what comes out when {TRACEBACK}=1 is set")
        sys.exit(Misuse.exit_code)


def _warn(message: Warning | str, *_: Any, **__: Any) -> None:
    note(f"warning: {message}")
