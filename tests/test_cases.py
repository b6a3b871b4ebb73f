"""Each file in cases/render and cases/check is one behavior; its name is the sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import case
import pytest

import guidekit
from guidekit import reporting


@pytest.mark.parametrize("path", case.every("render"), ids=lambda path: path.stem)
def test_page_renders_as_the_case_says(path: Path, tmp_path: Path, regen: bool) -> None:
    """The first page of the case renders to exactly the HTML expected."""
    wanted = case.read(path)
    library = guidekit.Library.open(wanted.lay_out(tmp_path))
    page = next(name for name in wanted.files if name.startswith("content/"))
    compare(wanted, guidekit.render(library, page).html, regen)


@pytest.mark.parametrize("path", case.every("check"), ids=lambda path: path.stem)
def test_content_set_is_judged_as_the_case_says(path: Path, tmp_path: Path, regen: bool) -> None:
    """The case's files give exactly the findings expected, places and hints included."""
    wanted = case.read(path)
    report = guidekit.Library.open(wanted.lay_out(tmp_path), today=date(2026, 11, 25)).check()
    lines = [f"{item.severity}: {reporting.one_line(item)}" for item in report.diagnostics]
    compare(wanted, "".join(f"{line}\n" for line in lines), regen)


def compare(wanted: case.Case, actual: str, regen: bool) -> None:
    """Compare what came out with what is expected, or make it so."""
    actual = actual if actual.endswith("\n") or not actual else actual + "\n"
    if regen:
        wanted.rewrite(actual)
    assert actual == case.read(wanted.path).expected
