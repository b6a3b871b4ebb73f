"""The command `graph`."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit.cli import output_files
from guidekit.cli.console import write
from guidekit.cli.content_set import SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.exports import graph as data
from guidekit.exports.graph.mermaid import MOST


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@click.option(
    "--format", "form", type=click.Choice([*data.FORMATS]), default="mermaid", show_default=True, help="The format."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the graph is printed.",
)
@SETTINGS_FILE
@QUIET
def graph(paths: tuple[Path, ...], form: str, output: Path | None, config_file: Path | None) -> None:
    """Draw which pages show which fragments, and which fragments show others; files that are missing are marked.

    Pages that include nothing are left out. PATHs narrow the graph to files and folders, with all that they show and
    all that shows them.
    """
    library, root = open_library(paths, config_file)
    drawn = data.read(library, [place for path in paths if (place := inside(path, root)).parts])
    if not drawn.nodes:
        where = ", ".join(f"'{path}'" for path in paths or (root,))
        raise Misuse(f"nothing to draw: no pages and no fragments in {where}")
    output_files.refuse(output, root, library)
    write(data.FORMATS[form](drawn).encode(errors="replace"), output)
    if form == "mermaid" and len(drawn.edges) > MOST:
        count = f"{len(drawn.edges):,} includes, and most programs draw {MOST} at most"
        note(f"the graph has {count}: name PATHs, or use --format dot")
