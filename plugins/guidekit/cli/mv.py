"""The command `mv`."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import click

from guidekit.authoring import moving, redirection_file
from guidekit.authoring.redirection_file import Redirections
from guidekit.authoring.settings_file import SettingsFile
from guidekit.cli.changing import DRY_RUN, make, read, refusals, settings_text
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, inside, open_library
from guidekit.cli.messages import QUIET, tell
from guidekit.disk import file_status, writing
from guidekit.library.library import Library


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@DRY_RUN
@SETTINGS_FILE
@QUIET
def mv(old: Path, new: Path, dry_run: bool, config_file: Path | None) -> None:
    """Move a page, a fragment, an image or a folder from OLD to NEW, or into NEW if that is a folder.

    Links, images and includes lead there in all pages and fragments, and so do nav and settings in mkdocs.yml. Exits
    with 1 if one of them could not be read or written anew. What lies outside the content set, such as a README, is as
    it was.
    """
    library, root = open_library((old,), config_file)
    place, to = inside(old, root), inside(new, root)
    if file_status.is_folder(new) and not _is_begun(library, place, to, new):
        to = to / place.name
    with refusals():
        settings = settings_text(root, library)
        redirected = read(root / redirection_file.FILE)
        made = moving.move(
            library,
            place,
            to,
            SettingsFile(*settings) if settings else None,
            Redirections(redirected) if redirected is not None else None,
        )
    make(root, library, made.changes, dry_run=dry_run)
    if not dry_run and file_status.is_folder(old):
        writing.remove_empty(old)
    for page in made.unredirected:
        tell(f"nothing redirects the old address of '{page}' to its new one")
    for file in made.otherwise_ignored:
        tell(f"other 'per_file_ignores' apply to '{file}': look at them in {library.layout.settings_file}")
    for file, why in library.unreadable.items():
        tell(f"{file} {why.detail}: what it names is as it was")
    for left in made.left:
        tell(f"{left}: cannot be written anew; mend it by hand")
    if made.left or library.unreadable:
        sys.exit(FOUND)


def _is_begun(library: Library, old: PurePosixPath, to: PurePosixPath, new: Path) -> bool:
    """Has a run that was killed made the folder that OLD was to become, and perhaps written files into it?"""
    if writing.remove_abandoned([new]) and file_status.is_empty(new):
        return True
    return moving.is_begun(library, old, to)
