"""What it takes to start from a wheel that was never installed, with uvx."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import Bench
from processes import Cost, Job, JobError, better, check, contest, program, run, say, version
from tables import milliseconds, table

PROJECT = Path(__file__).parents[2]
TITLE = "## Start from a wheel, with uvx"
_FIRST = "guidekit check, first run of a wheel"
_SECOND = "guidekit check, second run"


def measure(bench: Bench) -> Iterator[str]:
    """Measure the first and the second run of a wheel that uv has not seen, its dependencies being in uv's cache."""
    uv, uvx = program("uv"), program("uvx")
    if uv is None or uvx is None:
        yield f"{TITLE}\n\nNot measured: uv is not installed."
        return
    folder = bench.write_page()
    manners = ["--quiet", "--cache-dir", str(bench.folder / "uv"), "--python", sys.executable]
    tool = [uvx, *manners]
    try:
        wheel = _wheel(bench, [uv, "build", *manners])
        _fill(folder, tool, wheel)
    except JobError as error:
        yield f"{TITLE}\n\nNot measured: uv could not get what it needs.\n\n```text\n{error}\n```"
        return
    costs = _costs(bench, folder, [*tool, "--offline"], wheel)
    rows = [[name, *milliseconds(cost)] for name, cost in costs.items()]
    bench.target("cached start from a wheel, in seconds on the clock", costs[_SECOND].wall, 3.0)
    yield f"{TITLE}\n\n{version(uv)}.\n\n{table(['command', 'wall ms', 'CPU ms'], rows)}"


def _wheel(bench: Bench, build: list[str]) -> Path:
    say("building a wheel")
    place = bench.folder / "wheel"
    run(Job(command=[*build, "--wheel", "--out-dir", str(place), str(PROJECT)], folder=bench.folder))
    return next(place.glob("guidekit-*.whl"))


def _fill(folder: Path, tool: list[str], wheel: Path) -> None:
    """Let uv fetch into its cache what is going to be measured; from then on it needs no network."""
    say("filling uv's cache")
    run(Job(command=[*tool, "--from", str(wheel), "guidekit", "check"], folder=folder))
    run(Job(command=[*tool, "ruff", "--version"], folder=folder))


def _costs(bench: Bench, folder: Path, tool: list[str], wheel: Path) -> dict[str, Cost]:
    """Measure each round with a copy of the wheel at a new place, which is a new wheel to uv."""
    best: dict[str, Cost] = {}
    for _ in range(5 * bench.rounds):
        with tempfile.TemporaryDirectory(dir=bench.folder) as place:
            command = [*tool, "--from", shutil.copy(wheel, place), "guidekit", "check"]
            jobs = {
                "python -c pass": Job(command=[sys.executable, "-c", "pass"], folder=folder),
                "ruff --version, second run": Job(command=[*tool, "ruff", "--version"], folder=folder),
                "guidekit check, installed, without uv": check(folder),
                _FIRST: Job(command=command, folder=folder),
                _SECOND: Job(command=command, folder=folder),
            }
            for name, cost in contest(jobs, 1).items():
                better(best, name, cost)
    return best
