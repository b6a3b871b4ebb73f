"""The command `list`."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit import reporting
from guidekit.cli.content_set import SETTINGS_FILE, open_library
from guidekit.cli.telling import say


@click.command("list")
@click.argument("place", default=".", type=click.Path(exists=True, path_type=Path), metavar="[PATH]")
@SETTINGS_FILE
def list_(place: Path, config_file: Path | None) -> None:
    """List the pages with their checklist items, and the fragments with the pages that show them."""
    library, _ = open_library((place,), config_file)
    for page in library.pages:
        items = f"  {reporting.count(len(page.checklist.items), 'item')}" if page.learn and page.checklist else ""
        say(f"{page.path}{items}{'' if page.learn else '  not a Learn page'}")
    for fragment in library.fragments:
        users = ", ".join(map(str, library.used_by(fragment.path))) or "unused"
        say(f"{fragment.path}  {users}")
