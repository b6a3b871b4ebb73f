"""The checklist as a form, on a small site, in a real browser: answers, workloads, links, files, print, and no script."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, urlsplit

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
    button,
    download,
    entry,
    give,
    header,
    item,
    opened,
    press,
    reply,
    says,
    show,
    stored,
    take_over,
    unanswer,
)
from PIL import Image
from playwright.sync_api import Browser, Page, expect
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


def test_last_answer_leads_to_the_plan(open_page: Open) -> None:
    """Once each item is answered, the page says that the plan is there, and with how many gaps."""
    page = open_page(stored=stored(**{DRILL: {"s": "g"}, VAULT: {"s": "i"}, PLAN: {"s": "r"}}))
    answer(page, NIGHT, "In place")
    expect(page.get_by_role("status").get_by_text("Your plan is below the list: 1 gap.")).to_be_visible()


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


@pytest.mark.parametrize("rest", ["", "%", "q1YqU7KqVspTslIyVKrVUUoHAA", zlib.compress(b" " * 6_000_000, 9)[2:-4]])
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


# Files


NOTE = '=SUM(1),\n- [x] "quoted"; ünï ☃'


def answered(open_page: Open) -> Page:
    """Open the guide and answer most of it."""
    page = open_page()
    answer(page, DRILL, "In place")
    answer(page, VAULT, "Gap", NOTE)
    details = opened(page, VAULT)
    details.get_by_label("Owner").fill("Ada [Ops]")
    details.get_by_label("Due").fill("2027-01-31")
    details.get_by_label("Evidence").fill("https://example.com/a_b")
    details.get_by_label("Evidence").blur()
    answer(page, PLAN, "Not applicable")
    return page


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


def paper(page: Page) -> str:
    """Read what is on paper."""
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)


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
    ("name", "most"), [("checklist", 6_000), ("checklist-tools", 10_000), ("checklist-files", 10_000)]
)
def test_script_is_small_and_plain(project: Path, name: str, most: int) -> None:
    """The script of each page has at most 6 kB, those that are loaded later 10 kB; each is made of the one in the repository, and writes no HTML."""
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
