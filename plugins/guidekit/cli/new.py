"""The commands `new fragment`, `new item` and `new guide`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from guidekit.authoring import fragment as fragments
from guidekit.authoring import guide as guides
from guidekit.authoring import item as items
from guidekit.cli.changing import DRY_RUN, byline, make, refusals
from guidekit.cli.content_set import SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.cli.sections import WholeSentences
from guidekit.disk import settings_files
from guidekit.library import checklist

_DATE = click.option(
    "--date",
    "day",
    type=click.DateTime(["%m/%d/%Y", "%Y-%m-%d"]),
    help="The value of ms.date; without it, today.",
)
_GUID = click.option("--guid", default="", help="The GUID of the item; without it, a new one.")


@click.group(cls=WholeSentences)
def new() -> None:
    """Write a new fragment, item or guide, with all that the check asks for but the guidance."""


@new.command()
@click.argument("statement")
@_GUID
@_DATE
@DRY_RUN
@SETTINGS_FILE
@QUIET
def fragment(statement: str, guid: str, day: datetime | None, dry_run: bool, config_file: Path | None) -> None:
    """Write the fragment of an item that says STATEMENT, for pages to show."""
    library, root = open_library((), config_file)
    with refusals():
        made = fragments.write(library, statement, fragments.new_guid(library, guid), byline(root, day))
    make(root, library, [made], dry_run=dry_run)
    note("no page shows it yet: 'guidekit new item PAGE' writes a fragment and shows it")


@new.command()
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("statement")
@click.option(
    "--after", default="", metavar="GUID", help="The item behind which the new one goes; without it, the last."
)
@_GUID
@_DATE
@DRY_RUN
@SETTINGS_FILE
@QUIET
def item(
    page: Path,
    statement: str,
    after: str,
    guid: str,
    day: datetime | None,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Put an item that says STATEMENT on PAGE, and write its fragment."""
    library, root = open_library((page,), config_file)
    found = library.page(inside(page, root))
    if found is None or not found.learn:
        raise Misuse(f"'{page}' is no Learn page of the content set in '{root}'")
    with refusals():
        waiting = fragments.waiting(library, statement, guid)
        if waiting:
            made = []
            shown = items.add(library, found, statement, waiting, after)
        else:
            guid = fragments.new_guid(library, guid)
            made = [fragments.write(library, statement, guid, byline(root, day), found)]
            shown = items.add(library, found, statement, made[0], after)
    make(root, library, [*made, shown], dry_run=dry_run)
    if waiting:
        note(f"'{waiting}' said this already, and no page showed it: it is the item's fragment now")
    if not checklist.question(found.document.front_matter):
        note(f"the page asks no question yet: write it as 'ms.custom' in the front matter of '{page}'")


@new.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="The title, which is the heading too.")
@click.option("--question", required=True, help="What the items answer; it ends with a question mark.")
@click.option("--description", default="", help="The description; without it, one is made of the question.")
@_DATE
@DRY_RUN
@SETTINGS_FILE
@QUIET
def guide(
    path: Path,
    title: str,
    question: str,
    description: str,
    day: datetime | None,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Write a guide to PATH: a page with a title and a question, ready for its first item."""
    library, root = open_library((path,), config_file)
    place = inside(path, root)
    with refusals():
        made = guides.write(
            library, place, title=title, asked=question, description=description, byline=byline(root, day)
        )
    make(root, library, [made], dry_run=dry_run)
    note(f"its first item: guidekit new item {path} 'STATEMENT'")
    if settings_files.has_navigation(config_file or root):
        note(f"its line in the nav of {library.layout.settings_file}: - {library.layout.inside(place)}")
