"""Tabs, zones and larger pictures in a real browser, as readers use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from accessibility import LEVELS, violations
from case import lay_out
from playwright.sync_api import Browser, Page, expect
from site_build import build_strictly
from web_server import serve

Open = Callable[..., Page]

SETTINGS = """\
site_name: Site
site_url: http://localhost/
docs_dir: content
theme: {name: material, font: false, features: [navigation.instant]}
plugins: [search, guidekit]
"""
HEAD = "---\ntitle: {0}\ndescription: Words.\nms.topic: article\n{1}---\n# {0}\n\n"
TABS = (
    HEAD.format("Tabs", "")
    + """\
## [Linux](#tab/linux)

Use a script.

## [Windows](#tab/windows)

### Deep inside

Use a program.

---

## Then

## [Ubuntu](#tab/ubuntu/linux)

Take apt.

## [Server](#tab/server/windows)

Take winget.

---

## [Linux](#tab/linux)

It is done on Linux.

## [Windows](#tab/windows)

It is done on Windows.

---

:::image source="a.svg" alt-text="A plan" lightbox="b.svg":::
"""
)
ZONES = (
    HEAD.format("Zones", "zone_pivot_groups: systems\n")
    + """\
::: zone pivot="linux"

## On Linux

Use a script.

::: zone-end

::: zone pivot="windows"

## On Windows

Use a program.

::: zone-end
"""
)
GROUPS = """\
groups:
- id: systems
  title: Systems
  prompt: Choose a system
  pivots:
  - {id: linux, title: Linux}
  - {id: windows, title: Windows Server}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>\n'
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": HEAD.format("Home", "") + "[Tabs](tabs.md), [Zones](zones.md)\n",
    "content/tabs.md": TABS,
    "content/zones.md": ZONES,
    "content/zone-pivot-groups.yml": GROUPS,
    "content/a.svg": PICTURE,
    "content/b.svg": PICTURE,
}


@pytest.fixture(scope="module")
def choices(once: Callable[[str, Callable[[Path], None]], Path]) -> Iterator[str]:
    """Serve a site with tabs, zones and a larger picture."""

    def fill(folder: Path) -> None:
        build_strictly(lay_out(folder, FILES))

    with serve(once("choices", fill) / "site", "/") as server:
        yield server.address


@pytest.fixture
def read(browser: Browser, choices: str) -> Iterator[Open]:
    """Open pages of the site in one browser that remembers."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def read(path: str, *, script: bool = True, width: int = 1280, scheme: str = "light") -> Page:
        page = context.new_page() if script else browser.new_page(java_script_enabled=False)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(choices + path)
        return page

    yield read
    context.close()


def test_tab_opens_without_a_script(read: Open) -> None:
    """The first tab of a set is open, and a click opens another."""
    page = read("tabs/", script=False)
    expect(page.get_by_text("Use a script.")).to_be_visible()
    page.get_by_text("Windows", exact=True).first.click()
    expect(page.get_by_text("Use a program.")).to_be_visible()
    expect(page.get_by_text("Use a script.")).to_be_hidden()


def test_tabs_of_one_name_open_together_and_are_remembered(read: Open) -> None:
    """A choice holds for all sets of the page, and for the next page view."""
    page = read("tabs/")
    page.get_by_text("Windows", exact=True).first.click()
    for found in (page, read("tabs/")):
        expect(found.get_by_text("It is done on Windows.")).to_be_visible()
        expect(found.get_by_text("It is done on Linux.")).to_be_hidden()


def test_tab_that_needs_another_is_there_with_it(read: Open) -> None:
    """Of a set below, only the tabs are offered whose condition was chosen above."""
    page = read("tabs/")
    expect(page.locator("label", has_text="Server")).to_be_hidden()
    expect(page.get_by_text("Take apt.")).to_be_visible()
    page.get_by_text("Windows", exact=True).first.click()
    expect(page.locator("label", has_text="Ubuntu")).to_be_hidden()
    expect(page.get_by_text("Take winget.")).to_be_visible()


@pytest.mark.parametrize("path", ["tabs/?tabs=windows", "tabs/#deep-inside"])
def test_address_opens_a_tab(read: Open, path: str) -> None:
    """A name in the address opens its tabs, and a bookmark the tab in which it stands."""
    page = read(path)
    expect(page.get_by_text("Use a program.")).to_be_visible()


def test_contents_have_the_headings_that_are_shown(read: Open) -> None:
    """A heading in a tab or a zone is in the contents while it is shown."""
    page = read("tabs/")
    entry = page.locator(".md-sidebar--secondary a[href$='#deep-inside']")
    expect(entry).to_be_hidden()
    page.get_by_text("Windows", exact=True).first.click()
    expect(entry).to_be_visible()
    zones = read("zones/?pivots=linux")
    expect(zones.locator(".md-sidebar--secondary a[href$='#on-linux']")).to_be_visible()
    expect(zones.locator(".md-sidebar--secondary a[href$='#on-windows']")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_pivot_is_chosen_at_the_top(read: Open, script: bool) -> None:
    """Readers see the zones of one pivot, with and without a script."""
    page = read("zones/", script=script)
    expect(page.get_by_role("group", name="Choose a system")).to_be_visible()
    expect(page.get_by_text("Use a program.")).to_be_hidden()
    page.get_by_role("radio", name="Windows Server").check()
    expect(page.get_by_text("Use a program.")).to_be_visible()
    expect(page.get_by_text("Use a script.")).to_be_hidden()


def test_bookmark_into_a_zone_chooses_its_pivot(read: Open) -> None:
    """A link to a heading in a zone that is not shown shows it."""
    page = read("zones/#on-windows")
    expect(page.get_by_role("heading", name="On Windows")).to_be_in_viewport()


def test_choices_work_on_a_page_that_is_loaded_within_another(read: Open) -> None:
    """Material's instant navigation brings a page whose tabs and pivots work as well."""
    page = read("")
    page.get_by_role("link", name="Zones").first.click()
    page.get_by_role("radio", name="Windows Server").check()
    expect(page.get_by_text("Use a program.")).to_be_visible()
    page.get_by_role("link", name="Tabs").first.click()
    expect(page.get_by_text("It is done on Windows.")).to_be_visible()


def test_larger_picture_opens_over_the_page(read: Open) -> None:
    """A click or Enter opens it, Escape or its button closes it, and the focus is where it was."""
    page = read("tabs/")
    link = page.locator("a.guidekit-lightbox")
    for opens, closes in (("click", "Escape"), ("Enter", "button")):
        if opens == "click":
            link.click()
        else:
            link.press("Enter")
        dialog = page.get_by_role("dialog", name="A plan")
        expect(dialog.get_by_role("img")).to_have_attribute("src", re.compile(r"/b\.svg$"))
        if closes == "button":
            dialog.get_by_role("button", name="Close").click()
        else:
            page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(link).to_be_focused()


@pytest.mark.parametrize("path", ["tabs/", "zones/"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_all_can_use_them(read: Open, path: str, width: int, scheme: str) -> None:
    """Axe finds nothing on the pages, wide and narrow, light and dark."""
    page = read(path, width=width, scheme=scheme)
    assert violations(page, LEVELS, "article") == []
