"""The reports as pages of a site: where they are made, what they say, and how their charts are drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_build import Build
from test_inventory import EMPTY, FILES, FULL
from test_plugin import hosts, html

from guidekit import Library, Settings, SettingsError
from guidekit.exports import reports
from guidekit.exports.reports.chart import draw
from guidekit.exports.reports.report import Bar, Chart
from guidekit.exports.reports.state_pages import pages as state_pages

ContentSet = Callable[[dict[str, str | bytes]], Path]

SETTINGS = (
    "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit: {reports: state/now}]\n"
    "nav: [index.md, state/now/index.md, state/now/freshness.md]\nvalidation: {unrecognized_links: warn, anchors: warn}\n"
)
HOME = "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\nSee [what is old](state/now/freshness.md#overdue).\n"
SITE: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": HOME,
    "content/guide.md": str(FILES["content/two.md"]),
    f"includes/{FULL}.md": FILES[f"includes/{FULL}.md"],
}


@hosts
def test_reports_are_pages_that_can_be_linked_to(
    content_set: ContentSet, host: str, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    """A strict build makes five pages as of SOURCE_DATE_EPOCH, which navigation and links may name."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")  # 2026-11-25
    root = content_set(SITE)
    result = build(root, "--strict", host=host)
    assert result.returncode == 0, result.stderr
    made = {path.parent.name for path in (root / "site/state/now").rglob("index.html")}
    assert made == {"now", "coverage", "freshness", "owners", "usage"}
    assert 'href="state/now/freshness/#overdue"' in html(root, ".")
    page = html(root, "state/now/freshness")
    assert "As of 2026-11-25." in page and "2026-10-28" in page
    assert '<figure class="guidekit-chart">' in page
    assert "assets/chart.css" in page


def test_files_are_links_to_where_they_are_published(content_set: ContentSet, build: Build) -> None:
    """A page is named by its title, guidance by its heading, and both lead there; markup in a title is text."""
    root = content_set({**SITE, "content/other.md": str(FILES["content/other.md"]).replace("Another", "[Another](x)")})
    build(root)
    page = html(root, "state/now/usage")
    assert f'<a href="../../../guide/#{FULL}">Heading</a>' in page
    assert '<a href="../../../guide/">Two | more</a>' in page


def test_page_that_is_not_published_is_in_no_report(content_set: ContentSet, build: Build) -> None:
    """What MkDocs leaves out is not named, and does not break a strict build."""
    root = content_set({**SITE, "mkdocs.yml": SETTINGS + "exclude_docs: guide.md\n"})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    page = html(root, "state/now/usage")
    assert "content/guide.md" not in page and 'href="../../../guide/' not in page


def test_site_without_the_setting_has_no_such_pages(content_set: ContentSet, build: Build) -> None:
    """Nothing is made unless it is asked for, and a link to it leads nowhere."""
    root = content_set({**SITE, "mkdocs.yml": "site_name: Site\ndocs_dir: content\nplugins: [guidekit]\n"})
    result = build(root)
    assert not (root / "site/state").exists()
    assert "link to 'state/now/freshness.md#overdue' ('content/state/now/freshness.md') leads nowhere" in result.stderr


def test_page_of_the_author_stays(content_set: ContentSet, build: Build) -> None:
    """Where a page of that name lies in the content folder, it is the one that is published."""
    own = "---\ntitle: Mine\ndescription: My own.\n---\n# Mine\n\n## Overdue\n\nNothing.\n"
    root = content_set({**SITE, "content/state/now/freshness.md": own})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    assert "<title>Mine" in html(root, "state/now/freshness")
    assert "Usage" in html(root, "state/now/usage")


def test_search_of_our_own_site_leaves_them_out(site: Path) -> None:
    """Pages that name all other pages would be found for every word."""
    found = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert (site / "contribute/state/usage/index.html").exists()
    assert not [url for url in found if url.startswith("contribute/state/")]


@pytest.mark.parametrize("folder", ["/state", "../state", "a/../b", "a\\b", 3])
def test_folder_that_cannot_be_used_is_refused(folder: object) -> None:
    """A folder outside the content folder is a mistake in the settings."""
    with pytest.raises(SettingsError, match="setting 'reports': expected a "):
        Settings.from_mapping({"reports": folder})


def test_same_day_makes_the_same_pages(content_set: ContentSet) -> None:
    """What the pages say depends on the content and the day alone."""
    root = content_set({**SITE, f"includes/{EMPTY}.md": FILES[f"includes/{EMPTY}.md"]})

    def pages() -> dict[object, str]:
        session = Library.open(root)
        library = session.library
        views = [reports.view(name, library, session.check, date(2026, 11, 25)) for name in reports.REPORTS]
        return dict(state_pages(library, views, [page.path for page in library.pages]))

    assert pages() == pages()
    assert len(pages()) == 5


class Shown(HTMLParser):
    """What readers of a chart get: its text, and how far its widest bar reaches."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.reach = 0.0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow the elements."""
        if tag == "rect":
            given = dict(attrs)
            self.reach = max(self.reach, float(given["x"] or 0) + float(given["width"] or 0))
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content as one."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Hold the markup to be well formed."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data


LABELS = st.one_of(
    st.text(min_size=1), st.lists(st.sampled_from(["<b>", "&lt;", "a", "\n\n", '"', "-->"])).map("".join)
)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(LABELS, st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=5),
    st.booleans(),
)
def test_chart_says_in_words_what_it_draws(bars: list[tuple[str, int, int]], shares: bool) -> None:
    """Each figure stands there as text, no bar is wider than the chart, and no label is markup or ends the block."""
    chart = Chart(
        title="Title",
        legend=("Done", "Open"),
        bars=tuple(Bar(label=label, parts=(done, open_)) for label, done, open_ in bars),
        shares=shares,
    )
    drawn = draw(chart)
    if not any(done + open_ for _, done, open_ in bars):
        assert drawn == ""
        return
    assert "\n\n" not in drawn
    shown = Shown()
    shown.feed(drawn)
    assert shown.open == []
    assert 0 < shown.reach <= 100.02
    for label, done, open_ in bars:
        for name, part in (("Done", done), ("Open", open_)):
            assert not part or f"{name}: {part:,}" in shown.text
        if label.isprintable() and label.split():
            assert " ".join(label.split()) in shown.text


def test_bars_are_as_long_as_their_numbers() -> None:
    """The longest bar is as wide as the chart, half of it half as wide; a share is one of its own bar."""
    bars = (Bar(label="a", parts=(2, 2)), Bar(label="b", parts=(1, 1)))
    widths = re.findall(r'width="([\d.]+)"', draw(Chart(title="t", legend=("x", "y"), bars=bars)))
    assert widths[2:] == ["50.00", "50.00", "25.00", "25.00"]
    widths = re.findall(r'width="([\d.]+)"', draw(Chart(title="t", legend=("x", "y"), bars=bars, shares=True)))
    assert widths[2:] == ["50.00", "50.00", "50.00", "50.00"]
