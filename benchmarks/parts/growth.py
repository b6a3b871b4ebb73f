"""What a page costs as a site grows, and what a fault costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import content
from bench import Bench
from content import Shape
from processes import Cost, ask, check, contest
from tables import each, seconds, table

STEPS = ("parse", "judge", "render")


def costs(bench: Bench) -> Iterator[str]:
    """Measure what is ours for each shape of site, a table each."""
    for shape in (content.REFERENCE, content.GUIDES):
        yield _costs(bench, shape)


def _costs(bench: Bench, shape: Shape) -> str:
    """Measure what is ours, at several sizes in turns: it should cost the same a page at each."""
    folders = {pages: bench.write(shape.with_pages(pages)) / "guidekit" for pages in bench.sizes}
    checks: dict[int, Cost] = {}
    steps: dict[int, dict[str, float]] = {}
    for _ in range(bench.rounds):
        for pages, folder in folders.items():
            cost = contest({f"check, {pages:,} pages": check(folder, accepted=(0, 1))}, 1).popitem()[1]
            checks[pages] = cost.best(checks.get(pages, cost))
            found = ask("phases", folder)
            steps[pages] = {name: min(value, steps.get(pages, found)[name]) for name, value in found.items()}
    rows = [_row(pages, checks[pages], steps[pages]) for pages in folders]
    sums = [sum(steps[pages][name] for name in STEPS) / pages for pages in folders]
    name = f"{shape.name}: cost a page, {bench.sizes[-1]:,} to {bench.sizes[0]:,} pages"
    bench.target(name, sums[-1] / sums[0], 1.15)
    head = ["pages", "fragments", "check: wall", "check: CPU", *STEPS, "sum", "check: MiB"]
    return f"## Cost a page in milliseconds, “{shape.name}”\n\n{table(head, rows)}"


def _row(pages: int, checked: Cost, steps: Mapping[str, float]) -> list[str]:
    taken = [checked.wall, checked.cpu, *(steps[name] for name in STEPS), sum(steps[name] for name in STEPS)]
    return [
        f"{pages:,}",
        f"{steps['fragments']:,}",
        *(each(total, pages) for total in taken),
        f"{checked.memory:.0f}",
    ]


def faults(bench: Bench) -> Iterator[str]:
    """Measure a content set with a link on each page that leads nowhere, as after a folder was renamed."""
    rows = []
    sizes = bench.sizes[:2]
    extra = []
    for pages in sizes:
        clean = content.REFERENCE.with_pages(pages)
        broken = bench.write(replace(clean, broken_links=pages)) / "guidekit"
        jobs = {"clean": check(bench.write(clean) / "guidekit"), "broken": check(broken, accepted=(1,))}
        taken = contest(jobs, 1)
        extra.append((taken["broken"].cpu - taken["clean"].cpu) / pages)
        rows.append([f"{pages:,}", *seconds(taken["clean"]), *seconds(taken["broken"]), each(extra[-1], 1)])
    bench.target(f"cost of a broken link, {sizes[-1]:,} to {sizes[0]:,} pages", extra[-1] / extra[0], 1.5)
    head = ["pages", "clean: wall s", "CPU s", "MiB", "broken: wall s", "CPU s", "MiB", "ms a broken link"]
    yield f"## One broken link on each page\n\n{table(head, rows)}"
