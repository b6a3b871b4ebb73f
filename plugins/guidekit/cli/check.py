"""The command `check`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

import click
import yaml

from guidekit import garbage_collection, reporting
from guidekit.cli import fixing, known, progress, scope, showing, watch_mode
from guidekit.cli.console import print_styled, print_text
from guidekit.cli.content_set import FOUND, SETTINGS_FILE
from guidekit.cli.fixing import Fixing, mend
from guidekit.cli.known import BaselineFilter
from guidekit.cli.messages import Misuse, note
from guidekit.cli.option_groups import give
from guidekit.cli.scope import Asked, Scope, open_scope, settings_in
from guidekit.cli.showing import Also, lines_of, refuse_outputs, show, show_summary, write_also
from guidekit.diagnostics import Report, Severity
from guidekit.rules.selection import choose
from guidekit.session import Session
from guidekit.settings import Settings
from guidekit.text.escaping import one_line


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="[PATH…]")
@SETTINGS_FILE
@give(*scope.OPTIONS, *known.OPTIONS, *showing.OPTIONS)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option("--show-settings", is_flag=True, help="Print the settings that this run would use, and stop.")
@watch_mode.OPTION
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in sorted(Severity, reverse=True)]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@give(*fixing.OPTIONS)
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    stdin_filename: Path | None,
    since: str | None,
    staged: bool,
    baseline: Path | None,
    update_baseline: bool,
    form: str,
    also: Also,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    statistics: bool,
    show_settings: bool,
    watch: bool,
    fail_on: str,
    **options: bool,
) -> None:
    """Check a content set, or only what PATHs name of it: folders, pages, fragments.

    Findings go to standard output, how much was checked to standard error.
    """
    wish = Fixing(**options)
    asked = Asked(paths=paths, config_file=config_file, stdin_filename=stdin_filename, since=since, staged=staged)
    outlet = Outlet(form=form, also=also, statistics=statistics)
    _refuse_contradictions(wish, asked)
    if update_baseline and (baseline is None or wish.diff or not asked.on_disk):
        raise Misuse("--update-baseline writes what is found on disk to the file that --baseline names")
    if wish.diff and outlet != Outlet():
        raise Misuse("--diff prints a diff alone: leave out --output-format, --output and --statistics")
    adjust = partial(choose, select=select, ignore=ignore, severity=severity)
    known_by = partial(BaselineFilter, baseline)
    if watch:
        if wish.asked or since is not None or not asked.on_disk or update_baseline or show_settings:
            raise Misuse(
                "--watch shows what is found on disk: leave out whatever mends, compares or prints something else"
            )
        open_found = partial(open_scope, asked, adjust)
        watch_mode.follow(asked.find, open_found, lambda scope: outlet.tell(scope, scope.session.check(), known_by()))
        return
    if show_settings:
        print_text(_written(settings_in(asked, adjust), config_file or asked.find()[1]))
        return
    looked_at = open_scope(asked, adjust)
    refuse_outputs(also, looked_at.root, looked_at.library)  # before anything is mended
    if looked_at.note:
        note(looked_at.note)
    before = known_by(update=update_baseline)
    mended = mend(looked_at, wish, before.is_new) if wish.asked else None
    if mended and wish.diff:
        _refuse_nothing_checked(mended.report, looked_at.root)
        sys.exit(FOUND if mended.changes else 0)
    whole = mended.report if mended else _check(looked_at.session)
    garbage_collection.keep()  # the process is about to end: a last search for garbage would find none
    report = outlet.tell(replace(looked_at, session=mended.library) if mended else looked_at, whole, before)
    if report.fails(Severity.named(fail_on)) or (wish.exit_non_zero_on_fix and mended and mended.fixed):
        sys.exit(FOUND)


def _check(session: Session) -> Report:
    with progress.busy("judging"):
        return session.check()


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """Where findings go, as it was typed."""

    form: str = "full"
    also: Also = ()
    statistics: bool = False

    def tell(self, scope: Scope, whole: Report, known: BaselineFilter) -> Report:
        """Print and write what is new and asked for of the ``whole`` that was found; answer it."""
        report = known.left_out(scope.narrow(whole), scope, whole)
        lines = partial(lines_of, scope.library)
        write_also(report, self.also, lines, scope.root, scope.library)
        if self.statistics:
            print_styled(reporting.statistics(report))
        else:
            show(report, self.form, lines, scope.root)
        show_summary(report)
        _refuse_nothing_checked(report, scope.root)
        return report


def _refuse_contradictions(wish: Fixing, asked: Asked) -> None:
    for option in ("unsafe_fixes", "show_fixes", "exit_non_zero_on_fix"):
        if getattr(wish, option) and not wish.asked:
            raise Misuse(f"--{option.replace('_', '-')} goes with --fix or --diff")
    if wish.asked and not asked.on_disk:
        raise Misuse("--fix and --diff mend files as they lie on disk: leave out --staged and --stdin-filename")


def _refuse_nothing_checked(report: Report, root: Path) -> None:
    if not report.checked.pages and not report.checked.fragments:
        raise Misuse(f"nothing to check: no pages and no fragments in '{root}'")


def _written(settings: Settings, place: Path) -> str:
    """Write the settings as YAML, each as the settings file would have it."""
    values = {declared.name: getattr(settings, declared.name) for declared in fields(settings)}
    values["severity"] = {code: str(level or "off") for code, level in settings.severity.items()}
    plain = json.loads(json.dumps(values))  # tuples become lists
    return f"# {one_line(str(place))}\n{yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)}"
