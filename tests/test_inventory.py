"""The reports on a whole content set: what they count, and each format as an independent reader sees it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from case import lay_out
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from markdown_it import MarkdownIt

import guidekit
from guidekit.cli import main
from guidekit.exports import reports
from guidekit.exports.reports import report_text
from guidekit.exports.reports.report import Bar, Chart, Column, Figure, Table, View, percent
from guidekit.syntax.visible_text import plain_text

FULL, STUB, EMPTY, SPARE = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "1234")
SAID = "Restore one backup of every kind each month into an empty subscription, and write down what was missing. " * 2


def fragment(guid: str, body: str, **keys: str) -> str:
    """Write a fragment with a header."""
    header = "".join(f"{key.replace('_', '.', 1)}: {value}\n" for key, value in {"ms_uid": guid, **keys}.items())
    return f"---\n{header}---\n## Heading\n\n{body}\n"


def page(title: str, *guids: str, **keys: str) -> str:
    """Write a guide whose items show fragments."""
    header = "".join(f"{key.replace('_', '.', 1)}: {value}\n" for key, value in keys.items())
    shown = "".join(f"<!-- Item {guid[0]} -->\n[!include[{guid}](../includes/{guid}.md)]\n\n" for guid in guids)
    return f"---\ntitle: {title}\ndescription: All.\nms.custom: Is it done?\n{header}---\n# {title}\n\n{shown}"


FILES: Mapping[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\n",
    "CODEOWNERS": "/content/ @team\n",
    "content/one.md": page("One", FULL, STUB, EMPTY, "9" + FULL[1:], ms_date="11/01/2026", ms_author="ann"),
    "content/two.md": page("Two | more", FULL, ms_date="11/24/2026"),
    "content/other.md": "---\nlearn: false\n---\n# Another dialect\n",
    f"includes/{FULL}.md": fragment(
        FULL, SAID, severity="High", waf="Security", ms_date="05/01/2026", ms_update_cycle="180-days"
    ).replace("ms.update_cycle", "ms.update-cycle"),
    f"includes/{STUB}.md": fragment(STUB, "Test them.", ms_date="11/20/2026"),
    f"includes/{EMPTY}.md": fragment(EMPTY, "<!-- later -->", severity="Low"),
    f"includes/{SPARE}.md": fragment(SPARE, SAID, ms_date="11/25/2025", ms_author="bob"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content set with two guides, whose items have guidance, a stub, nothing and no file; one fragment is unused."""
    return lay_out(tmp_path_factory.mktemp("set"), dict(FILES))


def run(root: Path, *arguments: str) -> Result:
    """Ask for a report as of one day."""
    return CliRunner().invoke(main, ["report", *arguments, str(root), "--today", "2026-11-25"])


def read(root: Path, name: str, *options: str) -> Any:
    """Read a report as JSON."""
    result = run(root, name, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def schema() -> Draft202012Validator:
    """The schema of all reports."""
    path = Path(guidekit.__file__).parent / "exports/schemas/report.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=FormatChecker())


def test_coverage_tells_guidance_from_stub_nothing_and_none(root: Path) -> None:
    """Each item of each guide has its state; the summary counts an item in two guides once."""
    report = read(root, "coverage")
    states = [(item["page"], item["statement"], item["state"]) for item in report["records"]]
    assert states == [
        ("content/one.md", "Item 1", "covered"),
        ("content/one.md", "Item 2", "stub"),
        ("content/one.md", "Item 3", "empty"),
        ("content/one.md", "Item 9", "missing"),
        ("content/two.md", "Item 1", "covered"),
    ]
    assert report["summary"] == {"items": 4, "covered": 1, "stubs": 1, "empty": 1, "missing": 1, "unused": 1}
    assert (report["records"][0]["severity"], report["records"][0]["pillar"]) == ("High", "Security")


def test_coverage_is_counted_by_guide_severity_and_pillar(root: Path) -> None:
    """The text has a line for each guide, severity and pillar with its share, gaps the worst first, unused guidance."""
    lines = [" ".join(line.split()) for line in run(root, "coverage").stdout.splitlines()]
    for line in (
        "With guidance 1 25 %",
        "content/one.md 4 1 25 % 1 1 1",
        "content/two.md 1 1 100 % 0 0 0",
        "High 1 1 100 % 0 0 0",
        "Low 1 0 0 % 0 1 0",
        "Security 1 1 100 % 0 0 0",
        f"includes/{SPARE}.md",
    ):
        assert line in lines
    gaps = lines[lines.index("Gaps") + 2 :][:3]
    assert [line.split()[0] for line in gaps] == ["missing", "empty", "stub"]


def test_page_is_as_old_as_its_oldest_fragment_and_due_with_the_first(root: Path) -> None:
    """A fragment's date and cycle decide for the pages that show it, and the report names the fragment."""
    records = {record["path"]: record for record in read(root, "freshness")["records"]}
    assert records["content/two.md"] == {
        "path": "content/two.md",
        "kind": "page",
        "owner": "@team",
        "reviewed": "2026-05-01",
        "due": "2026-10-28",
        "days_overdue": 28,
        "cycle": 180,
        "decided_by": f"includes/{FULL}.md",
        "known": "2026-11-24",
        "behind": None,
    }
    assert records[f"includes/{EMPTY}.md"]["due"] is None
    assert "content/other.md" not in records


def test_text_without_a_cycle_is_due_after_a_year_or_as_asked(root: Path) -> None:
    """On the day itself nothing is overdue; --cycle takes the year's place, but not that of ms.update-cycle."""

    def spare(*options: str) -> tuple[Any, ...]:
        records = {record["path"]: record for record in read(root, "freshness", *options)["records"]}
        assert records[f"includes/{FULL}.md"]["due"] == "2026-10-28"
        record = records[f"includes/{SPARE}.md"]
        return record["due"], record["days_overdue"], record["cycle"]

    assert spare() == ("2026-11-25", 0, None)
    assert spare("--cycle", "364") == ("2026-11-24", 1, None)


def test_freshness_sums_up(root: Path) -> None:
    """The summary counts what is overdue, due within 30 days and undated, and knows the median ages."""
    assert read(root, "freshness")["summary"] == {
        "texts": 6,
        "overdue": 3,
        "due_soon": 1,
        "behind": 0,
        "undated": 1,
        "median_age_of_pages": 208,
        "median_age_of_fragments": 208,
    }


def test_freshness_names_texts_that_are_older_than_a_change(tmp_path: Path) -> None:
    """The newest listed source of a text counts, else its review; a change on that day or in the future does not."""
    sources = (
        "# Sources\n\n| Page | Date | Checked |\n| --- | --- | --- |\n"
        "| [a](/azure/a) | 2026-01-01, changed 2026-02-01 | 2026-11-01 |\n| [b](/azure/b) | not shown | 2026-11-01 |\n"
        "| [here](page.md) | 2026-11-01 | |\n| none | 2026-11-01 | |\n"
    )
    settings = (
        "docs_dir: content\nplugins:\n  - guidekit:\n      sources: sources.md\n      services:\n"
        "        x: {label: Service X, changed: 2026-02-02}\n        y: {changed: '2026-02-01'}\n"
        "        z: {changed: 2026-11-26}\n        n: Never\n"
    )
    header = "---\nms.date: {}\nservice: [x, y, z, n, unknown]\n---\n# Page\n\n"
    files = {
        "mkdocs.yml": settings,
        "content/sources.md": sources,
        "content/page.md": header.format("2026-11-01")
        + "See [a](https://learn.microsoft.com/azure/a#part), [b](/azure/b) and [sources](sources.md).\n",
        "content/review.md": header.format("2026-01-31") + "See [b](/azure/b).\n",
        "content/newer.md": header.format("2026-02-02") + "Text.\n",
        "content/undated.md": header.format("") + "Text.\n",
        "content/other.md": "---\nms.date: 2020-01-01\n---\n# Other\n",
    }
    lay_out(tmp_path, dict(files))
    report = read(tmp_path, "freshness")
    schema().validate(report)
    told = {record["path"]: (record["known"], record["behind"]) for record in report["records"]}
    assert told["content/page.md"] == ("2026-02-01", "Service X")
    assert told["content/review.md"] == ("2026-01-31", "Service X; y")
    assert told["content/newer.md"] == ("2026-02-02", None)
    assert told["content/undated.md"] == (None, None)
    assert told["content/other.md"] == ("2020-01-01", None)
    assert report["summary"]["behind"] == 2
    lines = [" ".join(line.split()) for line in run(tmp_path, "freshness").stdout.splitlines()]
    assert "2026-02-01 2026-02-02 Service X content/page.md" in lines


def test_owners_are_authors_then_code_owners_then_nobody(root: Path) -> None:
    """Each owner has files, those overdue by their own date, and open findings; files of nobody come last."""
    records = read(root, "owners")["records"]
    files = [(record["owner"], record["pages"], record["fragments"], record["overdue"]) for record in records]
    assert files == [("@team", 1, 0, 0), ("ann", 1, 0, 0), ("bob", 0, 1, 0), ("", 0, 3, 1)]
    found = guidekit.Library.open(root, today=date(2026, 11, 25)).check().diagnostics
    for record in records:
        counted = [str(item.severity) for item in found if item.owner == record["owner"]]
        for severity in ("error", "warning", "suggestion"):
            assert record[f"{severity}s"] == counted.count(severity)
    assert sum(record["errors"] for record in records) > 0
    lines = [" ".join(line.split()) for line in run(root, "owners").stdout.splitlines()]
    assert f"nobody named 2026-10-28 includes/{FULL}.md" in lines


def test_usage_lists_the_pages_of_each_fragment(root: Path) -> None:
    """The fragment that most pages show comes first, one that none shows is there too."""
    report = read(root, "usage")
    records = {record["fragment"]: record["pages"] for record in report["records"]}
    assert records[f"includes/{FULL}.md"] == ["content/one.md", "content/two.md"]
    assert records[f"includes/{SPARE}.md"] == []
    assert report["records"][0]["fragment"] == f"includes/{FULL}.md"
    assert report["summary"] == {"fragments": 4, "shared": 1, "unused": 1}


@pytest.mark.parametrize("name", reports.REPORTS)
def test_json_keeps_to_the_schema_and_csv_has_the_same_records(root: Path, name: str) -> None:
    """Every report is valid by our schema, and its CSV has the same fields in the same order."""
    report = read(root, name)
    schema().validate(report)
    text = run(root, name, "--format", "csv").stdout.removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(text)))
    assert [list(row) for row in rows] == [list(record) for record in report["records"]]
    for row, record in zip(rows, report["records"], strict=True):
        for key, value in record.items():
            written = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            assert row[key].removeprefix("'") == written


@pytest.mark.parametrize("name", reports.REPORTS)
@pytest.mark.parametrize("change", ["report", "summary", "records", "day"])
def test_schema_refuses_what_is_no_report(root: Path, name: str, change: str) -> None:
    """A report under another name, with another figure, another field or no date is not valid."""
    report = read(root, name)
    broken = {
        "report": lambda: {**report, "report": "other"},
        "summary": lambda: {**report, "summary": {**report["summary"], "extra": 1}},
        "records": lambda: {**report, "records": [{**report["records"][0], "extra": 1}]},
        "day": lambda: {**report, "day": "yesterday"},
    }
    with pytest.raises(ValidationError):
        schema().validate(broken[change]())


@pytest.mark.parametrize("name", reports.REPORTS)
def test_markdown_has_a_heading_and_a_table_for_each_part(root: Path, name: str) -> None:
    """The Markdown is a document of its own: one level-1 heading, the day, and tables whose rows are whole."""
    tokens = MarkdownIt("commonmark").enable("table").parse(run(root, name, "--format", "markdown").stdout)
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    assert any("2026-11-25" in token.content for token in tokens)
    assert any(token.type == "table_open" for token in tokens)


@pytest.mark.parametrize("form", reports.FORMATS)
def test_file_has_what_is_printed(root: Path, tmp_path: Path, form: str) -> None:
    """--output writes the bytes that would be printed, and prints nothing."""
    made = tmp_path / "made"
    result = run(root, "usage", "--format", form, "--output", str(made))
    assert (result.exit_code, result.output) == (0, "")
    assert made.read_bytes() == run(root, "usage", "--format", form).stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none"], "'none' is not one of"),
        (["usage", "--format", "pdf"], "'pdf' is not one of"),
        (["usage", "--cycle", "0"], "0 is not in the range"),
        (["usage", "--output", "none/made"], "cannot write 'none/made'"),
    ],
)
def test_what_cannot_be_done_is_exit_code_2(root: Path, arguments: list[str], message: str) -> None:
    """An unknown report or format, an impossible cycle and a place that cannot be written are named."""
    result = run(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_nothing_to_report_is_misuse(content_set: Callable[[dict[str, str]], Path]) -> None:
    """A folder without pages and fragments is exit code 2, never an empty report."""
    result = run(content_set({"mkdocs.yml": "docs_dir: content\n", "content/notes.txt": ""}), "usage")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to report" in result.stderr


def test_content_set_without_guides_says_so(content_set: Callable[[dict[str, str]], Path]) -> None:
    """Pages without checklists make a report that says that there are none, and no share of nothing."""
    result = run(content_set({"content/page.md": "# Page\n"}), "coverage")
    assert result.exit_code == 0
    assert "No page has a checklist." in result.stdout
    assert "%" not in result.stdout


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 0, ""), (0, 9, "0 %"), (9, 9, "100 %"), (1, 1000, "< 1 %"), (999, 1000, "> 99 %"), (1, 3, "33 %")],
)
def test_share_is_all_only_when_it_is_all(part: int, whole: int, share: str) -> None:
    """A share is rounded, but never to all or nothing where it is neither."""
    assert percent(part, whole) == share


TEXTS = st.text(min_size=1, max_size=30)
CELLS = st.one_of(
    TEXTS,
    st.integers(0, 10**6),
    st.dates(),
    st.none(),
    TEXTS.map(lambda name: PurePosixPath("c", name.replace("/", "_").replace("\0", "_"))),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    """A report of any texts."""
    columns = tuple(Column(key=f"k{at}", label=f"L{at}", number=draw(st.booleans())) for at in range(3))
    rows = tuple(draw(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4)))
    table = Table(title="T", columns=columns, rows=rows)
    return View(
        name="usage",
        title="Usage",
        about="About.",
        day=date(2026, 11, 25),
        facts=(Figure(key="a", label="A", value=draw(CELLS)),),
        chart=Chart(title="C", legend=("x",), bars=(Bar(label=draw(TEXTS), parts=(1,)),)),
        tables=(table,),
        records=table,
    )


quick = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(views())
def test_any_text_stays_in_its_cell(view: View) -> None:
    """Whatever a title or a file's name holds, each format keeps the rows, and Markdown shows the text as it is."""
    rows = list(csv.reader(StringIO(reports.FORMATS["csv"](view).decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [3] * (len(view.records.rows) + 1)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row)
    assert len(json.loads(reports.FORMATS["json"](view))["records"]) == len(view.records.rows)
    tokens = MarkdownIt("commonmark").enable("table").parse(reports.FORMATS["markdown"](view).decode())
    cells = [
        plain_text(tokens[at + 1].children) for at, token in enumerate(tokens) if token.type in ("td_open", "th_open")
    ]
    assert len(cells) == 3 * (len(view.records.rows) + 1)
    for cell, value in zip(cells[3:], (value for row in view.records.rows for value in row), strict=True):
        if isinstance(value, str) and value.isprintable():
            assert " ".join(cell.replace("\u2060", "").split()) == " ".join(value.split())


@quick
@given(views())
def test_columns_stand_below_each_other(view: View) -> None:
    """The text has a line for each row, whatever the cells hold, and no character that commands a terminal."""
    text = report_text.write(view)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert len(text.removesuffix("\n").split("\n")) == 6 + len(view.records.rows)
