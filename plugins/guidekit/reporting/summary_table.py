"""Findings as a Markdown table, for the summary of a workflow or a comment."""

from __future__ import annotations

from guidekit.diagnostics import Report
from guidekit.reporting.words import count, explained, summary, worst_first
from guidekit.text.escaping import in_markdown

_MOST_CHARACTERS = 900_000  # GitHub takes a summary of 1 MiB


def markdown(report: Report) -> str:
    """Write what was checked and a table of the findings, the worst first, as many as a summary can hold."""
    text = f"## guidekit\n\n{summary(report)[:1].upper()}{summary(report)[1:]}.\n"
    found = worst_first(report)
    if not found:
        return text
    text += "\n| Severity | Place | Finding | Rule | Owner |\n| --- | --- | --- | --- | --- |\n"
    rows: list[str] = []
    size = len(text)
    for diagnostic in found:
        cells = (
            str(diagnostic.severity),
            f"{diagnostic.span}",
            explained(diagnostic),
            diagnostic.code,
            diagnostic.owner,
        )
        row = "| " + " | ".join(map(in_markdown, cells)) + " |\n"
        size += len(row.encode())
        if size > _MOST_CHARACTERS:
            return f"{text}{''.join(rows)}\nAnd {count(len(found) - len(rows), 'more finding')}.\n"
        rows.append(row)
    return text + "".join(rows)
