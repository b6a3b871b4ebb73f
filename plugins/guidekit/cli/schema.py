"""The command `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit import schemas
from guidekit.cli import output_files
from guidekit.cli.console import write
from guidekit.cli.telling import say


@click.command()
@click.argument("name", type=click.Choice(schemas.NAMES), required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the schema is printed.",
)
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a file that people write or guidekit writes, or list them."""
    if name is not None:
        output_files.refuse(output, Path.cwd())
        write(schemas.write(name).encode(), output)
        return
    width = max(map(len, schemas.NAMES))
    for known in schemas.NAMES:
        say(f"{known:{width}}  {schemas.read(known)['description']}")
