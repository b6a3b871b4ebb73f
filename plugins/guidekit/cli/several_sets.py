"""Several content sets in one run: each is checked by itself, and what is found makes one report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from guidekit.cli.scope import Scope
from guidekit.cli.showing import Results, lines_of
from guidekit.diagnostics import Checked as Amount
from guidekit.diagnostics import Diagnostic, Report
from guidekit.reporting import outputs

Checked = tuple[Scope, Report]
"""A scope, and what was found in it."""


def placed(scopes: Sequence[Scope]) -> Sequence[Scope]:
    """Give each of several scopes its place as it counts from the folder that holds all of them."""
    if len(scopes) == 1:
        return scopes
    base = _base(scopes)
    return [replace(scope, place=PurePosixPath(scope.root.resolve().relative_to(base).as_posix())) for scope in scopes]


def joined(checked: Sequence[Checked]) -> Results:
    """Put what was found in each scope into one report. That of a single one stays as it is."""
    if len(checked) == 1:
        scope, report = checked[0]
        return Results(report=report, lines=lambda path: lines_of(scope.library, path), root=scope.root)

    def lines(path: PurePosixPath) -> tuple[str, ...]:
        holding = (scope for scope, _ in checked if path.is_relative_to(scope.place))
        scope = max(holding, key=lambda scope: len(scope.place.parts))
        return lines_of(scope.library, path.relative_to(scope.place))

    found = [one for scope, report in checked for one in _found(scope, report)]
    report = Report(
        diagnostics=tuple(sorted(found, key=lambda one: one.sort_key)),
        checked=_sum([report.checked for _, report in checked]),
    )
    return Results(report=report, lines=lines, root=_base([scope for scope, _ in checked]))


def _base(scopes: Sequence[Scope]) -> Path:
    return Path(os.path.commonpath([scope.root.resolve() for scope in scopes]))


def _found(scope: Scope, report: Report) -> Iterator[Diagnostic]:
    """Count the paths of findings from the folder of the report; no two sets have the same fingerprints."""
    for found in outputs.below(report, scope.place).diagnostics:
        digest = sha256(f"{scope.place}\0{found.fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()
        yield replace(found, fingerprint=digest[: len(found.fingerprint)])


def _sum(amounts: Sequence[Amount]) -> Amount:
    return Amount(
        pages=sum(amount.pages for amount in amounts),
        fragments=sum(amount.fragments or 0 for amount in amounts),
        items=sum(amount.items or 0 for amount in amounts),
        links=sum(amount.links for amount in amounts),
    )
