"""A report's chart as HTML: each bar is drawn, and told in words beside it, so that no color has to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guidekit.exports.reports.report import Bar, Chart
from guidekit.text.escaping import visible

CLASS = "guidekit-chart"

_WIDTH = 100


def draw(chart: Chart) -> str:
    """Draw the bars of a chart, without an empty line; empty where there is nothing to draw."""
    longest = max((sum(bar.parts) for bar in chart.bars), default=0)
    if not longest:
        return ""
    parts = [
        f'<figure class="{CLASS}">',
        f"<figcaption>{_text(chart.title)}</figcaption>",
        *_legend(chart),
        "<ul>",
        *(_bar(bar, chart, longest) for bar in chart.bars),
        "</ul>",
        "</figure>",
    ]
    return "\n".join(parts)


def _legend(chart: Chart) -> Iterator[str]:
    if len(chart.legend) > 1:
        marks = (f"<span>{_svg(_rect(0, _WIDTH, at))} {_text(name)}</span>" for at, name in enumerate(chart.legend))
        yield f'<p class="guidekit-chart__legend" aria-hidden="true">{" ".join(marks)}</p>'


def _bar(bar: Bar, chart: Chart, longest: int) -> str:
    whole = sum(bar.parts) if chart.shares else longest
    rects, start = "", 0.0
    for at, part in enumerate(bar.parts):
        width = _WIDTH * part / max(whole, 1)
        rects += _rect(start, width, at) if part else ""
        start += width
    return f"<li><span>{_text(bar.label)}</span> {_svg(rects)} <small>{_text(_figures(bar, chart))}</small></li>"


def _figures(bar: Bar, chart: Chart) -> str:
    """Say a bar in words: its only part, or those of its parts that are not nothing."""
    if len(chart.legend) == 1:
        return f"{bar.parts[0]:,}"
    told = (f"{name}: {part:,}" for name, part in zip(chart.legend, bar.parts, strict=True) if part)
    return ", ".join(told) or "0"


def _rect(start: float, width: float, part: int) -> str:
    return f'<rect class="guidekit-part-{part + 1}" x="{start:.2f}" width="{width:.2f}" height="10"/>'


def _svg(rects: str) -> str:
    box = f'viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none"'
    return f'<svg {box} aria-hidden="true" focusable="false">{rects}</svg>'


def _text(text: str) -> str:
    return escape(" ".join(visible(text).split()))
