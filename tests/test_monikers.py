"""Versions: which of them a range holds, and what readers of each get."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guidekit
from guidekit.text import monikers

ContentSet = Callable[[dict[str, str | bytes]], Path]

PAGE = '# Page\n\n::: moniker range=">= plan-2.0"\nNew.\n::: moniker-end\n\n::: moniker range="< plan-2.0"\nOld.\n::: moniker-end\n'


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (">= plan-2.0", ["plan-2.0", "plan-10.1"]),
        (">plan-2.0", ["plan-10.1"]),
        ("<= plan-2.0", ["plan-1.5", "plan-2.0"]),
        (">= plan-1.5 < plan-2.0", ["plan-1.5"]),
        ("plan-1.5 || = other-3", ["plan-1.5", "other-3"]),
        ("< plan-1.5 || >= other-1", ["other-3"]),
        ("PLAN-2.0", ["plan-2.0"]),
        ("latest", ["latest"]),
        (">= latest", ["latest"]),
        ("plan-2.0.", []),
        ("", []),
        ("=>", []),
    ],
)
def test_range_holds_versions_of_its_product(written: str, held: list[str]) -> None:
    """Versions are compared as numbers, within one product; a name without a number is itself alone."""
    known = ["plan-1.5", "plan-2.0", "plan-10.1", "other-3", "latest"]
    assert [name for name in known if monikers.holds(written, name)] == held


@given(st.text(), st.text())
def test_any_range_can_be_asked_about_any_version(written: str, moniker: str) -> None:
    """Whatever people write, the answer is yes or no."""
    assert monikers.holds(written, moniker) in (True, False)


def rendered(content_set: ContentSet, declared: str) -> str:
    """Draw the page on a site that declares versions."""
    settings = f"site_name: S\ndocs_dir: content\nplugins: [guidekit: {{monikers: [{declared}]}}]\n"
    library = guidekit.Library.open(content_set({"mkdocs.yml": settings, "content/page.md": PAGE}))
    page = library.page("content/page.md")
    assert page is not None
    return guidekit.render(library, page).html


def test_part_says_to_which_versions_it_belongs_where_none_is_declared(content_set: ContentSet) -> None:
    """All parts are there, each below a line with its range, and there is nothing to choose."""
    html = rendered(content_set, "")
    assert html.count("<p>Version: <code>") == 2
    assert "<fieldset" not in html


def test_parts_for_other_versions_are_left_out_of_a_site_about_one(content_set: ContentSet) -> None:
    """With one version, readers see what belongs to it, and no word of versions."""
    html = rendered(content_set, "plan-2.1")
    assert ("New." in html, "Old." in html, "Version" in html, "<fieldset" in html) == (True, False, False, False)


def test_readers_choose_among_the_versions_of_a_site(content_set: ContentSet) -> None:
    """With several versions, the first is chosen, and each part names those that it is for."""
    html = rendered(content_set, "plan-2.0, plan-1.0")
    assert "<legend>Version</legend>" in html
    assert 'id="pivot-plan-2.0" value="plan-2.0" checked="checked"' in html
    assert '<div class="guidekit-zone" data-pivot="plan-2.0">' in html
    assert '<div class="guidekit-zone" data-pivot="plan-1.0">' in html
