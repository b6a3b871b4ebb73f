"""The commands `new fragment`, `new item` and `new guide`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from guidekit.authoring import fragment as fragments
from guidekit.authoring import guide as guides
from guidekit.authoring import item as items
from guidekit.authoring import item_values
from guidekit.authoring.front_matter_values import Value
from guidekit.cli.changing import DRY_RUN, byline, make, refusals
from guidekit.cli.content_set import SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.cli.option_groups import give
from guidekit.cli.sections import WholeSentences
from guidekit.disk import settings_files
from guidekit.library import checklist, guidance, services
from guidekit.library.library import Library

_DATE = click.option(
    "--date",
    "day",
    type=click.DateTime(["%m/%d/%Y", "%Y-%m-%d"]),
    help="The value of ms.date; without it, today.",
)
_GUID = click.option("--guid", default="", help="The GUID of the item; without it, a new one.")
_VALUES = (
    click.option(
        "--severity", type=click.Choice(guidance.SEVERITIES, case_sensitive=False), help="How much the item matters."
    ),
    click.option(
        "--pillar",
        type=click.Choice(guidance.PILLARS, case_sensitive=False),
        help="Its pillar of the Well-Architected Framework.",
    ),
    click.option(
        "--service", multiple=True, metavar="NAME", help="A service of which it speaks; may be given several times."
    ),
)
"""The options on what the header of a fragment tells of an item, in the order in which they are shown."""


@click.group(cls=WholeSentences)
def new() -> None:
    """Write a new fragment, item or guide, with all that the check asks for but the guidance."""


@new.command()
@click.argument("statement")
@_GUID
@give(*_VALUES)
@_DATE
@DRY_RUN
@SETTINGS_FILE
@QUIET
def fragment(
    statement: str,
    guid: str,
    severity: str | None,
    pillar: str | None,
    service: tuple[str, ...],
    day: datetime | None,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Write the fragment of an item that says STATEMENT, for pages to show."""
    library, root = open_library((), config_file)
    with refusals():
        more = _values(library, severity, pillar, service)
        made = fragments.write(library, statement, fragments.new_guid(library, guid), byline(root, day), more=more)
    make(root, library, [made], dry_run=dry_run)
    note("no page shows it yet: 'guidekit new item PAGE' writes a fragment and shows it")


@new.command()
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("statement")
@click.option(
    "--after",
    default="",
    metavar="ITEM",
    help="The item of the page behind which the new one goes, by GUID or statement; without it, the last.",
)
@_GUID
@give(*_VALUES)
@_DATE
@DRY_RUN
@SETTINGS_FILE
@QUIET
def item(
    page: Path,
    statement: str,
    after: str,
    guid: str,
    severity: str | None,
    pillar: str | None,
    service: tuple[str, ...],
    day: datetime | None,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Put an item that says STATEMENT on PAGE, and write its fragment.

    A page that has an item of this statement is left alone, and the exit code is 2.
    """
    library, root = open_library((page,), config_file)
    found = library.page(inside(page, root))
    if found is None or not found.learn:
        raise Misuse(f"'{page}' is no Learn page of the content set in '{root}'")
    with refusals():
        items.refuse_repeated(found, statement)
        more = _values(library, severity, pillar, service)
        waiting = fragments.waiting(library, statement, guid)
        if waiting:
            made = [item_values.set_in_header(library, waiting, more)] if more else []
            shown = items.add(library, found, statement, made[0] if made else waiting, after)
        else:
            guid = fragments.new_guid(library, guid)
            made = [fragments.write(library, statement, guid, byline(root, day), found, more)]
            shown = items.add(library, found, statement, made[0], after)
    make(root, library, [*made, shown], dry_run=dry_run)
    if waiting:
        note(f"'{waiting}' said this already, and no page showed it: it is the item's fragment now")
    if not checklist.question(found.document.front_matter):
        note(f"the page asks no question yet: write it as 'ms.custom' in the front matter of '{page}'")


def _values(library: Library, severity: str | None, pillar: str | None, service: tuple[str, ...]) -> dict[str, Value]:
    """Collect what the header of a fragment is to tell of its item."""
    named = services.SEPARATOR.join(service)
    values: dict[str, Value] = {"severity": severity or "", "waf": pillar or ""}
    values["service"] = item_values.services_of(library, named) if named else ""
    return {key: value for key, value in values.items() if value}


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
