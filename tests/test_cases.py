"""Each file in cases/render, cases/check, cases/fix and cases/convert is one behavior; its name is the sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import indent

import case
import pytest

import guidekit
from guidekit import reporting
from guidekit.disk import patches
from guidekit.exports import conversion
from guidekit.rules import RULES

Regen = Callable[[case.Case, str], None]

FIXABLE = {rule.code for rule in RULES if rule.mends != "never"}
"""The rules that mend something; what they could not mend is part of what a case expects."""


@pytest.mark.parametrize("path", case.every("render"), ids=lambda path: path.stem)
def test_page_renders_as_the_case_says(path: Path, tmp_path: Path, regen: Regen) -> None:
    """The first page of the case renders to exactly the HTML expected."""
    wanted = case.read(path)
    library = guidekit.Library.open(wanted.lay_out(tmp_path))
    page = next(name for name in wanted.files if name.startswith("content/"))
    compare(wanted, guidekit.render(library, page).html, regen)


@pytest.mark.parametrize("path", case.every("check"), ids=lambda path: path.stem)
def test_content_set_is_judged_as_the_case_says(path: Path, tmp_path: Path, regen: Regen) -> None:
    """The case's files give exactly the findings expected, places and hints included."""
    wanted = case.read(path)
    report = guidekit.Library.open(wanted.lay_out(tmp_path), today=date(2026, 11, 25)).check()
    lines = [f"{item.severity}: {reporting.one_line(item)}" for item in report.diagnostics]
    compare(wanted, "".join(f"{line}\n" for line in lines), regen)


@pytest.mark.parametrize("path", case.every("fix"), ids=lambda path: path.stem)
def test_content_set_is_mended_as_the_case_says(path: Path, tmp_path: Path, regen: Regen) -> None:
    """The safe fixes of the case's findings are exactly the diff expected; below it stands what they leave."""
    compare_fixes(path, tmp_path, regen, unsafe=False)


@pytest.mark.parametrize("path", case.every("unsafe-fix"), ids=lambda path: path.stem)
def test_content_set_is_mended_unsafely_as_the_case_says(path: Path, tmp_path: Path, regen: Regen) -> None:
    """All fixes of the case's findings, the unsafe ones too, are exactly the diff expected."""
    compare_fixes(path, tmp_path, regen, unsafe=True)


def compare_fixes(path: Path, root: Path, regen: Regen, *, unsafe: bool) -> None:
    """Compare what fixes change, and the warnings and errors that they leave, with what is expected."""
    wanted = case.read(path)
    library = guidekit.Library.open(wanted.lay_out(root), today=date(2026, 11, 25))
    mended = library.mend(lambda found: found.fix is not None and (unsafe or found.fix.safe))
    left = [f"left: {reporting.one_line(item)}\n" for item in mended.report.diagnostics if item.code in FIXABLE]
    compare(wanted, "".join([patches.write(mended.changes), *left]), regen)


@pytest.mark.parametrize("path", case.every("convert"), ids=lambda path: path.stem)
def test_page_is_converted_as_the_case_says(path: Path, tmp_path: Path, regen: Regen) -> None:
    """The first page of the case is exactly the text expected in each dialect, indented by two blanks."""
    wanted = case.read(path)
    library = guidekit.Library.open(wanted.lay_out(tmp_path)).library
    page = library.page(next(name for name in wanted.files if name.startswith("content/")))
    assert page
    texts = {form: indent(conversion.write(library, page, form), "  ") for form in conversion.FORMS}
    compare(wanted, "".join(f"{form}:\n{text}" for form, text in texts.items()), regen)


def compare(wanted: case.Case, actual: str, regen: Regen) -> None:
    """Compare what came out with what is expected, after that was rewritten if ``--regen`` asks for it."""
    actual = actual if actual.endswith("\n") or not actual else actual + "\n"
    regen(wanted, actual)
    assert actual == case.read(wanted.path).expected
