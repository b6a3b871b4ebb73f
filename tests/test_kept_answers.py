"""Readers lose no answer and no note: to a file, a link, another tab, a slip of the hand, or a browser without room."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from accessibility import COLORS, LEVELS, violations
from checklist_site import (
    DRILL,
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
    opened,
    press,
    reply,
    says,
    show,
    stored,
    take_over,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, expect


@pytest.fixture(name="open_page")
def _open_page(open_checklist: Open) -> Open:
    return open_checklist


FULL = stored(
    **{
        DRILL: {"s": "i", "n": "drilled in May"},
        VAULT: {"s": "g", "n": "ask Ada"},
        PLAN: {"s": "n"},
        NIGHT: {"s": "i", "n": "on call"},
    }
)
NONE = "Answers: 0 new, 0 changed, 0 removed. Notes: 0 new, 0 changed, 0 removed."


def row(guid: str, status: str, note: str = "") -> bytes:
    """Write a CSV file of one row."""
    return f'Item,Status,Note,GUID\nx,{status},"{note}",{guid}\n'.encode()


def note(page: Page, guid: str) -> Locator:
    """Find the field with an item's note."""
    return entry(page, guid).locator("textarea")


def dialog(page: Page) -> Locator:
    """Find the dialog, which is open."""
    found = page.locator(".guidekit-dialog")
    expect(found).to_be_visible()
    return found


def undo(page: Page) -> None:
    """Press Undo in the notice."""
    page.locator(".guidekit-notice").get_by_role("button", name="Undo").click()


def kept(page: Page) -> dict[str, dict[str, object]]:
    """Read what the browser keeps, as workloads by name."""
    data = page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}'))")
    return {workload["name"]: workload["items"] for workload in data["workloads"].values()}


def workload(page: Page) -> Locator:
    """Find the field that says which workload is shown."""
    return page.locator(".guidekit-checklist__workload select")


# Files and links show first what they would change


def test_file_of_one_row_shows_what_would_go_and_enter_changes_nothing(open_page: Open) -> None:
    """Before anything changes, counts tell what each way would do; Cancel has the focus."""
    page = open_page(stored=FULL)
    give(page, "a.csv", row(PLAN, "Gap", "new"))
    asked = dialog(page).locator("p, li").all_inner_texts()
    assert asked == [
        "a.csv carries 1 answer and 1 note for this guide.",
        "New workload: yours stays as it is. Answers: 1 new, 0 changed, 0 removed. Notes: 1 new, 0 changed, 0 removed.",
        (
            "Merge: yours stays where this has none, and no note goes. "
            "Answers: 0 new, 1 changed, 0 removed. Notes: 1 new, 0 changed, 0 removed."
        ),
        (
            "Replace: yours goes where this has none. "
            "Answers: 0 new, 1 changed, 3 removed. Notes: 1 new, 0 changed, 3 removed."
        ),
    ]
    buttons = dialog(page).get_by_role("button").filter(visible=True)
    assert buttons.all_inner_texts() == ["New workload", "Merge", "Replace", "Cancel"]
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".guidekit-dialog")).to_be_hidden()
    assert kept(page) == {"My workload": FULL["workloads"]["1"]["items"]}  # type: ignore[index]


def test_merge_takes_answers_and_keeps_all_else(open_page: Open) -> None:
    """A merged file decides where it answers; what it leaves out stays, and of two notes neither goes."""
    page = open_page(stored=FULL)
    rows = f"Item,Status,Note,GUID\na,Not answered,,{DRILL}\nb,In place,ask Bo,{VAULT}\nc,,on call,{NIGHT}\n"
    give(page, "a.csv", rows.encode())
    assert "Answers: 0 new, 1 changed, 0 removed. Notes: 0 new, 1 changed, 0 removed." in reply(page, "Merge")
    says(page, 3, 0, 1)
    expect(note(page, DRILL)).to_have_value("drilled in May")
    expect(note(page, VAULT)).to_have_value("ask Ada\nask Bo")
    expect(note(page, NIGHT)).to_have_value("on call")
    give(page, "a.csv", rows.encode())
    assert NONE in reply(page, "Merge")
    expect(note(page, VAULT)).to_have_value("ask Ada\nask Bo")


def test_new_workload_leaves_the_readers_own(open_page: Open) -> None:
    """Answers from elsewhere go into a workload with a name of its own, and that one is shown."""
    page = open_page(stored=FULL)
    for _ in range(2):
        give(page, "Guide - Shop.csv", row(PLAN, "Gap", "new"))
        reply(page, "New workload")
    says(page, 0, 1)
    expect(workload(page).locator("option")).to_have_text(["My workload", "Shop", "Shop (2)"])
    expect(workload(page).locator("option:checked")).to_have_text("Shop (2)")
    assert kept(page)["My workload"] == FULL["workloads"]["1"]["items"]  # type: ignore[index]
    give(page, "a.json", json.dumps({"workload": "Fil<b>ed", "items": [{"guid": PLAN, "status": "Open"}]}).encode())
    reply(page, "New workload")
    expect(workload(page).locator("option:checked")).to_have_text("Fil<b>ed")


def test_replaced_answers_come_back(open_page: Open) -> None:
    """Replace makes the answers those of the file, and Undo makes them what they were, dates and all."""
    page = open_page(stored=FULL)
    give(page, "a.csv", row(PLAN, "Gap", "new"))
    reply(page, "Replace")
    says(page, 0, 1)
    expect(note(page, VAULT)).to_have_value("")
    undo(page)
    says(page, 2, 1, 1)
    assert kept(page) == {"My workload": FULL["workloads"]["1"]["items"]}  # type: ignore[index]


def test_answer_that_stays_keeps_its_day(open_page: Open) -> None:
    """What a file repeats is not answered anew: its day, and that its guidance has changed, stay."""
    page = open_page(stored=stored(**{PLAN: {"s": "g", "n": "x", "t": "2026-01-02", "h": "other"}}))
    for way in ("Merge", "Replace"):
        give(page, "a.csv", row(PLAN, "Gap", "x"))
        assert reply(page, way).count(NONE) == 2
        assert kept(page)["My workload"][PLAN] == {"s": "g", "n": "x", "t": "2026-01-02", "h": "other"}
    expect(page.locator(".guidekit-notice").get_by_role("button")).to_be_hidden()


def test_link_leaves_notes_alone(open_page: Open) -> None:
    """A link has no notes, so neither Merge nor Replace takes any; opened again, it changes nothing."""
    page = open_page("guide/#ck=g7e0631", stored=FULL)
    asked = take_over(page, "Replace")
    assert "Answers: 0 new, 1 changed, 3 removed. Notes: 0 new, 0 changed, 0 removed." in asked
    says(page, 0, 1)
    expect(note(page, NIGHT)).to_have_value("on call")
    page.evaluate("location.hash = 'ck=g7e0631'")
    assert take_over(page, "Merge").count(NONE) == 2


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("i7e0631i78b", "Not usable: 1 (no answer “i78b”)."),
        ("%3Cscript%3E", "Not usable: 1 (no answer “%3Cscript%3E”)."),
        ("g999999", "Not usable: 1 (no item “999999” here)."),
        ("i7e0631g7e0631", "Not usable: 1 (another answer for the same item, of which the last counts)."),
        ("x" * 100_000, f"Not usable: 1 (no answer “{'x' * 40}…”)."),
    ],
)
def test_broken_link_tells_what_is_wrong_with_it(open_page: Open, link: str, told: str) -> None:
    """What a link holds beside answers is told, and the address is clean afterwards, also when one goes back."""
    page = open_page("short/", stored=FULL)
    page.goto(page.url.replace("short/", f"guide/#ck={link}"))
    if link.startswith("i"):
        expect(page.locator(".guidekit-shared")).to_contain_text(told)
        page.get_by_role("button", name="Back to my answers").click()
    else:
        assert told in reply(page, "Close")
    assert kept(page) == {"My workload": FULL["workloads"]["1"]["items"]}  # type: ignore[index]
    assert page.url.endswith("guide/")
    page.go_back()
    page.go_forward()
    says(page, 2, 1, 1)
    expect(page.locator(".guidekit-dialog")).to_be_hidden()


# What was done can be undone


def clear(page: Page) -> None:
    """Clear the guide's answers."""
    press(page, "Clear")
    reply(page, "Clear")


@pytest.mark.parametrize("tool", ["Clear", "Delete"])
def test_slip_of_the_hand_is_undone(open_page: Open, tool: str) -> None:
    """Clear and Delete count what would go, are not done by Enter alone, and are undone by one key."""
    page = open_page(stored=FULL)
    press(page, tool)
    lines = dialog(page).locator("li").all_inner_texts()
    assert lines == ["Answers: 0 new, 0 changed, 4 removed. Notes: 0 new, 0 changed, 3 removed."]
    page.keyboard.press("Enter")
    says(page, 2, 1, 1)
    press(page, tool)
    reply(page, tool)
    says(page, 0, 0)
    page.locator(".guidekit-notice").get_by_role("button", name="Undo").press("Enter")
    says(page, 2, 1, 1)
    expect(page.locator(".guidekit-menu > summary", has_text="More")).to_be_focused()
    assert kept(page) == {"My workload": FULL["workloads"]["1"]["items"]}  # type: ignore[index]


def test_last_state_is_there_after_a_reload(open_page: Open) -> None:
    """What was cleared can be brought back later as well, after a look at what that changes."""
    page = open_page(stored=FULL)
    restore = button(page, "Restore last state")
    expect(restore).to_be_disabled()
    clear(page)
    page.reload()
    expect(page.locator(".guidekit-notice button")).to_be_hidden()
    press(page, "Restore last state")
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    assert "Answers: 4 new, 0 changed, 0 removed. Notes: 3 new, 0 changed, 0 removed." in reply(page, "Restore")
    says(page, 2, 1, 1)


def test_each_of_several_states_can_be_restored(open_page: Open) -> None:
    """Of two workloads that were deleted, the first comes back too, and leaves the others alone."""
    data = {"v": 1, "current": "a", "workloads": {"a": {"name": "Shop", "items": {DRILL: {"s": "i"}}}}}
    data["workloads"] |= {"b": {"name": "Bank", "items": {PLAN: {"s": "g", "n": "x"}}}, "c": {"name": "C", "items": {}}}  # type: ignore[operator]
    page = open_page(stored=data)
    for _ in range(2):
        press(page, "Delete")
        reply(page, "Delete")
    expect(workload(page).locator("option")).to_have_text(["C"])
    press(page, "Restore last state")
    choice = dialog(page).get_by_label("State")
    assert [text.partition(",")[0] for text in choice.locator("option").all_inner_texts()] == [
        "Before “Delete” in “Bank”",
        "Before “Delete” in “Shop”",
    ]
    assert dialog(page).locator("li").inner_text().startswith("Answers: 1 new, 0 changed, 0 removed. Notes: 1 new")
    choice.select_option(index=1)
    assert dialog(page).locator("li").inner_text().startswith("Answers: 1 new, 0 changed, 0 removed. Notes: 0 new")
    reply(page, "Restore")
    expect(workload(page).locator("option:checked")).to_have_text("Shop")
    says(page, 1, 0)
    assert sorted(kept(page)) == ["C", "Shop"]


def test_restoring_loses_nothing_either(open_page: Open) -> None:
    """What was written after Clear comes back when the restored state is given up again."""
    page = open_page(stored=FULL)
    clear(page)
    answer(page, VAULT, "Gap", "written since")
    for shown in ("ask Ada", "written since", "ask Ada"):
        press(page, "Restore last state")
        reply(page, "Restore")
        expect(note(page, VAULT)).to_have_value(shown)


def test_notice_goes_after_ten_seconds_but_not_from_under_the_hand(open_page: Open) -> None:
    """Undo is offered for ten seconds, and for as long as the reader is at it."""
    page = open_page(stored=FULL)
    page.clock.install()
    clear(page)
    told = page.locator(".guidekit-notice").get_by_role("status")
    expect(told).to_have_text("Cleared. Answers: 0 new, 0 changed, 4 removed. Notes: 0 new, 0 changed, 3 removed.")
    page.clock.run_for(9_000)
    button = page.locator(".guidekit-notice").get_by_role("button", name="Undo")
    button.focus()
    page.clock.run_for(20_000)
    expect(button).to_be_focused()
    box(page, DRILL).focus()
    page.clock.run_for(2_000)
    expect(told).to_have_text("")
    expect(button).to_be_hidden()


def test_old_states_are_given_up_one_by_one(open_page: Open) -> None:
    """Ten states are kept; an eleventh takes the place of the oldest, and one that changed nothing takes none."""
    page = open_page()
    for number in range(12):
        answer(page, PLAN, "", f"note {number}")
        clear(page)
    clear(page)
    states = page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}')).kept.map(it => it.items['{PLAN}'].n)")
    assert states == [f"note {number}" for number in range(11, 1, -1)]


# Tabs


def test_tab_keeps_its_workload_while_another_adds_and_deletes(open_page: Open) -> None:
    """What is typed in one tab goes where it began, whatever another tab adds, chooses or deletes meanwhile."""
    one = open_page()
    answer(one, PLAN, "", "begun ")
    note(one, PLAN).press("End")
    other = open_page(beside=one)
    press(other, "Add")
    reply(other, "Add", "Shop")
    answer(other, PLAN, "Gap", "of the shop")
    expect(workload(one).locator("option")).to_have_text(["My workload", "Shop"])
    expect(workload(one).locator("option:checked")).to_have_text("My workload")
    note(one, PLAN).press_sequentially("and ended")
    note(one, PLAN).blur()
    expect(note(other, PLAN)).to_have_value("of the shop")
    expect(note(one, PLAN)).to_have_value("begun and ended")
    assert {name: items[PLAN]["n"] for name, items in kept(one).items()} == {  # type: ignore[index]
        "My workload": "begun and ended",
        "Shop": "of the shop",
    }
    workload(other).select_option("My workload")
    press(other, "Delete")
    reply(other, "Delete")
    expect(one.get_by_role("status").get_by_text("“My workload” was deleted in another tab.")).to_be_visible()
    expect(note(one, PLAN)).to_have_value("begun and ended")
    note(one, PLAN).press_sequentially(", twice")
    note(one, PLAN).blur()
    assert kept(one)["My workload"][PLAN]["n"] == "begun and ended, twice"  # type: ignore[index]
    assert kept(one)["Shop"][PLAN]["n"] == "of the shop"  # type: ignore[index]


def test_tab_has_its_workload_after_a_reload_and_on_the_next_page(open_page: Open) -> None:
    """A reload and another guide show what this tab showed; a new tab shows what was used last."""
    one = open_page()
    box(one, DRILL).check()
    other = open_page(beside=one)
    press(other, "Add")
    reply(other, "Add", "Shop")
    one.reload()
    says(one, 1, 0)
    one.goto(one.url.replace("guide/", "all/"))
    expect(workload(one).locator("option:checked")).to_have_text("My workload")
    expect(workload(open_page(beside=other)).locator("option:checked")).to_have_text("Shop")


def test_tabs_write_into_one_workload_without_a_loss(open_page: Open) -> None:
    """Two tabs that answer and note different items, in turns, keep all of it; Undo in one spares the other."""
    one = open_page()
    other = open_page(beside=one)
    answer(one, DRILL, "In place", "one")
    answer(other, VAULT, "Gap", "other")
    give(one, "a.csv", row(PLAN, "Gap", "new"))
    expect(dialog(one)).to_be_visible()
    answer(other, NIGHT, "In place", "meanwhile")
    reply(one, "Merge")
    answer(other, VAULT, "", "other, since")
    undo(one)
    for page in (one, other):
        for guid, text in {DRILL: "one", VAULT: "other, since", NIGHT: "meanwhile", PLAN: ""}.items():
            expect(note(page, guid)).to_have_value(text)


def test_tab_that_writes_over_another_loses_nothing(open_page: Open) -> None:
    """A tab that has not heard yet what another saved writes over it; the other then does again what it did."""
    one = open_page()
    answer(one, DRILL, "Gap", "first")
    answer(one, NIGHT, "Gap")
    other = open_page(beside=one)
    late = """key => {
        const { getItem, setItem } = Storage.prototype, old = localStorage.getItem(key);
        let heard = false;
        Storage.prototype.getItem = function (name) { return name === key && !heard ? old : getItem.call(this, name); };
        Storage.prototype.setItem = function (...pair) { heard ||= this === localStorage; setItem.apply(this, pair); };
    }"""
    other.evaluate(late, KEY)
    answer(one, DRILL, "In place", "second")
    answer(one, NIGHT, "In place")
    give(one, "Guide - Shop.csv", row(PLAN, "Gap", "new"))
    reply(one, "Merge")
    give(one, "Guide - Shop.csv", row(PLAN, "Gap", "new"))
    reply(one, "New workload")
    answer(other, NIGHT, "Not required")
    expect(workload(other).locator("option")).to_have_text(["My workload", "Shop"])
    expect(note(other, DRILL)).to_have_value("second")
    expect(note(other, PLAN)).to_have_value("new")
    expect(entry(other, NIGHT).get_by_label("Not required", exact=True)).to_be_checked()
    expect(workload(one).locator("option:checked")).to_have_text("Shop")
    press(one, "Restore last state")
    assert "Before “Merge”" in dialog(one).locator("option").first.inner_text()


def test_workload_that_is_missing_is_no_loss(open_page: Open) -> None:
    """A store that names a workload which it does not have, or holds something odd, still gives its workloads."""
    data = {**FULL, "current": "gone", "kept": [None, 3], "more": 1}
    data["workloads"] = {"x": None, "y": 3, **FULL["workloads"]}  # type: ignore[dict-item]
    page = open_page(stored=data)
    says(page, 2, 1, 1)
    box(page, VAULT).check()
    assert kept(page)["My workload"][DRILL]["n"] == "drilled in May"  # type: ignore[index]


def test_two_answers_for_a_retired_and_a_new_item_become_one(open_page: Open) -> None:
    """Where a reader has notes under an old GUID and under the one that took its place, both stay."""
    page = open_page(stored=stored(**{OLD: {"s": "g", "n": "of old"}, VAULT: {"s": "i", "n": "of new"}}))
    expect(note(page, VAULT)).to_have_value("of new\nof old")
    expect(box(page, VAULT)).to_be_checked()


# What is seen


def test_closed_item_shows_that_it_has_a_note(open_page: Open) -> None:
    """The line of a closed item tells owner, date and evidence, and begins its note."""
    page = open_page(stored=stored(**{VAULT: {"n": "ask Ada about 🔑 " + "🔑" * 60}, PLAN: {"s": "g"}}))
    told = page.locator(".guidekit-item__told")
    assert told.all_inner_texts() == ["Note: ask Ada about 🔑 " + "🔑" * 44 + "…", "", "", ""]
    expect(entry(page, VAULT).locator("summary")).to_contain_text("Note: ask Ada")
    answer(page, VAULT, "", "short")
    opened(page, VAULT).get_by_label("Owner").fill("Bo")
    opened(page, VAULT).get_by_label("Due").fill("2027-01-31")
    opened(page, VAULT).get_by_label("Evidence").fill("wiki/drill")
    entry(page, VAULT).locator("summary").click()
    expect(entry(page, VAULT).locator(told)).to_have_text("Bo · due Jan 31, 2027 · evidence: wiki/drill · Note: short")


def test_filter_follows_every_change(open_page: Open) -> None:
    """Items come and go with what is answered beside the guidance, in another tab, by a file, Undo and a workload."""
    page = open_page(stored=stored(**{DRILL: {"s": "i"}}))
    shown = page.locator(".guidekit-item:visible")
    show(page, "Not answered")
    expect(shown).to_have_count(3)
    beside(page, VAULT).select_option("In place")
    expect(shown).to_have_count(2)
    box(open_page(beside=page), PLAN).check()
    expect(shown).to_have_count(1)
    give(page, "a.csv", row(NIGHT, "In place"))
    reply(page, "Replace")
    expect(shown).to_have_count(3)
    undo(page)
    expect(shown).to_have_count(1)
    press(page, "Add")
    reply(page, "Add", "Shop")
    expect(shown).to_have_count(4)
    workload(page).select_option("My workload")
    expect(shown).to_have_count(1)


@pytest.mark.parametrize("way", ["key", "pointer"])
def test_item_that_is_left_follows_the_filter(open_page: Open, way: str) -> None:
    """The item under the hand stays until the focus leaves it, and what is clicked next is what one aimed at."""
    page = open_page()
    show(page, "Not answered")
    box(page, VAULT).check()
    expect(box(page, VAULT)).to_be_focused()
    if way == "key":
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(box(page, NIGHT)).to_be_focused()
    else:
        box(page, NIGHT).click()
        expect(box(page, NIGHT)).to_be_checked()
    expect(entry(page, VAULT)).to_be_hidden()
    expect(entry(page, NIGHT)).to_be_visible()


# Files that others wrote


TRICKY = ("🔑 plan 𝒳 é", "_x0041_ and _x005F_", "a\tb\n c ", "'=1+1", "<b>&amp;\"'", "\x0b\x01", "]]>&#65;")


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("tool", ["Excel", "CSV", "JSON"])
def test_export_comes_back_as_it_was(open_page: Open, tool: str, text: str) -> None:
    """A note with characters of any kind is the same after an export and an import."""
    page = open_page(stored=stored(**{VAULT: {"s": "g", "n": text}}))
    name, content = download(page, tool)
    clear(page)
    give(page, name, content)
    reply(page, "Take over")
    assert kept(page)["My workload"][VAULT]["n"] == text  # type: ignore[index]


def test_any_note_comes_back_from_every_format(open_page: Open) -> None:
    """Whatever people write in a note, each format writes it so that it is read again."""
    page = open_page(stored=FULL)
    script = """async ({ tool, n, guid }) => {
        const { write, read } = customElements.get("guidekit-checklist").files;
        const line = n.replace(/[\\r\\n]/g, " ").trim();
        const row = { s: "g", n, o: line, d: "2027-01-31", e: line, t: "", guid, severity: "High", statement: "A [b](c)", url: `u/#${guid}` };
        const [end, , content] = await write[tool]([row, { ...row, guid: "x" }], "T", "W", "told");
        const { answers } = await read(new File([content], "a" + end), "T");
        return answers.map((it) => [it.guid, it.s, it.n, (it.o ?? "").trim() === line && (it.e ?? "").trim() === line, it.d]);
    }"""
    page.wait_for_function("customElements.get('guidekit-checklist').files")
    written = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40)

    @settings(max_examples=60)
    @given(
        written | st.text("_x0ADF=+-@'\",;\n>#[] ", max_size=20), st.sampled_from(["CSV", "JSON", "Excel", "Markdown"])
    )
    @example("a\u2028b", "Markdown")
    @example("- Owner: x", "Markdown")
    @example("<a> \\*", "Markdown")
    def holds(text: str, tool: str) -> None:
        text = text.strip() if tool == "Markdown" else text
        expected = [VAULT, "g", page.evaluate("text => text.trim()", text) if tool == "Markdown" else text]
        expected += [True, "2027-01-31"]
        assert page.evaluate(script, {"tool": tool, "n": text, "guid": VAULT})[0] == expected

    holds()


def filled(content: bytes, answers: dict[str, tuple[str, object]]) -> bytes:
    """Fill a workbook in with openpyxl, by GUID, and save it as that writes it: other parts, references, deflated."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    for cells in sheet.iter_rows(min_row=2):
        if answer := answers.get(cells[names.index("GUID")].value):
            cells[names.index("Status")].value, cells[names.index("Note")].value = answer
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_shared_strings(content: bytes) -> bytes:
    """Write a workbook anew as Excel does, with its texts in a part of their own."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)):
            sheet.write_row(at, 0, cells)
    assert "xl/sharedStrings.xml" in zipfile.ZipFile(saved).namelist()
    return saved.getvalue()


@pytest.mark.parametrize("shared", [False, True])
def test_exported_workbook_comes_back_filled_in(open_page: Open, shared: bool) -> None:
    """The workbook that a reader has filled in elsewhere is imported, with all that Excel's format can do to a text."""
    page = open_page()
    _, content = download(page, "Excel")
    answers: dict[str, tuple[str, object]] = {
        DRILL: ("In place", "🔑 drilled\nin May"),
        VAULT: ("gap ", "_x0041_"),
        NIGHT: ("N/A", 42),
    }
    content = filled(content, answers)
    content = with_shared_strings(content) if shared else content
    give(page, "Guide - Shop.xlsx", content)
    assert reply(page, "Take over").startswith("Guide - Shop.xlsx carries 3 answers and 3 notes for this guide.")
    says(page, 1, 1, 1)
    expect(note(page, DRILL)).to_have_value("🔑 drilled\nin May")
    expect(note(page, NIGHT)).to_have_value("42")


@pytest.mark.parametrize("name", ["checklist.xlsx", "checklist.csv", "checklist.md"])
def test_published_file_comes_back_filled_in(open_page: Open, checklist_site: Path, name: str) -> None:
    """The workbook, the table and the tasks that are published beside the guide are imported as well, once filled in."""
    content = (checklist_site / "guide" / name).read_bytes()
    if name.endswith(".xlsx"):
        content = filled(content, {VAULT: ("Fulfilled", "in a vault"), PLAN: ("Open", "")})
    else:
        lines = content.decode().splitlines()
        (at,) = (at for at, line in enumerate(lines) if VAULT in line)
        lines[at] = (
            lines[at]
            .replace('"Not verified","","","",""', '"Fulfilled","Ada","2027-01-31","","in a vault"')
            .replace("- [ ]", "- [x]")
        )
        lines[at] += "\n  > in a vault" * name.endswith(".md")
        content = "\r\n".join(lines).encode()
    page = open_page(stored=stored(**{NIGHT: {"s": "i"}}))
    give(page, name, content)
    assert "Not usable" not in reply(page, "Merge")
    expect(box(page, VAULT)).to_be_checked()
    expect(box(page, NIGHT)).to_be_checked()
    expect(note(page, VAULT)).to_have_value("in a vault")


def test_workbook_of_another_making_is_understood(open_page: Open) -> None:
    """Rows above the header, another sheet before it, gaps between cells, rich text and formulas do not matter."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet("Cover").write(0, 0, "Nothing here")
        sheet = book.add_worksheet("Answers")
        bold = book.add_format({"bold": True})
        sheet.write_row(3, 2, ["GUID", "", "Note", "STATUS"])
        sheet.write(5, 2, VAULT.upper())
        sheet.write_rich_string(5, 4, "a ", bold, "bold 🔑", " end")
        sheet.write_formula(5, 5, '="In "&"place"', None, "In place")
    page = open_page()
    give(page, "a.xlsx", data.getvalue())
    reply(page, "Take over")
    expect(box(page, VAULT)).to_be_checked()
    expect(note(page, VAULT)).to_have_value("a bold 🔑 end")


def workbook(sheet: str, **parts: str) -> bytes:
    """Write a workbook with a sheet's XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" r:id="i"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="i" Target="/xl/sheet.xml"/></Relationships>'
        )
        file.writestr("xl/sheet.xml", sheet)
        for name, text in parts.items():
            file.writestr(f"xl/{name}.xml", text)
    return data.getvalue()


HEADER = '<row><c t="str"><v>GUID</v></c><c t="str"><v>Status</v></c><c t="str"><v>Note</v></c></row>'


def sheet(note: str, head: str = "") -> str:
    """Write a sheet with one answer."""
    cells = f'<c t="str"><v>{VAULT}</v></c><c t="str"><v>Gap</v></c><c t="inlineStr"><is>{note}</is></c>'
    return f"{head}<worksheet><sheetData>{HEADER}<row>{cells}</row></sheetData></worksheet>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<t>&#x1F511;&#128273;</t>", "🔑🔑"),
        ("<t>_xD83D__xDD11_ _x005F_x0041_ _x000D_\n</t>", "🔑 _x0041_ \n"),
        ("<r><t>a</t></r><r><t xml:space='preserve'> b</t></r><rPh><t>ruby</t></rPh>", "a b"),
        ("<t><![CDATA[<script>]]></t>", "<script>"),
    ],
)
def test_text_of_a_cell_is_read_as_excel_means_it(open_page: Open, text: str, expected: str) -> None:
    """Entities, surrogates, Excel's own escapes, rich text and ruby are understood."""
    page = open_page()
    give(page, "a.xlsx", workbook(sheet(text)))
    reply(page, "Take over")
    assert kept(page)["My workload"][VAULT]["n"] == expected  # type: ignore[index]


def hostile() -> dict[str, bytes]:
    """Make files that would cost a careless reader dearly."""
    entities = '<!DOCTYPE a [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return {
        "bomb.xlsx": workbook(sheet("<t>a</t>") + " " * 60_000_000),
        "entities.xlsx": workbook(sheet("<t>&b;</t>", entities)),
        "broken.xlsx": workbook("<worksheet><row><c>"),
        "cut.xlsx": workbook(sheet("<t>a</t>"))[:-30],
        "quotes.csv": b'"a' * 1_000_000,
        "deep.json": b'{"items":' + b"[" * 100_000,
        "tasks.md": b"- [ ] " + b"#" * 200_000,
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_file_is_refused(open_page: Open, name: str) -> None:
    """What unfolds without end, is cut off or is never closed is told as unusable, and nothing changes."""
    page = open_page(stored=FULL)
    give(page, name, hostile()[name])
    asked = reply(page, "Close")
    assert asked.startswith((f"{name} is no export", f"{name} carries 0 answers and 0 notes")), asked
    assert kept(page) == {"My workload": FULL["workloads"]["1"]["items"]}  # type: ignore[index]


def test_cells_beyond_the_last_column_cost_nothing(open_page: Open) -> None:
    """A reference to a column that no sheet has is no reference: room is not made for all the cells before it."""
    far = "".join(f'<row><c r="ZZZZZ{number}"><v>1</v></c></row>' for number in range(10, 1000))
    page = open_page()
    give(page, "a.xlsx", workbook(sheet("<t>a</t>").replace("</sheetData>", f"{far}</sheetData>")))
    reply(page, "Take over")
    expect(note(page, VAULT)).to_have_value("a")


def test_large_file_is_not_even_read(open_page: Open) -> None:
    """A file of more than 5 MB is refused with this reason."""
    page = open_page(stored=FULL)
    give(page, "a.csv", row(PLAN, "Gap") + b"x" * 5_000_000)
    assert reply(page, "Close") == "a.csv is larger than 5 MB: nothing in it can be used."


@pytest.mark.parametrize(
    "content",
    [
        f'sep=;\r\nItem;Status;Note;GUID\r\nx;Gap;"Zoë\r\nand ""Bo""";{VAULT}\r\n'.encode("utf-8-sig"),
        f'Item;Status;Note;GUID\nx;Gap;"Zoë\nand ""Bo""";{VAULT}'.encode("windows-1252"),
        f'\ufeffItem\tStatus\tNote\tGUID\r\nx\tGap\t"Zoë\r\nand ""Bo"""\t{VAULT}\r\n'.encode("utf-16-le"),
        f'"Note","guid","status"\r"Zoë\rand ""Bo""","{VAULT}","Open"\r'.encode(),
    ],
)
def test_csv_of_any_spreadsheet_is_read(open_page: Open, content: bytes) -> None:
    """Separators, encodings, byte order marks, line ends and quoted line feeds of other programs are understood."""
    page = open_page()
    give(page, "a.csv", content)
    reply(page, "Take over")
    expect(note(page, VAULT)).to_have_value('Zoë\nand "Bo"')
    expect(entry(page, VAULT).get_by_label("Gap", exact=True)).to_be_checked()


def test_what_is_not_for_this_guide_is_told(open_page: Open) -> None:
    """Rows of other guides, without a GUID, given twice or cut off are told; blank ones carry nothing."""
    page = open_page(stored=FULL)
    rows = (
        f"Item,Status,Note,GUID\n,,,\nb,Gap,,9999\nc,Gap,,\nd,Not answered,,8888\ne,Gap,,{PLAN}\nf,In place,,{PLAN}\n"
    )
    give(page, "a.csv", (rows + f'g,,"x,{VAULT}\n').encode())
    asked = reply(page, "Cancel")
    assert asked.startswith("a.csv carries 1 answer and 0 notes for this guide.")
    assert "Not usable: 5 (the file ends within a cell; no item “9999” here; no item “” here; another answer" in asked
    items = [{"guid": f"{number:08}-0000", "status": "Open", "comments": "x"} for number in range(9)]
    give(page, "other.json", json.dumps({"items": items}).encode())
    asked = reply(page, "Close")
    assert asked.startswith(
        "other.json carries 0 answers and 0 notes for this guide.\nNot usable: 9 (no item “00000000"
    )
    assert asked.endswith("; …).")


def test_unknown_status_loses_no_note(open_page: Open) -> None:
    """Where a status is not understood, that is told, and the note beside it is taken."""
    page = open_page()
    give(page, "a.csv", row(VAULT, "Perhaps", "look here"))
    assert "Not usable: 1 (no status “Perhaps”)." in reply(page, "Take over")
    expect(note(page, VAULT)).to_have_value("look here")


def test_content_of_files_never_runs_and_changes_no_prototype(open_page: Open) -> None:
    """Markup in names, notes and statuses stays text, and keys with a meaning in JavaScript mean nothing."""
    page = open_page()
    evil = "<img src=x onerror='window.ran = 1'>"
    items = [
        {"guid": VAULT, "status": {"name": "Open"}, "comments": evil},
        {"guid": "__proto__", "status": evil, "comments": {"toString": 1}},
        {"guid": "constructor", "status": {"name": "__proto__"}, "comments": "x"},
    ]
    text = json.dumps({"items": items[:1] + items[2:], "workload": evil}).replace(
        '"items"', '"__proto__":{"s":"i"},"items"'
    )
    give(page, f"{evil}.json", text.encode())
    assert "no item “constructor” here" in reply(page, "Take over")
    give(page, "a.json", json.dumps({"items": items}).encode())
    reply(page, "Close")
    give(page, "a.csv", row("__proto__", evil, evil))
    reply(page, "Close")
    press(page, "Delete")
    reply(page, "Delete")
    press(page, "Restore last state")
    reply(page, "Restore")
    expect(note(page, VAULT)).to_have_value(evil)
    assert page.evaluate(
        "[window.ran, ({}).s, ({}).n, document.querySelectorAll('guidekit-checklist img').length]"
    ) == [
        None,
        None,
        None,
        0,
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\n=1", "''=1", "'=1"])
def test_csv_has_no_formula(open_page: Open, text: str) -> None:
    """What a spreadsheet would take for a formula has an apostrophe before it, and is what it was when it is imported."""
    page = open_page(stored=stored(**{VAULT: {"s": "g", "n": text}}))
    name, content = download(page, "CSV")
    assert f'"\'{text}"' in content.decode()
    clear(page)
    give(page, name, content)
    reply(page, "Take over")
    expect(note(page, VAULT)).to_have_value(text)


# A browser without room, without storage, without a network


LIMITED = """
    window.room = 1e9;
    const own = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
        if (key.includes("guidekit") && this === localStorage && value.length > window.room)
            throw new DOMException("full", "QuotaExceededError");
        return own.call(this, key, value);
    };
"""


def test_full_browser_loses_nothing_to_a_replacement(open_page: Open) -> None:
    """Where there is no room to keep what would go, nothing is done, and that is told."""
    page = open_page(stored=FULL, before=LIMITED)
    before = page.evaluate(f"localStorage.getItem('{KEY}')")
    page.evaluate("window.room = 500")
    for way in ("Replace", "Merge", "New workload"):
        give(page, "a.csv", row(PLAN, "Gap", "new " * 100))
        reply(page, way)
        expect(page.get_by_role("status").get_by_text("There is no room left")).to_be_visible()
        says(page, 2, 1, 1)
        assert page.evaluate(f"localStorage.getItem('{KEY}')") == before
    expect(button(page, "Restore last state")).to_be_disabled()


def test_full_browser_gives_up_the_oldest_states_first(open_page: Open) -> None:
    """For what is typed, old states make room; the last one stays, and where even that helps not, the page tells."""
    page = open_page(before=LIMITED)
    for text in ("first", "second"):
        answer(page, PLAN, "", text * 40)
        clear(page)
    page.evaluate(f"window.room = localStorage.getItem('{KEY}').length")
    answer(page, DRILL, "", "x" * 200)
    assert kept(page)["My workload"][DRILL]["n"] == "x" * 200  # type: ignore[index]
    states = page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}')).kept.map(it => it.items['{PLAN}'].n)")
    assert states == ["second" * 40]
    answer(page, DRILL, "", "x" * 1000)
    expect(page.get_by_role("status").get_by_text("this browser does not keep them")).to_be_visible()
    expect(note(page, DRILL)).to_have_value("x" * 1000)


def test_answers_are_kept_again_when_there_is_room(open_page: Open) -> None:
    """What was written while there was no room is saved once there is, but not over what another tab has saved."""
    page = open_page(stored=FULL, before=LIMITED)
    lost = page.locator(".guidekit-checklist__privacy").get_by_text("this browser does not keep them")
    for text in ("first", "second"):
        page.evaluate("window.room = 10")
        answer(page, PLAN, "", text)
        expect(lost).to_be_visible()
        page.evaluate("window.room = 1e9")
        answer(page, DRILL, "", f"{text}, too")
        expect(lost).to_be_hidden()
        expect(page.get_by_text("Your answers stay in this browser.")).to_be_visible()
        notes = {guid: item.get("n") for guid, item in kept(page)["My workload"].items()}  # type: ignore[attr-defined]
        assert (notes[PLAN], notes[DRILL]) == (text, f"{text}, too")
    page.evaluate("window.room = 10")
    answer(page, PLAN, "", "third")
    page.evaluate("window.room = 1e9")
    answer(open_page(beside=page), NIGHT, "", "of another tab")
    answer(page, DRILL, "", "third, too")
    expect(lost).to_be_visible()
    assert kept(page)["My workload"][NIGHT]["n"] == "of another tab"  # type: ignore[index]
    expect(note(page, PLAN)).to_have_value("third")


@pytest.mark.parametrize("name", ["SecurityError", "QuotaExceededError"])
def test_browser_that_writes_nothing_takes_a_file_in(open_page: Open, name: str) -> None:
    """Where nothing can be written at all, answers from a file are there for as long as the page is open."""
    throws = f"const own = Storage.prototype.setItem; Storage.prototype.setItem = function (key, ...rest) {{ if (key.includes('guidekit')) throw new DOMException('no', '{name}'); return own.call(this, key, ...rest); }}"
    page = open_page(before=throws)
    if name == "QuotaExceededError":
        box(page, DRILL).check()
    give(page, "a.csv", row(PLAN, "Gap", "new"))
    reply(page, "Replace" if name == "QuotaExceededError" else "Take over")
    expect(note(page, PLAN)).to_have_value("new")
    undo(page)
    expect(note(page, PLAN)).to_have_value("")


def test_blocked_storage_still_takes_in_and_undoes(open_page: Open) -> None:
    """With storage blocked, of the tab as well, import, merge, undo and workloads work for as long as the page is open."""
    throws = "for (const name of ['getItem', 'setItem']) { const own = Storage.prototype[name]; Storage.prototype[name] = function (key, ...rest) { if (key.includes('guidekit')) throw new DOMException('no'); return own.call(this, key, ...rest); }; }"
    page = open_page(before=throws)
    answer(page, VAULT, "Gap", "mine")
    give(page, "a.csv", row(VAULT, "In place", "theirs"))
    reply(page, "Merge")
    expect(note(page, VAULT)).to_have_value("mine\ntheirs")
    undo(page)
    expect(note(page, VAULT)).to_have_value("mine")
    press(page, "Delete")
    reply(page, "Delete")
    says(page, 0, 0)
    undo(page)
    expect(note(page, VAULT)).to_have_value("mine")


def test_answers_can_be_saved_when_the_network_goes(open_page: Open) -> None:
    """What writes files is loaded with the first answer; where it could not be, that is told and tried again."""
    page = open_page("short/")
    page.route("**/checklist-tools.min.js", lambda route: route.abort())
    press(page, "CSV")
    expect(page.get_by_role("status").get_by_text("is not loaded")).to_be_visible()
    page.unroute("**/checklist-tools.min.js")
    assert b"Backups are in a vault" in download(page, "CSV")[1]
    page = open_page("short/")
    with page.expect_response("**/checklist-tools.min.js"):
        box(page, VAULT).check()
    page.wait_for_function("customElements.get('guidekit-checklist').files")
    page.context.set_offline(True)
    assert b"- [x]" in download(page, "Markdown")[1]


def test_link_is_not_lost_when_the_network_goes(open_page: Open) -> None:
    """Where what takes answers in could not be loaded, the link stays in the address until it is read."""
    page = open_page("all/", stored=FULL)
    page.route("**/checklist-tools.min.js", lambda route: route.abort())
    page.goto(page.url.replace("all/", "guide/#ck=g7e0631"))
    expect(page.get_by_role("status").get_by_text("is not loaded")).to_be_visible()
    assert page.url.endswith("#ck=g7e0631")
    page.unroute("**/checklist-tools.min.js")
    page.reload()
    take_over(page, "Merge")
    says(page, 1, 2, 1)
    assert page.url.endswith("guide/")


@pytest.mark.usefixtures("checklist_address")
def test_files_work_on_pages_from_the_disk(browser: Browser, checklist_site: Path) -> None:
    """From file://, answers are kept, and a workbook goes out and comes in."""
    page = browser.new_page()
    page.goto((checklist_site / "guide/index.html").as_uri())
    answer(page, VAULT, "Gap", "🔑")
    name, content = download(page, "Excel")
    clear(page)
    page.reload()
    give(page, name, filled(content, {PLAN: ("In place", "")}))
    reply(page, "Take over")
    says(page, 1, 1)
    expect(note(page, VAULT)).to_have_value("🔑")
    page.close()


def test_leaving_is_asked_where_answers_would_be_lost(open_page: Open) -> None:
    """Where the browser keeps nothing, the page says so with the first answer, and asks before it is left."""
    throws = "const own = Storage.prototype.setItem; Storage.prototype.setItem = function (key, ...rest) { if (key.includes('guidekit')) throw new DOMException('no'); return own.call(this, key, ...rest); }"
    page = open_page(before=throws)
    expect(page.locator(".guidekit-notice").get_by_role("status")).to_have_text("")
    box(page, VAULT).check()
    expect(page.locator(".guidekit-notice").get_by_role("status")).to_contain_text("this browser does not keep them")
    asked: list[str] = []
    page.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    page.reload()
    assert asked == ["beforeunload"]


def test_typing_costs_the_same_with_many_workloads(open_page: Open) -> None:
    """A key takes no longer with two hundred workloads than with one, a fifth at most."""
    answers = {guid: {"s": "g", "n": "n" * 200} for guid in (DRILL, VAULT, PLAN, NIGHT)}
    measure = """guid => {
        const area = document.querySelector(`li[data-guid='${guid}'] textarea`), times = [];
        area.closest("details").open = true;
        area.focus();
        for (let round = 0; round < 9; round += 1) {
            const start = performance.now();
            for (let key = 0; key < 200; key += 1) document.execCommand("insertText", false, "x");
            times.push(performance.now() - start);
            area.value = "";
        }
        return Math.min(...times);
    }"""
    one = open_page(stored=stored(**answers))
    many = stored(**answers)
    many["workloads"] = {str(number): {"name": f"W{number}", "items": answers} for number in range(1, 201)}
    other = open_page(stored=many)
    costs = [min(page.evaluate(measure, VAULT) for _ in range(3)) for page in (one, other)]
    assert costs[1] <= 1.2 * costs[0] + 5, costs


def test_name_that_is_taken_is_answered(open_page: Open) -> None:
    """A workload whose name another has, in whatever letters, gets a number, and that is told."""
    page = open_page()
    press(page, "Add")
    reply(page, "Add", " my WORKLOAD ")
    expect(page.get_by_role("status").get_by_text("This one is called “my WORKLOAD (2)”.")).to_be_visible()


def test_name_of_the_workload_is_in_the_file(open_page: Open) -> None:
    """Exported Markdown and JSON bring the workload's name along, whatever the file is called."""
    page = open_page(stored=FULL)
    for tool in ("Markdown", "JSON"):
        name, content = download(page, tool)
        give(page, f"x{Path(name).suffix}", content)
        reply(page, "New workload")
        expect(workload(page).locator("option:checked")).to_have_text(
            f"My workload ({'2' if tool == 'Markdown' else '3'})"
        )
        workload(page).select_option("My workload")


# For everybody


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_and_notices_have_no_accessibility_faults(open_page: Open, width: int, scheme: str) -> None:
    """Axe finds nothing in the review of a file, the choice of a state and the notice; all fits, and nothing moves."""
    page = open_page(width=width, stored=FULL)
    page.evaluate(
        "scheme => { document.body.dataset.mdColorScheme = scheme }", "slate" if scheme == "dark" else "default"
    )
    give(page, "a.csv", row(PLAN, "Perhaps", "new"))
    assert violations(page, LEVELS, ".guidekit-dialog") == []
    assert dialog(page).evaluate("it => it.scrollWidth <= it.clientWidth")
    buttons = dialog(page).get_by_role("button").filter(visible=True)
    assert min(min(size["width"], size["height"]) for it in buttons.all() if (size := it.bounding_box())) >= 24
    reply(page, "Replace")
    expect(page.locator(".guidekit-notice button")).to_be_visible()
    heights = "[0, 1].map(at => { document.querySelector('.guidekit-notice').hidden = !at; return document.body.scrollHeight })"
    assert len(set(page.evaluate(heights))) == 1
    page.evaluate("document.querySelector('.guidekit-notice').hidden = true")
    page.evaluate("scrollTo(0, 0)")  # what the notice covers, or the bar above what is scrolled, is no fault
    assert violations(page, LEVELS, "guidekit-checklist") == []
    page.evaluate("document.querySelector('.guidekit-notice').hidden = false")
    assert violations(page, COLORS, ".guidekit-notice") == []
    press(page, "Restore last state")
    assert violations(page, LEVELS, ".guidekit-dialog") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keyboard_takes_a_file_in_and_undoes_it(open_page: Open) -> None:
    """From Import to Undo, Tab and Enter are enough, and the focus is always at what comes next."""
    page = open_page(stored=FULL)
    page.on("filechooser", lambda _: None)  # a key is faster than Playwright, which has to catch the dialog
    says(page, 2, 1, 1)
    tools = page.get_by_role("group", name="Save and share")
    tools.get_by_role("button", name="Import").focus()
    with page.expect_file_chooser() as caught:
        page.keyboard.press("Enter")
    caught.value.set_files([{"name": "a.csv", "mimeType": "text/csv", "buffer": row(PLAN, "Gap", "new")}])
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(dialog(page).get_by_role("button", name="Replace")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tools.get_by_role("button", name="Import")).to_be_focused()
    expect(page.get_by_role("status").get_by_text("Replaced.")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Space")
    expect(tools.get_by_role("button", name="Import")).to_be_focused()
    says(page, 2, 1, 1)
    tools.locator("summary", has_text="More").focus()
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Delete workload")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(tools.locator("summary", has_text="More")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Restore last state")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    says(page, 0, 0)
    expect(tools.locator("summary", has_text="More")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Restore last state")).to_be_visible()
    page.keyboard.press("Escape")
    expect(tools.locator("summary", has_text="More")).to_be_focused()
    expect(page.get_by_role("button", name="Restore last state")).to_be_hidden()


def test_dialog_is_read_with_its_counts(open_page: Open) -> None:
    """The dialog's name is the question, and its description tells the counts; blank names are not taken."""
    page = open_page(stored=FULL)
    press(page, "Clear")
    expect(
        page.get_by_role("dialog", name="Clear the answers and notes of “My workload” for this guide?")
    ).to_be_visible()
    expect(dialog(page)).to_have_accessible_description(
        "Answers: 0 new, 0 changed, 4 removed. Notes: 0 new, 0 changed, 3 removed."
    )
    reply(page, "Cancel")
    press(page, "Add")
    expect(dialog(page).get_by_label("Name")).to_be_focused()
    page.keyboard.type("  ")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    page.keyboard.type("My workload")
    page.keyboard.press("Enter")
    expect(workload(page).locator("option:checked")).to_have_text("My workload (2)")
