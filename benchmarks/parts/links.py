"""The check of a built site's links, next to lychee's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import content
from bench import Bench
from processes import GUIDEKIT, Job, build, contest, program, run, say, version
from tables import ratio, seconds, table

PAGES = 200
FAULTS = (
    '<a href="../no-such-page/">page</a>',
    '<a href="/no-such-folder/">page, from the root</a>',
    '<a href="https://example.com/no-such-page/">page, with the site\'s address</a>',
    '<a href="#no-such-heading">heading</a>',
    '<a href="../../#no-such-heading">heading of another page</a>',
    '<img src="no-such-image.png" alt="">',
)
"""Links that lead nowhere; whoever does the same work as we do finds all of them."""


def measure(bench: Bench) -> Iterator[str]:
    """Check a site of which all links are sound; then plant faults and see who finds them."""
    pages = min(bench.pages, PAGES)
    folder = bench.write(content.REFERENCE.with_pages(pages)) / "guidekit"
    say("building a site")
    run(build(folder))
    ours, theirs = Job(command=[GUIDEKIT, "check-links", "site"], folder=folder), _lychee(folder)
    jobs = {"guidekit check-links": ours} | ({"lychee --offline": theirs} if theirs else {})
    seen = {name: _seen(job)[0] for name, job in jobs.items()}
    costs = contest(jobs, 3 * bench.rounds)
    _plant(folder / "site" / "area-00" / "page-0000" / "index.html")
    found = {name: _seen(job)[1] for name, job in jobs.items()}
    own = costs["guidekit check-links"]
    rows = [
        [name, *seconds(cost, 2), ratio(cost, own), f"{seen[name]:,}", f"{found[name]} of {len(FAULTS)}"]
        for name, cost in costs.items()
    ]
    head = ["command", "wall s", "CPU s", "MiB", "CPU to guidekit", "links followed", "planted faults found"]
    note = f"{version(theirs.command[0])}." if theirs else "Without lychee, which is not installed."
    yield f"## Links of a built site, {pages:,} pages\n\n{note}\n\n{table(head, rows)}"


def _lychee(folder: Path) -> Job | None:
    """Make lychee's job: what we read, HTML and CSS; what we follow, the site's own address and bookmarks included."""
    lychee = program("lychee")
    if lychee is None:
        return None
    site = folder / "site"
    options = {
        "--extensions": "html,css",
        "--root-dir": str(site),
        "--index-files": "index.html",
        "--remap": f"https://example.com/ {site.as_uri()}/",
    }
    flags = ["--offline", "--no-progress", "--include-fragments", "--include-verbatim"]  # verbatim: the lines of code
    return Job(command=[lychee, *flags, *(word for pair in options.items() for word in pair), "site"], folder=folder)


def _seen(job: Job) -> tuple[int, int]:
    """Run a check of links; answer how many it followed, and how many of them lead nowhere."""
    ours = job.command[0] == GUIDEKIT
    form = ["--output-format", "json"] if ours else ["--format", "json"]
    report = json.loads(run(Job(command=[*job.command, *form], folder=job.folder, accepted=(0, 1, 2)))[1])
    if ours:
        return report["checked"]["links"], len(report["diagnostics"])
    return report["successful"] + report["errors"], report["errors"]


def _plant(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</article>", f"{''.join(FAULTS)}</article>", 1), encoding="utf-8")
