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
    NOTE,
    OLD,
    PLAN,
    VAULT,
    Open,
    answer,
    answered,
    beside,
    box,
    button,
    download,
    entry,
    give,
    header,
    item,
    paper,
    press,
    reply,
    says,
    show,
    stored,
    unanswer,
)
from PIL import Image
from playwright.sync_api import Browser, Page, expect

import guidekit
from guidekit.rendering import article, html, link_targets


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
    says(page, 0, 0)
    box(page, VAULT).check()
    box(page, PLAN).check()
    says(page, 2, 0)
    unanswer(page, PLAN)
    page.reload()
    says(page, 1, 0)
    assert widths(page) == ["25%", "0%", "0%"]
    says(open_page("short/", beside=page), 1, 0, total=1)


def widths(page: Page) -> list[str]:
    """Read how far each part of the bar goes: in place, gaps, and what is not required or not applicable."""
    return list(page.locator(".guidekit-bar > i").evaluate_all("parts => parts.map(part => part.style.width)"))


def test_each_answer_counts_as_it_should(open_page: Open) -> None:
    """Four answers and none are states of their own, in the sentence, in the bar and in the filter."""
    page = open_page()
    says(page, 0, 0)
    answer(page, DRILL, "In place")
    answer(page, VAULT, "Gap")
    answer(page, PLAN, "Not required")
    answer(page, NIGHT, "Not applicable")
    says(page, 1, 1, 2)
    assert widths(page) == ["25%", "25%", "50%"]
    box(page, NIGHT).check()
    says(page, 2, 1, 1)
    unanswer(page, VAULT)
    says(page, 2, 0, 1)
    expect(entry(page, VAULT).locator(":checked")).to_have_count(0)
    assert page.get_by_label("Show").locator("option").all_inner_texts() == [
        "All (4)",
        "Not answered (1)",
        "Gap (0)",
        "In place (2)",
        "Not required (1)",
        "Not applicable (0)",
    ]


def test_items_stand_by_severity(open_page: Open) -> None:
    """The most severe items come first below a title of their own, and are numbered in this order beside the guidance too."""
    page = open_page()
    titles = page.locator(".guidekit-items__severity")
    assert titles.all_inner_texts() == ["High severity", "Medium severity", "Low severity"]
    statements = page.locator(".guidekit-item__statement").all_inner_texts()
    assert statements == ["Backups are in a vault", "A night is covered", "=1+1 is a <plan>", "Restores are drilled"]
    expect(page.get_by_role("list", name="High severity").locator(".guidekit-item")).to_have_count(2)
    place = page.locator(f".guidekit-check:has([data-box='{DRILL}'])")
    expect(place.locator("span").first).to_have_text("Item 4 of 4, Low severity: Restores are drilled")
    show(page, "Gap")
    expect(titles.filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("No item is like this.")).to_be_visible()


def test_link_back_leads_to_the_item_each_time(open_page: Open) -> None:
    """From the guidance one comes back to the item in the list, also the second time, and also one that was filtered out."""
    page = open_page()
    back = page.locator(f".guidekit-check a[href$='#item-{DRILL}']")
    show(page, "Gap")
    for _ in range(2):
        back.click()
        expect(entry(page, DRILL)).to_be_in_viewport()
        expect(box(page, DRILL)).to_be_focused()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(entry(page, DRILL)).not_to_be_in_viewport()


def test_note_is_kept_while_it_is_typed(open_page: Open) -> None:
    """A note is there after a reload, without a status and though its field was never left."""
    page = open_page()
    answer(page, PLAN, "", 'Ask Ada,\n"today"')
    page.reload()
    expect(entry(page, PLAN).locator("textarea")).to_have_value('Ask Ada,\n"today"')
    says(page, 0, 0)


def test_answer_beside_the_guidance_is_the_same_answer(open_page: Open) -> None:
    """The answer below a guidance's heading follows the one in the list, and leads it."""
    page = open_page()
    box(page, DRILL).check()
    expect(beside(page, DRILL)).to_have_value("i")
    beside(page, PLAN).select_option("In place")
    expect(box(page, PLAN)).to_be_checked()
    beside(page, DRILL).select_option("Not answered")
    says(page, 1, 0)
    expect(page.locator("h2:has(+ .guidekit-check)")).to_have_count(4)
    expect(page.locator(":is(h1, h2) input")).to_have_count(0)


def test_keyboard_does_it_all(open_page: Open) -> None:
    """Tab reaches answers, link and details of an item in this order; arrows choose, and a gap opens its fields."""
    page = open_page()
    box(page, DRILL).focus()
    page.keyboard.press("Space")
    says(page, 1, 0)
    page.keyboard.press("ArrowRight")
    says(page, 0, 1)
    expect(entry(page, DRILL).get_by_label("Gap", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(entry(page, DRILL).get_by_role("link", name="Guidance for “Restores are drilled”")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    expect(entry(page, DRILL).locator(".guidekit-item__told")).to_have_text("Ada")


def test_gap_is_seen_and_asks_for_an_owner(open_page: Open) -> None:
    """A gap has a mark that an unanswered item has not; its fields open by themselves, and close where one goes on to another answer."""
    page = open_page()
    details = entry(page, VAULT).locator("details")
    mark = "it => getComputedStyle(it).borderInlineStartColor"
    plain = entry(page, VAULT).evaluate(mark)
    entry(page, VAULT).get_by_label("In place", exact=True).focus()
    page.keyboard.press("Space")
    expect(details).not_to_have_attribute("open", "")
    page.keyboard.press("ArrowRight")
    expect(details).to_have_attribute("open", "")
    assert entry(page, VAULT).evaluate(mark) != plain == entry(page, DRILL).evaluate(mark)
    label = entry(page, VAULT).locator("label:has([value=g])")
    assert label.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    expect(details).not_to_have_attribute("open", "")
    page.keyboard.press("ArrowLeft")
    entry(page, VAULT).get_by_label("Owner").fill("Ada")
    box(page, VAULT).check()
    expect(details).to_have_attribute("open", "")


def test_filter_shows_a_part_and_takes_nothing_from_under_the_hand(open_page: Open) -> None:
    """The filter hides what it should; an item that is ticked stays where it is until the reader filters anew."""
    page = open_page()
    box(page, DRILL).check()
    answer(page, PLAN, "Not required")
    shown = page.locator(".guidekit-item:visible")
    show(page, "Not answered")
    expect(shown).to_have_count(2)
    box(page, VAULT).check()
    expect(box(page, VAULT)).to_be_focused()
    expect(shown).to_have_count(2)
    show(page, "In place")
    expect(shown).to_have_count(2)
    show(page, "All")
    expect(shown).to_have_count(4)


def test_tabs_follow_each_other(open_page: Open) -> None:
    """What is ticked in one tab is ticked in another, and both may write without a loss."""
    one = open_page()
    other = open_page(beside=one)
    box(one, DRILL).check()
    expect(box(other, DRILL)).to_be_checked()
    box(other, PLAN).check()
    says(one, 2, 0)


def test_checklist_survives_instant_navigation(open_page: Open) -> None:
    """A page that comes without a reload has its answers and its boxes at work, and each click counts once."""
    page = open_page("short/")
    page.evaluate("window.same = true")
    box(page, VAULT).check()
    page.locator(".md-nav--primary a[href$='guide/']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guide")
    says(page, 1, 0)
    beside(page, DRILL).select_option("In place")
    says(page, 2, 0)
    assert page.evaluate("window.same")


# What the browser keeps


def test_changed_guidance_is_told_until_it_is_answered_anew(open_page: Open) -> None:
    """Where the guidance is no longer what was answered, the item says so, and no other does."""
    page = open_page(stored=stored(**{VAULT: {"s": "i", "h": "other"}, DRILL: {"s": "i"}}))
    changed = page.get_by_text("Guidance changed since you answered")
    expect(changed).to_have_count(1)
    expect(entry(page, VAULT).locator(changed)).to_be_visible()
    unanswer(page, VAULT)
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
    says(page, 1, 0)
    expect(page.get_by_role("status").get_by_text("this browser does not keep them")).to_be_visible()
    assert b"- [x]" in download(page, "Markdown")[1]


def test_answers_of_a_later_version_are_not_overwritten(open_page: Open) -> None:
    """What a later version keeps stays as it is; the page works beside it, and says that it keeps nothing."""
    page = open_page(stored='{"v": 2, "other": "shape"}')
    box(page, DRILL).check()
    expect(page.get_by_role("status").get_by_text("this browser does not keep them")).to_be_visible()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == '{"v": 2, "other": "shape"}'


@pytest.mark.parametrize(
    "broken", ["{", "null", "[]", '{"v": 1, "workloads": {}}', '{"v": 1, "current": "x", "workloads": 3}']
)
def test_broken_answers_are_begun_anew(open_page: Open, broken: str) -> None:
    """What cannot be read gives way to new answers."""
    page = open_page(stored=broken)
    box(page, DRILL).check()
    page.reload()
    says(page, 1, 0)


def test_workloads_have_answers_of_their_own(open_page: Open) -> None:
    """A reader adds, names, changes between and deletes workloads; the last one deleted leaves an empty one."""
    page = open_page()
    chooser = page.locator(".guidekit-checklist__workload select")
    box(page, DRILL).check()
    press(page, "Add")
    reply(page, "Add", "Shop <b>")
    says(page, 0, 0)
    answer(page, PLAN, "Not required")
    press(page, "Rename")
    reply(page, "Rename", "Web shop")
    page.reload()
    says(page, 0, 0, 1)
    expect(chooser.locator("option")).to_have_text(["My workload", "Web shop"])
    chooser.select_option("My workload")
    says(page, 1, 0)
    press(page, "Delete")
    assert "“My workload”" in reply(page, "Cancel")
    press(page, "Delete")
    reply(page, "Delete")
    says(page, 0, 0, 1)
    press(page, "Delete")
    reply(page, "Delete")
    says(page, 0, 0)
    expect(chooser.locator("option")).to_have_text(["My workload"])


def test_clear_asks_and_spares_other_guides(open_page: Open) -> None:
    """Clear empties this guide after a question, and leaves what other guides ask."""
    page = open_page()
    box(page, DRILL).check()
    answer(page, VAULT, "In place", "here")
    short = open_page("short/", beside=page)
    press(short, "Clear")
    reply(short, "Cancel")
    says(short, 1, 0, 0, 1)
    press(short, "Clear")
    reply(short, "Clear")
    says(page, 1, 0)
    expect(entry(page, VAULT).locator("textarea")).to_have_value("")


# Files


def test_markdown_is_a_task_list(open_page: Open, address: str) -> None:
    """The Markdown file is a task list with links, severity, status and notes, and text in it is no markup."""
    name, content = download(answered(open_page), "Markdown")
    assert name == "Guide - My workload.md"
    assert content.decode().splitlines() == [
        "# Guide: My workload",
        "",
        "3 of 4 answered: 1 in place, 1 gap, 1 not needed.",
        "",
        f"- [ ] [Backups are in a vault]({address}guide/#{VAULT}) (High, Gap)",
        "  - Owner: Ada \\[Ops\\]",
        "  - Due: 2027-01-31",
        "  - Evidence: <https://example.com/a_b>",
        "  > =SUM(1),",
        '  > - [x] "quoted"; ünï ☃',
        f"- [ ] [A night is covered]({address}guide/#{NIGHT}) (High, Not answered)",
        f"- [ ] [=1+1 is a \\<plan\\>]({address}guide/#{PLAN}) (Medium, Not applicable)",
        f"- [x] [Restores are drilled]({address}guide/#{DRILL}) (Low, In place)",
    ]


def test_csv_is_safe_to_open(open_page: Open, address: str) -> None:
    """The CSV file has a BOM, CRLF, quotes around all cells, and no cell that a spreadsheet would run."""
    _, content = download(answered(open_page), "CSV")
    assert content.startswith(b'\xef\xbb\xbf"Item"')
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows] == [
        "Item",
        "Backups are in a vault",
        "A night is covered",
        "'=1+1 is a <plan>",
        "Restores are drilled",
    ]
    assert rows[1][1:6] == ["High", "Gap", "Ada [Ops]", "2027-01-31", "https://example.com/a_b"]
    assert rows[1][6:8] == ["'" + NOTE, f"{address}guide/#{VAULT}"]
    assert rows[1][9] == VAULT
    assert text.count("\r\n") == len(rows)
    assert re.fullmatch(r'(?:(?:"(?:[^"]|"")*",){9}"[^"]*"\r\n)+', text)


def test_workbook_opens_with_its_conveniences(open_page: Open) -> None:
    """The workbook has text cells that wrap, a header that stays, a filter, and a list of statuses to choose from."""
    name, content = download(answered(open_page), "Excel")
    assert name.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:6] == ["Item", "Severity", "Status", "Owner", "Due", "Evidence"]
    assert rows[0][6:] == ["Note", "Guidance", "Answered", "GUID"]
    assert rows[1][:4] == ["Backups are in a vault", "High", "Gap", "Ada [Ops]"]
    assert rows[1][4:7] == ["2027-01-31", "https://example.com/a_b", NOTE]
    assert rows[3][0] == "=1+1 is a <plan>" and sheet["A4"].data_type in "sinlineStr"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:J5"
    assert sheet["D3"].alignment.wrap_text and sheet["A1"].font.b
    assert sheet["D3"].number_format == "@"  # what is typed stays text
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, str(choice.sqref)) == ("list", "C2:C5")
    assert choice.formula1 == '"Not answered,In place,Gap,Not required,Not applicable"'


def test_json_is_azure_s_document(open_page: Open, address: str) -> None:
    """The JSON file is the document of the Azure review checklists, with a status and a comment an item."""
    _, content = download(answered(open_page), "JSON")
    document = json.loads(content)
    assert document["items"][0] == {
        "category": "Guide",
        "subcategory": "Guide",
        "text": "Backups are in a vault",
        "guid": VAULT,
        "severity": "High",
        "link": f"{address}guide/#{VAULT}",
        "waf": "Reliability",
        "service": "Keys; Every",
        "status": {"name": "Open"},
        "comments": NOTE,
        "owner": "Ada [Ops]",
        "due": "2027-01-31",
        "evidence": "https://example.com/a_b",
    }
    assert [entry["status"]["name"] for entry in document["items"]] == ["Open", "Not verified", "N/A", "Fulfilled"]
    assert {"categories", "waf", "status", "severities", "yesno", "metadata"} < document.keys()
    assert document["workload"] == "My workload"
    assert re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, \d{4}", document["metadata"]["timestamp"])


@pytest.mark.parametrize("tool", ["JSON", "CSV", "Markdown", "Excel"])
def test_export_can_be_imported_elsewhere(open_page: Open, tool: str) -> None:
    """A file that one browser wrote gives another one all answers and notes, in place of its own, after a question."""
    name, content = download(answered(open_page), tool)
    page = open_page(stored=stored(**{NIGHT: {"s": "i", "n": "mine"}}))
    give(page, name, content)
    asked = reply(page, "Replace")
    assert asked.startswith(f"{name} carries 3 answers and 1 note for this guide.\n")
    assert "Owners, dates, links: 3 new, 0 changed, 0 removed." in asked
    says(page, 1, 1, 1)
    expect(entry(page, VAULT).locator("textarea")).to_have_value(NOTE)
    expect(entry(page, NIGHT).locator("textarea")).to_have_value("")
    expect(entry(page, VAULT).get_by_label("Owner")).to_have_value("Ada [Ops]")
    expect(entry(page, VAULT).get_by_label("Due")).to_have_value("2027-01-31")
    expect(entry(page, VAULT).get_by_label("Evidence")).to_have_value("https://example.com/a_b")


def test_json_brings_services_and_name_back(open_page: Open) -> None:
    """From the list of all guides, a JSON file carries the services, and answers to what they leave out; an empty browser is as the first one was."""
    page = open_page("all/", stored=stored(**{VAULT: {"s": "i"}, PLAN: {"s": "g"}, NIGHT: {"s": "g"}}))
    page.get_by_label("Storage").check()
    press(page, "Rename")
    reply(page, "Rename", "Shop")
    name, content = download(page, "JSON")
    expect(page.get_by_role("status").get_by_text("Import brings it back")).to_be_visible()
    assert json.loads(content)["services"] == ["blob"]
    other = open_page("all/")
    give(other, name, content)
    assert reply(other, "Take over").splitlines() == [
        "All - Shop.json carries 3 answers and 0 notes for this guide.",
        "Also in it: 1 service.",
    ]
    expect(other.get_by_role("status").get_by_text("Taken over: 3 answers.")).to_be_visible()
    expect(other.locator(".guidekit-checklist__workload option")).to_have_text(["Shop"])
    expect(other.locator(".guidekit-scope summary")).to_have_text("Services: Storage")
    says(other, 1, 1, total=3)
    other.get_by_label("Storage").uncheck()
    other.get_by_label("Keys").check()
    give(other, name, content)
    reply(other, "Merge")
    expect(other.locator(".guidekit-scope summary")).to_have_text("Services: Keys, Storage")
    other.locator(".guidekit-notice").get_by_role("button", name="Undo").click()
    expect(other.locator(".guidekit-scope summary")).to_have_text("Services: Keys")


def test_menu_closes_before_a_notice_comes(open_page: Open) -> None:
    """What is chosen in a menu closes it, so that no notice stands over it, and the focus stays at the menu."""
    page = open_page(stored=stored(**{VAULT: {"s": "i"}}))
    download(page, "CSV")
    expect(button(page, "Share")).to_be_visible()
    expect(page.locator(".guidekit-menu[open]")).to_have_count(0)
    expect(page.locator(".guidekit-menu > summary", has_text="Download")).to_be_focused()


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("31.1.2027", "en-US", "2027-01-31"),
        ("1/31/2027", "de-DE", "2027-01-31"),
        ("2/1/2027", "en-US", "2027-02-01"),
        ("2/1/2027", "en-GB", "2027-01-02"),
        ("46418", "en-US", "2027-01-31"),
        ("2027-01-31T00:00:00", "en-US", "2027-01-31"),
        ("31.2.2027", "de-DE", ""),
        ("soon", "en-US", ""),
    ],
)
def test_date_that_a_spreadsheet_wrote_is_understood(
    browser: Browser, address: str, written: str, language: str, day: str
) -> None:
    """A date in a file is read as the reader's language writes dates; one that is none is told, and loses no answer."""
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.goto(f"{address}guide/")
    give(page, "a.csv", f"GUID;Status;Due\n{VAULT};Gap;{written}\n".encode())
    asked = reply(page, "Take over")
    assert (f"no date “{written}”" in asked) == (not day)
    says(page, 0, 1)
    expect(entry(page, VAULT).get_by_label("Due")).to_have_value(day)
    context.close()


def test_csv_that_a_spreadsheet_wrote_anew_can_be_imported(open_page: Open) -> None:
    """Semicolons, no needless quotes, moved columns and line ends of another kind do not matter."""
    page = open_page()
    give(page, "a.csv", f'Item;Note;GUID;Status\nx;"a;b";{VAULT};In place\ny;;{PLAN};Gap\n'.encode())
    assert reply(page, "Take over").startswith("a.csv carries 2 answers ")
    says(page, 1, 1)
    expect(entry(page, VAULT).locator("textarea")).to_have_value("a;b")


def test_task_that_was_ticked_elsewhere_counts(open_page: Open) -> None:
    """In an imported task list, the box decides, whatever the word says."""
    page = open_page()
    give(page, "a.md", f"- [x] [a](u#{VAULT}) (High, Gap)\r\n  > n\r\n- [ ] [b](u#{PLAN}) (Low, In place)\r\n".encode())
    assert reply(page, "Take over").startswith("a.md carries 1 answer ")
    says(page, 1, 0)


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
    asked = reply(page, "Take over")
    assert asked.startswith("a.json carries 1 answer ")
    assert "Not usable: 2 (no item “99992222-acc0-4749-8f1f-efa8cfb5eb89” here; no status “Perhaps”)." in asked
    says(page, 1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b'{"items": 1}', b"\x00\xff", b"Item,Status\n", b"# Text\n", b"PK\x03\x04", b"PK"]
)
def test_file_without_answers_changes_nothing(open_page: Open, content: bytes) -> None:
    """A file that is no export is told as such, and no answer is lost."""
    page = open_page(stored=stored(**{VAULT: {"s": "i"}}))
    give(page, "bad.txt", content)
    assert reply(page, "Close") == "bad.txt is no export of a checklist: nothing in it can be used."
    says(page, 1, 0)


# Comparisons


def test_kept_answers_are_compared_with_later_ones(open_page: Open) -> None:
    """What was kept for comparison is set beside the answers of now, and what is better and worse is counted."""
    page = open_page(stored=stored(**{VAULT: {"s": "g"}, PLAN: {"s": "i"}, DRILL: {"s": "g"}}))
    press(page, "Save these answers")
    expect(page.get_by_role("status").get_by_text("are kept for comparison")).to_be_visible()
    answer(page, VAULT, "In place")
    answer(page, PLAN, "Gap")
    page.reload()
    press(page, "Compare")
    dialog = page.get_by_role("dialog", name="Compare answers")
    expect(dialog.get_by_role("status")).to_have_text("2 differences: 1 better, 1 worse")
    rows = [row.locator("td").all_inner_texts() for row in dialog.locator("tbody tr").all()]
    assert rows == [["Backups are in a vault", "Gap", "In place"], ["=1+1 is a <plan>", "In place", "Gap"]]
    dialog.locator("select").nth(1).select_option(index=1)
    expect(dialog.get_by_role("status")).to_have_text("There is no difference.")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_two_workloads_are_compared(open_page: Open) -> None:
    """Another workload stands beside the one that is shown; with one alone, there is nothing to compare, and that is told."""
    page = open_page()
    press(page, "Compare")
    expect(page.get_by_role("status").get_by_text("There is nothing to compare yet.")).to_be_visible()
    press(page, "Add")
    reply(page, "Add", "Shop")
    answer(page, NIGHT, "In place", "on call")
    press(page, "Compare")
    dialog = page.get_by_role("dialog", name="Compare answers")
    assert dialog.locator("th").all_inner_texts() == ["Item", "My workload, now", "Shop, now"]
    assert dialog.locator("td").all_inner_texts() == ["A night is covered", "Not answered", "In place, on call"]
    assert violations(page, LEVELS, ".guidekit-compare") == []


def test_deleted_workload_comes_back_with_what_was_kept(open_page: Open) -> None:
    """Undo after Delete brings back the answers that were kept for comparison as well."""
    page = open_page(stored=stored(**{VAULT: {"s": "g"}}))
    press(page, "Save these answers")
    press(page, "Delete")
    reply(page, "Delete")
    page.locator(".guidekit-notice").get_by_role("button", name="Undo").click()
    says(page, 0, 1)
    press(page, "Compare")
    expect(page.get_by_role("dialog", name="Compare answers").locator("option")).to_have_count(4)


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
    says(page, 1, 0, 0, 1)


def test_overview_has_all_items_in_one_list(open_page: Open) -> None:
    """Below the guides stand the items of all of them, each once, to be answered there; links lead to their guidance."""
    page = open_page("all/", stored=stored(**{VAULT: {"s": "g"}}))
    says(page, 0, 1)
    answer(page, NIGHT, "Gap")
    button(page, "Print plan")
    steps = page.locator(".guidekit-plan td[data-column='First step']")
    expect(steps).to_have_text(["First of 78.", "see the guidance"])
    name, content = download(page, "Excel")
    assert name == "All - My workload.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 5
    entry(page, NIGHT).get_by_role("link", name="Guidance").click()
    expect(page.get_by_role("heading", name="Heading High a0")).to_be_in_viewport()
    says(page, 0, 2)


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


def test_print_has_answers_notes_plan_and_addresses(open_page: Open) -> None:
    """On paper stand answers, owners, notes, the plan and where links lead, but no tools, and the filter holds."""
    page = answered(open_page)
    page.wait_for_function("customElements.get('guidekit-checklist').files")
    text = paper(page)
    assert "Ada [Ops]" in text and "due Jan 31, 2027" in text and "=SUM(1)," in text and "Your plan: Guide" in text
    assert "First of 78." in text and "(https://example.com/read)" in text
    for control in ("Share", "Owner, due date", "Add workload", "Show", "All (4)", "Keep all", "Your plan (1 gap)"):
        assert control not in text
    assert text.count("Restores are drilled") == 2
    show(page, "Gap")
    text = paper(page)
    assert text.count("Restores are drilled") == 1 and "Show Gap (1)" in " ".join(text.split())
    assert "Your plan" not in paper(open_page())


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
    expect(entry(page, VAULT).get_by_label("Gap", exact=True)).to_be_checked()
    picture = Image.open(io.BytesIO(page.locator(".guidekit-bar").screenshot()))
    colors = [picture.getpixel((round(picture.width * part), picture.height // 2)) for part in (0.1, 0.4, 0.9)]
    assert len(set(colors)) == 3


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_script_starts(open_page: Open, width: int) -> None:
    """The layout does not shift while the page loads, with answers to show."""
    watch = "window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => [e.value, ...e.sources.map(s => s.node?.outerHTML ?? s.node?.data)]))).observe({ type: 'layout-shift', buffered: true })"
    answers = stored(**{DRILL: {"s": "g", "n": "note"}, VAULT: {"s": "i"}, PLAN: {"s": "n"}})
    answers["kept"] = [{"id": "1", "name": "a", "did": "Clear", "at": "2026-11-22T10:00:00.000Z", "items": {}}]
    page = open_page(width=width, before=watch, stored=answers)
    says(page, 1, 1, 1)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("shifts") == []


@pytest.mark.usefixtures("address")
def test_search_finds_guidance_but_no_controls(small: Path) -> None:
    """The search index has the statements once and the guidance, and nothing of the controls around them."""
    index = json.loads((small / "search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert "Backups are in a vault" in text and "First of 78" in text
    for word in (
        "Owner",
        "Not applicable",
        "Share",
        "My workload",
        "In place",
        "severity",
        "secrets",
        "in place",
    ):
        assert word not in text


@pytest.mark.parametrize(
    ("name", "most"), [("checklist", 6_000), ("checklist-tools", 8_000), ("checklist-files", 8_000)]
)
def test_script_is_small_and_plain(project: Path, name: str, most: int) -> None:
    """The script of each page has at most 6 kB, those that are loaded later 8 kB each; each is made of the one in the repository, and writes no HTML."""
    assets = project / "plugins/guidekit/assets"
    source = (assets / f"{name}.js").read_text(encoding="utf-8")
    published = (assets / f"{name}.min.js").read_text(encoding="utf-8")
    assert published == minify.string("text/javascript", source), "run make docs"
    assert len(gzip.compress(published.encode(), 9)) <= most
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|https?://(?!schemas|raw|github.com/microsoft|\$\{host)",
        source,
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
    assert "0 of 1 answered" in made


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
