"""The commands `import` and `export`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from guidekit.authoring import item_import, sheet
from guidekit.cli.catalogue import catalogue
from guidekit.cli.changing import DRY_RUN, byline, make, refusals
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, Misuse, note, tell
from guidekit.disk import reading
from guidekit.disk.file_status import RootError

_EXPORTED = ("json", "azure", "csv", "xlsx")
"""The formats of the catalogue that can be taken in again."""

_TELLING = (".json", ".csv", ".xlsx", ".md", ".yml", ".yaml")
"""Endings that say what a file holds."""


class _Column(click.ParamType):  # type: ignore[type-arg]  # generic only in click 8.4
    """A field, and the column that holds it."""

    name = "FIELD=COLUMN"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        field, equals, column = value.partition("=")
        if field not in sheet.COLUMNS or not equals or not column.strip():
            self.fail(f"'{value}' is not FIELD=COLUMN with one of {', '.join(sheet.COLUMNS)}", param, ctx)
        return field, column


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "columns",
    type=_Column(),
    multiple=True,
    metavar="FIELD=COLUMN",
    help=f"The column that holds a field, as in guid=Id. The fields: {', '.join(sheet.COLUMNS)}.",
)
@click.option(
    "--guide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page on which new items go; without it, they are only named.",
)
@click.option(
    "--add", is_flag=True, help="With --guide: a row without a GUID is a new item, unless the page has its statement."
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%m/%d/%Y", "%Y-%m-%d"]),
    help="The value of ms.date of new fragments; without it, today.",
)
@DRY_RUN
@SETTINGS_FILE
@QUIET
def import_(
    file: Path,
    columns: tuple[tuple[str, str], ...],
    guide: Path | None,
    add: bool,
    day: datetime | None,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Take statements, severities, pillars and services of items in from FILE: JSON, CSV or XLSX, by GUID.

    The guidance itself is never touched, and no item is removed. Exits with 1 if new items were not added.
    """
    if add and guide is None:
        raise Misuse("--add puts new items on a page: name it with --guide")
    library, root = open_library((guide,) if guide else (), config_file)
    with refusals():
        given = sheet.read(file.name, _data(file), dict(columns), may_lack_guid=add)
        page = inside(guide, root) if guide else None
        rows = item_import.with_guids(library, given, page) if page else given
        taken = item_import.take_in(library, rows, page, byline(root, day))
    make(root, library, taken.changes, dry_run=dry_run)
    unnamed = {row.name for row in given if not row.guid}
    for row in taken.added:
        if row.name in unnamed:
            note(f"{row.name}: '{row.text}' is the item '{row.guid}' now")
    for row in taken.waiting:
        tell(f"{row.name}: '{row.guid}' is new, and not added: name its page with --guide")
    for row in taken.retired:
        tell(f"{row.name}: '{row.guid}' is retired: '{library.settings.aliases[row.guid]}' took its place")
    for entry in taken.vanished:
        tell(f"{entry.source}: '{entry.guid}' is not in '{file}', and stays")
    same = len(rows) - len(taken.added) - len(taken.changed) - len(taken.waiting) - len(taken.retired)
    note(f"{len(taken.added)} added, {len(taken.changed)} changed, {same} as before, {len(taken.vanished)} vanished")
    if taken.waiting:
        sys.exit(FOUND)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(_EXPORTED), help="The format; without it, the one that FILE's ending tells."
)
@click.option(
    "--guide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page of one guide; without it, all guides.",
)
@SETTINGS_FILE
@QUIET
@click.pass_context
def export(context: click.Context, file: Path, form: str | None, guide: Path | None, config_file: Path | None) -> None:
    """Write the checklists to FILE as the catalogue has them, so that `import` reads them back without a change."""
    known = form or file.suffix.removeprefix(".").lower()
    if known not in _EXPORTED:
        raise Misuse(f"'{file}' ends with none of .json, .csv, .xlsx: name its format with --format")
    ending = "json" if known == "azure" else known
    if file.suffix.lower() in _TELLING and file.suffix.lower() != f".{ending}":
        raise Misuse(f"'{file}' would hold {ending}: name a file that ends with .{ending}")
    context.invoke(catalogue, form=known, guide=guide, output=file, config_file=config_file)


def _data(file: Path) -> bytes:
    try:
        return reading.read_data(file)
    except RootError as error:
        raise Misuse(str(error)) from None
