"""The checklist as a form, on a small site, in a real browser: answers, workloads, links, files, print, and no script."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import minify
import openpyxl
import pytest
from accessibility import COLORS, LEVELS, violations
from checklist_site import (
    DRILL,
    FILES,
    KEY,
    NIGHT,
    OLD,
    PLAN,
    VAULT,
    Open,
    answer,
    beside,
    box,
    download,
    entry,
    give,
    header,
    item,
    press,
    reply,
    says,
    stored,
)
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

import guidekit
from guidekit.rendering import article, checklist_form, html, link_targets


@pytest.fixture(name="small")
def _small(checklist_site: Path) -> Path:
    return checklist_site


@pytest.fixture(name="address")
def _address(checklist_address: str) -> str:
    return checklist_address


@pytest.fixture(name="open_page")
def _open_page(open_checklist: Open) -> Open:
    return open_checklist


# Answers


def test_ticks_are_counted_and_kept(open_page: Open) -> None:
    """Each tick moves the bar and the sentence, and is there after a reload, on every page that shows the item."""
    page = open_page()
    says(page, "0 of 4 in place, 4 gaps, 0")
    box(page, VAULT).check()
    box(page, PLAN).check()
    says(page, "2 of 4 in place, 2 gaps, 0")
    box(page, PLAN).uncheck()
    page.reload()
    says(page, "1 of 4 in place, 3 gaps, 0")
    assert page.locator("guidekit-checklist progress").evaluate("bar => [bar.value, bar.max]") == [1, 4]
    says(open_page("short/", beside=page), "1 of 1 in place, 0 gaps, 0")


def test_each_status_counts_as_it_should(open_page: Open) -> None:
    """A gap and an item without answer are gaps; what is not required or not applicable is neither gap nor in place."""
    page = open_page()
    answer(page, DRILL, "In place")
    answer(page, VAULT, "Gap")
    answer(page, PLAN, "Not required")
    answer(page, NIGHT, "Not applicable")
    says(page, "1 of 4 in place, 1 gap, 2")
    expect(box(page, DRILL)).to_be_checked()
    assert page.locator(".guidekit-item__state").all_inner_texts() == ["", "Gap", "Not required", "Not applicable"]
    box(page, NIGHT).check()
    says(page, "2 of 4 in place, 1 gap, 1")
    expect(entry(page, NIGHT).get_by_label("In place", exact=True)).to_be_checked()


def test_note_is_kept_while_it_is_typed(open_page: Open) -> None:
    """A note is there after a reload, without a status and though its field was never left."""
    page = open_page()
    answer(page, PLAN, "", 'Ask Ada,\n"today"')
    page.reload()
    expect(entry(page, PLAN).locator("textarea")).to_have_value('Ask Ada,\n"today"')
    says(page, "0 of 4 in place, 4 gaps, 0")


def test_box_beside_the_guidance_is_the_same_box(open_page: Open) -> None:
    """The box below a guidance's heading follows the one in the list, and leads it."""
    page = open_page()
    box(page, DRILL).check()
    expect(beside(page, DRILL)).to_be_checked()
    beside(page, PLAN).check()
    expect(box(page, PLAN)).to_be_checked()
    beside(page, DRILL).uncheck()
    says(page, "1 of 4 in place, 3 gaps, 0")
    expect(page.locator("h2:has(+ .guidekit-check)")).to_have_count(4)
    expect(page.locator(":is(h1, h2) input")).to_have_count(0)


def test_keyboard_does_it_all(open_page: Open) -> None:
    """Tab reaches box, link and details of an item in this order; Space ticks, Enter opens, arrows choose."""
    page = open_page()
    box(page, DRILL).focus()
    page.keyboard.press("Space")
    says(page, "1 of 4 in place, 3 gaps, 0")
    page.keyboard.press("Tab")
    expect(entry(page, DRILL).get_by_role("link", name="Guidance for “Restores are drilled”")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    says(page, "0 of 4 in place, 4 gaps, 0")
    expect(entry(page, DRILL).get_by_label("Gap", exact=True)).to_be_focused()


def test_gaps_are_listed_by_severity(open_page: Open) -> None:
    """The list of gaps has the most severe first, each with its guidance's first sentence and a link, and may end."""
    page = open_page()
    box(page, NIGHT).check()
    gaps = page.locator(".guidekit-gaps")
    gaps.get_by_text("Your gaps (3)").click()
    shown = [text.replace("\n", " ") for text in gaps.locator("li:visible").all_inner_texts()]
    assert shown == [
        "Backups are in a vault High severity First of 78.",
        "=1+1 is a <plan> Medium severity First of 33.",
        "Restores are drilled Low severity First of 7e.",
    ]
    gaps.get_by_role("link", name="=1+1").click()
    expect(page.get_by_role("heading", name="Heading Medium")).to_be_in_viewport()
    for guid in (DRILL, VAULT):
        beside(page, guid).check()
    answer(page, PLAN, "Not required")
    gaps.evaluate("details => details.open = true")
    expect(gaps.locator("li:visible")).to_have_count(0)
    expect(gaps.get_by_text("There are none.")).to_be_visible()


def test_filter_shows_a_part_and_takes_nothing_from_under_the_hand(open_page: Open) -> None:
    """The filter hides what it should; an item that is ticked stays where it is until the reader filters anew."""
    page = open_page()
    box(page, DRILL).check()
    answer(page, PLAN, "Not required")
    shown = page.locator(".guidekit-item:visible")
    page.get_by_role("radio", name="Gaps", exact=True).check()
    expect(shown).to_have_count(2)
    box(page, VAULT).check()
    expect(box(page, VAULT)).to_be_focused()
    page.locator(".guidekit-checklist__show").get_by_label("In place").check()
    expect(shown).to_have_count(2)
    page.get_by_role("radio", name="All", exact=True).check()
    expect(shown).to_have_count(4)


def test_tabs_follow_each_other(open_page: Open) -> None:
    """What is ticked in one tab is ticked in another, and both may write without a loss."""
    one = open_page()
    other = open_page(beside=one)
    box(one, DRILL).check()
    expect(box(other, DRILL)).to_be_checked()
    box(other, PLAN).check()
    says(one, "2 of 4 in place, 2 gaps, 0")


def test_checklist_survives_instant_navigation(open_page: Open) -> None:
    """A page that comes without a reload has its answers and its boxes at work, and each click counts once."""
    page = open_page("short/")
    page.evaluate("window.same = true")
    box(page, VAULT).check()
    page.locator(".md-nav--primary a[href$='guide/']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guide")
    says(page, "1 of 4 in place, 3 gaps, 0")
    beside(page, DRILL).check()
    says(page, "2 of 4 in place, 2 gaps, 0")
    assert page.evaluate("window.same")


# What the browser keeps


def test_changed_guidance_is_told_until_it_is_answered_anew(open_page: Open) -> None:
    """Where the guidance is no longer what was answered, the item says so, and no other does."""
    page = open_page(stored=stored(**{VAULT: {"s": "i", "h": "other"}, DRILL: {"s": "i"}}))
    changed = page.get_by_text("Guidance changed since you answered")
    expect(changed).to_have_count(1)
    expect(entry(page, VAULT).locator(changed)).to_be_visible()
    box(page, VAULT).uncheck()
    box(page, VAULT).check()
    expect(changed).to_have_count(0)
    page.reload()
    expect(changed).to_have_count(0)


def test_answer_under_a_retired_guid_moves(open_page: Open) -> None:
    """An answer to an item that got another GUID is the new item's, and is kept under that from then on."""
    page = open_page(stored=stored(**{OLD: {"s": "i", "n": "of old"}}))
    expect(box(page, VAULT)).to_be_checked()
    expect(entry(page, VAULT).locator("textarea")).to_have_value("of old")
    kept = page.evaluate(f"Object.keys(JSON.parse(localStorage.getItem('{KEY}')).workloads[1].items)")
    assert kept == [VAULT]


@pytest.mark.parametrize("method", ["getItem", "setItem"])
def test_blocked_storage_is_told_and_the_page_goes_on(open_page: Open, method: str) -> None:
    """Where the browser keeps nothing, the page says so, and still counts and exports."""
    throws = f"const own = Storage.prototype.{method}; Storage.prototype.{method} = function (key, ...rest) {{ if (key.includes('guidekit')) throw new DOMException('no'); return own.call(this, key, ...rest); }}"
    page = open_page(before=throws)
    box(page, DRILL).check()
    says(page, "1 of 4 in place, 3 gaps, 0")
    expect(page.get_by_text("this browser does not keep them")).to_be_visible()
    assert b"- [x]" in download(page, "Markdown")[1]


def test_answers_of_a_later_version_are_not_overwritten(open_page: Open) -> None:
    """What a later version keeps stays as it is; the page works beside it, and says that it keeps nothing."""
    page = open_page(stored='{"v": 2, "other": "shape"}')
    box(page, DRILL).check()
    expect(page.get_by_text("this browser does not keep them")).to_be_visible()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == '{"v": 2, "other": "shape"}'


@pytest.mark.parametrize(
    "broken", ["{", "null", "[]", '{"v": 1, "workloads": {}}', '{"v": 1, "current": "x", "workloads": 3}']
)
def test_broken_answers_are_begun_anew(open_page: Open, broken: str) -> None:
    """What cannot be read gives way to new answers."""
    page = open_page(stored=broken)
    box(page, DRILL).check()
    page.reload()
    says(page, "1 of 4 in place, 3 gaps, 0")


def test_workloads_have_answers_of_their_own(open_page: Open) -> None:
    """A reader adds, names, changes between and deletes workloads; the last one deleted leaves an empty one."""
    page = open_page()
    chooser = page.locator(".guidekit-checklist__workload select")
    box(page, DRILL).check()
    press(page, "Add workload")
    reply(page, "Add", "Shop <b>")
    says(page, "0 of 4 in place, 4 gaps, 0")
    answer(page, PLAN, "Not required")
    press(page, "Rename workload")
    reply(page, "Rename", "Web shop")
    page.reload()
    says(page, "0 of 4 in place, 3 gaps, 1")
    expect(chooser.locator("option")).to_have_text(["My workload", "Web shop"])
    chooser.select_option("My workload")
    says(page, "1 of 4 in place, 3 gaps, 0")
    press(page, "Delete workload")
    assert "“My workload”" in reply(page, "Cancel")
    press(page, "Delete workload")
    reply(page, "Delete")
    says(page, "0 of 4 in place, 3 gaps, 1")
    press(page, "Delete workload")
    reply(page, "Delete")
    says(page, "0 of 4 in place, 4 gaps, 0")
    expect(chooser.locator("option")).to_have_text(["My workload"])


def test_clear_asks_and_spares_other_guides(open_page: Open) -> None:
    """Clear empties this guide after a question, and leaves what other guides ask."""
    page = open_page()
    box(page, DRILL).check()
    answer(page, VAULT, "In place", "here")
    short = open_page("short/", beside=page)
    press(short, "Clear")
    reply(short, "Cancel")
    says(short, "1 of 1 in place, 0 gaps, 0")
    press(short, "Clear")
    reply(short, "Clear")
    says(page, "1 of 4 in place, 3 gaps, 0")
    expect(entry(page, VAULT).locator("textarea")).to_have_value("")


# Links that carry answers


def copied(page: Page) -> str:
    """Copy the link, and answer it."""
    press(page, "Copy link")
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Link copied.")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_link_carries_answers_but_no_notes(open_page: Open, address: str) -> None:
    """A copied link has one letter and six digits an answer; whoever opens it is asked, and may have the answers."""
    page = open_page()
    answer(page, DRILL, "In place", "my secret")
    answer(page, PLAN, "Not applicable")
    answer(page, NIGHT, "Gap")
    link = copied(page)
    assert link == f"{address}guide/#ck=i7e0631n33fe14ga0b1c2"
    other = open_page(link.removeprefix(address), stored=stored(**{VAULT: {"s": "i", "n": "mine"}}))
    assert reply(other, "Replace").startswith("This link carries 3 answers and 0 notes for this guide.\n")
    says(other, "1 of 4 in place, 2 gaps, 1")
    expect(entry(other, VAULT).locator("textarea")).to_have_value("mine")
    assert other.url == f"{address}guide/"


def test_link_can_be_refused(open_page: Open, address: str) -> None:
    """Cancel changes no answer, and Escape neither; the address is clean all the same."""
    page = open_page("guide/#ck=i7e0631", stored=stored(**{VAULT: {"s": "i"}}))
    reply(page, "Cancel")
    says(page, "1 of 4 in place, 3 gaps, 0")
    page.evaluate("location.hash = 'ck=i7e0631'")
    expect(page.get_by_text("This link carries 1 answer ")).to_be_visible()
    page.keyboard.press("Escape")
    says(page, "1 of 4 in place, 3 gaps, 0")
    expect(box(page, VAULT)).to_be_checked()
    assert page.url == f"{address}guide/"


def test_link_to_retired_unknown_and_doubtful_items_tells_what_it_cannot_use(open_page: Open) -> None:
    """An old GUID leads to the new item; an unknown item and an unknown letter are told."""
    page = open_page("guide/#ck=i111122gffffffx33fe14")
    asked = reply(page, "Replace")
    assert asked.startswith("This link carries 1 answer and 0 notes ")
    assert "Not usable: 2 (no item “ffffff” here; no status “x”)." in asked
    expect(box(page, VAULT)).to_be_checked()


def test_as_many_digits_are_taken_as_tell_items_apart() -> None:
    """GUIDs that begin alike get longer beginnings."""
    assert checklist_form.digits([DRILL, VAULT]) == 6
    assert checklist_form.digits([DRILL, f"7e063169{DRILL[8:]}"]) == 8
    assert checklist_form.digits([DRILL, f"{DRILL[:10]}0{DRILL[11:]}"]) == 10
    assert checklist_form.digits([DRILL, DRILL]) == 6


# Files


NOTE = '=SUM(1),\n- [x] "quoted"; ünï ☃'


def answered(open_page: Open) -> Page:
    """Open the guide and answer most of it."""
    page = open_page()
    answer(page, DRILL, "In place")
    answer(page, VAULT, "Gap", NOTE)
    answer(page, PLAN, "Not applicable")
    return page


def test_markdown_is_a_task_list(open_page: Open, address: str) -> None:
    """The Markdown file is a task list with links, severity, status and notes, and text in it is no markup."""
    name, content = download(answered(open_page), "Markdown")
    assert name == "Guide - My workload.md"
    assert content.decode().splitlines() == [
        "# Guide: My workload",
        "",
        "1 of 4 in place, 2 gaps, 1 not applicable or not required.",
        "",
        f"- [x] [Restores are drilled]({address}guide/#{DRILL}) (Low, In place)",
        f"- [ ] [Backups are in a vault]({address}guide/#{VAULT}) (High, Gap)",
        "  > =SUM(1),",
        '  > - [x] "quoted"; ünï ☃',
        f"- [ ] [=1+1 is a \\<plan\\>]({address}guide/#{PLAN}) (Medium, Not applicable)",
        f"- [ ] [A night is covered]({address}guide/#{NIGHT}) (High, Not answered)",
    ]


def test_csv_is_safe_to_open(open_page: Open, address: str) -> None:
    """The CSV file has a BOM, CRLF, quotes around all cells, and no cell that a spreadsheet would run."""
    _, content = download(answered(open_page), "CSV")
    assert content.startswith(b'\xef\xbb\xbf"Item"')
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows] == [
        "Item",
        "Restores are drilled",
        "Backups are in a vault",
        "'=1+1 is a <plan>",
        "A night is covered",
    ]
    assert rows[2][1:5] == ["High", "Gap", "'" + NOTE, f"{address}guide/#{VAULT}"]
    assert rows[2][6] == VAULT
    assert text.count("\r\n") == len(rows)
    assert re.fullmatch(r'(?:(?:"(?:[^"]|"")*",){6}"[^"]*"\r\n)+', text)


def test_workbook_opens_with_its_conveniences(open_page: Open) -> None:
    """The workbook has text cells that wrap, a header that stays, a filter, and a list of statuses to choose from."""
    name, content = download(answered(open_page), "Excel")
    assert name.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Item", "Severity", "Status", "Note", "Guidance", "Answered", "GUID"]
    assert rows[2][:4] == ["Backups are in a vault", "High", "Gap", NOTE]
    assert rows[3][0] == "=1+1 is a <plan>" and sheet["A4"].data_type in "sinlineStr"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:G5"
    assert sheet["D3"].alignment.wrap_text and sheet["A1"].font.b
    assert sheet["D3"].number_format == "@"  # what is typed stays text
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, str(choice.sqref)) == ("list", "C2:C5")
    assert choice.formula1 == '"Not answered,In place,Gap,Not required,Not applicable"'


def test_json_is_azure_s_document(open_page: Open, address: str) -> None:
    """The JSON file is the document of the Azure review checklists, with a status and a comment an item."""
    _, content = download(answered(open_page), "JSON")
    document = json.loads(content)
    assert document["items"][1] == {
        "category": "Guide",
        "subcategory": "Guide",
        "text": "Backups are in a vault",
        "guid": VAULT,
        "severity": "High",
        "link": f"{address}guide/#{VAULT}",
        "waf": "Reliability",
        "status": {"name": "Open"},
        "comments": NOTE,
    }
    assert [entry["status"]["name"] for entry in document["items"]] == ["Fulfilled", "Open", "N/A", "Not verified"]
    assert {"categories", "waf", "status", "severities", "yesno", "metadata"} < document.keys()
    assert document["workload"] == "My workload"
    assert re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, \d{4}", document["metadata"]["timestamp"])


@pytest.mark.parametrize("tool", ["JSON", "CSV", "Markdown", "Excel"])
def test_export_can_be_imported_elsewhere(open_page: Open, tool: str) -> None:
    """A file that one browser wrote gives another one all answers and notes, in place of its own, after a question."""
    name, content = download(answered(open_page), tool)
    page = open_page(stored=stored(**{NIGHT: {"s": "i", "n": "mine"}}))
    give(page, name, content)
    assert reply(page, "Replace").startswith(f"{name} carries 3 answers and 1 note for this guide.\n")
    says(page, "1 of 4 in place, 2 gaps, 1")
    expect(entry(page, VAULT).locator("textarea")).to_have_value(NOTE)
    expect(entry(page, NIGHT).locator("textarea")).to_have_value("")


def test_csv_that_a_spreadsheet_wrote_anew_can_be_imported(open_page: Open) -> None:
    """Semicolons, no needless quotes, moved columns and line ends of another kind do not matter."""
    page = open_page()
    give(page, "a.csv", f'Item;Note;GUID;Status\nx;"a;b";{VAULT};In place\ny;;{PLAN};Gap\n'.encode())
    assert reply(page, "Replace").startswith("a.csv carries 2 answers ")
    says(page, "1 of 4 in place, 3 gaps, 0")
    expect(entry(page, VAULT).locator("textarea")).to_have_value("a;b")


def test_task_that_was_ticked_elsewhere_counts(open_page: Open) -> None:
    """In an imported task list, the box decides, whatever the word says."""
    page = open_page()
    give(page, "a.md", f"- [x] [a](u#{VAULT}) (High, Gap)\r\n  > n\r\n- [ ] [b](u#{PLAN}) (Low, In place)\r\n".encode())
    assert reply(page, "Replace").startswith("a.md carries 1 answer ")
    says(page, "1 of 4 in place, 3 gaps, 0")


def test_import_tells_what_it_could_not_use(open_page: Open) -> None:
    """Unknown items and statuses are told, and the rest is taken; Azure's own words are understood."""
    page = open_page()
    items = [
        {"guid": VAULT.upper(), "status": {"name": "fulfilled"}},
        {"guid": OLD.replace("1111", "9999"), "status": {"name": "Open"}},
        {"guid": PLAN, "status": "Perhaps"},
        {"guid": DRILL, "status": {"name": "Not verified"}},
    ]
    give(page, "a.json", json.dumps({"items": items}).encode())
    asked = reply(page, "Replace")
    assert asked.startswith("a.json carries 1 answer ")
    assert "Not usable: 2 (no item “99992222-acc0-4749-8f1f-efa8cfb5eb89” here; no status “Perhaps”)." in asked
    says(page, "1 of 4 in place, 3 gaps, 0")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b'{"items": 1}', b"\x00\xff", b"Item,Status\n", b"# Text\n", b"PK\x03\x04", b"PK"]
)
def test_file_without_answers_changes_nothing(open_page: Open, content: bytes) -> None:
    """A file that is no export is told as such, and no answer is lost."""
    page = open_page(stored=stored(**{VAULT: {"s": "i"}}))
    give(page, "bad.txt", content)
    assert reply(page, "Close") == "bad.txt is no export of a checklist: nothing in it can be used."
    says(page, "1 of 4 in place, 3 gaps, 0")


# The overview


def test_overview_lists_guides_with_progress(open_page: Open) -> None:
    """The page that is set lists every guide with a link, its question, its size and what is in place."""
    page = open_page(stored=stored(**{VAULT: {"s": "i"}, PLAN: {"s": "g"}}))
    page = open_page("all/", beside=page)
    guides = page.locator(".guidekit-guides > li")
    assert [re.sub(r"\n+", "|", guide.inner_text()) for guide in guides.all()] == [
        "Guide|Can you recover?|4 items, 1 in place",
        "Short|Is it backed up?|1 item, 1 in place",
    ]
    assert guides.locator("progress").evaluate_all("bars => bars.map(bar => bar.value / bar.max)") == [0.25, 1]
    page.get_by_role("link", name="Short", exact=True).last.click()
    says(page, "1 of 1 in place, 0 gaps, 0")


def test_overview_must_be_a_page(content_set: Callable[[dict[str, str | bytes]], Path]) -> None:
    """An overview that does not exist is an unusable setting."""
    root = content_set({"content/a.md": "# A\n"})
    with pytest.raises(guidekit.SettingsError, match=r"there is no page 'b.md' in 'content'"):
        guidekit.Library.open(root, {"overview": "b.md"})


# Without a script, on paper, and for everybody


def test_checklist_works_without_scripts(open_page: Open) -> None:
    """With scripts off, boxes tick and links lead to the guidance; what would do nothing is not shown."""
    page = open_page(scripts=False)
    box(page, DRILL).check()
    expect(box(page, DRILL)).to_be_checked()
    shown = [
        text
        for text in page.locator(
            "guidekit-checklist :is(button, select, textarea, progress, summary, [role=status])"
        ).all()
        if text.is_visible()
    ]
    assert shown == []
    expect(beside(page, DRILL)).to_be_hidden()
    entry(page, PLAN).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Heading Medium")).to_be_in_viewport()


def test_print_has_boxes_notes_gaps_and_addresses(open_page: Open) -> None:
    """On paper stand all items though filtered, notes, the list of gaps and where links lead, but no tools."""
    page = answered(open_page)
    page.get_by_role("radio", name="Gaps", exact=True).check()
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "Gap: =SUM(1)," in text and "Restores are drilled" in text and "Your gaps (2)" in text
    assert "First of 78." in text and "(https://example.com/read)" in text
    assert "Copy link" not in text and "Status and note" not in text and "Rename" not in text


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_checklist_has_no_accessibility_faults(open_page: Open, width: int) -> None:
    """Axe finds nothing in the checklist with everything open, nor in its dialog, light and dark."""
    page = open_page(width=width)
    box(page, DRILL).check()
    answer(page, VAULT, "Gap", "note")
    page.evaluate("document.querySelectorAll('guidekit-checklist details').forEach(d => d.open = true)")
    form: dict[str, list[list[str]]] = {"include": [["guidekit-checklist"], [".guidekit-check"]]}
    assert violations(page, LEVELS, form) == []
    paint(page, "slate")
    assert violations(page, COLORS, form) == []
    press(page, "Clear")
    assert violations(page, COLORS, ".guidekit-dialog") == []
    paint(page, "default")
    assert violations(page, LEVELS, ".guidekit-dialog") == []


def paint(page: Page, scheme: str) -> None:
    """Let the page have the theme's light or dark colors, as a palette would."""
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)


SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"


@pytest.mark.parametrize("spacing", [False, True])
def test_checklist_fits_a_narrow_screen(open_page: Open, spacing: bool) -> None:
    """At 320 pixels, also with wide text, nothing reaches beyond the screen, and all that is clicked is 24 pixels high."""
    page = open_page(width=320)
    page.evaluate("document.querySelectorAll('guidekit-checklist details').forEach(d => d.open = true)")
    if spacing:
        page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    targets = page.locator("guidekit-checklist :is(button, select, summary, label):visible, .guidekit-check label")
    sizes = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(r => [r.width, r.height])")
    assert len(sizes) > 40
    assert min(min(size) for size in sizes) >= 24


def test_states_are_told_without_color(open_page: Open) -> None:
    """In forced colors, the bar still shows how far one is, and each state is a word or a tick."""
    page = open_page()
    page.emulate_media(forced_colors="active")
    answer(page, VAULT, "Gap")
    box(page, DRILL).check()
    expect(entry(page, VAULT).get_by_text("Gap", exact=True).first).to_be_visible()
    picture = Image.open(io.BytesIO(page.locator("guidekit-checklist progress").screenshot()))
    colors = [picture.getpixel((round(picture.width * part), picture.height // 2)) for part in (0.1, 0.9)]
    assert colors[0] != colors[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_script_starts(open_page: Open, width: int) -> None:
    """The layout does not shift while the page loads, with answers to show."""
    watch = "window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => [e.value, ...e.sources.map(s => s.node?.outerHTML ?? s.node?.data)]))).observe({ type: 'layout-shift', buffered: true })"
    answers = stored(**{DRILL: {"s": "g", "n": "note"}, VAULT: {"s": "i"}, PLAN: {"s": "n"}})
    answers["kept"] = [{"id": "1", "name": "a", "did": "Clear", "at": "2026-11-22T10:00:00.000Z", "items": {}}]
    page = open_page(width=width, before=watch, stored=answers)
    says(page, "1 of 4 in place, 2 gaps, 1")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("shifts") == []


@pytest.mark.usefixtures("address")
def test_search_finds_guidance_but_no_controls(small: Path) -> None:
    """The search index has the statements once and the guidance, and nothing of the controls around them."""
    index = json.loads((small / "search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert "Backups are in a vault" in text and "First of 78" in text
    for word in (
        "Status and note",
        "Not applicable",
        "Copy link",
        "My workload",
        "In place",
        "severity",
        "secrets",
        "in place",
    ):
        assert word not in text


@pytest.mark.parametrize("name", ["checklist", "checklist-files"])
def test_script_is_small_and_plain(project: Path, name: str) -> None:
    """Each script that browsers get has at most 6 kB, is made of the one in the repository, and writes no HTML."""
    assets = project / "plugins/guidekit/assets"
    source = (assets / f"{name}.js").read_text(encoding="utf-8")
    published = (assets / f"{name}.min.js").read_text(encoding="utf-8")
    assert published == minify.string("text/javascript", source), "run make docs"
    assert len(gzip.compress(published.encode(), 9)) <= 6000
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|https?://(?!schemas|raw)", source
    )


def test_style_moves_nothing(project: Path) -> None:
    """No part of the checklist is animated, so that there is nothing to reduce."""
    style = (project / "plugins/guidekit/assets/guidekit.css").read_text(encoding="utf-8")
    assert not re.search(r"animation|transition", style)


# What the engine makes


def rendered(root: Path, **settings: object) -> str:
    """Render the guide with a file to download."""
    library = guidekit.Library.open(root, settings).library
    page = library.page("content/guide.md")
    assert page is not None
    downloads = [
        ("CSV", PurePosixPath("content/guide/checklist.csv")),
        ("JSON", PurePosixPath("content/guide/a b.json")),
    ]
    return html.render(article.tokens(library, page, link_targets.urls(library, page), downloads=downloads))


def test_item_without_guidance_has_no_controls(content_set: Callable[[dict[str, str | bytes]], Path]) -> None:
    """An item whose guidance is missing is listed as text and does not count."""
    text = header("Guide", "Is it?") + item(VAULT) + "<!-- Nothing behind this -->\n\n<!-- Nor this -->\n"
    made = rendered(content_set({"content/guide.md": text, f"includes/{VAULT}.md": FILES[f"includes/{VAULT}.md"]}))
    assert "<li>Nothing behind this</li>" in made
    assert made.count('class="guidekit-item"') == 1
    assert "0 of 1 in place, 1 gap, 0" in made


def test_files_to_download_are_linked(content_set: Callable[[dict[str, str | bytes]], Path]) -> None:
    """Published files stand as links below the checklist, with addresses as the host wants them."""
    text = header("Guide", "Is it?") + item(VAULT)
    made = rendered(content_set({"content/guide.md": text, f"includes/{VAULT}.md": FILES[f"includes/{VAULT}.md"]}))
    assert 'Download: <a href="checklist.csv">CSV</a>, <a href="a%20b.json">JSON</a></p>' in made


def test_form_has_the_aliases_of_its_own_items(
    content_set: Callable[[dict[str, str | bytes]], Path],
) -> None:
    """A retired GUID leads to the item that took its place; those of other pages are left out."""
    text = header("Guide", "Is it?") + item(VAULT)
    root = content_set({"content/guide.md": text, f"includes/{VAULT}.md": FILES[f"includes/{VAULT}.md"]})
    made = rendered(root, aliases={OLD: VAULT, PLAN: NIGHT})
    (found,) = re.findall('data-aliases="([^"]*)"', made)
    assert json.loads(found.replace("&quot;", '"')) == {OLD: VAULT}
