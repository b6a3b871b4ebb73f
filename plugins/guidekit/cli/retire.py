"""The command `retire`."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit.authoring import retirement
from guidekit.authoring.settings_file import SettingsFile
from guidekit.cli.changing import DRY_RUN, make, refusals, settings_text
from guidekit.cli.content_set import SETTINGS_FILE, open_library
from guidekit.cli.messages import QUIET, tell


@click.command()
@click.argument("guid")
@click.option("--alias", default="", metavar="GUID", help="The item that takes its place, for the setting aliases.")
@DRY_RUN
@SETTINGS_FILE
@QUIET
def retire(guid: str, alias: str, dry_run: bool, config_file: Path | None) -> None:
    """Take the item GUID off all pages, and its fragment away.

    Readers keep their answers where --alias names the item that takes its place.
    """
    library, root = open_library((), config_file)
    with refusals():
        file = settings_text(root, library)
        made = retirement.retire(library, guid, alias, SettingsFile(*file) if file and alias else None)
    make(root, library, made.changes, dry_run=dry_run)
    for link in made.links:
        tell(f"{link}: this link leads to the item: lead it elsewhere")
    if library.settings.published and not alias:
        tell("no item takes its place: readers lose their answers, and 'guid-vanished' will say so")
