"""Standard output and files: colors on a terminal, plain text elsewhere, files whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import click

from guidekit.cli.messages import Misuse, tell
from guidekit.cli.terminal import is_terminal
from guidekit.disk import patches, writing
from guidekit.disk.changes import Change, Move
from guidekit.disk.file_status import WriteError
from guidekit.reporting import Styled
from guidekit.text.escaping import harmless, in_html, printable

STANDARD_OUTPUT = Path("-")

_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def print_styled(parts: Iterable[Styled], *, err: bool = False) -> None:
    """Print in color on a terminal or where ``FORCE_COLOR`` is set, plain elsewhere or where ``NO_COLOR`` is set."""
    if os.environ.get("NO_COLOR") or not (is_terminal(sys.stderr if err else sys.stdout) or _is_color_forced()):
        click.echo("".join(text for text, _ in parts), nl=False, err=err)
        return
    from rich.console import Console  # costs more than a check of a small content set; not needed in a pipe
    from rich.text import Text

    colors: Literal["auto", "standard"] = "standard" if _is_color_forced() else "auto"
    console = Console(soft_wrap=True, highlight=False, stderr=err, color_system=colors)
    console.print(Text.assemble(*parts), end="")


def _is_color_forced() -> bool:
    return bool(os.environ.get("FORCE_COLOR"))


def print_text(text: str) -> None:
    """Print a text for people, of as many lines as it has."""
    click.echo(printable(text), nl=False)


def print_html(html: str) -> None:
    """Print HTML, in UTF-8 whatever the encoding of standard output."""
    click.echo(in_html(html).encode(), nl=False)


def print_diff(changes: Iterable[Change | Move]) -> None:
    """Print changes as a diff: to be looked at on a terminal, elsewhere to be applied."""
    if is_terminal(sys.stdout):
        print_styled(
            (printable(line), _COLORS.get(line[:1], "")) for line in patches.show(changes).splitlines(keepends=True)
        )
    else:
        click.echo(patches.write(changes).encode(), nl=False)


def write(data: bytes, output: Path | None, *, commanding: bool = False) -> None:
    """Write to a file, or to standard output without one, or where it is called ``-``.

    What a terminal or a build service would obey is printed otherwise, and that is told, unless data is ``commanding``:
    made to be obeyed.
    """
    if output is None or output == STANDARD_OUTPUT:
        click.echo(data if commanding else _printed(data), nl=False)
        return
    writing.remove_abandoned([output.parent])
    try:
        writing.write(output, data)
    except WriteError as error:
        raise Misuse(str(error)) from None


def _printed(data: bytes) -> bytes:
    text = data.decode(errors="replace")
    told = harmless(text)
    if told == text or _is_file():
        return data
    changed = sum(one != other for one, other in zip(told, text, strict=True))
    tell(f"{changed:,} of the characters would command a terminal or a log and are printed as U+FFFD: write to a file")
    return told.encode()


def _is_file() -> bool:
    """Is standard output a file, which shows nothing to anybody?"""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False
