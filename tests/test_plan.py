"""What a reader hands over: the plan on the page, on paper and as files, and links with answers in them; in a real browser."""

from __future__ import annotations

import base64
import csv
import io
import re
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from accessibility import LEVELS, violations
from checklist_site import (
    DRILL,
    NIGHT,
    NOTE,
    PLAN,
    VAULT,
    Open,
    answer,
    answered,
    beside,
    box,
    download,
    entry,
    give,
    paper,
    press,
    reply,
    says,
    stored,
    take_over,
)
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guidekit.rendering import checklist_form


@pytest.fixture(name="address")
def _address(checklist_address: str) -> str:
    return checklist_address


@pytest.fixture(name="open_page")
def _open_page(open_checklist: Open) -> Open:
    return open_checklist


# The plan


def test_plan_has_the_gaps_by_severity(open_page: Open) -> None:
    """The plan is a table of the gaps, most severe first, each with owner, date, first step, note and link; what is unanswered is no gap."""
    gap = {"s": "g", "o": "Ada", "d": "2027-01-31", "e": "wiki/drill", "n": "Ask.\nThen act."}
    page = open_page(stored=stored(**{DRILL: {"s": "g"}, VAULT: gap}))
    plan = page.locator(".guidekit-plan")
    plan.get_by_text("Your plan (2 gaps)").click()
    rows = plan.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(2)
    heads = plan.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Gap", "Severity", "Owner", "Due", "First step", "Note"]
    note = "evidence: wiki/drill\nAsk.\nThen act."
    assert [row.get_by_role("cell").all_inner_texts() for row in rows.all()] == [
        ["Backups are in a vault", "High", "Ada", "Jan 31, 2027", "First of 78.", note],
        ["Restores are drilled", "Low", "no owner", "no date", "First of 7e.", ""],
    ]
    expect(plan.get_by_text("2 gaps: High 1, Medium 0, Low 1. 2 items are not answered yet.")).to_be_visible()
    answer(page, PLAN, "Gap")
    expect(rows).to_have_count(3)
    plan.get_by_role("link", name="=1+1").click()
    expect(page.get_by_role("heading", name="Heading Medium")).to_be_in_viewport()
    for guid in (DRILL, VAULT, PLAN, NIGHT):
        beside(page, guid).select_option("In place")
    expect(plan.get_by_text("There is no gap.")).to_be_visible()
    expect(plan.locator("table")).to_be_hidden()


def test_plan_is_cards_on_a_narrow_screen(open_page: Open) -> None:
    """Where the table has no room, each gap is a card, whose lines have the names of the columns; it is still a table to a reader's aid."""
    page = open_page(width=390, stored=stored(**{VAULT: {"s": "g", "o": "Ada"}}))
    page.locator(".guidekit-plan > summary").click()
    cells = page.get_by_role("table", name="Your plan").get_by_role("cell")
    expect(cells).to_have_count(5)  # but for the note, as there is none
    assert cells.evaluate_all("all => new Set(all.map(one => one.getBoundingClientRect().left)).size") == 1
    assert cells.nth(2).evaluate("it => getComputedStyle(it, '::before').content") == '"Owner: "'


def test_guidance_without_steps_has_no_first_step(open_page: Open) -> None:
    """The first step is the first one of a numbered list; where the guidance has none, the plan leads to the guidance, and a file says nothing."""
    page = open_page(stored=stored(**{NIGHT: {"s": "g"}}))
    page.locator(".guidekit-plan > summary").click()
    expect(page.locator(".guidekit-plan td[data-column='First step']")).to_have_text("see the guidance")
    assert b"First step" not in download(page, "Plan as Markdown")[1]


def test_last_answer_leads_to_the_plan(open_page: Open) -> None:
    """Once each item is answered, the page says that the plan is there, and with how many gaps."""
    page = open_page(stored=stored(**{DRILL: {"s": "g"}, VAULT: {"s": "i"}, PLAN: {"s": "r"}}))
    answer(page, NIGHT, "In place")
    expect(page.get_by_role("status").get_by_text("Your plan is below the list: 1 gap.")).to_be_visible()


def test_plan_is_printed_alone(open_page: Open) -> None:
    """The plan's own Print puts nothing but the plan on one sheet, says what it is, and the page is whole again afterwards."""
    page = answered(open_page)
    page.evaluate("window.print = () => {}")
    title = page.title()
    press(page, "Print plan")
    page.wait_for_function("document.documentElement.dataset.guidekitPrint")
    today = page.evaluate(
        "[new Date().toISOString().slice(0, 10), new Date().toLocaleDateString([], { dateStyle: 'medium' })]"
    )
    assert page.title() == f"Your plan - Guide - My workload - {today[0]}"
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert sheet.extract_text().split("Severity", 1)[0].splitlines()[:6] == [
        "Your plan: Guide",
        "Workload: My workload",
        f"Date: {today[1]}",
        "3 of 4 answered: 1 in place, 1 gap, 1 not needed",
        "1 gap: High 1, Medium 0, Low 0. 1 item is not answered yet.",
        "Gap ",
    ]
    text = " ".join(sheet.extract_text().split())
    assert "Gap Severity Owner Due First step Note" in text
    assert "Backups are in a vault High Ada [Ops] Jan 31, 2027 First of 78." in text
    assert not [
        left for left in ("Restores are drilled", "Opening words", VAULT, "Markdown", "Hand over") if left in text
    ]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "Opening words" in paper(page)
    assert page.title() == title


def test_services_are_printed_as_words(open_page: Open) -> None:
    """On paper stand the services that were chosen, and not the boxes of all there are; the plan names them too."""
    page = open_page("all/", stored=stored(**{NIGHT: {"s": "g"}}))
    page.get_by_label("Storage").check()
    page.locator(".guidekit-plan > summary").click()
    text = paper(page)
    list_of_items, plan = text.split("Your plan: All")
    assert "Services: Storage" in list_of_items and "Services: Storage" in plan
    assert "Kubernetes" not in text and "Of which services" not in text


# The plan, as files


def planned(open_page: Open) -> Page:
    """Open a guide with two gaps."""
    gaps = {
        VAULT: {"s": "g", "o": "Ada, Ops", "d": "2027-01-31", "e": "https://example.com/a", "n": 'say "when"\n<b>'},
        PLAN: {"s": "g"},
        DRILL: {"s": "i"},
    }
    return open_page(stored=stored(**gaps))


def test_plan_becomes_issues(open_page: Open, address: str) -> None:
    """For each gap, a link opens a new issue in the reader's repository, with title, first step, owner, date, note and link filled in."""
    page = planned(open_page)
    press(page, "GitHub issues")
    dialog = page.locator(".guidekit-dialog")
    dialog.get_by_role("textbox").fill("just a name")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("“just a name” is no repository.")).to_be_visible()
    dialog.get_by_role("textbox").fill("https://github.example.com/contoso/shop.git")
    page.keyboard.press("Enter")
    links = dialog.get_by_role("link")
    expect(links).to_have_text(["Backups are in a vault", "=1+1 is a <plan>"])
    assert violations(page, LEVELS, ".guidekit-dialog") == []
    first = urlsplit(links.first.get_attribute("href") or "")
    assert (first.netloc, first.path) == ("github.example.com", "/contoso/shop/issues/new")
    filled = parse_qs(first.query)
    assert (filled["title"], filled["labels"]) == (["Backups are in a vault"], ["High"])
    assert filled["body"][0].split("\n\n") == [
        "First step: First of 78.",
        "Severity: High",
        "Owner: Ada, Ops",
        "Due: 2027-01-31",
        "Evidence: https://example.com/a",
        'say "when"\n\\<b\\>',
        f"{address}guide/#{VAULT}",
    ]


def test_issue_with_a_long_note_still_fits_into_an_address(open_page: Open) -> None:
    """GitHub refuses addresses beyond its measure, so a long note is cut; who is named as on GitHub becomes the assignee."""
    page = open_page(stored=stored(**{VAULT: {"s": "g", "n": "é " * 1000, "o": "@ada-l"}}))
    press(page, "GitHub issues")
    page.locator(".guidekit-dialog").get_by_role("textbox").fill("contoso/shop")
    page.keyboard.press("Enter")
    address = page.locator(".guidekit-dialog").get_by_role("link").get_attribute("href") or ""
    assert address.startswith("https://github.com/contoso/shop/issues/new?") and len(address) < 8000
    assert parse_qs(urlsplit(address).query)["assignees"] == ["ada-l"]


def test_plan_becomes_work_items(open_page: Open) -> None:
    """The table for Azure DevOps has a task for each gap, with priority and severity, and says where to import it; markup in it stays text."""
    page = planned(open_page)
    name, content = download(page, "Azure DevOps")
    assert name == "Guide - My workload - Azure DevOps.csv"
    expect(page.get_by_role("status").get_by_text("open Boards > Queries > Import work items")).to_be_visible()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == ["Work Item Type", "Title", "Description", "Priority", "Tags"]
    assert [(row["Work Item Type"], row["Priority"]) for row in rows] == [("Task", "1"), ("Task", "2")]
    assert "say &#34;when&#34;<br>&#60;b&#62;" in rows[0]["Description"]
    assert rows[0]["Tags"] == "Guide; My workload; High severity; Owner: Ada  Ops; Due: 2027-01-31"


def test_work_item_is_assigned_to_an_address(open_page: Open) -> None:
    """Azure Boards takes an e-mail address for a person, and stumbles over a name: only an address is in Assigned To."""
    owners = {VAULT: "Ada <ada@example.com>", NIGHT: "bo@example.com", PLAN: "Ops, bo@example.com or Ada"}
    page = open_page(stored=stored(**{guid: {"s": "g", "o": owner} for guid, owner in owners.items()}))
    text = download(page, "Azure DevOps")[1].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Assigned To"] for row in rows] == ["Ada <ada@example.com>", "bo@example.com", ""]
    assert ["Owner" in row["Tags"] for row in rows] == [False, False, True]


@pytest.mark.parametrize("tool", ["Plan as Markdown", "Plan as Excel", "Azure DevOps", "Calendar"])
def test_plan_is_refused_with_the_reason(open_page: Open, tool: str) -> None:
    """A file that holds the gaps alone is no export, and is refused with what to import instead; nothing changes."""
    page = planned(open_page)
    name, content = download(page, tool)
    assert re.fullmatch(r"Guide - My workload - (gap plan|Azure DevOps|next review)\.\w+", name)
    give(page, name, content)
    asked = reply(page, "Close")
    assert asked.startswith(f"{name} holds the gaps alone") and "Excel, CSV, Markdown or JSON" in asked
    says(page, 1, 2)


def test_plan_without_a_gap_is_no_file(open_page: Open) -> None:
    """Where there is no gap, that is told, and nothing is written."""
    page = open_page(stored=stored(**{VAULT: {"s": "i"}}))
    for tool in ("Plan as Excel", "GitHub issues"):
        press(page, tool)
        expect(page.locator(".guidekit-notice").get_by_role("status")).to_have_text("There is no gap.")


def test_plan_becomes_markdown_and_a_workbook(open_page: Open) -> None:
    """As Markdown, the plan has a heading for each severity; as a workbook, a column with the first step."""
    page = planned(open_page)
    text = download(page, "Plan as Markdown")[1].decode()
    assert text.startswith(
        "# Your plan: Guide: My workload\n\nPlan: 2 gaps.\n\n## High severity\n\n- [ ] [Backups are in a vault]("
    )
    assert "  - First step: First of 78.\n  - Owner: Ada, Ops\n" in text and "## Medium severity" in text
    sheet = openpyxl.load_workbook(io.BytesIO(download(page, "Plan as Excel")[1])).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("Item", "Severity", "First step", "Owner", "Due")
    assert [row[2] for row in rows[1:]] == ["First of 78.", "First of 33."]


def test_calendar_reminds_of_the_next_review(open_page: Open) -> None:
    """The calendar file has one event in half a year, in lines of 75 bytes at most, with the gaps in its text."""
    name, content = download(planned(open_page), "Calendar")
    lines = content.split(b"\r\n")
    assert name.endswith(".ics") and lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    whole = content.decode().replace("\r\n ", "")
    (day,) = re.findall(r"DTSTART;VALUE=DATE:(\d{8})", whole)
    assert timedelta(170) < datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC) - datetime.now(UTC) < timedelta(190)
    assert "Backups are in a vault\\, Ada\\, Ops\\, 2027-01-31" in whole


# Links that carry answers


def copied(page: Page, *, whole: bool = False) -> tuple[str, str]:
    """Copy the link, with notes and evidence or without; answer it, and what the dialog says of it."""
    press(page, "Share")
    dialog = page.get_by_role("dialog").and_(page.locator(".guidekit-dialog"))
    expect(dialog).to_be_visible()
    if whole:
        assert violations(page, LEVELS, ".guidekit-dialog") == []
        dialog.get_by_label("Notes and evidence, too").check()
        expect(dialog).not_to_contain_text("It leaves out")
    told = reply(page, "Copy link")
    expect(page.get_by_role("status").get_by_text("Link copied.")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()")), told


def told_of(page: Page, guid: str) -> list[str]:
    """Read owner, date, evidence and note of an item."""
    return [entry(page, guid).locator(f"[name={name}]").input_value() for name in "oden"]


def test_link_carries_what_is_to_be_done_but_no_notes(open_page: Open, address: str) -> None:
    """A link has answers, owners, dates and the workload's name, says so, and leaves notes and evidence out; who opens it may take it over."""
    page = answered(open_page)
    link, told = copied(page)
    assert re.fullmatch(rf"{address}guide/#ck=g78b95en33fe14i7e0631\.[\w-]+", link)
    assert told.splitlines() == [
        "Share these answers by a link?",
        "It carries: 3 answers, 1 owner, 1 due date, the workload's name, “My workload”.",
        "It leaves out: 1 note, 1 link to evidence.",
        "Whoever has the link can read what it carries. That is in the link alone, and on no server.",
    ]
    other = open_page(link.removeprefix(address), stored=stored(**{NIGHT: {"s": "i", "n": "mine"}}))
    says(other, 1, 1, 1)
    expect(other.locator(".guidekit-shared")).to_contain_text("You look at “My workload”, which was shared: 3 answers")
    asked = take_over(other, "Replace")
    assert asked.startswith(
        "This link carries 3 answers and 0 notes for this guide.\nAlso in it: 1 owner, 1 due date.\n"
    )
    assert told_of(other, VAULT) == ["Ada [Ops]", "2027-01-31", "", ""]
    assert told_of(other, NIGHT) == ["", "", "", "mine"]
    assert other.url == f"{address}guide/"


def test_link_with_notes_brings_all_to_an_empty_browser(open_page: Open, address: str) -> None:
    """Notes and evidence go along where the reader ticks that; an empty browser takes all of it over, name and services too."""
    page = open_page(
        "all/", stored=stored(**{VAULT: {"s": "g", "o": "Zoë", "e": "wiki", "n": NOTE}, DRILL: {"n": "only this"}})
    )
    page.get_by_label("Storage").check()
    press(page, "Rename")
    reply(page, "Rename", "Shop <b>")
    link, told = copied(page, whole=True)
    assert (
        "It carries: 1 answer, 1 owner, 2 notes, 1 link to evidence, the workload's name, “Shop <b>”, 1 service."
        in told
    )
    other = open_page(link.removeprefix(address))
    expect(other.locator(".guidekit-scope summary")).to_have_text("Services: Storage")
    expect(other.get_by_label("Storage")).to_be_disabled()
    assert take_over(other, "Take over").splitlines() == [
        "This link carries 1 answer and 2 notes for this guide.",
        "Also in it: 1 owner, 1 link to evidence, 1 service.",
    ]
    expect(other.locator(".guidekit-checklist__workload option:checked")).to_have_text("Shop <b>")
    expect(other.locator(".guidekit-scope summary")).to_have_text("Services: Storage")
    assert told_of(other, VAULT) == ["Zoë", "", "wiki", NOTE] and told_of(other, DRILL)[3] == "only this"
    other.locator(".guidekit-notice").get_by_role("button", name="Undo").click()
    expect(other.locator(".guidekit-scope summary")).to_have_text("Choose your services")
    says(other, 0, 0)


def test_long_link_says_that_a_file_is_safer(open_page: Open) -> None:
    """Where notes make a link longer than mail programs take, the dialog says so, and what carries as much."""
    words = " ".join(str(number * 7919) for number in range(400))
    page = open_page(stored=stored(**{VAULT: {"s": "g", "n": words[:2000]}, PLAN: {"n": words[200:]}}))
    press(page, "Share")
    dialog = page.locator(".guidekit-dialog")
    expect(dialog).not_to_contain_text("A JSON file")
    dialog.get_by_role("checkbox").check()
    expect(dialog).to_contain_text(
        re.compile(r"It has \d{4} characters, and some programs cut .* A JSON file carries as much")
    )


@pytest.mark.parametrize("rest", ["", "%", "abcd", zlib.compress(b" " * 6_000_000, 9)[2:-4]])
def test_link_that_is_cut_or_unfolds_without_end_still_shows_its_answers(open_page: Open, rest: str | bytes) -> None:
    """Where what stands behind the dot cannot be read, that is told, and the answers before it are shown."""
    text = rest if isinstance(rest, str) else base64.urlsafe_b64encode(rest).decode().rstrip("=")
    page = open_page(f"guide/#ck=g7e0631.{text}")
    says(page, 0, 1)
    unusable = page.locator(".guidekit-shared").get_by_text("Not usable: 1 (its end is cut off).")
    expect(unusable).to_have_count(1 if rest else 0)


def test_link_of_before_is_still_read(open_page: Open) -> None:
    """A link of letters and digits alone, as an earlier version made them, shows its answers and touches nothing else."""
    page = open_page("guide/#ck=ga0b1c2n33fe14i7e0631", stored=stored(**{NIGHT: {"o": "Ada", "n": "mine"}}))
    says(page, 1, 1, 1)
    assert "Also in it" not in take_over(page, "Replace")
    assert told_of(page, NIGHT) == ["Ada", "", "", "mine"]


def test_shared_answers_are_only_looked_at(open_page: Open, address: str) -> None:
    """Answers of a link can be read, exported and left, also after a reload; nothing of them or of one's own can be changed."""
    page = open_page("guide/#ck=g7e0631", stored=stored(**{VAULT: {"s": "i"}}))
    for _ in range(2):
        says(page, 0, 1)
        expect(box(page, DRILL)).to_be_disabled()
        expect(beside(page, DRILL)).to_be_disabled()
        assert b"Gap" in download(page, "CSV")[1]
        press(page, "Clear")
        expect(page.get_by_role("status").get_by_text("These answers are only shown.")).to_be_visible()
        page.reload()
    page.get_by_role("button", name="Take over").click()
    page.keyboard.press("Escape")
    says(page, 0, 1)
    page.get_by_role("button", name="Back to my answers").click()
    says(page, 1, 0)
    expect(box(page, VAULT)).to_be_enabled()
    expect(page.locator(".guidekit-shared")).to_be_hidden()
    assert page.url == f"{address}guide/"


def test_link_is_all_that_a_new_reader_is_told_of(open_page: Open) -> None:
    """In a browser that has kept nothing yet, shared answers are shown without a word about anything else."""
    page = open_page("guide/#ck=g7e0631")
    expect(page.locator(".guidekit-shared")).to_contain_text(
        "You look at “Shared answers”, which was shared: 1 answer."
    )
    expect(page.locator(".guidekit-notice [role=status]")).to_have_text("")
    page.get_by_role("button", name="Back to my answers").click()
    says(page, 0, 0)
    expect(page.locator(".guidekit-notice [role=status]")).to_have_text("")


def test_link_to_retired_unknown_and_doubtful_items_tells_what_it_cannot_use(open_page: Open) -> None:
    """An old GUID leads to the new item; an unknown item and an unknown letter are told."""
    page = open_page("guide/#ck=i111122gffffffx33fe14")
    unusable = "Not usable: 2 (no item “ffffff” here; no status “x”)."
    expect(page.locator(".guidekit-shared")).to_contain_text(unusable)
    asked = take_over(page, "Take over")
    assert asked.startswith("This link carries 1 answer and 0 notes ")
    assert unusable in asked
    expect(box(page, VAULT)).to_be_checked()


def test_as_many_digits_are_taken_as_tell_items_apart() -> None:
    """GUIDs that begin alike get longer beginnings."""
    assert checklist_form.digits([DRILL, VAULT]) == 6
    assert checklist_form.digits([DRILL, f"7e063169{DRILL[8:]}"]) == 8
    assert checklist_form.digits([DRILL, f"{DRILL[:10]}0{DRILL[11:]}"]) == 10
    assert checklist_form.digits([DRILL, DRILL]) == 6
