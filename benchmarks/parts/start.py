"""What it takes until a check of one page is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench import Bench
from processes import GUIDEKIT, Job, check, contest
from tables import milliseconds, table


def measure(bench: Bench) -> Iterator[str]:
    """Measure the command as it is installed beside this Python."""
    folder = bench.write_page()
    jobs = {
        "python -c pass": Job(command=[sys.executable, "-c", "pass"], folder=folder),
        "guidekit --version": Job(command=[GUIDEKIT, "--version"], folder=folder),
        "guidekit check, one page": check(folder),
    }
    costs = contest(jobs, 5 * bench.rounds)
    rows = [[name, *milliseconds(cost)] for name, cost in costs.items()]
    yield f"## Start-up\n\n{table(['command', 'wall ms', 'CPU ms'], rows)}"
