"""Items taken in from files, and written to them: nothing changes by itself, and nothing wrong gets in."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_new import NEW, OLD, PLAN, TEST, TODAY, findings, run, texts

from guidekit.authoring import RefusedError, item_import, sheet
from guidekit.exports import catalogue
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.settings import Settings

ContentSet = Callable[[dict[str, str | bytes]], Path]

PAGE = (
    "---\r\ntitle: Guide\r\ndescription: A guide.\r\nms.custom: Is it done?\r\n---\r\n# Guide\r\n\r\nText.\r\n\r\n"
    f"<!-- Plan -->\r\n[!include[{PLAN}](../includes/{PLAN}.md)]\r\n\r\n"
    f"> <!--Test-->\r\n> [!include[{TEST}](../includes/{TEST}.md)]\r\n"
)
BODY = f"## Heading\n\n{'word ' * 20}\n"
HEADER = f"---\n# kept\nms.uid: {PLAN} # kept\nms.assessment_question: >-\n  Plan\nwaf: 'Security' # kept\n---\n"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": f"docs_dir: content\nplugins:\n  - guidekit:\n      aliases: {{{OLD}: {TEST}}}\n",
    "content/guide.md": PAGE,
    "content/other.md": PAGE.partition("> ")[0].replace("Guide", "Other"),
    f"includes/{PLAN}.md": HEADER + BODY,
    f"includes/{TEST}.md": BODY,
}
COLUMNS = ("GUID", "Item", "Severity", "Pillar", "Service")
SAME = ((PLAN, "Plan", "Medium", "Security", ""), (TEST, "Test", "", "", ""))


def as_csv(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Write rows as CSV."""
    text = StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def as_json(*rows: tuple[str, ...]) -> bytes:
    """Write rows in the format of the Azure review checklists."""
    keys = ("guid", "text", "severity", "waf", "service")
    return json.dumps({"items": [dict(zip(keys, row, strict=True)) for row in rows]}).encode()


def as_xlsx(*rows: tuple[object, ...]) -> bytes:
    """Write rows as a workbook."""
    book = openpyxl.Workbook()
    for row in [COLUMNS, *rows]:
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("ending", "write"), [("csv", as_csv), ("json", as_json), ("xlsx", as_xlsx)])
def test_only_what_differs_is_changed(content_set: ContentSet, ending: str, write: Callable[..., bytes]) -> None:
    """Header and comments get the new values, all other bytes stay, and a second time nothing changes."""
    rows = ((PLAN.upper(), "Plan: tested", "high", "", "Azure Backup"), (TEST, "Test", "Medium", "cost", ""))
    root = content_set({**FILES, f"in.{ending}": write(*rows)})
    before = texts(root)
    result = run(root, "import", f"in.{ending}")
    assert (result.exit_code, result.stderr) == (0, "0 added, 2 changed, 0 as before, 0 vanished\n")
    expected = {
        **before,
        "content/guide.md": PAGE.replace("<!-- Plan -->", "<!-- Plan: tested -->").encode(),
        "content/other.md": before["content/other.md"].replace(b"<!-- Plan -->", b"<!-- Plan: tested -->"),
        f"includes/{PLAN}.md": (
            HEADER.replace(">-\n  Plan\n", '"Plan: tested"\nseverity: High\n').replace(
                "# kept\n---", "# kept\nservice: Azure Backup\n---"
            )
            + BODY
        ).encode(),
        f"includes/{TEST}.md": f"---\nwaf: Cost\n---\n\n{BODY}".encode(),
    }
    assert texts(root) == expected
    assert run(root, "import", f"in.{ending}").stderr == "0 added, 0 changed, 2 as before, 0 vanished\n"
    assert texts(root) == expected


def test_new_item_needs_a_guide(content_set: ContentSet) -> None:
    """Without --guide a new item is named and the exit code is 1; with it, the item is put there, and once only."""
    root = content_set({**FILES, "in.csv": as_csv(*SAME, (NEW, "New: one", "Low", "Cost", "Azure SQL"))})
    before = texts(root)
    waiting = run(root, "import", "in.csv")
    assert (waiting.exit_code, waiting.stdout) == (1, "")
    assert waiting.stderr.startswith(f"row 4: '{NEW}' is new, and not added: name its page with --guide\n")
    assert texts(root) == before
    found = findings(root)
    added = run(root, "import", "in.csv", "--guide", "content/other.md", "--date", "11/25/2026")
    assert (added.exit_code, added.stdout) == (0, f"wrote includes/{NEW}.md\nchanged content/other.md\n")
    assert "service: Azure SQL\n" in (root / f"includes/{NEW}.md").read_text()
    assert [code for code in findings(root) if code not in found] == [f"includes/{NEW}.md guidance-empty"]
    assert run(root, "import", "in.csv").stderr == "0 added, 0 changed, 3 as before, 0 vanished\n"


def test_services_come_back_as_names(content_set: ContentSet) -> None:
    """Labels and names become the declared names; one service is a text, several are a list, and the same are left alone."""
    settings = (
        "docs_dir: content\nplugins:\n  - guidekit:\n      services: {aks: Kubernetes, vm: 'Machines, virtual'}\n"
    )
    rows = ((PLAN, "Plan", "", "", "kubernetes; vm; Own, one"), (TEST, "Test", "", "", "Machines, virtual"))
    root = content_set({**FILES, "mkdocs.yml": settings, "in.csv": as_csv(*rows)})
    assert run(root, "import", "in.csv").stderr == "0 added, 2 changed, 0 as before, 0 vanished\n"
    assert '\nservice: [aks, vm, "Own, one"]\n' in (root / f"includes/{PLAN}.md").read_text()
    assert "\nservice: vm\n" in (root / f"includes/{TEST}.md").read_text()
    for services in ("aks; Machines, virtual; Own, one", "Kubernetes; vm; Own, one"):
        (root / "in.csv").write_bytes(as_csv((PLAN, "Plan", "", "", services), rows[1]))
        assert run(root, "import", "in.csv").stderr == "0 added, 0 changed, 2 as before, 0 vanished\n"


def test_fragment_that_no_page_shows_is_taken(content_set: ContentSet) -> None:
    """A new item whose fragment is there already shows that one, and its guidance stays."""
    root = content_set({**FILES, f"includes/old/{NEW}.md": BODY, "in.csv": as_csv(*SAME, (NEW, "New", "", "", ""))})
    assert run(root, "import", "in.csv", "--guide", "content/guide.md").exit_code == 2  # its last item is quoted
    assert run(root, "import", "in.csv", "--guide", "content/other.md").exit_code == 0
    assert (root / f"includes/old/{NEW}.md").read_text() == f"---\nms.assessment_question: New\n---\n\n{BODY}"
    assert f"(../includes/old/{NEW}.md)" in (root / "content/other.md").read_text()


def test_vanished_and_retired_items_are_only_told(content_set: ContentSet) -> None:
    """An item that the file does not know stays; a GUID that is retired brings nothing back."""
    root = content_set({**FILES, "in.csv": as_csv(SAME[0], (OLD, "Old", "", "", ""))})
    before = texts(root)
    result = run(root, "import", "in.csv", "--guide", "content/guide.md")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"row 3: '{OLD}' is retired: '{TEST}' took its place\n"
        f"includes/{TEST}.md: '{TEST}' is not in 'in.csv', and stays\n"
        "0 added, 0 changed, 1 as before, 1 vanished\n"
    )
    assert texts(root) == before


def test_columns_may_have_any_names(content_set: ContentSet) -> None:
    """--map names them, in any letter case, and Excel's semicolons and byte order mark are understood."""
    data = f"Id;Note;Recommendation\n{PLAN};x;Plan B\n".encode("utf-8-sig")
    root = content_set({**FILES, "in.csv": data})
    assert run(root, "import", "in.csv", "--map", "guid=ID", "--map", "text=recommendation").exit_code == 0
    assert "<!-- Plan B -->" in (root / "content/guide.md").read_text()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "in.csv",
            as_csv((PLAN, "a", "", "", ""), (PLAN.upper(), "b", "", "", "")),
            f"in.csv: row 3: the GUID '{PLAN}'",
        ),
        ("in.csv", as_csv(("7", "a", "", "", "")), "in.csv: row 2: '7' is no GUID"),
        ("in.csv", as_csv(("", "a", "", "", "")), "in.csv: row 2: it has no GUID"),
        (
            "in.csv",
            as_csv((PLAN, "a", "Severe", "", "")),
            "row 2: the severity 'Severe' is not one of High, Medium, Low",
        ),
        ("in.csv", as_csv((PLAN, "a", "", "Fun", "")), "row 2: the waf 'Fun' is not one of Reliability"),
        ("in.csv", as_csv((PLAN, "a --> b", "", "", "")), "row 2: the statement holds '-->'"),
        ("in.csv", as_csv((PLAN, "a\nb", "", "", "")), "row 2: the statement holds a line break"),
        ("in.csv", as_csv((PLAN, "", "", "", "a\nb")), "row 2: the service holds a line break"),
        ("in.csv", as_csv((NEW, "", "", "", "")), "row 2: the statement is empty"),
        (
            "in.csv",
            as_csv((PLAN,), columns=("GUID",)),
            "there is no column 'text'; there are 'GUID'; name it with --map",
        ),
        ("in.csv", as_csv((PLAN, "a", "b"), columns=("GUID", "Item", "Item")), "there are several columns 'Item'"),
        ("in.csv", "GUID,Item\nä,b".encode("latin-1"), "in.csv: is not UTF-8: byte 0xe4 on line 2; save it as UTF-8"),
        ("in.csv", "GUID,Item".encode("utf-16"), "in.csv: is UTF-16; save it as UTF-8"),
        ("in.csv", b'GUID,Item\n"a,b', "in.csv: is no CSV"),
        ("in.csv", b"GUID,Item\n\n", "in.csv: there is no item in it"),
        ("in.csv", b"", "in.csv: there is no column 'guid'; there are none"),
        ("in.csv", b"GUID,Item\n\0,", "in.csv: is binary, not text"),
        ("in.json", b'{"items": [{"guid": null, "text": "a"}]}', "in.json: item 1: it has no GUID"),
        ("in.json", f'[{{"guid": "{PLAN}", "text": ["a"]}}]'.encode(), "item 1: 'text' is [\"a\"], not text"),
        ("in.json", b'{"items": [1]}', "in.json: item 1: is no object"),
        ("in.json", b'{"items": 1}', "in.json: has no list 'items'"),
        ("in.json", b"[" * 100_000, "in.json: is not valid JSON"),
        ("in.xlsx", b"PK", "in.xlsx: is no workbook (.xlsx)"),
        ("in.xlsx", as_xlsx((PLAN, "=1+1", "", "", "")), "in.xlsx: row 2: 'Item' is the formula =1+1, not text"),
        ("in.xlsx", as_xlsx((PLAN, 7, "", "", "")), "in.xlsx: row 2: 'Item' is 7, not text"),
        ("in.md", b"", "'in.md' is none of .json, .csv, .xlsx"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(content_set: ContentSet, name: str, data: bytes, message: str) -> None:
    """A file with a single row that cannot be used changes nothing, and the message says which row and why."""
    root = content_set({**FILES, name: data})
    before = texts(root)
    result = run(root, "import", name, "--guide", "content/other.md")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert texts(root) == before


def test_all_that_is_wrong_is_named_at_once(content_set: ContentSet) -> None:
    """Each wrong row has a line, and very many are counted."""
    root = content_set({**FILES, "in.csv": as_csv(*(("x", "a", "", "", "") for _ in range(25)))})
    lines = run(root, "import", "in.csv").stderr.splitlines()
    assert lines[0] == "Error: in.csv: row 2: 'x' is no GUID"
    assert (len(lines), lines[-1]) == (21, "in.csv: 5 more rows are wrong")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("---\na: *b*\n---\n", f"row 3: includes/{TEST}.md:2:4: the value of 'a' is not valid YAML"),
        ("---\n{a: b}\n---\n", f"row 3: includes/{TEST}.md:1:1: the front matter is written in a way"),
    ],
)
def test_header_that_cannot_be_edited_is_left_alone(content_set: ContentSet, header: str, message: str) -> None:
    """A header that is no YAML, or is written in braces, is named, and nothing is written at all."""
    rows = as_csv((PLAN, "New", "", "", ""), (TEST, "Other", "", "", ""))
    root = content_set({**FILES, f"includes/{TEST}.md": header + BODY, "in.csv": rows})
    before = texts(root)
    result = run(root, "import", "in.csv")
    assert result.exit_code == 2
    assert message in result.stderr
    assert texts(root) == before


def test_item_that_shows_nothing_is_not_put_on_its_page_twice(content_set: ContentSet) -> None:
    """An item whose fragment is missing is on its page already: that is to be mended, not doubled."""
    page = PAGE.partition("> ")[0].replace(PLAN, NEW)
    root = content_set({**FILES, "content/other.md": page, "in.csv": as_csv(*SAME, (NEW, "New", "", "", ""))})
    result = run(root, "import", "in.csv", "--guide", "content/other.md")
    assert f"row 4: 'content/other.md' has the item '{NEW}' already" in result.stderr


def test_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may hold a very large one, and is not unpacked to find that out."""
    monkeypatch.setattr(sheet, "_MAX_UNPACKED", 1_000)
    with pytest.raises(RefusedError, match=r"in.xlsx: has more than 1,000 bytes when it is unpacked"):
        sheet.read("in.xlsx", as_xlsx(*SAME), {})


@pytest.mark.parametrize("name", ["out.json", "out.csv", "out.xlsx"])
def test_what_was_exported_is_imported_without_a_change(content_set: ContentSet, name: str) -> None:
    """The ending tells the format, and a file that goes out and comes back changes nothing."""
    root = content_set(FILES)
    assert run(root, "export", name).exit_code == 0
    result = run(root, "import", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 added, 0 changed, 2 as before, 0 vanished\n")


def test_export_of_an_unknown_ending_is_refused(content_set: ContentSet) -> None:
    """An ending that tells no format needs --format."""
    root = content_set(FILES)
    assert "name its format with --format" in run(root, "export", "out.md").stderr
    assert run(root, "export", "out.txt", "--format", "azure").exit_code == 0
    assert "severities" in json.loads((root / "out.txt").read_text())


ENDINGS = {"json": "json", "azure": "json", "csv": "csv", "xlsx": "xlsx"}
SAID = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),  # no text file holds a NUL
    st.text(st.sampled_from("'=+-@\t aé\u2028\x01\x0b<r>_x;,\"&*"), max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(SAID, SAID, st.sampled_from(["", "high", "None"]), st.sampled_from(sorted(ENDINGS)))
@example("'=1", "_x0041_", "", "xlsx")
@example("''=1", "<r>a</r>", "", "csv")
@example("", "\ufffe", "", "xlsx")
def test_every_format_comes_back_without_a_change(said: str, service: str, severity: str, form: str) -> None:
    """Whatever statements and services hold, what is written is read as the same, in each format."""
    quoted = json.dumps(service)
    files: dict[PurePosixPath, str | None] = {
        PurePosixPath("content/guide.md"): (
            f"# Guide\n\n<!-- {said} -->\n[!include[x](../includes/{PLAN}.md)]\n\n[!include[x](../includes/{TEST}.md)]\n"
        ),
        PurePosixPath(f"includes/{PLAN}.md"): f"---\nseverity: {severity}\nservice: {quoted}\n---\n{BODY}",
        PurePosixPath(f"includes/{TEST}.md"): f"---\nms.assessment_question: {quoted}\n---\n{BODY}",
    }
    library = core.Library(read=files.get, files=files, layout=Layout(), settings=Settings(learn=("**",)))
    known = catalogue.read(library)
    if not known.guides:
        return
    rows = sheet.read(f"out.{ENDINGS[form]}", catalogue.FORMATS[form](known), {})
    taken = item_import.take_in(library, rows, None, TODAY)
    assert (taken.changes, taken.waiting, taken.vanished, len(rows)) == ((), (), (), len(known.items))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(sheet.FORMATS)), st.binary(max_size=60))
def test_any_bytes_are_rows_or_refused(form: str, data: bytes) -> None:
    """No file makes the reader fail in another way than by saying what is wrong with it."""
    with pytest.raises(RefusedError):
        sheet.read(f"in.{form}", data, {})


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_damaged_workbook_is_rows_or_refused(at: int, damage: bytes) -> None:
    """A workbook with some bytes gone wrong is read, or refused in words."""
    whole = as_xlsx(*SAME)
    at %= len(whole)
    try:
        rows = sheet.read("in.xlsx", whole[:at] + damage + whole[at + len(damage) :], {})
    except RefusedError as refused:
        assert str(refused).startswith("in.xlsx: ")
    else:
        assert len(rows) <= len(SAME)


def test_row_without_a_guid_becomes_a_new_item(content_set: ContentSet) -> None:
    """With `--add` it gets a GUID of its own, which is told; imported again it is known by its statement."""
    rows = ((PLAN, "Plan", "", "", ""), ("", "Keys rotate", "High", "Security", "Azure Backup"))
    root = content_set({**FILES, "in.csv": as_csv(*rows)})
    refused = run(root, "import", "in.csv", "--guide", "content/other.md")
    assert (refused.exit_code, "row 3: it has no GUID; --add makes it a new item" in refused.stderr) == (2, True)
    result = run(root, "import", "in.csv", "--guide", "content/other.md", "--add")
    assert result.exit_code == 0
    assert "row 3: 'Keys rotate' is the item '" in result.stderr
    assert "1 added, 0 changed, 1 as before, 0 vanished" in result.stderr
    fragment = next(path for path in (root / "includes").iterdir() if path.stem not in (PLAN, TEST))
    assert f"is the item '{fragment.stem}' now" in result.stderr
    assert "severity: High\nwaf: Security\nservice: Azure Backup\n" in fragment.read_text()
    before = texts(root)
    again = run(root, "import", "in.csv", "--guide", "content/other.md", "--add")
    assert (again.exit_code, texts(root)) == (0, before)
    assert "0 added, 0 changed, 2 as before, 0 vanished" in again.stderr


def test_sheet_without_guids_can_be_added(content_set: ContentSet) -> None:
    """No row needs a GUID with `--add`: one whose statement the page has is its item, with new values."""
    sheet_ = as_csv(("Plan", "Low"), ("New", ""), columns=("Item", "Severity"))
    root = content_set({**FILES, "in.csv": sheet_})
    result = run(root, "import", "in.csv", "--guide", "content/other.md", "--add")
    assert (result.exit_code, "1 added, 1 changed, 0 as before, 0 vanished" in result.stderr) == (0, True)
    assert "severity: Low\n" in (root / f"includes/{PLAN}.md").read_text()


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ((("", "A"), ("", "a.")), ("--guide", "content/other.md"), "row 3: its item '"),
        (((PLAN, "Plan"), ("", "Plan")), ("--guide", "content/other.md"), f"row 3: its item '{PLAN}' is that of row 2"),
        ((("x", "A"),), ("--guide", "content/other.md"), "row 2: 'x' is no GUID"),
        ((("", "A"),), (), "--add puts new items on a page: name it with --guide"),
    ],
)
def test_rows_that_cannot_be_added_are_refused(
    content_set: ContentSet, rows: tuple[tuple[str, str], ...], options: tuple[str, ...], said: str
) -> None:
    """Two rows that are one item, a wrong GUID and a missing page are told, and nothing is written."""
    root = content_set({**FILES, "in.csv": as_csv(*rows, columns=("GUID", "Item"))})
    before = texts(root)
    result = run(root, "import", "in.csv", "--add", *options)
    assert (result.exit_code, texts(root)) == (2, before)
    assert said in result.stderr
