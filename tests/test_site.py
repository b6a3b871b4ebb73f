"""Our own site, built and looked at in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
from pypdf import PdfReader

import guidekit
from guidekit.library.guidance import SEVERITIES

GUIDE = "framework/resiliency/backup-and-recovery/"
APPLICATIONS = "operate/backup-and-dr-for-modern-applications/"
PAGES = (
    "",
    GUIDE,
    APPLICATIONS,
    "restore/",
    "restore/azure-sql/",
    "operate/azure-kubernetes-service/",
    "recovery-drill/",
    "checklists/",
    "glossary/",
    "sources/",
    "contribute/",
    "contribute/rules/",
    "contribute/state/usage/",
    "404.html",
)
GUID = "33fe1493-7dbd-48de-ab6a-d6635c9c7c68"

Open = Callable[..., Page]


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_the_screen_and_asks_no_other_host(open_page: Open, path: str) -> None:
    """No page scrolls sideways, wide or made narrow, and none sends a request elsewhere or stumbles over its scripts."""
    page = open_page(path)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("innerWidth") == width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("h1")).to_have_count(1)


def test_guide_lists_its_items_and_each_leads_to_its_guidance(open_page: Open, project: Path) -> None:
    """The list at the guide's top has all items, the most severe first; a click leads to the guidance, below the header."""
    (checklist,) = [
        checklist
        for checklist in guidekit.Library.open(project).checklists
        if "backup-and-recovery" in str(checklist.page)
    ]
    page = open_page(GUIDE)
    statements = page.locator(".guidekit-item__statement")
    items = sorted(checklist.items, key=lambda item: SEVERITIES.index(item.guidance.severity))  # type: ignore[union-attr]
    assert statements.all_inner_texts() == [item.statement for item in items]
    links = page.locator(".guidekit-item__answers a")
    assert len(items) == 16
    links.nth(8).click()
    heading = page.get_by_role("heading", name=items[8].heading)
    expect(heading).to_be_in_viewport()
    assert heading.bounding_box()["y"] >= page.locator(".md-header").bounding_box()["height"]  # type: ignore[index]


def test_permanent_anchor_of_an_item_shows_its_guidance(open_page: Open) -> None:
    """An address with an item's GUID leads to its heading, not hidden below the header."""
    page = open_page(f"{GUIDE}#{GUID}")
    heading = page.get_by_role("heading", name="Dependent service outage")
    expect(heading).to_be_in_viewport()
    assert heading.bounding_box()["y"] >= page.locator(".md-header").bounding_box()["height"]  # type: ignore[index]


def test_search_finds_guidance(open_page: Open) -> None:
    """A word of a fragment is found, and the result leads into the guide."""
    page = open_page("")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("outage retrospective")
    result = page.get_by_role("dialog").get_by_role("link", name="retrospective").first
    expect(result).to_be_visible()
    assert GUIDE in str(result.get_attribute("href"))


def test_theme_switches_between_light_dark_and_the_system_s(open_page: Open) -> None:
    """The page follows the system's colors, and the reader may choose others."""
    page = open_page("", scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label.md-header__button[title^='Switch to light']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_page_can_be_read_without_scripts(open_page: Open) -> None:
    """With scripts off, the guide has all its text and its checklist."""
    page = open_page(GUIDE, java_script_enabled=False)
    expect(page.locator(".guidekit-item:visible")).to_have_count(16)
    expect(page.get_by_role("heading", name="Dependent service outage")).to_be_visible()


def test_feedback_section_hands_on_the_page(open_page: Open) -> None:
    """The feedback section at the page's end links to the issue form with the page's title."""
    page = open_page(GUIDE)
    expect(page.locator("#feedback")).to_have_count(1)
    links = [str(link.get_attribute("href")) for link in page.locator("a[href*='/issues/new']").all()]
    assert any("Backup%20and%20Recovery" in link or "Backup+and+Recovery" in link for link in links)


@pytest.mark.parametrize(
    ("path", "diagram"),
    [(APPLICATIONS, "failover-timeline"), (APPLICATIONS, "backup-layers"), ("operate/application/", "application")],
)
def test_diagram_is_shown_and_can_be_heard(open_page: Open, path: str, diagram: str) -> None:
    """Each diagram loads, and has an alternative text that says what it shows."""
    image = open_page(path).locator(f"img[src$='{diagram}.svg']")
    assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    assert len(str(image.get_attribute("alt")).split()) > 15


def brightness(picture: bytes) -> float:
    """How bright a picture is on average, from 0 to 255."""
    return float(ImageStat.Stat(Image.open(BytesIO(picture)).convert("L")).mean[0])


def test_diagram_follows_the_palette_that_the_reader_chose(open_page: Open) -> None:
    """A diagram turns dark with the page, also where the system is light."""
    page = open_page("operate/application/", scheme="light")
    image = page.locator("img[src$='application.svg']")
    light = brightness(image.screenshot())
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    deadline = time.monotonic() + 30
    while brightness(image.screenshot()) >= light / 2:
        assert time.monotonic() < deadline, "the diagram stays light"


def test_address_of_the_first_diagram_stays_valid(site: Path) -> None:
    """The picture of the application's parts is still there under its old name."""
    assert (site / "operate/images/Application.png").stat().st_size > 10_000


def test_run_sheet_prints_on_two_sheets_of_its_own(open_page: Open) -> None:
    """The drill's run sheet begins on a new sheet and ends on the next one, without the page's furniture."""
    page = open_page("recovery-drill/", scheme="dark")
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    (first,) = [number for number, text in enumerate(sheets) if text.strip().startswith("Run sheet")]
    assert first == len(sheets) - 2
    assert "Moment" in sheets[first] and "Finding" in sheets[first + 1]
    assert "Give feedback" not in "".join(sheets)


def test_head_has_title_and_description(site: Path) -> None:
    """A search engine and a browser tab get the page's own title and description."""
    html = (site / GUIDE / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<title>Backup and Recovery - ", html)
    assert re.search(r'<meta name="?description"? content="[^"]{50,}">', html)


def test_no_directive_and_no_header_is_left_in_the_site(site: Path) -> None:
    """Outside of code, no page shows an include, an alert's marker or a key of the front matter."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        text = re.sub(r"<(pre|code|script)\b.*?</\1>", "", html, flags=re.DOTALL)
        assert not re.search(r"\[!include|\[!(?:NOTE|TIP|WARNING)\]|ms\.uid:", text, re.IGNORECASE), path
