"""A check that goes on: the content set is looked at again whenever its files change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from guidekit import extras, garbage_collection
from guidekit.cli import progress
from guidekit.cli.content_set import refusing
from guidekit.cli.messages import Misuse, note
from guidekit.cli.scope import Scope
from guidekit.cli.terminal import is_terminal
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError

if TYPE_CHECKING:
    from guidekit.disk.watching import Look, Watch

OPTION = click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")

_NAMED = 3

_RETRY = 1.0
"""After how many seconds settings that cannot be used are tried again: what mends them may lie anywhere."""

Found = tuple[ContentSet, Path]
Find = Callable[[], Found]
Open = Callable[[Found], Scope]
Tell = Callable[[Scope], object]


def follow(find: Find, open_scope: Open, tell: Tell) -> None:
    """Tell what is found in a scope, now and after each change of its files, until someone interrupts.

    ``find`` reads the settings; the files are watched before ``open_scope`` reads what was found.
    """
    try:
        opened = _open(find, open_scope)
        while True:
            with opened.watch as watch:
                _until_it_is_another(opened, tell)
                opened = _open_at_last(find, open_scope, watch)
    except KeyboardInterrupt:
        note("stopped watching")


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A scope that is watched; it was read after the look at its files."""

    watch: Watch
    content_set: ContentSet
    look: Look
    scope: Scope


def _open(find: Find, open_scope: Open) -> _Opened:
    with extras.needed("watch", "--watch"):
        from guidekit.disk.watching import Look, Watch  # watchdog costs a check a tenth of its start

    while True:
        found = find()
        content_set, _ = found
        try:
            watch = Watch(content_set)
        except RootError as error:
            raise Misuse(str(error)) from None
        try:
            look = Look.at(content_set)
            if find() == found:  # else the settings were written before they were watched
                return _Opened(watch=watch, content_set=content_set, look=look, scope=open_scope(found))
        except BaseException:
            watch.stop()
            raise
        watch.stop()


def _open_at_last(find: Find, open_scope: Open, watch: Watch) -> _Opened:
    """Open what cannot be opened as it is, as soon as a change has mended it; tell once what is wrong."""
    said = ""
    while True:
        try:
            return _open(find, open_scope)
        except click.ClickException as error:
            if error.message != said:
                _show(error)
            said = error.message
        watch.wait(at_most=_RETRY)


def _until_it_is_another(opened: _Opened, tell: Tell) -> None:
    """Follow a scope until its settings are written or its folders are replaced."""
    content_set = opened.content_set
    scope, known = _checked(opened.scope, opened.look, content_set)
    seen = known
    _tell(scope, tell)
    garbage_collection.keep()  # what was read stays: from now on garbage is searched for only in what changes
    while True:
        opened.watch.wait()
        now = known.again(content_set)
        if now.is_like(seen):
            continue
        seen = now
        changed, beside = now.changed(known), now.changed_beside(known)
        _announce([*sorted(changed), *sorted(beside)])
        if beside:
            garbage_collection.release()
            return
        try:
            with refusing():
                scope = scope.renewed(scope.session.reread(now.files, changed))
        except click.ClickException as error:  # what was asked for is gone, or a page that the settings name
            _show(error)
            continue
        scope, known = _checked(scope, now, content_set)
        seen = known
        _tell(scope, tell)


def _checked(scope: Scope, look: Look, content_set: ContentSet) -> tuple[Scope, Look]:
    """Judge a scope that was read after a look at its files; what is read but not listed is looked at before, too."""
    while True:
        with progress.busy("judging"):
            scope.session.check()
        if scope.library.unlisted <= look.unlisted.keys():
            return scope, look
        look = look.with_unlisted(content_set, scope.library.unlisted)
        scope = scope.renewed(scope.session.reread(look.files, ()))


def _tell(scope: Scope, tell: Tell) -> None:
    try:
        tell(scope)
    except click.ClickException as error:  # nothing left to check, or a report that cannot be written
        _show(error)
    else:
        note(f"watching '{scope.root}' for changes; Ctrl-C ends it")


def _show(error: click.ClickException) -> None:
    error.show()
    note("watching for what mends it; Ctrl-C ends it")


def _announce(changed: Sequence[PurePosixPath | Path]) -> None:
    """Begin a new report: on a terminal with an empty screen, elsewhere with what has changed."""
    if is_terminal(sys.stdout):
        click.clear()
    names = [str(path) for path in changed[:_NAMED]]
    if len(changed) > _NAMED:
        names.append(f"{len(changed) - _NAMED} more")
    note(f"changed: {', '.join(names)}")
