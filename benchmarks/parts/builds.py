"""Whole builds, in each form of the site."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import content
from bench import Bench
from content import FORMS
from processes import ask, build, check, contest
from tables import each, ratio, seconds, table

NAMES = {
    "guidekit": "(a) guidekit",
    "pasted": "(b) pasted beforehand",
    "include-markdown": "(c) include-markdown",
    "snippets": "(d) pymdownx.snippets",
}
_SAMPLE = 40
_OURS = re.compile(
    r"""<(guidekit-checklist)\b.*?</\1>  # the list of items, a form
    | <(p|div)[ ]class="guidekit-.*?</\2>  # what stands below an item's heading: its boxes, who keeps it
    | <span[ ]class="filename.*?</span>
    | <!--.*?-->""",
    flags=re.DOTALL | re.VERBOSE,
)
"""What a page has besides its text; the other forms have nothing like it."""


def measure(bench: Bench) -> Iterator[str]:
    """Compare the forms in whole builds, then in the conversion alone; show what a build with guidekit is made of."""
    site = bench.write(content.REFERENCE.with_pages(bench.pages), FORMS)
    yield _builds(bench, site)
    yield _conversions(bench, site)
    yield _shares(bench, site)


def _builds(bench: Bench, site: Path) -> str:
    jobs = {NAMES[form]: build(site / form) for form in FORMS} | {"guidekit check": check(site / "guidekit")}
    costs = contest(jobs, bench.rounds)
    checked = costs.pop("guidekit check")
    ours, pasted, included, _ = costs.values()
    same = [f"{likeness(site, form):.1%}" for form in FORMS]
    rows = [
        [name, *seconds(cost), ratio(cost, pasted), ratio(cost, included), alike]
        for (name, cost), alike in zip(costs.items(), same, strict=True)
    ]
    rows.append(["guidekit check, cold", *seconds(checked), ratio(checked, pasted), ratio(checked, included), ""])
    bench.target("build, to (b) pasted", ours.cpu / pasted.cpu, 1.0)
    bench.target("build, to (c) include-markdown", ours.cpu / included.cpu, 0.6)
    bench.target("check, to build (a)", checked.cpu / ours.cpu, 0.2)
    head = ["mkdocs build", "wall s", "CPU s", "MiB", "CPU to (b)", "CPU to (c)", "same words as (b)"]
    return f"## Whole builds, {bench.pages:,} pages\n\n{table(head, rows)}"


def _conversions(bench: Bench, site: Path) -> str:
    forms = [form for form in FORMS if form != "include-markdown"]
    rounds = [{form: ask("convert", site / form)["convert"] for form in forms} for _ in range(bench.rounds)]
    best = {form: min(found[form] for found in rounds) for form in forms}
    rows = [
        [NAMES[form], f"{best[form]:.2f}", each(best[form], bench.pages), f"{best[form] / best['pasted']:.2f}"]
        for form in forms
    ]
    head = ["Markdown to HTML", "CPU s", "ms a page", "to (b)"]
    return f"## Markdown to HTML alone: no theme, no search, no check\n\n{table(head, rows)}"


def _shares(bench: Bench, site: Path) -> str:
    steps = ask("share", site / "guidekit", bench.rounds)
    whole = sum(steps.values())
    steps["guidekit: in all"] = sum(value for name, value in steps.items() if name.startswith("guidekit"))
    rows = [
        [name, f"{value:.2f}", each(value, bench.pages), f"{value / whole:.0%}"]
        for name, value in sorted(steps.items())
    ]
    head = ["step", "CPU s", "ms a page", "share"]
    return f"## Where a build with guidekit spends its time\n\n{table(head, rows)}"


def likeness(site: Path, form: content.Form) -> float:
    """Compare what readers get with the pasted form: how many words of a sample of pages both have in common."""
    pages = sorted((site / "pasted" / "site").rglob("page-*/index.html"))
    common = total = 0
    for page in pages[:: max(len(pages) // _SAMPLE, 1)]:
        wanted = _words(page)
        found = _words(site / form / "site" / page.relative_to(site / "pasted" / "site"))
        common += (wanted & found).total()
        total += max(wanted.total(), found.total())
    return common / total


def _words(page: Path) -> Counter[str]:
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    article = _OURS.sub("", article)
    return Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", article))))
