"""The content set that a command is about: opened from a folder or a settings file, its paths counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import click

from guidekit import garbage_collection, reporting
from guidekit.cli import progress, working_directory
from guidekit.cli.messages import Misuse, note, tell
from guidekit.cli.terminal import is_terminal
from guidekit.disk import file_status, letter_case, settings_files
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError, without_dots
from guidekit.disk.git_ignore import GitIgnore
from guidekit.disk.git_repository import RepositoryError
from guidekit.library.library import Library
from guidekit.session import Session
from guidekit.settings import Settings, SettingsError
from guidekit.text import paths

FOUND = 1
"""The exit code where something was found."""

_MANY = 1_000
"""How many files may be read without a word where no bar shows how far that is."""

Adjust = Callable[[Settings], Settings]

SETTINGS_FILE = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The settings file; without it, mkdocs.yml is looked for upward from PATH.",
)


def open_session(paths: Sequence[Path], config_file: Path | None, *, today: date | None = None) -> tuple[Session, Path]:
    """Open the content set that holds the paths, or that of the settings file.

    ``today`` is the day on which reviews may be overdue, if it is another than the present one.
    """
    content_set, root = open_content_set(paths, config_file)
    session = make_session(content_set, named=files_among(paths, root), today=today)
    read(session.library)
    return session, root


def open_library(paths: Sequence[Path], config_file: Path | None) -> tuple[Library, Path]:
    """Open the content set that holds the paths, or that of the settings file, only to look at it."""
    session, root = open_session(paths, config_file)
    return session.library, root


def open_content_set(paths: Sequence[Path], config_file: Path | None) -> tuple[ContentSet, Path]:
    """Read the settings of the content set that holds the paths, or those in the settings file."""
    roots = {config_file.parent} if config_file else {_root(path) for path in paths or (Path.cwd(),)}
    if len({root.resolve() for root in roots}) > 1:
        raise Misuse("the paths lie in different content sets: " + ", ".join(f"'{root}'" for root in sorted(roots)))
    root = roots.pop()
    with refusing():
        return settings_files.open_content_set(config_file or root), root


def _root(path: Path) -> Path:
    """Find the folder of the content set that holds a path, or of the only one below it."""
    below = settings_files.roots_below(path)
    if len(below) > 1:
        named = ", ".join(f"'{root}'" for root in below)
        raise Misuse(f"'{path}' holds {len(below)} content sets, and this command takes one: {named}")
    return below[0] if below else find_root(path)


def find_root(path: Path) -> Path:
    """Find the folder of the content set that holds a path; refuse what says where it is and cannot be read."""
    with refusing():
        return settings_files.find_root(path)


def make_session(
    content_set: ContentSet,
    adjust: Adjust = lambda settings: settings,
    *,
    named: Collection[PurePosixPath] = (),
    today: date | None = None,
) -> Session:
    """Open a session on a content set; ``adjust`` changes its settings. Say where these do not come from.

    Files that git ignores are passed over, unless they are ``named``.
    """
    _tell_settings(content_set)
    ignores = GitIgnore(content_set.root)
    with refusing(), progress.busy(f"listing the files in '{content_set.root}'"):
        return Session.of(
            replace(content_set, settings=adjust(content_set.settings)),
            today=today,
            passed_over=lambda path: path not in named and ignores(path),
        )


def files_among(paths: Sequence[Path], root: Path) -> Collection[PurePosixPath]:
    """Find those of some paths that are no folders, each as it counts from the root."""
    return frozenset(inside(path, root) for path in paths if not file_status.is_folder(path))


def _tell_settings(content_set: ContentSet) -> None:
    if not content_set.settings_files:
        place = working_directory.shown(content_set.root, PurePosixPath(content_set.layout.content))
        note(f"no settings file ({settings_files.SETTINGS_FILES[0]}): '{place}' is read with the default settings")
    for name in content_set.unknown_settings:
        tell(f"warning: {Settings.unknown(name)}")
    project = settings_files.unread_settings(content_set.root)
    if project:
        file = content_set.layout.settings_file
        shown = working_directory.shown(project.parent, PurePosixPath(project.name))
        note(f"'{shown}': [tool.guidekit] is not read: write settings below 'guidekit' in the plugins of {file}")


def read(library: Library) -> None:
    """Read all pages and fragments, which is most of the work, and show how far that is."""
    if len(library.texts) >= _MANY and not is_terminal(sys.stderr):
        note(f"reading {len(library.texts):,} files in '{library.layout.content}'")
    if library.passed_over:
        note(f"left out: {reporting.count(len(library.passed_over), 'Markdown file')} that git ignores")
    with garbage_collection.paused():
        for path in progress.shown(library.texts, "reading"):
            library.load(path)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what may be wrong with settings, a folder or a repository into a misuse with its message."""
    try:
        yield
    except (SettingsError, RootError, RepositoryError) as error:
        raise Misuse(str(error)) from None


def inside_or_all(path: Path, root: Path) -> PurePosixPath:
    """Count a path from the root; all of the content set is meant by a folder that holds it, or holds the root."""
    if path.resolve() in (root.resolve(), *root.resolve().parents):
        return PurePosixPath()
    return inside(path, root)


def inside(path: Path, root: Path) -> PurePosixPath:
    """Count a path from the root; names of symbolic links below the root stay."""
    place, folder = without_dots(path).absolute(), without_dots(root).absolute()
    real = folder.resolve()
    above = next((above for above in (place, *place.parents) if above.resolve() == real), real)
    counted = (
        paths.counted_from(folder, place)
        or paths.counted_from(above, place)
        or paths.counted_from(real, place.resolve())
    )
    if counted is None:
        raise Misuse(f"'{path}' does not lie in the content set '{root}'")
    return letter_case.spelled(root, counted)
