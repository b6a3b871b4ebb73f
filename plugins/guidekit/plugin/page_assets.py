"""The style and the script that only pages with some constructs need; such a page loads them itself."""

from __future__ import annotations

from html import escape

from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import get_relative_url

from guidekit.exports.reports import chart
from guidekit.library.page import Page
from guidekit.rendering import checklist_overview, fillable_sheet
from guidekit.syntax.heading_tabs import TabSet
from guidekit.syntax.moniker import VersionRange
from guidekit.syntax.picture import Picture
from guidekit.syntax.row import Row
from guidekit.syntax.yaml_page.facts import Cards
from guidekit.syntax.zone import Zone

STYLE, SCRIPT = "assets/constructs.css", "assets/constructs.js"
SHEET_STYLE, SHEET_SCRIPT = "assets/sheet.css", "assets/sheet.js"
OVERVIEW_STYLE, OVERVIEW_SCRIPT = "assets/checklist-overview.css", "assets/checklist-overview.min.js"
CHART_STYLE = "assets/chart.css"
NAMES = (STYLE, SCRIPT, SHEET_STYLE, SHEET_SCRIPT, OVERVIEW_STYLE, OVERVIEW_SCRIPT, CHART_STYLE)

_STYLED = (Cards, Picture, Row, TabSet, VersionRange, Zone)
_SCRIPTED = (Picture, TabSet, Zone)


def with_assets(html: str, page: Page, host: HostPage) -> str:
    """Let the article of a page load what its constructs need: the style before all, the script behind."""
    kinds = {type(placed.fact) for placed in page.facts}
    style = _style(STYLE, host) if not kinds.isdisjoint(_STYLED) else ""
    script = f'\n<script src="{_address(SCRIPT, host)}" defer></script>' if not kinds.isdisjoint(_SCRIPTED) else ""
    if f"<{fillable_sheet.CLASS}" in html:
        style += _style(SHEET_STYLE, host)
        script += f'\n<script src="{_address(SHEET_SCRIPT, host)}" defer></script>'
    if f'class="{chart.CLASS}"' in html:
        style += _style(CHART_STYLE, host)
    if f'class="{checklist_overview.CLASS}"' in html:
        style += _style(OVERVIEW_STYLE, host)
        script += f'\n<script src="{_address(OVERVIEW_SCRIPT, host)}" defer></script>'
    return f"{style}{html}{script}"


def _style(name: str, host: HostPage) -> str:
    """Load a style; a further attribute keeps packing from joining it to the style of all pages, which not all need."""
    return f'<link rel="stylesheet" href="{_address(name, host)}" media="all">\n'


def _address(name: str, host: HostPage) -> str:
    return escape(get_relative_url(name, host.url))
