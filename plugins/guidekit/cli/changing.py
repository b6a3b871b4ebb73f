"""Changes made by a command: shown as a diff, or written one by one, and never half of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import click

from guidekit.authoring import RefusedError
from guidekit.authoring.fragment import Byline
from guidekit.cli import working_directory
from guidekit.cli.console import print_diff
from guidekit.cli.interrupts import held
from guidekit.cli.messages import Misuse, say
from guidekit.disk import changes, git_repository, reading, symlinks
from guidekit.disk.changes import Change, Move
from guidekit.disk.file_status import RootError, WriteError
from guidekit.library.library import ChangedError, Library

DRY_RUN = click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing.")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what authoring refuses into a command that could not do its work."""
    try:
        yield
    except (RefusedError, ChangedError) as error:
        raise Misuse(*map(str, error.args)) from None


def make(root: Path, library: Library, made: Sequence[Change | Move], *, dry_run: bool) -> None:
    """Write changes, new files first and removals last, or print them as a diff; tell what became of each file."""
    for change in made:
        _refuse_mounted(library, change.path)
        _refuse_mounted(library, change.to if isinstance(change, Move) else change.path)
    _make(root, made, library.layout.folders(library.settings.roots), dry_run=dry_run)


def make_new(root: Path, made: Sequence[Change], *, dry_run: bool) -> None:
    """Write the files of a content set that is not there yet, or print them as a diff; tell what became of each."""
    _make(root, made, (".",), dry_run=dry_run)


def _make(root: Path, made: Sequence[Change | Move], folders: Sequence[str], *, dry_run: bool) -> None:
    ordered = sorted(made, key=_urgency)
    for change in ordered:
        _refuse_outside(root, folders, change.to if isinstance(change, Move) else change.path)
    if dry_run:
        print_diff(ordered)
        return
    try:
        with held():
            changes.write(root, ordered)
    except WriteError as error:
        raise Misuse(unfinished(root, ordered, str(error))) from None
    name = working_directory.names(root)
    for change in ordered:
        say(_told(change, name))


def _urgency(change: Change | Move) -> int:
    """Order changes so that nothing is lost where one of them fails: first what is new, then what refers to it."""
    if isinstance(change, Move):
        return 1
    return 0 if change.before is None else 3 if change.after is None else 2


def unfinished(root: Path, made: Sequence[Change | Move], why: str) -> str:
    """Say which changes were made and which were not, as the disk has it."""
    done = [change for change in made if changes.is_made(root, change)]
    if not done:
        return why
    told = ", ".join(f"'{change.path}'" for change in done)
    left = ", ".join(f"'{change.path}'" for change in made if change not in done)
    return f"{why}; written: {told}; not written: {left}"


def _told(change: Change | Move, name: Callable[[PurePosixPath], PurePosixPath]) -> str:
    if isinstance(change, Move):
        return f"moved {name(change.path)} to {name(change.to)}"
    return f"{('wrote', '', 'changed', 'removed')[_urgency(change)]} {name(change.path)}"


def _refuse_mounted(library: Library, path: PurePosixPath) -> None:
    """Refuse a path in another repository."""
    if mount := library.layout.mount_of(path):
        raise Misuse(f"'{path}' belongs to another repository, '{mount.path}': change it there")


def _refuse_outside(root: Path, folders: Sequence[str], path: PurePosixPath) -> None:
    """Refuse a path that leads out of the folders of the content set, through a symbolic link."""
    if symlinks.leads_outside(root, path, folders):
        raise Misuse(f"'{root / path}' leads out of the content set, through a symbolic link")


def settings_text(root: Path, library: Library) -> tuple[str, str] | None:
    """Read the settings file: its name and its text; ``None`` where there is none."""
    name = library.layout.settings_file
    text = read(root / name)
    return None if text is None else (name, text)


def read(place: Path) -> str | None:
    """Read a text that is no content; ``None`` where there is no such file."""
    try:
        return reading.read(place)
    except RootError as error:
        raise Misuse(str(error)) from None


def byline(root: Path, day: datetime | None) -> Byline:
    """Say who writes, and on which day."""
    return Byline(author=git_repository.git_user(root), today=day.date() if day else date.today())
