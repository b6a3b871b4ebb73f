"""The command `check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path, PurePosixPath

import click
import yaml

from guidekit import collector, reporting
from guidekit.api import Library
from guidekit.cli.console import print_styled
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, Misuse, inside, open_library
from guidekit.cli.fixing import Fixing, fixing_options, mend
from guidekit.cli.showing import Also, lines_of, show, show_summary, showing_options, write_also
from guidekit.diagnostics import Diagnostic, Report, Severity
from guidekit.selection import choose


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@SETTINGS_FILE
@showing_options
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option("--show-settings", is_flag=True, help="Print the settings that this run would use, and stop.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in sorted(Severity, reverse=True)]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@fixing_options
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    also: Also,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    statistics: bool,
    show_settings: bool,
    fail_on: str,
    **options: bool,
) -> None:
    """Check a content set, or only what PATHs name of it: folders, pages, fragments.

    Findings go to standard output, how much was checked to standard error.
    """
    fixing = Fixing(**options)
    if fixing.unsafe_fixes and not fixing.asked:
        raise Misuse("--unsafe-fixes goes with --fix or --diff")
    library, root = open_library(paths, config_file, partial(choose, select=select, ignore=ignore, severity=severity))
    if show_settings:
        click.echo(_settings(library, config_file or root), nl=False)
        return
    wanted = _wanted(library, paths, root)
    mended = mend(library, root, wanted, fixing) if fixing.asked else None
    if mended and fixing.diff:
        _refuse_nothing_checked(mended.report, root)
        sys.exit(FOUND if mended.changes else 0)
    with collector.paused():
        report = _narrow(mended.report if mended else library.check(), wanted)
        collector.keep()  # the process is about to end: a last search for garbage would find none
    lines = partial(lines_of, mended.library if mended else library)
    write_also(report, also, lines, root)
    if statistics:
        print_styled(reporting.statistics(report))
    else:
        show(report, form, lines, root)
    show_summary(report)
    _refuse_nothing_checked(report, root)
    if report.fails(Severity.named(fail_on)) or (fixing.exit_non_zero_on_fix and mended and mended.fixed):
        sys.exit(FOUND)


def _refuse_nothing_checked(report: Report, root: Path) -> None:
    if not report.checked.pages and not report.checked.fragments:
        raise Misuse(f"nothing to check: no pages and no fragments in '{root}'")


def _settings(library: Library, place: Path) -> str:
    """Write the settings as YAML, each as the settings file would have it."""
    values = {declared.name: getattr(library.settings, declared.name) for declared in fields(library.settings)}
    values["severity"] = {code: str(level or "off") for code, level in library.settings.severity.items()}
    plain = json.loads(json.dumps(values))  # tuples become lists
    return f"# {place}\n{yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)}"


def _wanted(library: Library, paths: Sequence[Path], root: Path) -> list[PurePosixPath]:
    """Count the paths from the root; each must hold something to check, lest nothing passes for clean."""
    wanted = [inside(path, root) for path in paths]
    known = [*(page.path for page in library.pages), *(item.path for item in library.fragments), *library.unreadable]
    for given, place in zip(paths, wanted, strict=True):
        if not any(path.is_relative_to(place) for path in known):
            raise Misuse(f"nothing to check: no page and no fragment in '{given}'")
    return wanted


def _narrow(report: Report, wanted: Sequence[PurePosixPath]) -> Report:
    """Keep the findings below the paths that were asked for; all of them where none was."""
    if not wanted:
        return report

    def is_wanted(diagnostic: Diagnostic) -> bool:
        return any(diagnostic.span.path.is_relative_to(path) for path in wanted)

    return replace(report, diagnostics=tuple(filter(is_wanted, report.diagnostics)))
