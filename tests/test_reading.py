"""Our own site as readers set it up: enlarged, spaced out, in their own colors, without storage, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

GUIDE = "framework/resiliency/backup-and-recovery/"
PART = "operate/azure-kubernetes-service/"
PAGES = ("", GUIDE, PART, "recovery-drill/", "glossary/", "sources/", "contribute/", "contribute/rules/", "404.html")
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("body *")].filter((it) => {
    const style = getComputedStyle(it);
    if (!it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || !it.innerText?.trim()) return false;
    const across = ["hidden", "clip"].includes(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
    const down = ["hidden", "clip"].includes(style.overflowY) && it.scrollHeight > it.clientHeight + 1;
    if (it.closest(".md-header__topic + .md-header__topic")) return false; // repeats the title, once that is scrolled away
    return it.clientWidth > 1 && (across || down);
}).map((it) => `${it.className}: ${it.innerText.trim()}`)"""

Open = Callable[..., Page]


def assert_spacing_loses_no_text(page: Page) -> None:
    """Hold a page to WCAG 1.4.12: with its spacing, nothing scrolls sideways and no text is cut off."""
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_screen_enlarged_four_times(open_page: Open, path: str) -> None:
    """On 320 by 256 pixels, as 1280 by 1024 are at 400 %, a page fits and begins with its text, also spaced wider."""
    page = open_page(path, width=320, height=256)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator("h1")).to_be_in_viewport()
    assert_spacing_loses_no_text(page)


@pytest.mark.parametrize("path", PAGES)
def test_wider_spacing_loses_no_text(open_page: Open, path: str) -> None:
    """On a wide screen, spacing that is wider cuts no text off either."""
    assert_spacing_loses_no_text(open_page(path))


def test_site_works_where_the_browser_keeps_nothing(open_page: Open) -> None:
    """With storage blocked, no script fails; search, copy buttons and the palette's switch work."""
    page = open_page("contribute/rules/", before=BLOCKED, permissions=["clipboard-read", "clipboard-write"])
    page.locator("label.md-header__button[title^='Switch to']:visible").click()
    page.locator("label.md-header__button[title='Switch to dark mode']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".md-code__button[title^='Copy']").first.click()
    expect(page.locator(".md-dialog")).to_contain_text("Copied")
    assert "include" in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("/")
    page.keyboard.type("outage")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_keep_controls_in_sight(open_page: Open, scheme: str) -> None:
    """In forced colors, search, cards and code have borders, and icons that are masks keep their color."""
    page = open_page("contribute/rules/", forced_colors="active", scheme=scheme)
    border = "it => parseFloat(getComputedStyle(it).borderBottomWidth) > 0"
    for selector in (".guidekit-search-button", "pre > code"):
        assert page.locator(selector).first.evaluate(border), selector
    icon = "it => [getComputedStyle(it, '::after').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    mark, paper = page.locator(".md-code__button").first.evaluate(icon)
    assert mark != paper
    home = open_page("", forced_colors="active", scheme=scheme)
    assert home.locator(".home-guides section").first.evaluate(border)
    assert home.locator(".home-opening").evaluate("it => getComputedStyle(it).borderImageSource") == "none"


def test_nothing_moves_for_those_who_want_no_motion(open_page: Open) -> None:
    """Where the reader asks for less motion, no transition takes longer than an instant."""
    slow = """() => [...document.querySelectorAll("body *")].filter((it) =>
        getComputedStyle(it).transitionDuration.split(",").some((time) => parseFloat(time) > 0.01)).length"""
    assert open_page(GUIDE, reduced_motion="reduce").evaluate(slow) == 0
    assert open_page(GUIDE).evaluate(slow) > 0


def test_menu_works_without_scripts(open_page: Open) -> None:
    """With scripts off, the menu opens, leads to other sections, and there to each of their pages."""
    page = open_page("", width=390, java_script_enabled=False)
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="Reference", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Glossary")).to_be_visible()
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="Sources", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Sources")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_text_is_there_without_scripts(open_page: Open, path: str) -> None:
    """With scripts off, each page shows the words that it shows with them, and no control that would be dead."""
    words = """() => {
        const differs = ".guidekit-scripted, .guidekit-checklist__downloads";
        for (const part of document.querySelectorAll(differs)) part.remove();
        return document.querySelector("article").innerText.replace(/[\\s¶]+/g, " ").trim();
    }"""
    page = open_page(path, java_script_enabled=False)
    assert page.locator(".guidekit-scripted:visible").count() == 0
    assert page.evaluate(words) == open_page(path).evaluate(words)
    expect(page.locator(".guidekit-search-button:visible")).to_have_count(0)
