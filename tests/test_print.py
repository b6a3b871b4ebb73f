"""Our own site on paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

GUIDE = "framework/resiliency/backup-and-recovery/"
PART = "operate/azure-kubernetes-service/"
PAGES = ("", GUIDE, PART, "glossary/", "contribute/dialect/")
FURNITURE = ("Skip to content", "Edit this page", "Give feedback", "Provide feedback", "On this page", "Next", "¶")

Open = Callable[..., Page]


def sheets(page: Page) -> list[str]:
    """Print a page on A4, and read each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4", print_background=True))).pages]


@pytest.mark.parametrize("path", PAGES)
def test_paper_has_the_text_alone(open_page: Open, path: str) -> None:
    """No sheet has header, breadcrumb, navigation, feedback or link symbols, and the first begins with the title."""
    page = open_page(path)
    title = page.locator("h1").evaluate("it => it.firstChild.textContent")
    found = sheets(page)
    assert " ".join(found[0].split()).startswith(title)
    assert [
        word for word in FURNITURE if any(line.strip().startswith(word) for line in "\n".join(found).split("\n"))
    ] == []


def test_paper_shows_where_links_to_other_sites_lead(open_page: Open) -> None:
    """Behind the text of a link to another site stands its address; links within the site have none."""
    page = open_page(PART)
    link = page.locator("article a[href^='https://learn.microsoft.com']").first
    text = "".join("".join(sheets(page)).split())
    assert f"({link.get_attribute('href')})" in text
    assert "(../" not in text
    assert "(http://127.0.0.1" not in text


def test_paper_is_white_in_a_dark_room(open_page: Open) -> None:
    """A page that is dark on the screen is printed in light colors."""
    page = open_page(GUIDE, scheme="dark")
    page.emulate_media(media="print")
    color = "it => getComputedStyle(it).%s.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0)"
    assert page.locator("body").evaluate(color % "backgroundColor") == 255 * 3
    assert page.locator("article > p:not(.byline)").first.evaluate(color % "color") < 255
    assert page.locator("html").evaluate("it => getComputedStyle(it).colorScheme") == "light"


def test_paper_has_what_is_folded_on_the_screen(open_page: Open) -> None:
    """What a page folds away is printed, also without scripts."""
    page = open_page(PART, java_script_enabled=False)
    page.locator("article p").first.evaluate(
        "it => it.innerHTML = '<details><summary>More</summary><p>Unfolded</p></details>'"
    )
    expect(page.get_by_text("Unfolded")).to_be_hidden()
    assert "Unfolded" in "".join(sheets(page))


@pytest.mark.parametrize("path", [GUIDE, "contribute/rules/"])
def test_no_heading_is_the_last_on_its_sheet(open_page: Open, path: str) -> None:
    """A heading stays with the text below it."""
    page = open_page(path)
    headings = {" ".join(text.split()) for text in page.locator("article :is(h1, h2, h3)").all_text_contents()}
    headings = {heading.removesuffix("¶") for heading in headings}
    last = [text.strip().splitlines()[-1].strip() for text in sheets(page) if text.strip()]
    assert [line for line in last if line in headings] == []
    assert len(last) > 2
