"""Findings as the text of an issue, for jobs that run on their own and tell people afterward."""

from __future__ import annotations

from itertools import groupby

from guidekit.diagnostics import Diagnostic, Report
from guidekit.reporting.words import count, explained, summary, worst_first
from guidekit.text.escaping import in_markdown

_MOST_CHARACTERS = 60_000  # GitHub takes an issue of 65,536
_NOBODY = "Nobody in particular"


def issue(report: Report) -> str:
    """Write the findings as tasks to tick off, by owner; an owner's come worst first, as many as an issue can hold."""
    text = f"{summary(report)[:1].upper()}{summary(report)[1:]}.\n"
    by_owner = sorted(worst_first(report), key=_owner)
    shown = 0
    for owner, found in groupby(by_owner, key=_owner):
        text += f"\n## {in_markdown(owner)}\n\n"
        for diagnostic in found:
            place, said = in_markdown(str(diagnostic.span)), in_markdown(explained(diagnostic))
            line = f"- [ ] {place}: {said} ({diagnostic.code})\n"
            if len(text) + len(line) > _MOST_CHARACTERS:
                return f"{text}\nAnd {count(len(by_owner) - shown, 'more finding')}.\n"
            text += line
            shown += 1
    return text


def _owner(diagnostic: Diagnostic) -> str:
    return diagnostic.owner or _NOBODY
