"""The first screen of our own site, tables on a phone, and pages that come without a reload."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from accessibility import LEVELS, violations
from playwright.sync_api import Browser, Page, Route, expect
from site_build import build_strictly
from web_server import serve

GUIDE = "framework/resiliency/backup-and-recovery/"
RESTORE = "restore/storage/"
PHONE, DESK = 390, 1280
PUBLISHED = "https://guidekit.github.io/guidekit/"

Open = Callable[..., Page]
Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="module")
def other_site(project: Path, once: Once) -> Path:
    """Build our own site with an announcement."""

    def fill(root: Path) -> None:
        for folder in ("content", "hooks", "includes", "overrides"):
            shutil.copytree(project / folder, root / folder)
        settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
        chosen = settings.replace('announcement: ""', 'announcement: "The site has moved."')
        assert chosen.count("navigation.instant") == chosen.count("has moved") == 1
        (root / "mkdocs.yml").write_text(chosen, encoding="utf-8")
        build_strictly(root)

    return once("own-site-announcement", fill) / "site"


@pytest.fixture(scope="module")
def other_address(other_site: Path) -> Iterator[str]:
    """Serve that site."""
    with serve(other_site, "/guidekit/") as server:
        yield server.address


@pytest.fixture
def other_page(browser: Browser, other_site: Path, other_address: str) -> Iterator[Open]:
    """Open pages of that site; what goes wrong in scripts fails the test.

    The map of the site names the port as well, for Material makes of its addresses those of the host and leaves the port.
    """
    site_map = (other_site / "sitemap.xml").read_text(encoding="utf-8").replace(PUBLISHED, other_address)
    troubles: list[str] = []
    contexts = []

    def open_page(path: str, *, width: int = DESK) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.route("**/sitemap.xml", lambda route: route.fulfill(body=site_map, content_type="application/xml"))
        page.goto(other_address + path, wait_until="networkidle")  # Material knows the pages once it has the map
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def top(page: Page, selector: str) -> float:
    """Measure how far below the edge of the window an element begins."""
    return float(page.locator(selector).first.evaluate("it => it.getBoundingClientRect().top"))


@pytest.mark.parametrize("path", [GUIDE, RESTORE, "glossary/", "contribute/rules/"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_page_begins_high_on_the_screen(open_page: Open, path: str, width: int) -> None:
    """The title begins within the first 160 pixels of a desk's screen and 130 of a phone's; the byline is short."""
    page = open_page(path, width=width, height=844)
    assert top(page, "h1") <= (160 if width == DESK else 130)
    byline = page.locator(".byline").bounding_box()
    assert byline
    assert byline["height"] < (30 if width == DESK else 60)


def test_first_question_is_on_the_first_screen_of_a_phone(open_page: Open) -> None:
    """A guide's first item and its answers are in sight before anyone scrolls."""
    page = open_page(GUIDE, width=PHONE, height=844)
    first = page.locator(".guidekit-item").first
    expect(first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_services_are_one_step_from_home(open_page: Open, width: int) -> None:
    """From the home page, one link leads to the choice of services, which is open, high on the screen, and knows AKS."""
    page = open_page("", width=width, height=844)
    page.get_by_role("article").get_by_role("link", name="Choose your services").first.click()
    expect(page.get_by_role("heading", level=1, name="Checklists")).to_be_attached()
    page.get_by_label("Find a service").fill("blob")
    expect(page.get_by_role("checkbox", name="Azure Storage")).to_be_in_viewport()
    page.get_by_label("Find a service").fill("aks")
    expect(page.locator(".guidekit-scope label:visible > span")).to_have_text(["Azure Kubernetes Service"])
    page.get_by_label("Find a service").press("Enter")
    expect(page.locator(".guidekit-scope > summary")).to_have_text("Services: Azure Kubernetes Service")
    expect(page.get_by_role("button", name="Show all items")).to_be_in_viewport()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_contents_stand_above_the_text_where_there_is_no_room_beside_it(open_page: Open, width: int) -> None:
    """On a phone "In this article" stands below the title, folded, and leads to each section; on a desk beside the page."""
    page = open_page(RESTORE, width=width)
    contents = page.locator("article details.site-contents")
    if width == DESK:
        expect(contents).to_be_hidden()
        expect(page.locator(".md-sidebar--secondary")).to_contain_text("In this article")
        return
    contents.get_by_text("In this article").click()
    links = contents.get_by_role("link")
    headings = page.locator("article h2:not(#feedback)").evaluate_all("all => all.map(it => it.firstChild.textContent)")
    assert links.all_inner_texts() == headings
    links.last.click()
    expect(page.get_by_role("heading", name=headings[-1])).to_be_in_viewport()


def test_page_with_one_section_has_no_contents(open_page: Open) -> None:
    """Where there is nothing to choose from, there are no contents."""
    expect(open_page("checklists/", width=PHONE).locator(".site-contents")).to_have_count(0)


def test_row_of_a_wide_table_is_a_card_on_a_phone(open_page: Open) -> None:
    """Each row stands by itself, with the names of the columns above the cells, and is as wide as the text."""
    page = open_page(RESTORE, width=PHONE, reduced_motion="reduce")
    table = page.locator("table[data-cards]").first
    row = table.locator("tbody tr").first
    cells = [cell.bounding_box() for cell in row.locator("td").all()]
    assert len(cells) == 3
    assert len({box["x"] for box in cells if box}) == 1
    assert [box["y"] for box in cells if box] == sorted({box["y"] for box in cells if box})
    name = row.locator("td").nth(1).evaluate("it => getComputedStyle(it, '::before').content")
    assert name == '"Do this first"'
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(page, LEVELS, "table") == []


def test_card_is_still_a_table_to_those_who_listen(open_page: Open) -> None:
    """A table whose rows are cards has its columns, rows and cells for a screen reader, on a phone and on a desk."""
    for width in (PHONE, DESK):
        table = open_page(RESTORE, width=width).get_by_role("table").first
        assert [text.strip() for text in table.get_by_role("columnheader").all_inner_texts()[:2]] == [
            "You see",
            "Do this first",
        ]
        assert table.get_by_role("row").nth(1).get_by_role("cell").count() == 3


def test_narrow_tables_and_the_run_sheet_stay_tables(open_page: Open) -> None:
    """A table of two columns, and one that is filled in by hand, are laid out as tables on a phone too."""
    assert open_page("", width=PHONE).locator("table[data-cards]").count() == 0
    sheet = open_page("recovery-drill/", width=PHONE).locator(".run-sheet table").first
    assert sheet.locator("tr").first.evaluate("it => getComputedStyle(it).display") == "table-row"


def test_items_of_the_header_stand_in_one_line_within_the_page(open_page: Open) -> None:
    """Logo, title, palette, search and repository have one middle; the first and last end where the page's text does."""
    page = open_page(RESTORE)
    parts = (
        ".md-logo",
        ".md-header__title",
        ".md-header__option label:not([hidden])",
        ".guidekit-search-button",
        ".md-source",
    )
    boxes = [page.locator(f".md-header {part}").first.bounding_box() for part in parts]
    middles = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert len(middles) == len(parts)
    assert max(middles) - min(middles) <= 2
    logo, tab = (
        page.locator(".md-header .md-logo img").bounding_box(),
        page.locator(".md-tabs__link").first.bounding_box(),
    )
    assert logo
    assert tab
    assert abs(logo["x"] - tab["x"]) <= 1


def test_announcement_can_be_dismissed(other_page: Open, other_address: str) -> None:
    """The announcement has a link to the page's feedback section, and stays away once it is closed."""
    page = other_page(GUIDE)
    banner = page.locator(".md-banner")
    expect(banner).to_contain_text("The site has moved.")
    assert str(banner.get_by_role("link").first.get_attribute("href")).endswith("#feedback")
    banner.get_by_role("button").click()
    page.goto(other_address + GUIDE)
    expect(page.locator(".md-banner__inner")).to_be_hidden()


def follow(page: Page, name: str, heading: str) -> None:
    """Follow a tab of the header without a reload of the page; returns when the other page is there."""
    page.evaluate("window.stayed = true")
    page.locator(".md-tabs").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert page.evaluate("window.stayed")


def test_page_that_comes_without_a_reload_has_all_that_it_needs(other_page: Open) -> None:
    """With instant navigation, cards, checklist, terms, services and feedback work on the next page as on the first."""
    page = other_page("glossary/")
    follow(page, "Guides", "Backup and Recovery")
    page.locator(".guidekit-item input").first.check()
    expect(page.locator(".guidekit-checklist__status")).to_contain_text("1 of 16 answered")
    page.locator("article .guidekit-term").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    follow(page, "Restore", "Restore")
    expect(page.locator("table[data-cards]").first).to_be_visible()
    assert "Restore" in str(page.get_by_role("link", name="Give feedback on this page").get_attribute("href"))
    follow(page, "Home", "Backup and disaster recovery guidance")
    expect(page.locator(".home-guides__size").first).to_contain_text("of 16 items answered")
    page.get_by_role("article").get_by_role("link", name="Choose your services").first.click()
    page.get_by_label("Find a service").fill("aks")
    page.get_by_label("Find a service").press("Enter")
    expect(page.get_by_role("button", name="Show all items")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_link_to_a_place_leads_there_also_where_the_page_was_still_scrolling(other_page: Open) -> None:
    """With instant navigation, a link that is followed while the page scrolls leads to its place on the next page."""
    page = other_page("glossary/")
    page.evaluate("window.stayed = true")

    def answer_late(route: Route) -> None:
        time.sleep(0.4)  # longer than Material waits before it notes how far the page is scrolled
        route.continue_()

    page.route("**/restore/storage/", answer_late)
    page.evaluate("""() => {
      const link = document.createElement("a");
      link.href = new URL("../restore/storage/#recover-a-deleted-account", location);
      document.querySelector("article").append(link);
      scrollTo(0, 300);
      setTimeout(() => link.click(), 30);
    }""")
    expect(page.get_by_role("heading", name="Recover a deleted account")).to_be_in_viewport()
    assert page.evaluate("window.stayed")


def test_sheet_works_on_a_page_that_came_without_a_reload(other_page: Open) -> None:
    """With instant navigation, what is written on the run sheet is there when the reader comes back to it."""
    page = other_page("")
    page.evaluate("window.stayed = true")
    page.get_by_role("article").get_by_role("link", name="Plan a drill").click()
    field = page.locator(".guidekit-sheet").get_by_label("Scenario: Entry", exact=True)
    field.fill("Region lost")
    follow(page, "Restore", "Restore")
    page.go_back()
    expect(field).to_have_value("Region lost")
    assert page.evaluate("window.stayed")


def test_way_back_from_a_result_needs_no_reload(other_page: Open) -> None:
    """With instant navigation, a result leads to its section, and Back to the results, from each page to its own."""
    page = other_page("glossary/")
    page.evaluate("window.stayed = true")
    for question, section in (
        ("aks cluster gone", "Restore a lost cluster"),
        ("recover deleted secret", "Recover a secret, key, or certificate"),
    ):
        page.keyboard.press("/")
        page.get_by_role("searchbox", name="Search").fill(question)
        page.get_by_role("dialog").get_by_role("link", name=section).first.click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_role("heading", name=section)).to_be_in_viewport()
    for question in ("recover deleted secret", "aks cluster gone"):
        page.go_back()
        expect(page.get_by_role("searchbox", name="Search")).to_have_value(question)
        expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert page.evaluate("window.stayed")


def test_page_that_is_not_found_leads_on_to_whole_pages(other_page: Open) -> None:
    """With instant navigation, a guide that is reached from the page for wrong addresses has its checklist."""
    page = other_page("404.html")
    page.evaluate("window.stayed = true")
    page.get_by_role("article").get_by_role("link", name="Backup and Recovery").click()
    page.locator(".guidekit-item input").first.check()
    expect(page.locator(".guidekit-checklist__status")).to_contain_text("1 of 16 answered")


def test_menu_works_on_a_page_that_came_without_a_reload(other_page: Open) -> None:
    """With instant navigation, the menu of a phone opens by its button on the next page, and its sections are buttons."""
    page = other_page("recovery-drill/", width=PHONE)
    page.evaluate("window.stayed = true")
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    page.get_by_role("button", name="Back from Guides").press("Enter")
    page.locator(".md-sidebar--primary").get_by_role("link", name="Reference", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1, name="Glossary")).to_be_visible()
    assert page.evaluate("window.stayed")
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    menu.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Back from"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
