"""One measurement inside one process, without a profiler: seconds by step, printed as JSON.

Run by `run.py`, always in a fresh process: ``engine.py phases|again|convert|share FOLDER``.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any

Seconds = Mapping[str, float]


class Clock:
    """Adds up CPU seconds by name; a step within another step counts only for itself."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block below."""
        self._switch()
        self._open.append(name)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def _switch(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def watch(self, owner: object, name: str, step: str) -> None:
        """Time every call of a function from now on."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.step(step):
                return function(*args, **kwargs)

        setattr(owner, name, timed)


def phases(folder: Path) -> Seconds:
    """Time what a check and a rendering of all pages are made of, through the Python API."""
    import guidekit

    clock = Clock()
    with clock.step("parse"):
        library = guidekit.Library.open(folder)
        pages, fragments = len(library.pages), len(library.fragments)
    with clock.step("judge"):
        library.check()
    with clock.step("render"):
        characters = sum(len(guidekit.render(library, page).html) for page in library.pages)
    return {**clock.seconds, "pages": pages, "fragments": fragments, "characters": characters}


def again(folder: Path) -> Seconds:
    """Measure the second of two checks in one process: modules are loaded, and nothing else is left of the first."""
    from guidekit.cli import main

    main(["check", str(folder)], standalone_mode=False)
    wall, cpu = time.perf_counter(), time.process_time()
    main(["check", str(folder)], standalone_mode=False)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return {"wall": wall, "cpu": cpu, "memory": memory}


def convert(folder: Path) -> Seconds:
    """Time Markdown to HTML only, with the site's extensions as MkDocs sets them up, without a theme or a check."""
    from markdown import Markdown
    from mkdocs.config import load_config

    config = load_config(str(folder / "mkdocs.yml"))
    clock = Clock()
    with clock.step("convert"):
        for text, extensions in _texts(folder, "guidekit" in config.plugins):
            md = Markdown(extensions=[*config.markdown_extensions, *extensions], extension_configs=config.mdx_configs)
            md.convert(text)
    return dict(clock.seconds)


def _texts(folder: Path, learn: bool) -> Iterator[tuple[str, list[Any]]]:
    """Go through the texts of the pages, each with the extensions that belong to it alone."""
    from mkdocs.utils.meta import get_data

    if not learn:
        for file in sorted((folder / "content").rglob("*.md")):
            yield get_data(file.read_text(encoding="utf-8"))[0], []
        return
    import guidekit
    from guidekit.extension import GuidekitExtension, Job
    from guidekit.rendering import link_targets

    library = guidekit.Library.open(folder).library
    for page in library.pages:
        job = Job(library=library, page=page, lead=link_targets.files(page))
        yield page.document.source.text, [GuidekitExtension(partial(_answer, job))]


def _answer(job: Any, _md: object, _text: str) -> Any:
    """Answer the one job there is, whatever the page."""
    return job


def share(folder: Path) -> Seconds:
    """Time a whole build, and in it what is guidekit's and what is its host's, step by step."""
    from markdown import Markdown
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from guidekit import rules
    from guidekit.library import library
    from guidekit.plugin import GuidekitPlugin
    from guidekit.rendering import article, tree

    clock = Clock()
    clock.watch(GuidekitPlugin, "on_files", "guidekit: list files, report")
    clock.watch(library, "parse", "guidekit: parse")
    clock.watch(rules, "check", "guidekit: judge")
    for event in ("on_page_read_source", "on_page_context", "on_post_page"):
        clock.watch(GuidekitPlugin, event, "guidekit: page events")
    clock.watch(article, "tokens", "guidekit: graft")
    clock.watch(tree, "build", "guidekit: tree, with Pygments")
    clock.watch(Markdown, "convert", "host: Python-Markdown and its extensions")
    with clock.step("host: theme, search, navigation, files"):
        build(load_config(str(folder / "mkdocs.yml")))
    return dict(clock.seconds)


def main() -> None:
    """Run the measurement that the arguments name."""
    name, folder = sys.argv[1:]
    measurement = {"phases": phases, "again": again, "convert": convert, "share": share}[name]
    print(json.dumps(measurement(Path(folder))))


if __name__ == "__main__":
    main()
