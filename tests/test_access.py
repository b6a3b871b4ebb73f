"""What axe finds on our own site: nothing, in any state that a reader meets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

GUIDE = "framework/resiliency/backup-and-recovery/"
PART = "operate/azure-kubernetes-service/"
REPORT = "contribute/state/freshness/"
PAGES = ("", GUIDE, PART, "glossary/", "sources/", "contribute/rules/", REPORT, "404.html")
SCHEMES = ("light", "dark")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

Open = Callable[..., Page]


def violations(page: Page) -> list[str]:
    """List what axe finds on a page as it is now, each with its rule and its element."""
    found = Axe().run(page, options={"runOnly": LEVELS, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_page_has_no_fault_that_axe_knows(open_page: Open, path: str, width: int, scheme: str) -> None:
    """Every kind of page meets WCAG 2.2 AA and best practice, light and dark, wide and narrow."""
    assert violations(open_page(path, width=width, scheme=scheme, reduced_motion="reduce")) == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_open_search_has_no_fault(open_page: Open, width: int, scheme: str) -> None:
    """The search meets them too while it shows what it found."""
    page = open_page(GUIDE, width=width, scheme=scheme, reduced_motion="reduce")
    page.keyboard.press("/")
    page.keyboard.type("backup")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=20_000)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_open_drawer_has_no_fault(open_page: Open, scheme: str) -> None:
    """So does the drawer, with the pane of the page's section, and with the site's own."""
    page = open_page(GUIDE, width=390, scheme=scheme, reduced_motion="reduce")
    page.get_by_role("button", name="Menu").click()
    back = page.get_by_role("button", name="Back from Guides")
    expect(back).to_be_visible()
    assert violations(page) == []
    back.click()
    expect(page.get_by_role("button", name="Contribute")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shown_term_has_no_fault(open_page: Open, scheme: str) -> None:
    """So does a term's meaning, shown beside it."""
    page = open_page(PART, scheme=scheme, reduced_motion="reduce")
    page.locator(".guidekit-term").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert violations(page) == []
