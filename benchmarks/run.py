"""Measure guidekit against its alternatives, and its cost per page: ``python benchmarks/run.py``.

Prints Markdown tables. Every build and check is a fresh process, the contestants take turns, and the best of several
rounds counts. What a number means stands in README.md.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import content
from content import FORMS, Shape

ENGINE = Path(__file__).with_name("engine.py")
GUIDEKIT = str(Path(sys.executable).with_name("guidekit"))
NAMES = {
    "guidekit": "(a) guidekit",
    "pasted": "(b) pasted beforehand",
    "include-markdown": "(c) include-markdown",
    "snippets": "(d) pymdownx.snippets",
}
STEPS = ("parse", "judge", "render")
PARTS = ("builds", "costs", "faults", "start")
_SAMPLE = 40


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one process took: seconds on the clock, seconds of CPU, mebibytes of memory at most."""

    wall: float
    cpu: float
    memory: float

    def best(self, other: Cost) -> Cost:
        """Take the lesser of each."""
        pairs = zip((self.wall, self.cpu, self.memory), (other.wall, other.cpu, other.memory), strict=True)
        wall, cpu, memory = (min(pair) for pair in pairs)
        return Cost(wall=wall, cpu=cpu, memory=memory)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A command to measure, where to run it, and the exit codes that are fine."""

    command: Sequence[str]
    folder: Path
    accepted: tuple[int, ...] = (0,)


class JobError(Exception):
    """A command that failed; the message ends with its output."""


def run(job: Job) -> tuple[Cost, str]:
    """Run a job in a fresh process; answer what it took and what it printed on standard output."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(job.command, cwd=job.folder, env=environment, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in job.accepted:
            raise JobError(f"{' '.join(job.command)} exits with {process.returncode}\n{out.read()}{err.read()}"[-3000:])
        memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=memory), out.read()


def contest(jobs: Mapping[str, Job], rounds: int) -> dict[str, Cost]:
    """Let jobs take turns, in an order that turns too; answer the best of each."""
    best: dict[str, Cost] = {}
    names = list(jobs)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            _say(f"round {number + 1} of {rounds}: {name}")
            cost, _ = run(jobs[name])
            best[name] = cost.best(best.get(name, cost))
    return best


def ask(measurement: str, folder: Path, rounds: int = 1) -> dict[str, float]:
    """Run a measurement of engine.py, each round in a fresh process; answer the least of each number."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        _say(f"{measurement}: {folder.parent.name}/{folder.name}")
        job = Job(command=[sys.executable, str(ENGINE), measurement, str(folder)], folder=folder)
        found: dict[str, float] = json.loads(run(job)[1].splitlines()[-1])
        best = {name: min(value, best.get(name, value)) for name, value in found.items()}
    return best


def build(folder: Path) -> Job:
    """Make the job of building a site; strict, so that a link that leads nowhere cannot go unseen."""
    return Job(command=[sys.executable, "-m", "mkdocs", "build", "--strict"], folder=folder)


def check(folder: Path, accepted: tuple[int, ...] = (0,)) -> Job:
    """Make the job of checking a content set."""
    return Job(command=[GUIDEKIT, "check"], folder=folder, accepted=accepted)


# Tables


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table; all columns but the first are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


class Bench:
    """The whole benchmark: a folder to write in, and how much to measure."""

    def __init__(self, folder: Path, pages: int, sizes: Sequence[int], rounds: int) -> None:
        self._folder = folder
        self._pages = pages
        self._sizes = sizes
        self._rounds = rounds
        self._targets: list[tuple[str, float, str, bool]] = []

    def sections(self, parts: Sequence[str]) -> Iterator[str]:
        """Measure part by part, each part's tables as soon as they are known."""
        for part in parts:
            yield from self._parts[part]()
        if self._targets:
            yield self._verdict()

    @property
    def _parts(self) -> Mapping[str, Callable[[], Iterator[str]]]:
        return {
            "builds": self._compare,
            "costs": self._grow,
            "faults": lambda: iter([self._faults()]),
            "start": lambda: iter([self._start_up()]),
        }

    def _compare(self) -> Iterator[str]:
        site = self._write(content.REFERENCE.with_pages(self._pages), FORMS)
        yield self._builds(site)
        yield self._conversions(site)
        yield self._shares(site)

    def _grow(self) -> Iterator[str]:
        for shape in (content.REFERENCE, content.GUIDES):
            yield self._costs(shape)

    def _write(self, shape: Shape, forms: Sequence[content.Form] = ("guidekit",)) -> Path:
        _say(f"writing {shape.name}, {shape.pages:,} pages")
        folder = self._folder / f"{shape.name}-{shape.pages}{'-broken' if shape.broken_links else ''}"
        content.write(shape, folder, forms)
        return folder

    def _builds(self, site: Path) -> str:
        jobs = {NAMES[form]: build(site / form) for form in FORMS} | {"guidekit check": check(site / "guidekit")}
        costs = contest(jobs, self._rounds)
        checked = costs.pop("guidekit check")
        ours, pasted, included, _ = costs.values()
        same = [f"{likeness(site, form):.1%}" for form in FORMS]
        rows = [
            [name, *_cost(cost), _ratio(cost, pasted), _ratio(cost, included), alike]
            for (name, cost), alike in zip(costs.items(), same, strict=True)
        ]
        rows.append(["guidekit check, cold", *_cost(checked), _ratio(checked, pasted), _ratio(checked, included), ""])
        self._target("build, to (b) pasted", ours.cpu / pasted.cpu, 1.0)
        self._target("build, to (c) include-markdown", ours.cpu / included.cpu, 0.6)
        self._target("check, to build (a)", checked.cpu / ours.cpu, 0.2)
        head = ["mkdocs build", "wall s", "CPU s", "MiB", "CPU to (b)", "CPU to (c)", "same words as (b)"]
        return f"## Whole builds, {self._pages:,} pages\n\n{table(head, rows)}"

    def _conversions(self, site: Path) -> str:
        forms = [form for form in FORMS if form != "include-markdown"]
        rounds = [{form: ask("convert", site / form)["convert"] for form in forms} for _ in range(self._rounds)]
        best = {form: min(found[form] for found in rounds) for form in forms}
        rows = [
            [NAMES[form], f"{best[form]:.2f}", _each(best[form], self._pages), f"{best[form] / best['pasted']:.2f}"]
            for form in forms
        ]
        head = ["Markdown to HTML", "CPU s", "ms a page", "to (b)"]
        return f"## Markdown to HTML alone: no theme, no search, no check\n\n{table(head, rows)}"

    def _shares(self, site: Path) -> str:
        seconds = ask("share", site / "guidekit", self._rounds)
        whole = sum(seconds.values())
        seconds["guidekit: in all"] = sum(value for name, value in seconds.items() if name.startswith("guidekit"))
        rows = [
            [name, f"{value:.2f}", _each(value, self._pages), f"{value / whole:.0%}"]
            for name, value in sorted(seconds.items())
        ]
        head = ["step", "CPU s", "ms a page", "share"]
        return f"## Where a build with guidekit spends its time\n\n{table(head, rows)}"

    def _costs(self, shape: Shape) -> str:
        """Measure what is ours, at several sizes in turns: it should cost the same a page at each."""
        folders = {pages: self._write(shape.with_pages(pages)) / "guidekit" for pages in self._sizes}
        checks: dict[int, Cost] = {}
        steps: dict[int, dict[str, float]] = {}
        for _ in range(self._rounds):
            for pages, folder in folders.items():
                cost = contest({f"check, {pages:,} pages": check(folder, accepted=(0, 1))}, 1).popitem()[1]
                checks[pages] = cost.best(checks.get(pages, cost))
                found = ask("phases", folder)
                steps[pages] = {name: min(value, steps.get(pages, found)[name]) for name, value in found.items()}
        rows = [_cost_row(pages, checks[pages], steps[pages]) for pages in folders]
        sums = [sum(steps[pages][name] for name in STEPS) / pages for pages in folders]
        name = f"{shape.name}: cost a page, {self._sizes[-1]:,} to {self._sizes[0]:,} pages"
        self._target(name, sums[-1] / sums[0], 1.15)
        head = ["pages", "fragments", "check: wall", "check: CPU", *STEPS, "sum", "check: MiB"]
        return f"## Cost a page in milliseconds, “{shape.name}”\n\n{table(head, rows)}"

    def _faults(self) -> str:
        """Measure a content set with a link on each page that leads nowhere, as after a folder was renamed."""
        rows = []
        sizes = self._sizes[:2]
        each = []
        for pages in sizes:
            clean = content.REFERENCE.with_pages(pages)
            broken = self._write(replace(clean, broken_links=pages)) / "guidekit"
            jobs = {"clean": check(self._write(clean) / "guidekit"), "broken": check(broken, accepted=(1,))}
            costs = contest(jobs, 1)
            each.append((costs["broken"].cpu - costs["clean"].cpu) / pages)
            rows.append([f"{pages:,}", *_cost(costs["clean"]), *_cost(costs["broken"]), _each(each[-1], 1)])
        self._target(f"cost of a broken link, {sizes[-1]:,} to {sizes[0]:,} pages", each[-1] / each[0], 1.5)
        head = ["pages", "clean: wall s", "CPU s", "MiB", "broken: wall s", "CPU s", "MiB", "ms a broken link"]
        return f"## One broken link on each page\n\n{table(head, rows)}"

    def _start_up(self) -> str:
        folder = self._folder / "empty"
        (folder / "content").mkdir(parents=True, exist_ok=True)
        (folder / "content" / "index.md").write_text("---\ntitle: Home\ndescription: One page\n---\n# Home\n\nText.\n")
        jobs = {
            "python -c pass": Job(command=[sys.executable, "-c", "pass"], folder=folder),
            "guidekit --version": Job(command=[GUIDEKIT, "--version"], folder=folder),
            "guidekit check, one page": check(folder),
        }
        costs = contest(jobs, 5 * self._rounds)
        rows = [[name, f"{cost.wall * 1000:.0f}", f"{cost.cpu * 1000:.0f}"] for name, cost in costs.items()]
        return f"## Start-up\n\n{table(['command', 'wall ms', 'CPU ms'], rows)}"

    def _target(self, name: str, value: float, most: float) -> None:
        self._targets.append((name, value, f"≤ {most:g}", value <= most))

    def _verdict(self) -> str:
        rows = [[name, f"{value:.2f}", most, "yes" if met else "**no**"] for name, value, most, met in self._targets]
        return f"## Targets (by CPU time)\n\n{table(['what', 'measured', 'target', 'met'], rows)}"


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
    article = re.sub(
        r'<nav [^>]*guidekit.*?</nav>|<span class="filename.*?</span>|<!--.*?-->', "", article, flags=re.DOTALL
    )
    return Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", article))))


def _cost_row(pages: int, checked: Cost, steps: Mapping[str, float]) -> list[str]:
    each = [checked.wall, checked.cpu, *(steps[name] for name in STEPS), sum(steps[name] for name in STEPS)]
    return [
        f"{pages:,}",
        f"{steps['fragments']:,}",
        *(_each(seconds, pages) for seconds in each),
        f"{checked.memory:.0f}",
    ]


def _cost(cost: Cost) -> list[str]:
    return [f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.memory:.0f}"]


def _ratio(cost: Cost, base: Cost) -> str:
    return f"{cost.cpu / base.cpu:.2f}"


def _each(seconds: float, pages: int) -> str:
    return f"{seconds / pages * 1000:.2f}"


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=1_000, help="pages of the builds (default 1,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default 3)")
    parser.add_argument("--quick", action="store_true", help="100 pages, one round, costs at 50 and 100 pages")
    parser.add_argument("--folder", type=Path, help="where to write the sites, and keep them (default: nowhere)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (default: all)")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark and print its tables."""
    options = _arguments()
    pages, rounds = (min(options.pages, 100), 1) if options.quick else (options.pages, options.rounds)
    sizes = (max(pages // 2, 20), pages) if options.quick else (max(pages // 10, 20), pages, pages * 4)
    with tempfile.TemporaryDirectory(prefix="guidekit-benchmark-") as temporary:
        folder = options.folder or Path(temporary)
        for section in Bench(folder.resolve(), pages, sizes, rounds).sections(options.parts):
            print(f"{section}\n", flush=True)


if __name__ == "__main__":
    main()
