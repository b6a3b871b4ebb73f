"""A check next to linters of Markdown, which look at other things, and to a build, which looks at some of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import content
from bench import Bench
from processes import Cost, Job, JobError, ask, better, build, check, contest, program, run, say, version
from tables import ratio, seconds, table

MARKDOWNLINT = "markdownlint-cli2@0.24.1"
_INSTALLED = Path(__file__).parents[2] / ".cache" / "benchmarks"
_ROOTS = ("content", "includes")
_AGAIN = "guidekit check, again in the same process"
_PEERS = ("rumdl check, cold", "markdownlint-cli2", "mkdocs build --strict")


def measure(bench: Bench) -> Iterator[str]:
    """Check the reference content with each program that is there."""
    site = bench.write(content.REFERENCE.with_pages(bench.pages)) / "guidekit"
    (rumdl, about_rumdl), (markdownlint, about_markdownlint) = _rumdl(bench, site), _markdownlint(site)
    linters = {**rumdl, **markdownlint}
    findings = {name: _findings(job) for name, job in linters.items()}  # fills rumdl's cache, too
    costs = _costs(bench, site, {"guidekit check": check(site), **linters, "mkdocs build --strict": build(site)})
    peers = [name for name in _PEERS if name in costs]
    rows = [
        [name, *seconds(cost, 2), *(ratio(cost, costs[peer]) for peer in peers), findings.get(name, "0")]
        for name, cost in costs.items()
    ]
    head = [
        "command",
        "wall s",
        "CPU s",
        "MiB",
        *(f"CPU to {peer.partition(' check')[0]}" for peer in peers),
        "findings",
    ]
    yield f"## Linters, {bench.pages:,} pages\n\n{about_rumdl} {about_markdownlint}\n\n{table(head, rows)}"


def _rumdl(bench: Bench, site: Path) -> tuple[Mapping[str, Job], str]:
    """Make rumdl's jobs, and say which rumdl it is; all rules but the length of lines, as a paragraph is one line."""
    rumdl = program("rumdl")
    if rumdl is None:
        return {}, "Without rumdl, which is not installed."
    command = [rumdl, "check", "--no-config", "--disable", "MD013"]
    cached = ["--cache-dir", str(bench.folder / "rumdl")]
    jobs = {
        "rumdl check, cold": Job(command=[*command, "--no-cache", *_ROOTS], folder=site, accepted=(0, 1)),
        "rumdl check, warm": Job(command=[*command, *cached, *_ROOTS], folder=site, accepted=(0, 1)),
    }
    return jobs, f"{version(rumdl)}."


def _markdownlint(site: Path) -> tuple[Mapping[str, Job], str]:
    """Make markdownlint's job, with the same rule left out; it is installed if it is not yet."""
    npm = program("npm")
    if npm is None:
        return {}, "Without markdownlint-cli2, as npm is not installed."
    folder = _INSTALLED / MARKDOWNLINT
    settings = folder / ".markdownlint.json"
    if not settings.exists():
        say(f"installing {MARKDOWNLINT}")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            run(Job(command=[npm, "install", "--no-audit", "--no-fund", "--prefix", ".", MARKDOWNLINT], folder=folder))
        except JobError as error:
            return {}, f"Without markdownlint-cli2, which could not be installed:\n\n```text\n{error}\n```"
        settings.write_text('{"MD013": false}\n', encoding="utf-8")
    command = [str(folder / "node_modules" / ".bin" / "markdownlint-cli2"), "--config", str(settings)]
    globs = [f"{root}/**/*.md" for root in _ROOTS]
    jobs = {"markdownlint-cli2": Job(command=[*command, *globs], folder=site, accepted=(0, 1))}
    return jobs, f"{MARKDOWNLINT}, Node.js {version(program('node') or 'node')}."


def _findings(job: Job) -> str:
    """Run a linter and read how many findings it counts."""
    counted = re.search(r"(\d+) issues?\b", run(job)[1])
    return f"{int(counted[1]):,}" if counted else "0"


def _costs(bench: Bench, site: Path, jobs: Mapping[str, Job]) -> Mapping[str, Cost]:
    best: dict[str, Cost] = {}
    for _ in range(bench.rounds):
        for name, cost in contest(jobs, 1).items():
            better(best, name, cost)
            if name == "guidekit check":
                better(best, _AGAIN, Cost(**ask("again", site)))
    return best
