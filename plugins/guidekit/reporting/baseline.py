"""A baseline: findings that are known, and are to be mended later, so that only new ones are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from guidekit.diagnostics import Diagnostic, Report
from guidekit.text.escaping import as_json

_MARK = "guidekit-baseline"
_VERSION = 1
_KEYS = ("path", "code", "message", "fingerprint")


class BaselineError(Exception):
    """A text that is no baseline; the message says why."""


@dataclass(frozen=True, kw_only=True, order=True)
class KnownFinding:
    """One known finding; the fingerprint is what it is known by, the rest is for people."""

    path: str
    code: str
    message: str
    fingerprint: str

    @property
    def place(self) -> PurePosixPath:
        """The file, counted from the library's root."""
        return PurePosixPath(self.path)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The findings that are known, by fingerprint."""

    known: Mapping[str, KnownFinding] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A report without what a baseline knows, and how many findings that were."""

    report: Report
    hidden: int


def read(text: str) -> Baseline:
    """Read a baseline as `write` writes it. Raises `BaselineError`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BaselineError("is no JSON") from None
    if not isinstance(data, dict) or data.get("format") != _MARK:
        raise BaselineError("is no baseline of guidekit")
    if data.get("version") != _VERSION:
        raise BaselineError(f"is a baseline of version {data.get('version')!r}, not {_VERSION}")
    entries = data.get("findings")
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        raise BaselineError("holds findings that are not " + ", ".join(f"'{key}'" for key in _KEYS))
    found = (KnownFinding(**{key: entry[key] for key in _KEYS}) for entry in entries)
    return Baseline(known={known.fingerprint: known for known in found})


def write(baseline: Baseline) -> str:
    """Write a baseline, sorted, so that its changes read well."""
    findings = [{key: getattr(known, key) for key in _KEYS} for known in sorted(baseline.known.values())]
    data = {"format": _MARK, "version": _VERSION, "findings": findings}
    return as_json(data) + "\n"


def compare(report: Report, baseline: Baseline) -> Compared:
    """Take the known findings out of a report."""
    new = tuple(found for found in report.diagnostics if found.fingerprint not in baseline.known)
    return Compared(report=replace(report, diagnostics=new), hidden=len(report.diagnostics) - len(new))


def vanished(report: Report, baseline: Baseline) -> tuple[KnownFinding, ...]:
    """List what is known, but not found any more."""
    there = {found.fingerprint for found in report.diagnostics}
    return tuple(sorted(one for one in baseline.known.values() if one.fingerprint not in there))


def renewed(report: Report, baseline: Baseline, runs: Callable[[str], bool]) -> Baseline:
    """Know the findings of a report, and those that were known of rules that do not run."""
    kept = {one.fingerprint: one for one in baseline.known.values() if not runs(one.code)}
    return Baseline(known={**kept, **{found.fingerprint: _known(found) for found in report.diagnostics}})


def _known(found: Diagnostic) -> KnownFinding:
    return KnownFinding(
        path=str(found.span.path), code=found.code, message=found.message, fingerprint=found.fingerprint
    )


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in _KEYS)
