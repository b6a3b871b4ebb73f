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

from guidekit.text.escaping import one_line

TRACEBACK = "GUIDEKIT_TRACEBACK"
"""The variable that, where it is set, shows where in the code an internal error has happened."""

_ISSUES = "https://github.com/guidekit/guidekit/issues"


_QUIET = "guidekit.quiet"
"""Where click keeps whether notes are left out, for a command and those below it."""


def _be_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.meta[_QUIET] = True


QUIET = click.option(
    "--quiet",
    "-q",
    is_flag=True,
    expose_value=False,
    callback=_be_quiet,
    help="Print only what was asked for and what is wrong: no counts, no notes, no progress.",
)


def is_quiet() -> bool:
    """Are notes to be left out?"""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


class Misuse(click.ClickException):
    """Something that cannot be done as it was asked, told in a line, or in several."""

    exit_code = 2

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(one_line, lines)))


def say(message: str) -> None:
    """Print a line on standard output."""
    click.echo(one_line(message))


def note(message: str) -> None:
    """Print a line on standard error that nobody has to act on; `QUIET` leaves it out."""
    if not is_quiet():
        tell(message)


def tell(message: str) -> None:
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
        tell(f"internal error: {type(error).__name__}: {error}")
        tell(f"please report this at {_ISSUES}, with what comes out when {TRACEBACK}=1 is set")
        sys.exit(Misuse.exit_code)


def _warn(message: Warning | str, *_: Any, **__: Any) -> None:
    tell(f"warning: {message}")
