"""A sheet to fill in, the recovery drill's: kept, measured, exported, printed, and of use to everyone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from accessibility import LEVELS, violations
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

Open = Callable[..., Page]
DRILL = "recovery-drill/"
RTO = "RTO: fault begins to service verified: Measured"
BLOCKED = "const own = Storage.prototype.setItem; Storage.prototype.setItem = function (key, ...rest) { if (key.includes('guidekit')) throw new DOMException('no'); return own.call(this, key, ...rest); };"


def field(page: Page, label: str) -> Locator:
    """Find a field of the sheet."""
    return page.locator(".guidekit-sheet").get_by_label(label, exact=True)


def tool(page: Page, name: str) -> Locator:
    """Find a tool of the sheet."""
    return page.locator("guidekit-sheet").get_by_role("button", name=name, exact=True)


def test_what_is_written_is_kept(open_page: Open) -> None:
    """Texts, times and ticks are there after a reload, follow in another tab, and are no other sheet's."""
    page = open_page(DRILL)
    field(page, "Scenario: Entry").fill("Region lost")
    field(page, "Detected: Actual").fill("10:20")
    field(page, "Alerts arrive: Passed").check()
    page.reload()
    expect(field(page, "Scenario: Entry")).to_have_value("Region lost")
    expect(field(page, "Detected: Actual")).to_have_value("10:20")
    expect(field(page, "Alerts arrive: Passed")).to_be_checked()
    other = page.context.new_page()
    other.goto(page.url)
    field(page, "Scenario: Entry").fill("Store deleted")
    expect(field(other, "Scenario: Entry")).to_have_value("Store deleted")
    other.goto(page.url.replace(DRILL, "outage/worksheet/"))
    expect(other.locator(".guidekit-sheet input").first).to_have_value("")


def test_time_between_two_moments_is_worked_out(open_page: Open) -> None:
    """The measured RTO follows its two moments, over midnight too; what somebody typed in its place stays."""
    page = open_page(DRILL)
    field(page, "Fault begins: Actual").fill("23:50")
    expect(field(page, RTO)).to_have_value("")
    field(page, "Service verified: Actual").fill("01:25")
    expect(field(page, RTO)).to_have_value("1 h 35 min")
    page.reload()
    field(page, "Service verified: Actual").fill("00:20")
    expect(field(page, RTO)).to_have_value("30 min")
    field(page, RTO).fill("two days")
    field(page, "Service verified: Actual").fill("02:00")
    expect(field(page, RTO)).to_have_value("two days")


def test_cleared_sheet_comes_back(open_page: Open) -> None:
    """Clear empties the sheet, and Undo in its place brings all back, after a reload too."""
    page = open_page(DRILL)
    field(page, "Scenario: Entry").fill("Region lost")
    tool(page, "Clear").click()
    expect(field(page, "Scenario: Entry")).to_have_value("")
    page.reload()
    tool(page, "Undo").click()
    expect(field(page, "Scenario: Entry")).to_have_value("Region lost")
    expect(tool(page, "Clear")).to_be_visible()
    tool(page, "Clear").click()
    field(page, "Scenario: Entry").fill("begun anew")
    expect(tool(page, "Clear")).to_be_visible()


def test_sheet_becomes_a_file(open_page: Open) -> None:
    """The table has all rows, also the empty ones, and no formula; the Markdown has the tables, and text in it is no markup."""
    page = open_page(DRILL)
    field(page, "Scenario: Entry").fill("=1|*x*")
    field(page, "Alerts arrive: Passed").check()
    files = {}
    for name in ("CSV", "Markdown"):
        with page.expect_download() as caught:
            tool(page, name).click()
        files[caught.value.suggested_filename] = caught.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(files["Recovery drill.csv"])))
    assert ["Scenario", "'=1|*x*"] in rows and ["Alerts arrive", "", "", "☑"] in rows and ["Leads", "", "", ""] in rows
    text = files["Recovery drill.md"]
    assert text.startswith("# Recovery drill\n\n| Drill | Entry |\n| --- | --- |\n")
    assert "| Scenario | =1\\|\\*x\\* |\n" in text


def test_blocked_storage_is_told_on_the_sheet(open_page: Open) -> None:
    """Where the browser keeps nothing, the sheet says so with the first word, and still works."""
    page = open_page(DRILL, before=BLOCKED)
    status = page.locator("guidekit-sheet [role=status]")
    expect(status).to_have_text("What you write stays in this browser.")
    field(page, "Scenario: Entry").fill("Region lost")
    expect(status).to_contain_text("This browser does not keep what you write.")
    field(page, "Date and place: Entry").fill("here")
    expect(field(page, "Scenario: Entry")).to_have_value("Region lost")


def test_sheet_of_a_later_version_is_not_overwritten(open_page: Open) -> None:
    """What a later version keeps stays as it is, and what cannot be read gives way."""
    later = '{"v": 2, "other": 1}'
    page = open_page(DRILL, before=f"localStorage.setItem('/guidekit/{DRILL}.guidekit.sheet', '{later}')")
    field(page, "Scenario: Entry").fill("x")
    assert page.evaluate(f"localStorage.getItem('/guidekit/{DRILL}.guidekit.sheet')") == later
    broken = open_page(DRILL, before=f"localStorage.setItem('/guidekit/{DRILL}.guidekit.sheet', '{{')")
    field(broken, "Scenario: Entry").fill("x")
    assert '"x"' in broken.evaluate(f"localStorage.getItem('/guidekit/{DRILL}.guidekit.sheet')")


def test_sheet_works_without_scripts(open_page: Open) -> None:
    """With scripts off, one can write into the sheet, and no tool is shown that would do nothing."""
    page = open_page(DRILL, java_script_enabled=False)
    field(page, "Scenario: Entry").fill("Region lost")
    expect(page.locator("guidekit-sheet")).to_be_hidden()


def test_written_sheet_is_printed(open_page: Open) -> None:
    """On paper stands what was written, without the tools, and nothing where nothing was."""
    page = open_page(DRILL)
    field(page, "Scenario: Entry").fill("Region lost")
    field(page, "Fault begins: Actual").fill("10:05")
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "Region lost" in text and "10:05" in text
    assert "What you write stays" not in text


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [DRILL, "outage/worksheet/", "outage/first-15-minutes/"])
def test_sheet_has_no_accessibility_faults(open_page: Open, path: str, width: int) -> None:
    """Each field has a name of its own, and axe finds nothing."""
    page = open_page(path, width=width, reduced_motion="reduce")
    names = page.locator(".guidekit-sheet input").evaluate_all("all => all.map(field => field.ariaLabel)")
    assert len(set(names)) == len(names) > 20
    assert violations(page, LEVELS, ".guidekit-sheet") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
