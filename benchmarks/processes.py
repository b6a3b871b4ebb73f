"""What a command costs: processes that are run for their time and their memory, in turns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
GUIDEKIT = str(BIN / "guidekit")
_ENGINE = Path(__file__).with_name("engine.py")


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
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each start would compile anew what is imported
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
            say(f"round {number + 1} of {rounds}: {name}")
            better(best, name, run(jobs[name])[0])
    return best


def better(best: MutableMapping[str, Cost], name: str, cost: Cost) -> None:
    """Note what a contestant took, as far as it is less than before."""
    best[name] = cost.best(best.get(name, cost))


def ask(measurement: str, folder: Path, rounds: int = 1) -> dict[str, float]:
    """Run a measurement of engine.py, each round in a fresh process; answer the least of each number."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        say(f"{measurement}: {folder.parent.name}/{folder.name}")
        job = Job(command=[sys.executable, str(_ENGINE), measurement, str(folder)], folder=folder)
        found: dict[str, float] = json.loads(run(job)[1].splitlines()[-1])
        best = {name: min(value, best.get(name, value)) for name, value in found.items()}
    return best


def build(folder: Path) -> Job:
    """Make the job of building a site; strict, so that a link that leads nowhere cannot go unseen."""
    return Job(command=[sys.executable, "-m", "mkdocs", "build", "--strict"], folder=folder)


def check(folder: Path, accepted: tuple[int, ...] = (0,)) -> Job:
    """Make the job of checking a content set."""
    return Job(command=[GUIDEKIT, "check"], folder=folder, accepted=accepted)


def program(name: str) -> str | None:
    """Find a program: beside this Python, or else where the shell would find it."""
    return shutil.which(name, path=str(BIN)) or shutil.which(name)


def version(command: str) -> str:
    """Ask a program for its version."""
    return run(Job(command=[command, "--version"], folder=Path.cwd()))[1].strip()


def say(text: str) -> None:
    """Tell whoever waits what is being measured."""
    print(f"… {text}", file=sys.stderr, flush=True)
