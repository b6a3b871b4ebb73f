"""The command `list`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

import click

from guidekit import reporting
from guidekit.cli import working_directory
from guidekit.cli.content_set import SETTINGS_FILE, inside_or_all, open_library
from guidekit.cli.messages import QUIET, Misuse, say
from guidekit.library.page import Page

_NO_GUID = f"{'no GUID':36}"

Name = Callable[[PurePosixPath], PurePosixPath]
"""Tells how to print a path."""


@click.command("list")
@click.argument("place", required=False, type=click.Path(exists=True, path_type=Path), metavar="[PATH]")
@SETTINGS_FILE
@QUIET
@click.option("--why", is_flag=True, help="Tell of each page how it is read, as Learn does or not, and why.")
def list_(place: Path | None, config_file: Path | None, why: bool) -> None:
    """List the pages with their checklist items, and the fragments with the pages that show them.

    PATH narrows the list to a file, or to the files in a folder. Each item has its GUID, by which other commands know it.
    Ends with how many pages are read as Learn reads them, and how many are left to Python-Markdown.
    """
    library, root = open_library((place,) if place else (), config_file)
    within = inside_or_all(place, root) if place else PurePosixPath()
    pages = [page for page in library.pages if page.path.is_relative_to(within)]
    fragments = [fragment for fragment in library.fragments if fragment.path.is_relative_to(within)]
    if not pages and not fragments and within.parts:
        raise Misuse(f"nothing to list: no page and no fragment in '{place}'")
    name = working_directory.names(root)
    if why:
        for page in pages:
            dialect = library.dialect(page.document)
            say(f"{name(page.path)}  {'Learn' if dialect.learn else 'not Learn'}: {dialect.why}")
        _sum_up(pages)
        return
    for page in pages:
        _say_page(page, name)
    for fragment in fragments:
        users = ", ".join(str(name(user)) for user in library.used_by(fragment.path)) or "unused"
        say(f"{name(fragment.path)}  {users}")
    _sum_up(pages)


def _say_page(page: Page, name: Name) -> None:
    items = page.checklist.items if page.learn and page.checklist else ()
    count = f"  {reporting.count(len(items), 'item')}" if items else ""
    say(f"{name(page.path)}{count}{'' if page.learn else '  not a Learn page'}")
    for item in items:
        say(f"  {item.guid or _NO_GUID}  {item.title}")


def _sum_up(pages: Sequence[Page]) -> None:
    """Tell how the pages are read."""
    learn = sum(page.learn for page in pages)
    others = len(pages) - learn
    if others:
        say(f"{reporting.count(learn, 'Learn page')}, {reporting.count(others, 'page')} left to Python-Markdown")
