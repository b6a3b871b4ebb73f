"""What a check looks at: a content set on disk, a text that is not yet saved, or what a change has caused."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import click

from guidekit.cli.content_set import (
    Adjust,
    files_among,
    find_root,
    inside,
    make_session,
    open_content_set,
    read,
    refusing,
)
from guidekit.cli.messages import Misuse
from guidekit.diagnostics import Diagnostic, Report
from guidekit.disk import comparison, file_status, reading, settings_files
from guidekit.disk.comparison import Comparison
from guidekit.disk.content_set import ContentSet
from guidekit.library.library import Library
from guidekit.session import Session
from guidekit.settings import Settings

STANDARD_INPUT = Path("-")

_HERE = PurePosixPath()

OPTIONS = (
    click.option(
        "--stdin-filename",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Check the text from standard input (PATH is -) as if it stood in this file.",
    ),
    click.option(
        "--since",
        metavar="REF",
        help="Show only findings in files that have changed since this commit, and what that causes elsewhere.",
    ),
    click.option(
        "--staged",
        is_flag=True,
        help="Check what is staged for a commit; show only findings in its files, and what that causes elsewhere.",
    ),
)
"""The options on what is looked at, in the order in which they are shown."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be looked at, as it was typed."""

    paths: tuple[Path, ...]
    config_file: Path | None
    stdin_filename: Path | None
    since: str | None
    staged: bool

    @property
    def places(self) -> tuple[Path, ...]:
        """The files and folders that are asked for; none where that is the whole content set."""
        return (self.stdin_filename,) if self.stdin_filename else self.paths

    def find(self) -> tuple[ContentSet, Path]:
        """Read the settings of the content set that holds these places; answer it and its folder."""
        for path in self.paths:
            if path != STANDARD_INPUT and not file_status.is_there(path):  # any longer
                raise Misuse(f"'{path}' does not exist")
        return open_content_set(self.places, self.config_file)

    def of_each_set(self) -> tuple[Asked, ...]:
        """Part what is asked for by content set, in the order in which these are named."""
        if self.config_file or self.stdin_filename:
            return (self,)
        below = {path: settings_files.roots_below(path) for path in self.paths or (Path(),)}
        if not self.paths and not any(below.values()):
            return (self,)
        found: dict[Path, list[Path]] = {}
        for path, roots in below.items():
            for root in roots or (find_root(path),):
                found.setdefault(root.resolve(), []).append(root if roots else path)
        return tuple(replace(self, paths=tuple(paths)) for paths in found.values())

    @property
    def on_disk(self) -> bool:
        """Is what is looked at the files as they lie on disk?"""
        return not self.staged and self.stdin_filename is None

    def refuse_contradictions(self) -> None:
        """Raise `Misuse` where one thing that was typed makes another one pointless."""
        from_stdin = STANDARD_INPUT in self.paths
        if from_stdin and self.stdin_filename is None:
            raise Misuse("a text from standard input needs a name: add --stdin-filename")
        if self.stdin_filename is not None and self.paths != (STANDARD_INPUT,):
            raise Misuse("--stdin-filename names the text from standard input: give '-' as the only path")
        if self.since is not None and self.staged:
            raise Misuse("--since and --staged exclude each other")
        if from_stdin and (self.since is not None or self.staged):
            raise Misuse("a text from standard input belongs to no commit: leave out --since and --staged")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A content set to check, its folder, which of its findings are asked for, and what is to be said besides.

    ``paths`` are files and folders, counted from the root; without any, all are asked for. ``place`` is its folder as it
    counts from the folder from which the paths of a report count.
    """

    session: Session
    root: Path
    paths: Sequence[PurePosixPath]
    is_caused: Callable[[Diagnostic], bool] = lambda _: True
    note: str = ""
    place: PurePosixPath = _HERE

    @property
    def library(self) -> Library:
        """The content set as it was read."""
        return self.session.library

    def holds(self, path: PurePosixPath) -> bool:
        """Does a file lie below what was asked for?"""
        return not self.paths or any(path.is_relative_to(place) for place in self.paths)

    def renewed(self, session: Session) -> Scope:
        """Look at the same places in a content set that has come after this one."""
        for place in self.paths:
            _refuse_empty(session.library, place, place)
        return replace(self, session=session)

    def narrow(self, report: Report) -> Report:
        """Keep the findings that were asked for."""
        kept = (found for found in report.diagnostics if self.holds(found.span.path) and self.is_caused(found))
        return replace(report, diagnostics=tuple(kept))


def settings_in(asked: Asked, adjust: Adjust) -> Settings:
    """Read the settings that hold for what is asked for; ``adjust`` changes them."""
    asked.refuse_contradictions()
    content_set, _ = asked.find()
    compared = _compare(asked, content_set)
    return make_session(compared.content_set if compared else content_set, adjust).library.settings


def open_scope(asked: Asked, adjust: Adjust, found: tuple[ContentSet, Path] | None = None) -> Scope:
    """Open what is asked for, and read it; ``adjust`` changes its settings. It may have been ``found`` before."""
    asked.refuse_contradictions()
    content_set, root = found or asked.find()
    compared = _compare(asked, content_set)
    if compared is None:
        session = make_session(content_set, adjust, named=files_among(asked.places, root))
        if asked.stdin_filename:
            text = reading.read_text(sys.stdin.buffer, content_set.settings.max_file_size)
            session = session.revised({inside(asked.stdin_filename, root): text})
        read(session.library)
        return Scope(session=session, root=root, paths=_wanted(session.library, asked.places, root))
    named = files_among(asked.places, root)
    session = make_session(compared.content_set, adjust, named=named).revised(compared.now)
    read(session.library)
    whole = Scope(session=session, root=root, paths=_wanted(session.library, asked.places, root))
    if compared.before is None:
        return replace(
            whole, note=f"'{whole.library.layout.settings_file}' is not as it was, so all findings are shown"
        )
    before = session.revised(compared.before)
    scope = replace(whole, is_caused=_causes(compared.before, before))
    if compared.before:
        return scope
    return replace(scope, note="nothing is staged" if asked.staged else f"nothing has changed since '{asked.since}'")


def _compare(asked: Asked, content_set: ContentSet) -> Comparison | None:
    if asked.since is None and not asked.staged:
        return None
    with refusing():
        return comparison.staged(content_set) if asked.since is None else comparison.since(content_set, asked.since)


def _causes(changed: Collection[PurePosixPath], before: Session) -> Callable[[Diagnostic], bool]:
    """Tell findings in changed files, and those elsewhere that were not there before."""
    known = {found.fingerprint for found in before.check().diagnostics}
    return lambda found: found.span.path in changed or found.fingerprint not in known


def _wanted(library: Library, paths: Sequence[Path], root: Path) -> tuple[PurePosixPath, ...]:
    """Count the paths from the root; each must hold something to check, lest nothing passes for clean."""
    wanted = tuple(inside(path, root) for path in paths)
    for given, place in zip(paths, wanted, strict=True):
        _refuse_empty(library, place, given)
    return wanted


def _refuse_empty(library: Library, place: PurePosixPath, given: Path | PurePosixPath) -> None:
    if not any(path.is_relative_to(place) for path in library.texts):
        if any(path.is_relative_to(place) for path in library.passed_over):
            raise Misuse(
                f"nothing to check: git ignores what is in '{given}'; name its files to check them all the same"
            )
        raise Misuse(f"nothing to check: no page and no fragment in '{given}'")
