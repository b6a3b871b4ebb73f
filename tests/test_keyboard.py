"""Our own site without a mouse: menu, search, palette, tables, and where the focus is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

GUIDE = "framework/resiliency/backup-and-recovery/"
PART = "operate/azure-kubernetes-service/"
REFERENCE = "contribute/dialect/"
SAMPLE = """most => {
    const kinds = new Map();
    const kind = (it) => `${it.localName} ${[...it.classList].sort()}`;
    for (const it of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
        if (!it.checkVisibility({ visibilityProperty: true }) || it.tabIndex < 0) continue;
        const own = `${kind(it)} in ${kind(it.parentElement)}`;
        kinds.set(own, [...(kinds.get(own) ?? []), it]);
    }
    for (const alike of kinds.values())
        alike.forEach((it, at) => { if (at % Math.ceil(alike.length / most)) it.tabIndex = -1; });
    return kinds.size;
}"""
"""Leaves some stops of each kind, from all over the page, and takes the others out of the Tab key's way."""
FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return null;
    const labels = it.matches(".tabbed-set > input") && it.parentElement.querySelector(".tabbed-labels");
    const seen = labels || (it.matches(".md-option") ? it.nextElementSibling : it); // the radio itself is hidden
    const { x, y, width, height } = seen.getBoundingClientRect();
    const over = document.elementFromPoint(x + width / 2, y + height / 2);
    const shown = !over || seen.contains(over) || over.contains(seen) || seen.getClientRects().length > 1;
    const { outlineStyle, outlineWidth } = getComputedStyle(seen);
    const line = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
    return { name: (it.ariaLabel || it.textContent).trim() + " " + it.className, x, y, width, height, shown, line };
}"""

Open = Callable[..., Page]


def stops(page: Page, key: str = "Tab") -> Iterator[dict[str, object]]:
    """Walk through a page by keyboard, to its end, and yield what has the focus at each stop."""
    for _ in range(400):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop
        if key != "Tab" and "md-skip" in str(stop["name"]):
            return  # the first stop; backward, the browser goes on at the end
    pytest.fail("the focus does not come to an end")


def is_marked(page: Page, stop: dict[str, object]) -> bool:
    """Does something change on the screen at a stop when it loses the focus?"""
    x, y, width, height = (float(str(stop[side])) for side in ("x", "y", "width", "height"))
    screen = page.viewport_size or {"width": 0, "height": 0}
    left, top = max(0, x - 6), max(0, y - 6)
    right, bottom = min(screen["width"], x + width + 6), min(screen["height"], y + height + 6)
    if right <= left or bottom <= top:
        return False
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    take = lambda: Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    before = take()
    page.evaluate("(window.last = document.activeElement).blur()")
    after = take()
    page.evaluate("last.focus({ focusVisible: true, preventScroll: true })")
    return ImageChops.difference(before, after).getbbox() is not None


@pytest.mark.parametrize(("path", "width"), [("", 1280), ("", 390), (PART, 1280)])
def test_focus_is_seen_at_every_stop(open_page: Open, path: str, width: int) -> None:
    """Whatever the Tab key reaches is on the screen, not under the header, and looks different while it has the focus."""
    page = open_page(path, width=width, reduced_motion="reduce")
    assert page.evaluate(SAMPLE, 4) > 15
    found = []
    for stop in stops(page):
        found.append(stop["name"])
        assert stop["shown"], stop
        assert is_marked(page, stop), stop
    assert len(found) > 15


@pytest.mark.parametrize(("path", "width"), [(GUIDE, 1280), (GUIDE, 390), (REFERENCE, 1280)])
def test_focus_has_a_line_of_two_pixels(open_page: Open, path: str, width: int) -> None:
    """On long pages as well, each stop is outlined and none lies under something else; backward, too."""
    page = open_page(path, width=width, reduced_motion="reduce")
    assert page.evaluate(SAMPLE, 4) > 25
    for key in ("Tab", "Shift+Tab"):
        found = list(stops(page, key))
        assert [stop for stop in found if not stop["shown"] or float(str(stop["line"])) < 2] == []
        assert len(found) > 40


def test_skip_link_leads_past_the_furniture(open_page: Open) -> None:
    """The first stop of a page is a link to its text; the next stop after it is in the text."""
    page = open_page(GUIDE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_menu_opens_and_closes_by_keyboard(open_page: Open) -> None:
    """The menu is a button that says whether it is open; the focus goes in, and Escape brings it back."""
    page = open_page(GUIDE, width=390)
    menu = page.get_by_role("button", name="Menu")
    drawer = page.locator(f"#{menu.get_attribute('aria-controls')}")
    expect(drawer).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(drawer.locator(":focus")).to_have_count(1)
    expect(drawer.get_by_role("link", name="Recovery drill")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(drawer).to_be_hidden()


def test_closed_drawer_is_no_stop(open_page: Open) -> None:
    """With the drawer closed, no stop lies in it; open, it ends where the page goes on, and closes behind the reader."""
    page = open_page("", width=390)
    inside = "document.activeElement.closest('.md-sidebar--primary') !== null"
    assert [stop["name"] for stop in stops(page) if page.evaluate(inside)] == []
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    expect(page.locator(".md-sidebar--primary :focus")).to_have_count(1)
    for _ in range(20):
        page.keyboard.press("Tab")
        if not page.evaluate(inside):
            break
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_panes_of_the_drawer_lead_on_and_back(open_page: Open) -> None:
    """Enter and Space open the pane of the page's section and close it; another section leads to its page, with its pane."""
    page = open_page(GUIDE, width=390, reduced_motion="reduce")
    drawer = page.locator(".md-sidebar--primary")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("button", name="Back from Guides")).to_be_focused()
    page.keyboard.press("Space")
    guides = drawer.get_by_role("button", name="Guides", exact=True)
    expect(guides).to_have_attribute("aria-expanded", "false")
    guides.press("Enter")
    expect(page.get_by_role("button", name="Back from Guides")).to_be_focused()
    expect(drawer.get_by_role("link", name="Recovery drill", exact=True)).to_be_visible()
    reference = drawer.get_by_role("link", name="Reference", exact=True)
    expect(reference).to_be_hidden()
    page.get_by_role("button", name="Back from Guides").press("Enter")
    reference.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Glossary")).to_be_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("button", name="Back from Reference")).to_be_focused()
    expect(drawer.get_by_role("link", name="Sources", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_search_is_named_and_says_how_much_it_found(open_page: Open, width: int) -> None:
    """The search opens by keyboard, announces the number of results, and an arrow key leads to the first of them."""
    page = open_page(GUIDE, width=width)
    page.get_by_role("button", name="Search").press("Enter")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("outage")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"\d+ matching documents"))
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_palette_switches_by_keyboard(open_page: Open) -> None:
    """The palette's switch is a stop, and Enter turns the page light, then dark."""
    page = open_page("", scheme="dark")
    page.locator("#__palette_0").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_wide_table_scrolls_by_keyboard(open_page: Open) -> None:
    """A table that is wider than the page is a stop with a name, and the arrow keys move it; one that fits is none."""
    page = open_page(PART, width=320)
    table = page.locator(".md-typeset__scrollwrap").first
    expect(table).not_to_have_attribute("tabindex", "0")
    table.locator("table").evaluate("table => table.style.minWidth = '60rem'")
    region = page.get_by_role("region", name=re.compile("^Table: .*[a-z]"))
    expect(region).to_have_count(1)
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("wrap => wrap.scrollLeft > 0", arg=region.element_handle())
