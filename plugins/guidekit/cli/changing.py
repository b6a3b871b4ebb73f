"""Changes made by a command: shown as a diff, or written one by one, and never half of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from guidekit import changes, files, reporting
from guidekit.api import Library
from guidekit.authoring import RefusedError
from guidekit.changes import Change
from guidekit.cli.content_set import Misuse
from guidekit.files import RootError, WriteError

DRY_RUN = click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing.")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what authoring refuses into a command that could not do its work."""
    try:
        yield
    except RefusedError as refusal:
        raise Misuse(reporting.printable(str(refusal))) from None


def make(root: Path, library: Library, made: Sequence[Change], *, dry_run: bool) -> None:
    """Write changes, new files first and removals last, or print them as a diff; name each file that was written."""
    for change in made:
        _refuse_outside(root, library, root / change.path)
    if dry_run:
        click.echo(changes.diff(made).encode(), nl=False)
        return
    ordered = sorted(made, key=_urgency)
    for number, change in enumerate(ordered):
        try:
            changes.write(root, [change])
        except (WriteError, KeyboardInterrupt) as error:
            raise Misuse(_interrupted(error, ordered, number)) from None
        click.echo(reporting.printable(f"{_verb(change)} {change.path}"))


def _urgency(change: Change) -> int:
    return 0 if change.before is None else 2 if change.after is None else 1


def _verb(change: Change) -> str:
    return ("wrote", "changed", "removed")[_urgency(change)]


def _interrupted(error: BaseException, ordered: Sequence[Change], number: int) -> str:
    why = str(error) or "interrupted"
    if not number:
        return f"{why}; nothing was written"
    left = ", ".join(f"'{change.path}'" for change in ordered[number:])
    return reporting.printable(f"{why}; what is named above was written, not so {left}")


def _refuse_outside(root: Path, library: Library, place: Path) -> None:
    """Refuse a place to which a symbolic link leads out of the content set."""
    allowed = (root, *(root / folder for folder in (library.layout.content, *library.settings.roots)))
    real = place.resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in allowed):
        raise Misuse(f"'{place}' leads out of the content set, through a symbolic link")


def settings_text(root: Path, library: Library) -> tuple[str, str] | None:
    """Read the settings file: its name and its text; ``None`` where there is none."""
    name = library.layout.settings_file
    text = read(root / name)
    return None if text is None else (name, text)


def read(place: Path) -> str | None:
    """Read a text that is no content; ``None`` where there is no such file."""
    try:
        return files.read(place)
    except RootError as error:
        raise Misuse(str(error)) from None


def note(text: str) -> None:
    """Tell the author something on standard error."""
    click.echo(reporting.printable(text), err=True)
