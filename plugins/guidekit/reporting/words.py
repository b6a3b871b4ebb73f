"""Words that several formats share: places, counts, sentences."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit import escaping
from guidekit.diagnostics import Diagnostic, Report, Severity


def count(number: int, noun: str) -> str:
    """Write a number with its noun, in the plural where it must be."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(diagnostic: Diagnostic) -> str:
    """Write a finding on one line: place, message, code; a short hint and the first related place too."""
    return escaping.one_line(f"{diagnostic.span}: {explained(diagnostic)} [{diagnostic.code}]")


def explained(diagnostic: Diagnostic) -> str:
    """Write a finding's message with a short hint and the first related place."""
    hint = f"; {diagnostic.hint}" if diagnostic.hint and "\n" not in diagnostic.hint else ""
    related = "".join(f"; {related.message}: {related.span}" for related in diagnostic.related[:1])
    return f"{diagnostic.message}{hint}{related}"


def summary(report: Report) -> str:
    """Say in one sentence how much was checked and what was found."""
    return "".join(text for text, _ in summary_parts(report))


def summary_parts(report: Report) -> Iterator[tuple[str, Severity | None]]:
    """Write the summary in parts; a part that counts findings tells their severity."""
    checked = report.checked
    looked_at = (
        (checked.pages, "page"),
        (checked.fragments, "fragment"),
        (checked.items, "checklist item"),
        (checked.links, "link"),
    )
    yield f"checked {', '.join(count(number, noun) for number, noun in looked_at if number is not None)}: ", None
    found = [(severity, number) for severity, number in report.counts.items() if number]
    for index, (severity, number) in enumerate(found):
        yield (", " if index else "") + count(number, str(severity)), severity
    if not found:
        yield "no findings", None
    if mendable := ", ".join(_mendable(report)):
        yield f" ({mendable})", None


def _mendable(report: Report) -> Iterator[str]:
    safe = [found.fix.safe for found in report.diagnostics if found.fix]
    if any(safe):
        yield f"{sum(safe):,} fixable with --fix"
    if not all(safe):
        yield f"{len(safe) - sum(safe):,}{' more' if any(safe) else ' fixable'} with --unsafe-fixes"


def worst_first(report: Report) -> list[Diagnostic]:
    """Order findings by severity, those of one severity by place: some hosts show only the first few."""
    return sorted(report.diagnostics, key=lambda diagnostic: (-diagnostic.severity, diagnostic.sort_key))
