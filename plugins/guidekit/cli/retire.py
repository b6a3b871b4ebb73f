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
@click.argument("item")
@click.option("--alias", default="", metavar="ITEM", help="The item that takes its place, for the setting aliases.")
@DRY_RUN
@SETTINGS_FILE
@QUIET
def retire(item: str, alias: str, dry_run: bool, config_file: Path | None) -> None:
    """Take an ITEM off all pages, and its fragment away.

    An item is named by its GUID, or by its statement where no other item says the same. Readers keep their answers where
    --alias names the item that takes its place.
    """
    library, root = open_library((), config_file)
    with refusals():
        file = settings_text(root, library)
        made = retirement.retire(library, item, alias, SettingsFile(*file) if file and alias else None)
    make(root, library, made.changes, dry_run=dry_run)
    for link in made.links:
        tell(f"{link}: this link leads to the item: lead it elsewhere")
    if library.settings.published and not alias:
        tell("no item takes its place: readers lose their answers, and 'guid-vanished' will say so")
