"""What axe finds on our own site: nothing, in any state that a reader meets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from accessibility import COLORS, LEVELS, violations
from playwright.sync_api import Page, expect

GUIDE = "framework/resiliency/backup-and-recovery/"
PART = "operate/azure-kubernetes-service/"
REFERENCE = "contribute/dialect/"
REPORT = "contribute/state/freshness/"
PAGES = ("", PART, "checklists/?service=aks", "glossary/", "sources/", REFERENCE, REPORT, "404.html")

Open = Callable[..., Page]


def assert_faultless(page: Page) -> None:
    """Hold a page as it is now to all rules, and to those of colors in dark as well; leaves it light."""
    assert violations(page, LEVELS) == [], "light"
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert violations(page, COLORS) == [], "dark"
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_page_has_no_fault_that_axe_knows(open_page: Open, path: str, width: int) -> None:
    """Every kind of page meets WCAG 2.2 AA and best practice, light and dark, wide and narrow."""
    assert_faultless(open_page(path, width=width, reduced_motion="reduce"))


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_guide_has_no_fault_with_everything_open(open_page: Open, width: int) -> None:
    """So does a guide, all of its checklist open and some of it answered."""
    page = open_page(GUIDE, width=width, reduced_motion="reduce")
    page.locator(".guidekit-item input").first.check()
    page.evaluate("document.querySelectorAll('article details').forEach(details => details.open = true)")
    assert_faultless(page)


def test_colors_of_code_can_be_read(open_page: Open, site: Path) -> None:
    """All colors that code has on any page stand out from its ground, light and dark."""
    html = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    kinds = sorted(set(re.findall(r'<span class="?([a-z][a-z0-9]?)"?>', html)))
    page = open_page(REFERENCE, reduced_motion="reduce")
    page.locator("pre > code").first.evaluate(
        "(code, kinds) => code.innerHTML = kinds.map(kind => `<span class='${kind}'>${kind}</span>`).join(' ')", kinds
    )
    assert len(kinds) > 25
    for scheme, ground in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", ground)
        assert violations(page, COLORS, "pre") == [], scheme


@pytest.mark.parametrize("width", [1280, 320])
def test_open_search_has_no_fault(open_page: Open, width: int) -> None:
    """The search meets them too while it shows what it found, in one group or more, and that it found nothing."""
    page = open_page(PART, width=width, reduced_motion="reduce")
    page.keyboard.press("/")
    for text, said in (("backup", "matching"), ("xyzzy", "No matching")):
        page.get_by_role("searchbox").fill(text)
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text(said)
        assert_faultless(page)
    page.get_by_role("searchbox").fill("date-format-invalid")  # in the group that stands last
    expect(page.get_by_role("dialog").get_by_role("heading", name="Contribute")).to_be_visible()
    assert_faultless(page)


def test_open_drawer_has_no_fault(open_page: Open) -> None:
    """So does the drawer, with the pane of the page's section, and with the site's own."""
    page = open_page("recovery-drill/", width=390, reduced_motion="reduce")
    page.get_by_role("button", name="Menu").click()
    back = page.get_by_role("button", name="Back from Guides")
    expect(back).to_be_visible()
    assert_faultless(page)
    back.click()
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Contribute", exact=True)).to_be_visible()
    assert_faultless(page)


def test_shown_term_has_no_fault(open_page: Open) -> None:
    """So does a term's meaning, shown beside it."""
    page = open_page(PART, reduced_motion="reduce")
    page.locator(".guidekit-term").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert_faultless(page)
