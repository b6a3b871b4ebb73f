"""The command `check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

import click
import yaml

from guidekit import garbage_collection, reporting
from guidekit.cli import fixing, known, progress, scope, several_sets, showing, watch_mode
from guidekit.cli.console import print_styled, print_text
from guidekit.cli.content_set import FOUND, SETTINGS_FILE
from guidekit.cli.fixing import Fixing, mend
from guidekit.cli.known import BaselineFilter
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.cli.option_groups import give
from guidekit.cli.scope import Asked, Scope, open_scope, settings_in
from guidekit.cli.several_sets import Checked
from guidekit.cli.showing import Also, refuse_outputs, show, show_summary, write_also
from guidekit.diagnostics import Report, Severity
from guidekit.rules.fixes import Mended
from guidekit.rules.selection import choose
from guidekit.session import Session
from guidekit.settings import Settings
from guidekit.text.escaping import one_line


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="[PATH…]")
@SETTINGS_FILE
@QUIET
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

    PATHs may lie in several content sets, or above them. Each is checked with its own settings, and all findings make one
    report, whose paths then count from the folder that holds all of them.

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
    if watch and (wish.asked or since is not None or not asked.on_disk or update_baseline or show_settings):
        raise Misuse("--watch shows what is found on disk: leave out whatever mends, compares or prints something else")
    sets = asked.of_each_set()
    _refuse_several(sets, {"--watch": watch, "--baseline": baseline, "--diff": wish.diff})
    if watch:
        open_found = partial(open_scope, sets[0], adjust)
        watch_mode.follow(
            sets[0].find, open_found, lambda scope: outlet.tell([(scope, scope.session.check())], known_by())
        )
        return
    if show_settings:
        for part in sets:
            print_text(_written(settings_in(part, adjust), config_file or part.find()[1]))
        return
    scopes = several_sets.placed([open_scope(part, adjust) for part in sets])
    for looked_at in scopes:
        refuse_outputs(also, looked_at.root, looked_at.library)  # before anything is mended
        if looked_at.note:
            note(looked_at.note)
    before = known_by(update=update_baseline)
    mended = [mend(looked_at, wish, before.is_new) for looked_at in scopes] if wish.asked else []
    if wish.diff:
        _refuse_nothing_checked(mended[0].report, scopes[0].root)
        sys.exit(FOUND if mended[0].changes else 0)
    checked = list(map(_after, scopes, mended)) if mended else [(one, _check(one.session)) for one in scopes]
    garbage_collection.keep()  # the process is about to end: a last search for garbage would find none
    report = outlet.tell(checked, before)
    if report.fails(Severity.named(fail_on)) or (wish.exit_non_zero_on_fix and any(done.fixed for done in mended)):
        sys.exit(FOUND)


def _after(before: Scope, mended: Mended[Session]) -> Checked:
    return replace(before, session=mended.library), mended.report


def _check(session: Session) -> Report:
    with progress.busy("judging"):
        return session.check()


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """Where findings go, as it was typed."""

    form: str = "full"
    also: Also = ()
    statistics: bool = False

    def tell(self, checked: Sequence[Checked], known: BaselineFilter) -> Report:
        """Print and write what is new and asked for of all that was found in each scope; answer it."""
        told = [(one, known.left_out(one.narrow(whole), one, whole)) for one, whole in checked]
        for one, _ in told:
            refuse_outputs(self.also, one.root, one.library)
        results = several_sets.joined(told)
        write_also(results, self.also)
        if self.statistics:
            print_styled(reporting.statistics(results.report))
        else:
            show(results, self.form)
        show_summary(results.report)
        for one, whole in checked:
            _refuse_nothing_checked(whole, one.root)
        return results.report


def _refuse_several(sets: Sequence[Asked], options: Mapping[str, object]) -> None:
    """Raise `Misuse` where an option takes one content set, and several are asked for."""
    given = [name for name, value in options.items() if value]
    if given and len(sets) > 1:
        roots = ", ".join(f"'{part.find()[1]}'" for part in sets)
        raise Misuse(f"{given[0]} takes one content set at a time, and these are {len(sets)}: {roots}")


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
