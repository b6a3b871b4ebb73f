"""A check that goes on: the content set is looked at again whenever its files change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import PurePosixPath

import click

from guidekit import collector, reporting
from guidekit.cli.content_set import Misuse, refusing
from guidekit.cli.scope import Scope
from guidekit.files import RootError

OPTION = click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")

_NAMED = 3

Tell = Callable[[Scope], object]


def follow(open_scope: Callable[[], Scope], tell: Tell) -> None:
    """Tell what is found in a scope, now and after each change of its files, until someone interrupts."""
    try:
        scope = open_scope()
        while True:
            scope = _until_reopened(scope, open_scope, tell)
    except KeyboardInterrupt:
        click.echo("stopped watching", err=True)


def _until_reopened(scope: Scope, open_scope: Callable[[], Scope], tell: Tell) -> Scope:
    """Follow a scope until its settings change; answer the one with those that it has then."""
    from guidekit.watching import Look, Watch  # watchdog costs a check a tenth of its start

    known = seen = Look.at(scope.content_set)
    try:
        watch = Watch(scope.content_set)
    except RootError as error:
        raise Misuse(str(error)) from None
    with watch:
        _tell(scope, tell)
        collector.keep()  # what was read stays: from now on garbage is searched for only in what changes
        while True:
            watch.wait()
            now = Look.at(scope.content_set)
            if now == seen:
                continue
            seen = now
            changed = now.changed(known)
            _announce(changed, reopened=now.beside != known.beside)
            try:
                if now.beside != known.beside:
                    collector.release()
                    return open_scope()
                with refusing():
                    scope = replace(scope, library=scope.library.reread(now.files, changed))
            except click.ClickException as error:
                error.show()
                continue
            known = now
            _tell(scope, tell)


def _tell(scope: Scope, tell: Tell) -> None:
    try:
        tell(scope)
    except click.ClickException as error:  # nothing left to check, or a report that cannot be written
        error.show()
    click.echo(f"watching '{scope.root}' for changes; Ctrl-C ends it", err=True)


def _announce(changed: Collection[PurePosixPath], *, reopened: bool) -> None:
    """Begin a new report: on a terminal with an empty screen, elsewhere with what has changed."""
    if sys.stdout.isatty():
        click.clear()
    names = [reporting.printable(str(path)) for path in sorted(changed)[:_NAMED]]
    if len(changed) > _NAMED:
        names.append(f"{len(changed) - _NAMED} more")
    click.echo(f"changed: {', '.join(names) if names or not reopened else 'the settings'}", err=True)
