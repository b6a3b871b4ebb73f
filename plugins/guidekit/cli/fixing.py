"""Fixes on the command line: their options, and what is made of them, a diff or changed files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import click

from guidekit import reporting
from guidekit.cli.console import print_diff
from guidekit.cli.interrupts import held
from guidekit.cli.messages import Misuse, note
from guidekit.cli.scope import Scope
from guidekit.diagnostics import Diagnostic
from guidekit.disk import changes
from guidekit.disk.file_status import WriteError
from guidekit.library.library import ChangedError
from guidekit.rules.fixes import DivergingError, Mended
from guidekit.session import Session


@dataclass(frozen=True, kw_only=True)
class Fixing:
    """What a run is to mend, as it was typed."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    exit_non_zero_on_fix: bool = False

    @property
    def asked(self) -> bool:
        """Is anything to be mended?"""
        return self.fix or self.diff


OPTIONS = (
    click.option("--fix", is_flag=True, help="Mend what can be mended without a doubt, and show what is left."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also mend what a person should look at afterward."
    ),
    click.option("--diff", is_flag=True, help="Print what --fix would change as a diff, and write nothing."),
    click.option("--show-fixes", is_flag=True, help="With --fix or --diff: name the findings that are mended."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 where something was mended, too."),
)
"""The options on fixes, in the order in which they are shown, named as the fields of `Fixing`."""


def mend(scope: Scope, fixing: Fixing, is_new: Callable[[Diagnostic], bool]) -> Mended[Session]:
    """Mend what is asked for and new, by edits in the scope; write it, unless a diff is all that was asked for."""

    def is_wanted(found: Diagnostic) -> bool:
        fix = found.fix
        return (
            fix is not None
            and (fix.safe or fixing.unsafe_fixes)
            and all(scope.holds(edit.span.path) for edit in fix.edits)
            and scope.is_caused(found)
            and is_new(found)
        )

    try:
        mended = scope.session.mend(is_wanted)
        if fixing.diff:
            print_diff(mended.changes)
        else:
            with held():
                changes.write(scope.root, mended.changes)
    except DivergingError as error:
        raise Misuse(f"internal error: {error}; nothing was written; please report this") from None
    except (WriteError, ChangedError) as error:
        raise Misuse(str(error)) from None
    _tell(mended, fixing)
    return mended


def _tell(mended: Mended[Session], fixing: Fixing) -> None:
    """Say on standard error what was mended, or would be."""
    if fixing.diff and not mended.fixed:
        note("nothing to fix")
    if mended.fixed:
        what = f"{reporting.count(len(mended.fixed), 'finding')} in {reporting.count(len(mended.changes), 'file')}"
        note(f"{'would fix' if fixing.diff else 'fixed'} {what}")
    if fixing.show_fixes:
        counted = Counter((str(found.span.path), found.code) for found in mended.fixed)
        for (path, code), number in sorted(counted.items()):
            note(f"  {path}: {number} {code}")
