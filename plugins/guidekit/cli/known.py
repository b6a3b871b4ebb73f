"""The findings that a baseline knows: left out of a report, or written down anew."""

from __future__ import annotations

from pathlib import Path

import click

from guidekit import reporting
from guidekit.cli import output_files
from guidekit.cli.console import write
from guidekit.cli.messages import Misuse, note
from guidekit.cli.scope import Scope
from guidekit.diagnostics import Diagnostic, Report
from guidekit.disk import reading
from guidekit.disk.file_status import RootError
from guidekit.reporting import baseline
from guidekit.reporting.baseline import Baseline, BaselineError
from guidekit.rules import runs

OPTIONS = (
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Leave out the findings that this file knows.",
    ),
    click.option("--update-baseline", is_flag=True, help="Write all findings to the file of --baseline, as known."),
)
"""The options on what is known, in the order in which they are shown."""


class BaselineFilter:
    """What is known before a check, and is not to be told: nothing without a file."""

    def __init__(self, file: Path | None, *, update: bool = False) -> None:
        self._file = file
        self._update = update
        self._baseline = _read(file, may_lack=update) if file else Baseline()

    def is_new(self, found: Diagnostic) -> bool:
        """Is a finding to be told, or to be mended before all that is left is written down?"""
        return self._update or found.fingerprint not in self._baseline.known

    def left_out(self, told: Report, scope: Scope, whole: Report) -> Report:
        """Leave what is known out of what is ``told``, after it was renewed from the ``whole``; say what that is."""
        if self._file is None:
            return told
        if self._update:
            output_files.refuse_links(self._file, scope.root)
            self._baseline = _renew(whole, self._baseline, self._file, scope)
        compared = baseline.compare(told, self._baseline)
        if compared.hidden and not self._update:
            count = reporting.count(compared.hidden, "finding")
            note(f"not shown: {count} that the baseline '{self._file}' knows")
        self._tell_vanished(scope, whole)
        return compared.report

    def _tell_vanished(self, scope: Scope, whole: Report) -> None:
        lost = baseline.vanished(whole, self._baseline)
        vanished = [one for one in lost if runs(one.code, scope.library.settings) and scope.holds(one.place)]
        for one in vanished:
            note(f"vanished: {one.path}: {one.message} [{one.code}]")
        if vanished:
            note(f"to take these out of the baseline '{self._file}', add --update-baseline")


def _renew(whole: Report, before: Baseline, file: Path, scope: Scope) -> Baseline:
    after = baseline.renewed(whole, before, lambda code: runs(code, scope.library.settings))
    write(baseline.write(after).encode(errors="replace"), file)
    new, gone = len(after.known.keys() - before.known.keys()), len(before.known.keys() - after.known.keys())
    count = reporting.count(len(after.known), "finding")
    note(f"the baseline '{file}' knows {count} now: {new} new, {gone} gone")
    return after


def _read(file: Path, *, may_lack: bool) -> Baseline:
    try:
        text = reading.read(file)
    except RootError as error:
        raise Misuse(str(error)) from None
    if text is None:
        if may_lack:
            return Baseline()
        raise Misuse(f"there is no baseline '{file}'; add --update-baseline to write it")
    try:
        return baseline.read(text)
    except BaselineError as error:
        raise Misuse(f"the baseline '{file}' {error}") from None
