"""The command `list`."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit import reporting
from guidekit.cli.content_set import SETTINGS_FILE, open_library
from guidekit.cli.messages import QUIET, say
from guidekit.library.library import Library


@click.command("list")
@click.argument("place", default=".", type=click.Path(exists=True, path_type=Path), metavar="[PATH]")
@SETTINGS_FILE
@QUIET
@click.option("--why", is_flag=True, help="Tell of each page how it is read, as Learn does or not, and why.")
def list_(place: Path, config_file: Path | None, why: bool) -> None:
    """List the pages with their checklist items, and the fragments with the pages that show them.

    Ends with how many pages are read as Learn reads them, and how many are left to Python-Markdown.
    """
    library, _ = open_library((place,), config_file)
    if why:
        for page in library.pages:
            dialect = library.dialect(page.document)
            say(f"{page.path}  {'Learn' if dialect.learn else 'not Learn'}: {dialect.why}")
        _sum_up(library)
        return
    for page in library.pages:
        items = f"  {reporting.count(len(page.checklist.items), 'item')}" if page.learn and page.checklist else ""
        say(f"{page.path}{items}{'' if page.learn else '  not a Learn page'}")
    for fragment in library.fragments:
        users = ", ".join(map(str, library.used_by(fragment.path))) or "unused"
        say(f"{fragment.path}  {users}")
    _sum_up(library)


def _sum_up(library: Library) -> None:
    """Tell how the pages are read."""
    learn = sum(page.learn for page in library.pages)
    others = len(library.pages) - learn
    if others:
        say(f"{reporting.count(learn, 'Learn page')}, {reporting.count(others, 'page')} left to Python-Markdown")
