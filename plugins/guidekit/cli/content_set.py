"""The content set that a command is about: opened from a folder or a settings file, its paths counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import click

from guidekit import files
from guidekit.api import Library
from guidekit.files import RootError, find_root
from guidekit.settings import Settings, SettingsError

FOUND = 1
"""The exit code where something was found."""


SETTINGS_FILE = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The settings file; without it, mkdocs.yml is looked for upward from PATH.",
)


class Misuse(click.ClickException):
    """Something that cannot be done as it was asked."""

    exit_code = 2


def open_library(
    paths: Sequence[Path],
    config_file: Path | None,
    adjust: Callable[[Settings], Settings] | None = None,
    *,
    today: date | None = None,
) -> tuple[Library, Path]:
    """Open the content set that holds the paths, or that of the settings file; ``adjust`` changes its settings.

    ``today`` is the day on which reviews may be overdue, if it is another than the present one.
    """
    roots = {config_file.parent if config_file else find_root(path) for path in paths or (Path.cwd(),)}
    if len({root.resolve() for root in roots}) > 1:
        raise Misuse("the paths lie in different content sets: " + ", ".join(f"'{root}'" for root in sorted(roots)))
    root = roots.pop()
    try:
        place = config_file or root
        settings = adjust(files.open_content_set(place).settings) if adjust else None
        return Library.open(place, settings, today=today), root
    except (SettingsError, RootError) as error:
        raise Misuse(str(error)) from None


def inside(path: Path, root: Path) -> PurePosixPath:
    """Count a path from the root."""
    try:
        return PurePosixPath(path.absolute().relative_to(root.absolute()).as_posix())
    except ValueError:
        try:
            return PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
        except ValueError:
            raise Misuse(f"'{path}' does not lie in the content set '{root}'") from None
