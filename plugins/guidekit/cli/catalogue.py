"""The command `catalogue`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from guidekit.cli import output_files, working_directory
from guidekit.cli.console import write
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, Misuse, tell
from guidekit.exports import catalogue as data
from guidekit.exports.catalogue import Catalogue


@click.command()
@click.option(
    "--format", "form", type=click.Choice([*data.FORMATS]), default="json", show_default=True, help="The format."
)
@click.option(
    "--guide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page of one guide; without it, the catalogue holds all guides.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the catalogue is printed.",
)
@SETTINGS_FILE
@QUIET
def catalogue(form: str, guide: Path | None, output: Path | None, config_file: Path | None) -> None:
    """Write the checklists as data: for programs, for spreadsheets, or as a task list.

    An item without a GUID or without guidance is left out and named on standard error; the exit code is then 1.
    """
    if form == "xlsx" and output is None:
        raise Misuse("a workbook cannot be printed: name a file with --output")
    library, root = open_library((guide,) if guide else (), config_file)
    known = _only(data.read(library), guide, root)
    output_files.refuse(output, root, library)
    write(data.FORMATS[form](known), output)
    name = working_directory.names(root, on_stderr=True)
    for item in known.left_out:
        lacks = "GUID" if item.guidance else "guidance"
        span = replace(item.span, path=name(item.span.path))
        tell(f"left out: {span}: '{item.title}' has no {lacks}")
    if known.left_out:
        sys.exit(FOUND)


def _only(known: Catalogue, guide: Path | None, root: Path) -> Catalogue:
    """Narrow a catalogue to the guide that was asked for; there must be one, lest an empty file passes for a list."""
    found = known.only(inside(guide, root)) if guide else known
    if found is None:
        raise Misuse(f"'{guide}' has no checklist")
    if not found.guides:
        raise Misuse(f"no page in '{root}' has a checklist")
    return found
