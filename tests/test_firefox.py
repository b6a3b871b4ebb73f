"""The main path of readers in Firefox: assess, find guidance, search, and come back. All else is tried in Chromium."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

GUIDE = "framework/resiliency/backup-and-recovery/"
ITEM = ".guidekit-item"
GAP = f"{ITEM} input[value=g]"
PATIENCE = 30
"""Seconds that Firefox may take for what a test waits for."""

Marionette = Any  # which has no types
Wait = Callable[[str], None]


@pytest.fixture(scope="module")
def started(firefox: str) -> Iterator[Marionette]:
    """Start a Firefox without a window, with an empty profile."""
    driver = pytest.importorskip("marionette_driver.marionette", reason="marionette-driver is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # it leaves sockets open by which it asks whether Firefox is there
        browser = driver.Marionette(bin=firefox, port=port, headless=True, gecko_log="-", startup_timeout=4 * PATIENCE)
        browser.start_session()
    browser.timeout.implicit = PATIENCE
    yield browser
    browser.quit()
    browser.cleanup()


@pytest.fixture
def browser(started: Marionette, address: str) -> Marionette:
    """Open the home page of our own site, as someone who has never been there."""
    started.set_window_rect(width=1280, height=900)
    started.navigate(address)
    started.execute_script("localStorage.clear()")
    started.navigate(address)
    return started


@pytest.fixture
def wait(browser: Marionette) -> Wait:
    """Wait until an expression of JavaScript is true."""
    from marionette_driver import Wait as Waiting

    def wait(expression: str) -> None:
        Waiting(browser, timeout=PATIENCE).until(
            lambda page: page.execute_script(f"return Boolean({expression})"), message=f"never true: {expression}"
        )

    return wait


def find(browser: Marionette, selector: str) -> Any:
    """Find the first element that a selector of CSS names; waits for it."""
    return browser.find_element("css selector", selector)


def press(browser: Marionette, keys: str) -> None:
    """Type into what has the focus."""
    browser.execute_script("return document.activeElement").send_keys(keys)


def test_home_page_leads_to_a_guide_whose_answers_are_kept(browser: Marionette, address: str, wait: Wait) -> None:
    """From the home page one comes to a guide, answers an item, and finds the answer after a reload."""
    find(browser, ".home-guides a").click()
    wait(f"location.href === '{address}{GUIDE}'")
    find(browser, GAP).click()
    wait("document.querySelector('.guidekit-checklist').innerText.includes('1 of 16')")
    browser.refresh()
    wait(f"document.querySelector('{GAP}').checked")


def test_item_leads_to_its_guidance(browser: Marionette, address: str, wait: Wait) -> None:
    """The link of an item shows the heading of its guidance, out from under the header."""
    browser.navigate(address + GUIDE)
    link = find(browser, f"{ITEM} a")
    guid = str(link.get_attribute("href")).rpartition("#")[2]
    link.click()
    place = f"document.getElementById('{guid}').getBoundingClientRect()"
    wait(f"location.hash === '#{guid}' && {place}.top >= 0 && {place}.top < innerHeight / 2")


def test_plan_and_link_of_a_gap(browser: Marionette, address: str, wait: Wait) -> None:
    """A gap opens its fields and is in the plan; the link that is shared shows it to somebody else, with its owner."""
    browser.navigate(address + GUIDE)
    find(browser, GAP).click()
    find(browser, f"{ITEM} [name=o]").send_keys("Ada")
    browser.execute_script("document.querySelector('.guidekit-plan').open = true")
    wait("document.querySelector('.guidekit-plan td:nth-child(3)')?.textContent === 'Ada'")
    wait("document.querySelector('.guidekit-plan td:nth-child(5)').textContent.length > 20")
    find(browser, "[data-do=Share]").click()
    wait("document.querySelector('.guidekit-dialog[open] input[readonly]')?.value.includes('#ck=g')")
    link = browser.execute_script("return document.querySelector('.guidekit-dialog input[readonly]').value")
    browser.execute_script("localStorage.clear()")
    browser.navigate(f"{address}glossary/")
    browser.navigate(link)
    wait("document.querySelector('.guidekit-shared:not([hidden])')?.textContent.includes('1 answer, 1 owner')")
    wait(f"document.querySelector('{GAP}').checked")


def test_search_is_opened_by_key_and_leads_to_an_answer(browser: Marionette, wait: Wait) -> None:
    """A slash opens the search, a question in a reader's words finds its page, and Enter leads there."""
    find(browser, "body").send_keys("/")
    wait("document.querySelector('dialog[open] input') === document.activeElement")
    press(browser, "k8s volumes gone")
    wait("/matching/.test(document.querySelector('dialog [role=status]').textContent)")
    first = find(browser, "dialog ol > li a").get_property("href")
    assert "kubernetes" in first
    press(browser, "\ue007")
    wait(f"location.href === '{first}'")


def test_menu_of_a_narrow_window_opens_and_closes_by_keyboard(browser: Marionette, wait: Wait) -> None:
    """The button of the menu opens it with the focus inside; Escape closes it and gives the focus back."""
    browser.set_window_rect(width=500, height=900)
    menu = find(browser, "button[aria-controls=site-menu]")
    menu.send_keys("\ue007")
    wait("document.activeElement.closest('#site-menu')")
    press(browser, "\ue00c")
    wait("document.activeElement.matches('[aria-controls=site-menu][aria-expanded=false]')")


def test_wide_table_is_cards_in_a_narrow_window(browser: Marionette, address: str) -> None:
    """The cells of a row stand below one another, with the names of their columns, and nothing is wider than the window."""
    browser.set_window_rect(width=500, height=900)
    browser.navigate(f"{address}restore/storage/")
    cells = "[...document.querySelector('[data-cards] tbody tr').cells]"
    assert browser.execute_script(f"return new Set({cells}.map(cell => cell.getBoundingClientRect().left)).size") == 1
    assert browser.execute_script(f"return {cells}.map(cell => cell.dataset.column)")[:2] == [
        "You see",
        "Do this first",
    ]
    shown = browser.execute_script(f"return {cells}.map(cell => getComputedStyle(cell, '::before').display)")
    assert shown == ["inline", "block", "block"]
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
