"""The command `report`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from guidekit.cli import output_files
from guidekit.cli.console import write
from guidekit.cli.content_set import SETTINGS_FILE, open_session
from guidekit.cli.messages import QUIET, Misuse
from guidekit.exports import reports


@click.command()
@click.argument("name", type=click.Choice(reports.REPORTS))
@click.argument("place", default=".", type=click.Path(exists=True, path_type=Path), metavar="[PATH]")
@click.option(
    "--format", "form", type=click.Choice([*reports.FORMATS]), default="text", show_default=True, help="The format."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the report is printed.",
)
@click.option(
    "--cycle",
    type=click.IntRange(1, 99_999),
    default=reports.CYCLE,
    show_default=True,
    metavar="DAYS",
    help="After how many days a text is due for review that has no ms.update-cycle.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day as of which to report; without it, the day on which it is asked for.",
)
@SETTINGS_FILE
@QUIET
def report(
    name: str, place: Path, form: str, output: Path | None, cycle: int, today: datetime | None, config_file: Path | None
) -> None:
    """Report on the content set that holds PATH: coverage, freshness, owners or usage.

    coverage tells how many checklist items have guidance, freshness what is due for review, owners who answers for
    what, and usage which pages show each fragment. A report is no verdict: it ends with 0 whatever it tells.
    """
    day = today.date() if today else date.today()
    session, root = open_session((place,), config_file, today=day)
    library = session.library
    if not library.pages and not library.fragments:
        raise Misuse(f"nothing to report: no pages and no fragments in '{root}'")
    output_files.refuse(output, root, library)
    write(reports.FORMATS[form](reports.view(name, library, session.check, day, cycle)), output)
