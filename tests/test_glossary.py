"""The glossary's tooltips, on a small site, in a real browser: by mouse, by keyboard, by touch, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from case import lay_out
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from site_build import build_strictly
from web_server import serve

SETTINGS = "site_name: Site\ndocs_dir: content\ntheme: {THEME}\nplugins: [search, guidekit: {glossary: glossary.md}]\n"
FILLER = "Nothing that anybody would have to look up stands here.\n\n" * 40
FILES = {
    "content/index.md": (
        "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\nRPO says how often a backup is due.\n\n"
        f"{FILLER}{'word ' * 30}recovery services runbook {'word ' * 30}\n\n{FILLER}{'word ' * 20}replication\n"
    ),
    "content/glossary.md": (
        "---\ntitle: Glossary\ndescription: Words.\n---\n# Glossary\n\n"
        f"## RPO\n\n{'How much data may be lost, counted back from the failure. ' * 8}\n\n"
        "## Backup\n\nA \\<safe> & *separate* copy.\n\n"
        "## Recovery services runbook\n\nSteps to follow.\n\n## Replication\n\nA copy that follows.\n"
    ),
}
BACKUP = "A <safe> & separate copy."
THEMES = ["name: material, font: false", "name: mkdocs, highlightjs: false"]

Once = Callable[[str, Callable[[Path], None]], Path]
Open = Callable[..., Page]


@pytest.fixture(scope="module", params=THEMES)
def address(request: pytest.FixtureRequest, once: Once) -> Iterator[str]:
    """Build the small site with a theme, and serve it."""

    def fill(root: Path) -> None:
        build_strictly(lay_out(root, {**FILES, "mkdocs.yml": SETTINGS.replace("THEME", request.param)}))

    with serve(once(f"glossary-{THEMES.index(request.param)}", fill) / "site") as server:
        yield server.address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open the home page; what goes wrong in its scripts fails the test."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1280, touch: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 600},
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def term(page: Page, text: str) -> Locator:
    """Find a term."""
    return page.locator("a.guidekit-term", has_text=text)


def tooltip(page: Page) -> Locator:
    """Find the tooltip."""
    return page.get_by_role("tooltip")


def box(locator: Locator) -> tuple[float, float, float, float]:
    """Measure where something is on the screen: left, top, right, bottom."""
    found = locator.bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def tab_to(page: Page, wanted: Locator) -> None:
    """Move the focus by keyboard until it is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the focus never came there")


def test_mouse_over_a_term_shows_its_definition(open_page: Open) -> None:
    """The definition appears below the term, describes it, can be moved onto, and goes when the mouse leaves both."""
    page = open_page()
    expect(tooltip(page)).to_have_count(0)
    expect(term(page, "backup")).not_to_have_attribute("title", BACKUP)
    term(page, "backup").hover()
    expect(tooltip(page)).to_have_text(BACKUP)
    expect(term(page, "backup")).to_have_accessible_description(BACKUP)
    assert 0 <= box(tooltip(page))[1] - box(term(page, "backup"))[3] <= 8
    tooltip(page).hover()
    page.wait_for_timeout(500)
    expect(tooltip(page)).to_be_visible()
    page.mouse.move(5, 500)
    expect(tooltip(page)).to_have_count(0)
    expect(term(page, "backup")).not_to_have_attribute("aria-describedby", "guidekit-tooltip")


def test_mouse_that_only_passes_shows_nothing(open_page: Open) -> None:
    """A term that the mouse crosses on its way stays as it is; one on which it rests shows its definition."""
    page = open_page()
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(3600)
    term(page, "backup").hover()
    page.clock.run_for(100)
    expect(tooltip(page)).to_have_count(0)
    page.mouse.move(5, 500)
    page.clock.run_for(1000)
    expect(tooltip(page)).to_have_count(0)
    term(page, "backup").hover()
    page.clock.run_for(300)
    expect(tooltip(page)).to_have_text(BACKUP)


def test_focus_on_a_term_shows_its_definition(open_page: Open) -> None:
    """The definition comes with the focus by keyboard, outlasts a mouse that passes, goes with it; Enter follows."""
    page = open_page()
    tab_to(page, term(page, "RPO"))
    expect(tooltip(page)).to_contain_text("How much data")
    term(page, "RPO").hover()
    page.mouse.move(5, 500)
    page.wait_for_timeout(500)
    expect(tooltip(page)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(tooltip(page)).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(tooltip(page)).to_have_text(BACKUP)
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#backup")


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_escape_hides_the_definition(open_page: Open, way: str) -> None:
    """Escape hides the definition, and leaves mouse and focus where they are."""
    page = open_page()
    if way == "mouse":
        term(page, "backup").hover()
    else:
        tab_to(page, term(page, "backup"))
    expect(tooltip(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(tooltip(page)).to_have_count(0)
    page.wait_for_timeout(500)
    expect(tooltip(page)).to_have_count(0)
    assert term(page, "backup").evaluate("(term, state) => term.matches(state)", ":hover, :focus")


@pytest.mark.parametrize("focuses", [True, False])
def test_first_tap_shows_the_definition_and_the_second_follows(open_page: Open, address: str, focuses: bool) -> None:
    """A tap shows, a tap elsewhere hides, a tap on another term shows that one, and a second tap on it is the link."""
    page = open_page(width=390, touch=True)
    if not focuses:  # a tap on a link leaves the focus where it is, as in Safari
        page.evaluate("document.addEventListener('mousedown', event => event.preventDefault())")
    term(page, "RPO").tap()
    expect(tooltip(page)).to_contain_text("How much data")
    page.locator("h1").tap()
    expect(tooltip(page)).to_have_count(0)
    term(page, "RPO").tap()
    expect(tooltip(page)).to_contain_text("How much data")
    tooltip(page).tap()
    page.wait_for_timeout(500)
    expect(tooltip(page)).to_contain_text("How much data")
    term(page, "backup").tap(force=True)
    expect(tooltip(page)).to_have_text(BACKUP)
    assert page.url == address
    term(page, "backup").tap()
    page.wait_for_url("**/glossary/#backup")


def test_click_of_a_mouse_follows_at_once(open_page: Open) -> None:
    """With a mouse, a term is a link like any other."""
    page = open_page()
    term(page, "backup").click()
    page.wait_for_url("**/glossary/#backup")


def test_term_without_scripts_is_a_link_with_a_title(open_page: Open) -> None:
    """With scripts off, the browser shows the definition, and the link leads to the entry."""
    page = open_page(scripts=False)
    assert term(page, "backup").get_attribute("title") == BACKUP
    term(page, "backup").click()
    page.wait_for_url("**/glossary/#backup")


@pytest.mark.parametrize("width", [320, 1280])
def test_definition_stays_on_the_screen(open_page: Open, width: int) -> None:
    """Wherever the term is, the definition is beside it and within the screen with a margin, however narrow."""
    page = open_page(width=width)
    sides = set()
    for text in ("RPO", "backup", "runbook", "replication"):
        term(page, text).evaluate("term => term.scrollIntoView({ block: 'end' })")
        term(page, text).hover()
        expect(term(page, text)).to_have_attribute("aria-describedby", "guidekit-tooltip")
        left, top, right, bottom = box(tooltip(page))
        assert 8 <= left < right <= width - 8
        assert 8 <= top < bottom <= 600 - 8
        _, term_top, _, term_bottom = box(term(page, text))
        assert 0 <= top - term_bottom <= 8 or 0 <= term_top - bottom <= 8
        sides.add("below" if top >= term_bottom else "above")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert sides == {"below", "above"}


def test_definition_moves_with_its_term_when_the_window_changes(open_page: Open) -> None:
    """After the window has become narrow, the definition is beside its term and within the screen."""
    page = open_page()
    tab_to(page, term(page, "RPO"))
    page.set_viewport_size({"width": 320, "height": 600})
    page.wait_for_function("document.querySelector('.guidekit-tooltip').getBoundingClientRect().right <= 312")
    assert 0 <= box(tooltip(page))[1] - box(term(page, "RPO"))[3] <= 8


def test_term_looks_unlike_a_link_and_like_text_on_paper(open_page: Open) -> None:
    """A term has a dotted line, whatever a site says of its links, and none in print."""
    page = open_page()
    page.add_style_tag(content=".md-typeset a:not(.headerlink), [role=main] a:not(.x) { text-decoration: underline }")
    style = "term => getComputedStyle(term).textDecoration"
    assert "dotted" in term(page, "backup").evaluate(style)
    page.emulate_media(media="print")
    assert term(page, "backup").evaluate(style).startswith("none")


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_definition_can_be_read_in_light_and_dark(open_page: Open, scheme: str) -> None:
    """Text and ground of the tooltip differ enough, in the colors of the theme."""
    page = open_page()
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
    term(page, "backup").hover()
    expect(tooltip(page)).to_be_visible()
    colors = tooltip(page).evaluate("tip => [getComputedStyle(tip).color, getComputedStyle(tip).backgroundColor]")
    ink, paper = map(rgba, colors)
    assert paper[3] == 1
    assert contrast(ink, paper) >= 4.5


def rgba(color: str) -> tuple[float, ...]:
    """Read a color as the browser writes it."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", color)]
    return (*numbers, 1.0)[:4]


def contrast(ink: tuple[float, ...], paper: tuple[float, ...]) -> float:
    """Work out the contrast of a color on a ground, as WCAG defines it."""
    mixed = [part * ink[3] + ground * (1 - ink[3]) for part, ground in zip(ink[:3], paper[:3], strict=True)]
    lighter, darker = sorted((luminance(mixed), luminance(paper[:3])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Sequence[float]) -> float:
    """Work out how bright a color is, from 0 to 1."""
    parts = [part / 255 for part in color]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
