"""Numbers as Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence

from processes import Cost


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table; all columns but the first are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def seconds(cost: Cost, digits: int = 1) -> list[str]:
    """Write a cost as three cells: seconds on the clock, seconds of CPU, mebibytes."""
    return [f"{cost.wall:.{digits}f}", f"{cost.cpu:.{digits}f}", f"{cost.memory:.0f}"]


def milliseconds(cost: Cost) -> list[str]:
    """Write a cost as two cells: milliseconds on the clock and of CPU."""
    return [f"{cost.wall * 1000:.0f}", f"{cost.cpu * 1000:.0f}"]


def ratio(cost: Cost, base: Cost) -> str:
    """Write how many times the CPU of another job a job took."""
    return f"{cost.cpu / base.cpu:.2f}"


def each(total: float, number: int) -> str:
    """Write seconds as milliseconds for each of so many things."""
    return f"{total / number * 1000:.2f}"
