"""The checklists as data: what they hold, and each format as an independent reader sees it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt

from guidekit import Library
from guidekit.exports import catalogue
from guidekit.exports.catalogue import FORMATS, Catalogue, CatalogueGuide, CatalogueItem
from guidekit.exports.catalogue.columns import COLUMNS
from guidekit.syntax.visible_text import plain_text
from guidekit.text.escaping import visible

ContentSet = Callable[[dict[str, str | bytes]], Path]

PLAN, TEST, OLD = (
    "78b95e10-acc0-4749-8f1f-efa8cfb5eb89",
    "7e063160-cb53-46c1-b111-380f77a7c848",
    "33fe1493-7dbd-48de-ab6a-d6635c9c7c68",
)
STATUSES = ["Not verified", "Open", "Fulfilled", "Not required", "N/A"]


def guide(title: str, *items: str) -> str:
    """Write a guide with items, each a statement and a GUID."""
    header = f"---\ntitle: {title}\ndescription: All *of* it.\nms.date: 10/15/2026\nms.custom: Is it done?\n---\n"
    shown = (f"<!-- {text} -->\n[!include[{guid}](../includes/{guid}.md)]\n" for text, guid in map(str.split, items))
    return f"{header}# {title}\n\n" + "\n".join(shown)


FILES: dict[str, str | bytes] = {
    "mkdocs.yml": (
        "site_url: https://example.com/docs\ndocs_dir: content\n"
        f"plugins:\n  - guidekit:\n      aliases: {{{OLD}: {PLAN}}}\n"
    ),
    "content/one.md": guide("One", f"Plan {PLAN}", f"Test {TEST}"),
    "content/sub/index.md": guide("Two", f"Plan {PLAN}").replace("../includes", "../../includes"),
    f"includes/{PLAN}.md": (
        "---\nseverity: high\nwaf: reliability\nservice: Azure Backup\nms.date: 11/22/2026\nms.update-cycle: 180-days\n"
        "---\n## Recovery plan\n\nName *one* owner. Print it: see [one](../content/one.md#recovery-plan),"
        " [them](https://example.org/a), [none](none.md) and [here](#recovery-plan).\n"
    ),
    f"includes/{TEST}.md": "## Restore tests\n\nRestore each month\n",
}


@pytest.fixture
def known(content_set: ContentSet) -> Catalogue:
    """The catalogue of two guides, one of whose items stands in both."""
    return Library.open(content_set(FILES)).catalogue()


def valid(data: Any, schema: Path) -> None:
    """Hold data to a JSON Schema, formats included."""
    read = json.loads(schema.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(read)
    Draft202012Validator(read, format_checker=FormatChecker()).validate(data)


def own_schema() -> Path:
    """The schema that the package ships."""
    return Path(catalogue.__file__).parent / "catalogue.schema.json"


def test_item_in_two_guides_is_one_item_with_two_addresses(known: Catalogue) -> None:
    """An item that two guides show stands there once, with an address in each."""
    assert [guide.items for guide in known.guides] == [(PLAN, TEST), (PLAN,)]
    assert known.items[PLAN].urls == (f"https://example.com/docs/one/#{PLAN}", f"https://example.com/docs/sub/#{PLAN}")
    assert known.items[TEST].urls == (f"https://example.com/docs/one/#{TEST}",)


def test_item_has_all_that_its_guidance_tells(known: Catalogue) -> None:
    """Severity and pillar are spelled as in the list of words, dates are read, and links are whole addresses."""
    entry = known.items[PLAN]
    assert (entry.text, entry.heading, entry.summary) == ("Plan", "Recovery plan", "Name one owner.")
    assert (entry.severity, entry.pillar, entry.service) == ("High", "Reliability", "Azure Backup")
    assert entry.services == ("Azure Backup",)
    assert (entry.reviewed, entry.due) == (date(2026, 11, 22), date(2027, 5, 21))
    assert entry.links == (
        "https://example.com/docs/one/#recovery-plan",
        "https://example.org/a",
    )
    assert entry.aliases == (OLD,)
    assert str(entry.source) == f"includes/{PLAN}.md"
    assert known.items[TEST].severity == "Medium"


def test_services_are_a_list_with_their_labels(content_set: ContentSet) -> None:
    """A list of services is a list of names, each once, and one text of labels for formats and readers of version 1."""
    declared = f"aliases: {{{OLD}: {PLAN}}}\n      services: {{aks: Azure Kubernetes Service, vm: Virtual Machines}}\n"
    files = {
        **FILES,
        "mkdocs.yml": str(FILES["mkdocs.yml"]).replace(f"aliases: {{{OLD}: {PLAN}}}\n", declared),
        f"includes/{PLAN}.md": "---\nservice: [vm, aks, vm, own]\n---\n## Plan\n\nText.\n",
        f"includes/{TEST}.md": "---\nservice: [{a: b}, [c], '']\n---\n## Test\n\nText.\n",
    }
    known = Library.open(content_set(files)).catalogue()
    data = json.loads(FORMATS["json"](known))
    valid(data, own_schema())
    assert data["services"] == {"aks": "Azure Kubernetes Service", "own": "own", "vm": "Virtual Machines"}
    text = "Virtual Machines; Azure Kubernetes Service; own"
    assert (data["items"][PLAN]["services"], data["items"][PLAN]["service"]) == (["vm", "aks", "own"], text)
    assert (data["items"][TEST]["services"], data["items"][TEST]["service"]) == ([], None)
    assert json.loads(FORMATS["azure"](known))["items"][0]["service"] == text
    for form in ("csv", "markdown"):
        assert text in FORMATS[form](known).decode()


def test_guide_has_its_question_its_dates_and_a_plain_description(known: Catalogue) -> None:
    """What the page's front matter tells is there, and markup is taken out of the description."""
    one, two = known.guides
    assert (one.id, one.url, one.title) == ("one", "https://example.com/docs/one/", "One")
    assert (two.id, two.url) == ("sub/index", "https://example.com/docs/sub/")
    assert (one.question, one.description, one.reviewed, one.due) == (
        "Is it done?",
        "All of it.",
        date(2026, 10, 15),
        None,
    )
    assert known.updated == date(2026, 11, 22)


def test_without_site_url_addresses_count_from_the_root(content_set: ContentSet) -> None:
    """Where nobody knows the site's address, those of its pages are relative, the home page's included."""
    files = {**FILES, "mkdocs.yml": "docs_dir: content\n", "content/index.md": guide("Home", f"Plan {PLAN}")}
    known = Library.open(content_set(files)).catalogue()
    assert [guide.url for guide in known.guides] == ["./", "one/", "sub/"]
    assert known.items[PLAN].urls[0] == f"./#{PLAN}"
    valid(json.loads(FORMATS["json"](known)), own_schema())


def test_item_without_guid_or_guidance_is_left_out_and_named(content_set: ContentSet) -> None:
    """No record is made of an item that nothing could refer to, and the catalogue says which ones they are."""
    files = {**FILES, "content/one.md": guide("One", f"Plan {PLAN}", f"Gone {OLD}") + "\n<!-- Alone here -->\n"}
    known = Library.open(content_set(files)).catalogue()
    assert known.guides[0].items == (PLAN,)
    assert [item.title for item in known.left_out] == ["Gone", "Alone here"]


@pytest.mark.parametrize(
    ("name", "uid", "title"), [(PLAN.upper(), "", "x"), ("plan", PLAN.upper(), "x"), ("plan", "", PLAN.upper())]
)
def test_guid_is_in_lower_case(content_set: ContentSet, name: str, uid: str, title: str) -> None:
    """Answers are kept under the GUID: it is the same in whatever letter case file, header or title have it."""
    text = f"---\nms.uid: {uid}\n---\n## Plan\n\n" + "Name an owner of it. " * 5
    files = {
        "content/one.md": f"# One\n\n<!-- You have a plan -->\n[!include[{title}](../includes/{name}.md)]\n",
        f"includes/{name}.md": text if uid else text.partition("---\n")[2].partition("---\n")[2],
        "includes/other.md": f"---\nms.uid: {PLAN.title()}\n---\nText.\n",
    }
    session = Library.open(content_set(files))
    assert list(session.catalogue().items) == [PLAN]
    claims = [document.source.path.stem for document in session.library.claims_to(PLAN.upper())]
    assert claims == (["other", "plan"] if uid else ["other"])


def test_catalogue_can_be_narrowed_to_a_guide(known: Catalogue) -> None:
    """One guide's catalogue holds its items only, with all their addresses; a page without a checklist has none."""
    two = known.only(PurePosixPath("content/sub/index.md"))
    assert two is not None
    assert [guide.title for guide in two.guides] == ["Two"]
    assert list(two.items) == [PLAN]
    assert len(two.items[PLAN].urls) == 2
    assert two.aliases == {OLD: PLAN}
    assert known.only(PurePosixPath("content/none.md")) is None


def test_json_is_valid_by_the_schema_that_is_shipped(known: Catalogue) -> None:
    """An independent validator takes the whole catalogue, and one of each guide."""
    for part in (known, *(known.only(guide.source) for guide in known.guides)):
        assert part is not None
        data = json.loads(FORMATS["json"](part))
        valid(data, own_schema())
        assert set(data["items"]) == {guid for guide in data["guides"] for guid in guide["items"]}
    assert json.loads(FORMATS["json"](known))["aliases"] == {OLD: PLAN}


def test_schema_refuses_what_is_no_catalogue(known: Catalogue) -> None:
    """The schema is no rubber stamp: each field that is missing, misspelled or of another type is refused."""
    schema = json.loads(own_schema().read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    item = {"severity": "Critical", "waf": "reliability", "reviewed": "11/22/2026", "hash": "x", "urls": [], "text": ""}
    for key, value in item.items():
        data = json.loads(FORMATS["json"](known))
        data["items"][PLAN][key] = value
        assert not validator.is_valid(data), key
    for key in json.loads(FORMATS["json"](known))["items"][PLAN]:
        data = json.loads(FORMATS["json"](known))
        del data["items"][PLAN][key]
        assert not validator.is_valid(data), key


def test_azure_checklist_has_what_its_readers_rely_on(known: Catalogue, project: Path) -> None:
    """Each guide's checklist and the merged one hold to the format, in ASCII, with ids in order and GUIDs once."""
    for part in (known, *(known.only(guide.source) for guide in known.guides)):
        assert part is not None
        written = FORMATS["azure"](part)
        data = json.loads(written)
        valid(data, project / "tests/schemas/azure-checklist.schema.json")
        assert written.isascii()
        ids, guids = ([item[key] for item in data["items"]] for key in ("id", "guid"))
        assert ids == sorted(set(ids))
        assert sorted(guids) == sorted(part.items)
        assert {item["category"] for item in data["items"]} <= {category["name"] for category in data["categories"]}


def test_azure_metadata_names_the_guide_and_its_newest_review(known: Catalogue) -> None:
    """The name is the guide's where there is one, and the date is written in English."""
    one = known.only(PurePosixPath("content/one.md"))
    assert one is not None
    metadata = json.loads(FORMATS["azure"](one))["metadata"]
    assert metadata == {"name": "One", "state": "GA", "waf": "Reliability", "timestamp": "November 22, 2026"}
    assert json.loads(FORMATS["azure"](known))["metadata"]["name"] == "All checklists"
    undated = replace(known, guides=(), items={})
    assert json.loads(FORMATS["azure"](undated))["metadata"] == {"name": "All checklists", "state": "GA"}


def test_csv_has_a_mark_crlf_and_every_cell_quoted(known: Catalogue) -> None:
    """Excel reads it as UTF-8, and a row is a line of quoted cells; an item in two guides is one row."""
    written = FORMATS["csv"](known)
    assert written.startswith(b"\xef\xbb\xbf")
    lines = written.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == "" and len(lines) == 4
    assert lines[0] == ",".join(f'"{column.name}"' for column in COLUMNS)
    assert lines[1].startswith('"One; Two","Plan","High","Not verified","","","","","Name one owner."')


def test_markdown_lists_the_items_of_each_guide_as_tasks(known: Catalogue) -> None:
    """Each guide is a section with its question; an item in two guides is a task in both."""
    assert FORMATS["markdown"](known).decode() == (
        "# [One](https://example.com/docs/one/)\n\nIs it done?\n\n"
        f"- [ ] [Plan](https://example.com/docs/one/#{PLAN}) (High, Reliability, Azure Backup): Name one owner.\n"
        f"- [ ] [Test](https://example.com/docs/one/#{TEST}) (Medium): Restore each month\n\n"
        "# [Two](https://example.com/docs/sub/)\n\nIs it done?\n\n"
        f"- [ ] [Plan](https://example.com/docs/sub/#{PLAN}) (High, Reliability, Azure Backup): Name one owner.\n"
    )


def test_workbook_is_ready_to_fill_in_and_to_print(known: Catalogue) -> None:
    """The header stays in sight and on each page, rows can be filtered, cells wrap, and a status is chosen."""
    sheet = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"](known))).active
    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:O3")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows(max_row=3) for cell in row)
    assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row} == {
        "@"
    }  # what is typed stays text
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("D2:D3", f'"{",".join(STATUSES)}"')
    assert sheet["D2"].value == "Not verified"
    assert sheet["L2"].hyperlink.target == f"https://example.com/docs/one/#{PLAN}".partition("#")[0]
    assert sheet["L2"].hyperlink.location == PLAN
    assert sheet["L2"].value == f"https://example.com/docs/one/#{PLAN}"


@pytest.mark.parametrize("form", FORMATS)
def test_same_content_gives_the_same_bytes(content_set: ContentSet, form: str) -> None:
    """Nothing of the order of a set or of what was read before gets into a file."""
    root = content_set(FILES)
    first = FORMATS[form](Library.open(root).catalogue())
    assert FORMATS[form](Library.open(root).catalogue()) == first


def test_workbook_knows_no_clock(known: Catalogue) -> None:
    """Its dates are that of the newest review, and its parts have the date that a ZIP file begins with."""
    written = FORMATS["xlsx"](known)
    properties = openpyxl.load_workbook(BytesIO(written)).properties
    assert (properties.created, properties.modified) == (datetime(2026, 11, 22), datetime(2026, 11, 22))
    with ZipFile(BytesIO(written)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.fixture(scope="module")
def ours(project: Path) -> Catalogue:
    """The catalogue of our own guides."""
    return Library.open(project).catalogue()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_every_item_of_our_guides(ours: Catalogue, form: str) -> None:
    """31 items come out of each format as they went in, GUID for GUID and statement for statement."""
    assert len(ours.items) == 31
    written = FORMATS[form](ours)
    if form == "xlsx":
        rows = list(openpyxl.load_workbook(BytesIO(written)).active.iter_rows(min_row=2, values_only=True))
        found = {row[-1]: row[1] for row in rows}
    elif form == "csv":
        found = {row["GUID"]: row["Item"] for row in csv.DictReader(StringIO(written.decode("utf-8-sig")))}
    elif form == "markdown":
        found = {url.rpartition("#")[2]: text for text, url in links(written.decode()) if "#" in url}
    elif form == "azure":
        found = {item["guid"]: item["text"] for item in json.loads(written)["items"]}
    else:
        found = {guid: item["text"] for guid, item in json.loads(written)["items"].items()}
    assert found == {guid: entry.text for guid, entry in ours.items.items()}


def test_committed_catalogue_is_the_one_that_the_guides_make(project: Path, ours: Catalogue) -> None:
    """What must not vanish is written down with each change."""
    committed = (project / "includes/catalogue.json").read_bytes()
    assert committed == FORMATS["json"](ours), "out of date: run 'make docs'"


def test_our_catalogue_is_valid_and_every_item_tells_severity_and_pillar(project: Path, ours: Catalogue) -> None:
    """The catalogue of our own site is valid by both schemas, and its addresses are whole ones."""
    valid(json.loads(FORMATS["json"](ours)), own_schema())
    valid(json.loads(FORMATS["azure"](ours)), project / "tests/schemas/azure-checklist.schema.json")
    assert all(entry.pillar and entry.service and entry.due for entry in ours.items.values())
    assert all(url.startswith("https://") for entry in ours.items.values() for url in (*entry.urls, *entry.links))


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '"',
    '""',
    ";",
    ",",
    "\n",
    "\r\n",
    "'",
    '=HYPERLINK("x")',
    "😀",
]
HOSTILE += [
    "[x](y)",
    "`",
    "**",
    "<b>",
    "&amp;",
    "# ",
    "1. ",
    "- [ ] ",
    "|",
    "\\",
    "http://x",
    "mailto:x",
    "\x01",
    "_x0041_",
]
characters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
hostile = st.lists(st.sampled_from(HOSTILE) | characters, min_size=1, max_size=6).map("".join).filter(bool)
steady = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def made_of(text: str) -> Catalogue:
    """Make a catalogue whose every text is this one."""
    item = CatalogueItem(
        guid=PLAN,
        text=text,
        heading=text,
        summary=text,
        severity="Medium",
        pillar="",
        service=text,
        services=(text,),
        links=(),
        source=PurePosixPath("a.md"),
        reviewed=None,
        due=None,
        fingerprint="0" * 8,
        aliases=(),
        urls=("u",),
    )
    page = CatalogueGuide(
        id="a",
        url="https://example.com/",
        title=text,
        question=text,
        description=text,
        source=PurePosixPath("a.md"),
        reviewed=None,
        due=None,
        items=(PLAN,),
    )
    return Catalogue(guides=(page,), items={PLAN: item}, aliases={}, labels={text: text}, schema="s", left_out=())


@steady
@given(hostile)
@example("=1+1")
@example("+1")
@example("-1")
@example("@SUM(A1)")
@example("\t=1")
@example("\r=1")
@example("'=1")
def test_any_text_comes_out_of_csv_as_it_went_in_and_runs_no_formula(text: str) -> None:
    """Quotes, commas and newlines survive; what a spreadsheet would run gets an apostrophe, and so does what has one."""
    header, row = csv.reader(StringIO(FORMATS["csv"](made_of(text)).decode("utf-8-sig"), newline=""))
    assert len(row) == len(header) == len(COLUMNS)
    for cell in (row[0], row[1], row[8], row[10]):
        assert cell == (f"'{text}" if text.lstrip("'")[:1] in tuple("=+-@\t\r") else text)
        assert cell[0] not in "=+-@\t\r"


@steady
@given(hostile)
@example("<r><t>x</t></r>")
@example("<r>&</r>")
def test_any_text_is_text_in_the_workbook(text: str) -> None:
    """No cell is a formula, a number, a link or markup, whatever it looks like, and its characters are all there."""
    written = FORMATS["xlsx"](made_of(text))
    sheet = openpyxl.load_workbook(BytesIO(written)).active
    for name in ("A2", "B2", "F2", "H2"):
        assert sheet[name].data_type == "s"
        assert sheet[name].hyperlink is None
    assert (f" {text}" if text.startswith("<r>") else text) in strings(written)


@steady
@given(hostile)
def test_any_text_is_text_in_markdown(text: str) -> None:
    """A reader of Markdown sees the statement as it is, on one line, as the only link of its task."""
    words = " ".join(visible(text).split())
    found = links(FORMATS["markdown"](made_of(text)).decode().replace("&#8288;", ""))
    if words:
        assert [" ".join(said.split()) for said, _ in found] == [words, words]
    assert [url for _, url in found] == ["https://example.com/", f"https://example.com/#{PLAN}"]


@steady
@given(hostile)
def test_any_text_is_valid_json_in_both_formats(text: str) -> None:
    """Both JSON formats are read back as they were written; the Azure one in ASCII."""
    assert json.loads(FORMATS["json"](made_of(text)))["items"][PLAN]["summary"] == text
    written = FORMATS["azure"](made_of(text))
    assert written.isascii()
    assert json.loads(written)["items"][0]["text"] == text


def strings(workbook: bytes) -> list[str]:
    """Read the texts of a workbook as they are stored, with the escapes of the format undone."""
    with ZipFile(BytesIO(workbook)) as parts:
        root = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    texts = ("".join(item.itertext()) for item in root)
    return [re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) for text in texts]


def links(markdown: str) -> list[tuple[str, str]]:
    """Read the links of a Markdown text as an independent parser sees them: their texts and addresses."""
    found = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "link_open":
                inside = children[index + 1 :]
                end = next(at for at, inner in enumerate(inside) if inner.type == "link_close")
                found.append((plain_text(inside[:end]), str(child.attrs["href"])))
    return found
