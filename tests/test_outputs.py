"""The formats of a report: each is read back by someone else's reader, whatever texts the findings hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import github_action_utils
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from guidekit import Library
from guidekit.diagnostics import Checked, Diagnostic, Fix, Related, Report, Severity
from guidekit.exports import schemas
from guidekit.reporting import outputs
from guidekit.text.edits import Edit
from guidekit.text.escaping import harmless, printable
from guidekit.text.source import Position, Span

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCHEMAS = Path(__file__).parent / "schemas"

texts = st.text(min_size=1, max_size=40).filter(str.strip)
paths = st.builds(
    PurePosixPath, st.text("aé b%:;],=#|<>&\"'", min_size=1, max_size=20).map(lambda name: f"c/{name}.md")
)
positions = st.builds(Position, st.integers(1, 9_999), st.integers(1, 300))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span that ends on its line or below it."""
    start = draw(positions)
    end = Position(start.line + draw(st.integers(0, 3)), start.column + draw(st.integers(0, 80)))
    return Span(path=draw(paths), start=start, end=end)


fixes = st.builds(
    Fix,
    message=texts,
    edits=st.lists(st.builds(Edit, span=spans(), text=st.text(max_size=9)), min_size=1, max_size=2).map(tuple),
    safe=st.booleans(),
)
diagnostics = st.builds(
    Diagnostic,
    code=st.sampled_from(["guidance-empty", "file-not-found", "unknown-key"]),
    severity=st.sampled_from(Severity),
    message=texts,
    span=spans(),
    hint=st.one_of(st.just(""), texts),
    related=st.lists(st.builds(Related, message=texts, span=spans()), max_size=2).map(tuple),
    fix=st.none() | fixes,
    owner=st.one_of(st.just(""), texts),
    fingerprint=st.uuids().map(lambda guid: guid.hex),
)
reports = st.builds(
    Report,
    diagnostics=st.lists(diagnostics, max_size=6).map(lambda found: tuple(sorted(found, key=lambda one: one.sort_key))),
    checked=st.builds(Checked, pages=st.just(2), fragments=st.just(3), items=st.just(4), links=st.just(5)),
)


def written(report: Report, form: str) -> str:
    """A report in a format, with no excerpts."""
    return outputs.write(report, form, lambda _: ())


@quick
@given(reports)
def test_sarif_is_read_by_a_reader_of_sarif(report: Report) -> None:
    """SARIF validates, has a result for each finding at its place, and describes each rule once."""
    run = Sarif.model_validate_json(written(report, "sarif")).runs[0]
    assert [result.rule_id for result in run.results or []] == [found.code for found in report.diagnostics]
    for result, found in zip(run.results or [], report.diagnostics, strict=True):
        region = result.locations[0].physical_location.region  # type: ignore[index,union-attr]
        assert (region.start_line, region.start_column) == found.span.start  # type: ignore[union-attr]
    rules = [rule.id for rule in run.tool.driver.rules or []]
    assert rules == sorted({found.code for found in report.diagnostics})


@quick
@given(reports)
def test_junit_is_read_by_a_reader_of_junit(report: Report) -> None:
    """JUnit has a case for each finding; errors and warnings fail, suggestions do not."""
    suites = JUnitXml.fromstring(written(report, "junit").encode())
    cases = [case for suite in suites for case in suite]
    assert len(cases) == max(len(report.diagnostics), 1)
    failed = sum(found.severity > Severity.SUGGESTION for found in report.diagnostics)
    assert sum(not case.is_passed for case in cases) == failed == sum(suite.failures for suite in suites)


@quick
@given(reports)
@pytest.mark.parametrize("form", ["gitlab", "rdjson", "json"])
def test_json_formats_keep_to_their_schema(form: str, report: Report) -> None:
    """GitLab's, reviewdog's and our own JSON validate, with a record for each finding."""
    document = json.loads(written(report, form))
    theirs = SCHEMAS / f"{form}.schema.json"
    schema = schemas.read("check") if form == "json" else json.loads(theirs.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)
    records = document if form == "gitlab" else document["diagnostics"]
    assert len(records) == len(report.diagnostics)


@quick
@given(reports)
def test_json_lines_are_the_records_of_the_json(report: Report) -> None:
    """Each line is one of the records of the JSON format, in the same order."""
    lines = [json.loads(line) for line in written(report, "json-lines").split("\n")[:-1]]
    assert lines == json.loads(written(report, "json"))["diagnostics"]


@quick
@given(diagnostics)
def test_github_annotation_is_the_one_that_githubs_own_toolkit_writes(found: Diagnostic) -> None:
    """A workflow command escapes its message and its properties as the library for them does, of what can be shown."""
    found = replace(found, hint="", related=())
    report = Report(diagnostics=(found,), checked=Checked(pages=1, fragments=0, items=0, links=0))
    kind = {"error": "error", "warning": "warning", "suggestion": "notice"}[str(found.severity)]
    start, end = found.span.start, found.span.end
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("builtins.print", lambda text, **_: said.append(text))
        getattr(github_action_utils, kind)(
            printable(found.message),
            title=f"guidekit: {found.code}",
            file=harmless(str(found.span.path)),
            line=start.line,
            col=start.column,
            end_line=end.line,
            end_column=end.column if end.line == start.line else None,
            use_subprocess=False,
        )
    assert parse(written(report, "github")) == parse(said[0] + "\n")


def parse(command: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as a runner does: name, properties, message."""
    found = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)\n", command)
    assert found, command
    properties = dict(pair.split("=", 1) for pair in found[2].split(","))
    return found[1], properties, found[3]


@quick
@given(reports)
def test_azure_command_survives_any_text(report: Report) -> None:
    """A logging command stays one line, and an agent reads the path and the message back, as far as they can be shown."""
    lines = written(report, "azure").split("\n")[:-1]
    commands = [line for line in lines if line.startswith("##vso[task.logissue ")]
    issues = [found for found in report.diagnostics if found.severity > Severity.SUGGESTION]
    assert len(commands) == len(issues)
    for command, found in zip(commands, sorted(issues, key=lambda one: (-one.severity, one.sort_key)), strict=True):
        inside, message = command.removeprefix("##vso[task.logissue ").split("]", 1)
        properties = dict(part.split("=", 1) for part in inside.split(";") if part)
        assert unescape(properties["sourcepath"]) == harmless(str(found.span.path))
        assert unescape(message).startswith(printable(found.message))


def unescape(text: str) -> str:
    """Read a value as an agent of Azure Pipelines does."""
    for mark, char in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(mark, char)
    return text


@quick
@given(reports)
def test_markdown_table_has_a_row_for_each_finding(report: Report) -> None:
    """No text breaks out of its cell: each row has five cells."""
    rows = [line for line in written(report, "markdown").split("\n") if line.startswith("| ")][2:]
    assert len(rows) == len(report.diagnostics)
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 6 for row in rows)


@quick
@given(reports)
def test_concise_has_one_line_for_each_finding(report: Report) -> None:
    """A finding without a hint of several lines is one line that no text can break."""
    one_liners = replace(
        report, diagnostics=tuple(replace(one, message="m", hint="", related=()) for one in report.diagnostics)
    )
    assert written(one_liners, "concise").count("\n") == len(report.diagnostics)


def many(number: int, severity: Severity) -> Report:
    """A report with many findings of one severity."""
    span = Span(path=PurePosixPath("content/a.md"), start=Position(1, 1), end=Position(1, 2))
    found = tuple(
        Diagnostic(code="file-not-found", severity=severity, message=f"m{index}", span=span, fingerprint=str(index))
        for index in range(number)
    )
    return Report(diagnostics=found, checked=Checked(pages=1, fragments=0, items=0, links=0))


def test_github_shows_the_worst_first_and_counts_the_rest() -> None:
    """Errors come before suggestions, and a notice counts what GitHub leaves out."""
    errors, suggestions = many(12, Severity.ERROR), many(3, Severity.SUGGESTION)
    report = replace(errors, diagnostics=suggestions.diagnostics + errors.diagnostics)
    lines = written(report, "github").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 12 + ["::notice"] * 4
    assert "2 more findings" in lines[-1]


def test_summary_in_markdown_stays_below_what_github_takes() -> None:
    """A table of very many findings is cut below 1 MiB, and says how many are missing."""
    text = written(many(20_000, Severity.WARNING), "markdown")
    assert len(text.encode()) < 1 << 20
    assert re.search(r"And [\d,]+ more findings\.\n$", text)


def test_formats_are_those_that_are_documented(project: Path) -> None:
    """The outputs page explains every format, and no other."""
    page = (project / "content" / "contribute" / "outputs.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^## `(.+)`$", page, re.MULTILINE)) == outputs.FORMATS


def test_paths_count_from_the_repository_where_the_content_set_lies_below_it() -> None:
    """A report moved below a folder has that folder in front of every path, also of related places."""
    report = many(1, Severity.ERROR)
    related = Related(message="here", span=report.diagnostics[0].span)
    report = replace(report, diagnostics=(replace(report.diagnostics[0], related=(related,)),))
    (moved,) = outputs.below(report, PurePosixPath("docs/site")).diagnostics
    assert str(moved.span.path) == str(moved.related[0].span.path) == "docs/site/content/a.md"


def test_fingerprint_survives_moved_lines_and_tells_equal_findings_apart(content_set: Any) -> None:
    """A finding keeps its fingerprint when its line moves; two of the same words in one file have two."""
    header = "---\ntitle: A\ndescription: A page.\n---\n# A\n\n"
    text = "[x](gone.md)\n\n[x](gone.md)\n"
    before = Library.open(content_set({"content/a.md": header + text})).check().diagnostics
    after = Library.open(content_set({"content/a.md": f"{header}A line more.\n\n{text}"})).check().diagnostics
    assert [found.fingerprint for found in before] == [found.fingerprint for found in after]
    assert len({found.fingerprint for found in before}) == len(before) == 2


def test_owner_is_the_one_in_the_file_or_the_one_in_the_repository(content_set: Any) -> None:
    """A finding names ``ms.author``, else ``author``, else whom CODEOWNERS names; a broken CODEOWNERS names nobody."""
    header = "---\ntitle: A\ndescription: A page.\n{}---\n# A\n\n[x](gone.md)\n"
    files = {
        "content/own.md": header.format("author: ann-on-github\nms.author: ann\n"),
        "content/author.md": header.format("author: eve\n"),
        "content/other.md": header.format(""),
        ".github/CODEOWNERS": "* @all\n/content/ @bob @team/docs\n",
        ".git/HEAD": "",
    }
    root = content_set(files)
    owners = {found.span.path.name: found.owner for found in Library.open(root).check().diagnostics}
    assert owners == {"own.md": "ann", "author.md": "eve", "other.md": "@bob @team/docs"}
    (root / ".github" / "CODEOWNERS").write_bytes(b"[bad\n\xff")
    owners = {found.span.path.name: found.owner for found in Library.open(root).check().diagnostics}
    assert owners == {"own.md": "ann", "author.md": "eve", "other.md": ""}
