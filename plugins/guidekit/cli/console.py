"""Standard output and files: colors on a terminal, plain text elsewhere, files whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from guidekit import files
from guidekit.cli.content_set import Misuse
from guidekit.cli.terminal import is_terminal
from guidekit.files import WriteError
from guidekit.reporting import Styled

STANDARD_OUTPUT = Path("-")


def print_styled(parts: Iterable[Styled], *, err: bool = False) -> None:
    """Print in color on a terminal, plain elsewhere."""
    if not is_terminal(sys.stderr if err else sys.stdout) or os.environ.get("NO_COLOR"):
        click.echo("".join(text for text, _ in parts), nl=False, err=err)
        return
    from rich.console import Console  # costs more than a check of a small content set; not needed in a pipe
    from rich.text import Text

    Console(soft_wrap=True, highlight=False, stderr=err).print(Text.assemble(*parts), end="")


def write(data: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output without one, or where it is called ``-``."""
    if output is None or output == STANDARD_OUTPUT:
        click.echo(data, nl=False)
        return
    files.remove_abandoned([output.parent])
    try:
        files.write(output, data)
    except WriteError as error:
        raise Misuse(str(error)) from None
