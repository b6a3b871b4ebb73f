"""How long an author waits for the new report of a check that goes on, after a file was saved."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Self

import content
from bench import Bench
from processes import GUIDEKIT, check, contest, say
from tables import table

_SAVES = 5
_PAUSE = 0.5


def measure(bench: Bench) -> Iterator[str]:
    """Measure from the save to the last line of the report; the content set is clean before and after."""
    folder = bench.write(content.REFERENCE.with_pages(bench.pages)) / "guidekit"
    anew = contest({"guidekit check": check(folder)}, bench.rounds)["guidekit check"].wall
    pages, fragments = (sorted((folder / name).rglob("*.md")) for name in ("content", "includes"))
    page, fragment = pages[len(pages) // 2], fragments[len(fragments) // 2]
    with _Watched(folder) as watched:
        best = {
            "a page is saved": min(_saved(watched, page) for _ in range(_SAVES * bench.rounds)),
            "a fragment is saved": min(_saved(watched, fragment) for _ in range(_SAVES * bench.rounds)),
            "a new page is saved": min(_created(watched, page) for _ in range(bench.rounds)),
        }
    rows = [[what, f"{wall * 1000:.0f}", f"{wall / anew:.3f}"] for what, wall in best.items()]
    rows.append(["guidekit check", f"{anew * 1000:.0f}", "1"])
    bench.target("new report after a page is saved, in seconds on the clock", best["a page is saved"], 0.2)
    title = f"## A check that goes on, {bench.pages:,} pages"
    yield f"{title}\n\n{table(['what happens', 'wall ms until the report', 'to a new check'], rows)}"


def _saved(watched: _Watched, file: Path) -> float:
    """Save a file with a link that leads nowhere, and as it was; answer the longer of the two waits."""
    text = file.read_text(encoding="utf-8")
    broken = f"{text}\n\n[x](nowhere.md)\n"
    return max(watched.wait_for(partial(file.write_text, after, encoding="utf-8")) for after in (broken, text))


def _created(watched: _Watched, beside: Path) -> float:
    """Save a page that was not there, and remove it; answer the longer of the two waits."""
    new = beside.with_name("new-page.md")
    write = partial(new.write_text, beside.read_text(encoding="utf-8"), encoding="utf-8")
    return max(watched.wait_for(change) for change in (write, new.unlink))


class _Watched:
    """A check that goes on in a process of its own."""

    def __init__(self, folder: Path) -> None:
        say("a check that goes on")
        command = [GUIDEKIT, "check", str(folder), "--watch", "--output-format", "concise"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._read_report()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()  # a benchmark in the background does not hear an interrupt, nor do its children
        self._process.communicate()

    def wait_for(self, change: Callable[[], object]) -> float:
        """Change something; answer how many seconds pass until the new report is there."""
        time.sleep(_PAUSE)  # an author pauses too, and the last report has to be read
        start = time.perf_counter()
        change()
        self._read_report()
        return time.perf_counter() - start

    def _read_report(self) -> None:
        for line in self._process.stdout or ():
            if line.startswith("watching "):
                return
        raise RuntimeError("the check has ended")
