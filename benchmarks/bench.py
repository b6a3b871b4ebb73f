"""One run of the benchmark: where it writes, how much it measures, and the targets that it has met or missed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import content
from content import Shape
from processes import say
from tables import table


class Bench:
    """A folder to write in, and how much to measure: pages, sizes to compare, rounds."""

    def __init__(self, folder: Path, pages: int, sizes: Sequence[int], rounds: int) -> None:
        self.folder = folder
        self.pages = pages
        self.sizes = sizes
        self.rounds = rounds
        self._targets: list[tuple[str, float, str, bool]] = []

    def write(self, shape: Shape, forms: Sequence[content.Form] = ("guidekit",)) -> Path:
        """Write a site of this shape, in a folder for each form; answer the folder around them."""
        say(f"writing {shape.name}, {shape.pages:,} pages")
        folder = self.folder / f"{shape.name}-{shape.pages}{'-broken' if shape.broken_links else ''}"
        content.write(shape, folder, forms)
        return folder

    def write_page(self) -> Path:
        """Write a content set of one page; answer its folder."""
        page = self.folder / "empty" / "content" / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("---\ntitle: Home\ndescription: One page\n---\n# Home\n\nText.\n", encoding="utf-8")
        return page.parent.parent

    def target(self, name: str, value: float, most: float) -> None:
        """Note what was wanted of a number, and what it is."""
        self._targets.append((name, value, f"≤ {most:g}", value <= most))

    def verdict(self) -> str:
        """Write which targets are met; nothing, if none was noted."""
        rows = [[name, f"{value:.2f}", most, "yes" if met else "**no**"] for name, value, most, met in self._targets]
        title = "## Targets (by CPU time, where nothing else is said)"
        return f"{title}\n\n{table(['what', 'measured', 'target', 'met'], rows)}" if rows else ""
