"""What makes a cached finding stale: a table, query by query."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

import guidekit
from guidekit import rules
from guidekit.layout import Layout
from guidekit.library.library import Library
from guidekit.library.queries import NameQueries, Queries
from guidekit.rules import recording
from guidekit.rules.recording import RecordingQueries
from guidekit.rules.rule import DocumentRule, Finding, PageRule
from guidekit.rules.running import Run
from guidekit.settings import Settings
from guidekit.syntax.document import parse
from guidekit.syntax.front_matter import FrontMatter
from guidekit.text.digests import digest
from guidekit.text.source import Source, Unreadable

DAY = date(2026, 11, 30)
PLAN, DRILL = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "33fe1493-7dbd-48de-ab6a-d6635c9c7c68"
GUIDE = f"---\nms.custom: Is it?\n---\n<!-- You have a plan -->\n[!include[x](../includes/{PLAN}.md)]\n\n"
SHOWN, ITEM = "[!include[x](../includes/shared.md)]\n", "<!-- You have {} -->\n[!include[x](../includes/shared.md)]\n"
BINARY = Unreadable(reason="not-text", detail="is binary, not text")

Text = str | Unreadable | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file with a finding of a rule (or none), and an edit of another file that changes what the rule finds in it.

    ``query`` is what the rule has to ask for that. After the ``harmless`` edit, the answer is still the same.
    """

    query: type[object] | None
    rule: str
    file: str
    files: Mapping[str, Text]
    edit: Mapping[str, Text]
    harmless: Mapping[str, Text] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)


CASES: Mapping[str, Case] = {
    "a fragment that is shown can be read no longer": Case(
        query=recording.Load,
        rule="guid-case-mismatch",
        file="includes/shared.md",
        files={"includes/shared.md": f"[!include[{PLAN.upper()}]({PLAN}.md)]\n", f"includes/{PLAN}.md": "## Plan\n"},
        edit={f"includes/{PLAN}.md": BINARY},
    ),
    "a group of pivots is declared": Case(
        query=recording.PivotGroups,
        rule="pivot-group-not-found",
        file="content/page.md",
        files={
            "content/page.md": "---\nzone_pivot_groups: a\n---\n",
            "content/zone-pivot-groups.yml": "groups: [{id: b, pivots: [{id: x}]}]\n",
        },
        edit={"content/zone-pivot-groups.yml": "groups: [{id: a, pivots: [{id: x}]}]\n"},
        harmless={"content/zone-pivot-groups.yml": "# None\ngroups: [{id: b, pivots: [{id: x}]}]\n"},
    ),
    "a hidden file that is asked for is there": Case(
        query=recording.Locate,
        rule="include-not-found",
        file="includes/shared.md",
        files={"includes/shared.md": "[!include[x](.hidden.md)]\n"},
        edit={"includes/.hidden.md": "Words.\n"},
    ),
    "a hidden file that was there is gone": Case(
        query=recording.Locate,
        rule="include-not-found",
        file="includes/shared.md",
        files={"includes/shared.md": "[!include[x](.hidden.md)]\n", "includes/.hidden.md": "Words.\n"},
        edit={"includes/.hidden.md": None},
    ),
    "the code that a snippet names is gone": Case(
        query=recording.CodeFailure,
        rule="codesnippet-not-found",
        file="includes/shared.md",
        files={
            "includes/shared.md": "[!code-python[x](a.py#one)]\n",
            "includes/a.py": "# <one>\na = 1\n# </one>\n",
        },
        edit={"includes/a.py": "a = 1\n"},
        harmless={"includes/a.py": "# <one>\nb = 2\n# </one>\n"},
    ),
    "a fragment that could be included would close a circle": Case(
        query=recording.ExpansionOf,
        rule="include-not-found",
        file="includes/shared.md",
        files={
            "includes/shared.md": f"[!include[{PLAN}](gone.md)]\n",
            f"includes/{PLAN}.md": "[!include[x](other.md)]\n",
            "includes/other.md": "Words.\n",
        },
        edit={"includes/other.md": "[!include[x](shared.md)]\n"},
    ),
    "a fragment within guidance says more": Case(
        query=recording.Words,
        rule="guidance-stub",
        file=f"includes/{PLAN}.md",
        files={
            "content/a.md": f"[!include[x](../includes/{PLAN}.md)]\n",
            f"includes/{PLAN}.md": "## Plan\n\n[!include[x](shared.md)]\n",
            "includes/shared.md": "[!include[x](other.md)]\n",
            "includes/other.md": "Two words.\n",
        },
        edit={"includes/other.md": "word " * 20},
        harmless={"includes/other.md": "Other words.\n"},
    ),
    "a fragment is lost within guidance": Case(
        query=recording.IsWhole,
        rule="guidance-empty",
        file=f"includes/{PLAN}.md",
        files={
            "content/a.md": f"[!include[x](../includes/{PLAN}.md)]\n",
            f"includes/{PLAN}.md": "## Plan\n\n[!include[x](shared.md)]\n",
            "includes/shared.md": "<!-- Nothing -->\n",
        },
        edit={"includes/shared.md": "[!include[x](gone.md)]\n"},
        harmless={"includes/shared.md": "<!-- Nothing yet -->\n"},
    ),
    "a heading is gone, to which a page leads": Case(
        query=recording.AnchorsOf,
        rule="bookmark-not-found",
        file="content/a.md",
        files={"content/a.md": "[x](b.md#two)\n", "content/b.md": "## Two\n"},
        edit={"content/b.md": "## Three\n"},
        harmless={"content/b.md": "## Two\n\nWords.\n"},
    ),
    "a fragment stands behind an item no longer": Case(
        query=recording.IsGuidance,
        rule="uid-invalid",
        file="includes/shared.md",
        files={
            "content/a.md": GUIDE + ITEM.format("a drill"),
            "includes/shared.md": "Words.\n",
            f"includes/{PLAN}.md": "## Plan\n",
        },
        edit={"content/a.md": GUIDE + SHOWN},
        harmless={"content/a.md": GUIDE + ITEM.format("another")},
    ),
    "a fragment becomes the guidance of an item": Case(
        query=recording.IsGuidanceFragment,
        rule="guidance-heading-missing",
        file="includes/shared.md",
        files={
            "content/a.md": GUIDE + SHOWN,
            "includes/shared.md": "Words.\n",
            f"includes/{PLAN}.md": "## Plan\n",
        },
        edit={"content/a.md": GUIDE + ITEM.format("a drill")},
        harmless={"content/a.md": f"{GUIDE}{SHOWN}\nWords.\n"},
    ),
    "another fragment claims the GUID no longer": Case(
        query=recording.ClaimsTo,
        rule="uid-duplicate",
        file=f"includes/{PLAN}.md",
        files={f"includes/{name}.md": f"---\nms.uid: {PLAN}\n---\n" for name in (PLAN, DRILL)},
        edit={f"includes/{DRILL}.md": f"---\nms.uid: {DRILL}\n---\n"},
    ),
    "another fragment claims the GUID that is missing": Case(
        query=recording.ClaimsTo,
        rule="uid-mismatch",
        file=f"includes/{PLAN}.md",
        files={f"includes/{PLAN}.md": f"---\nms.uid: {DRILL}\n---\n", "includes/other.md": "Words.\n"},
        edit={"includes/other.md": f"---\nms.uid: {PLAN.upper()}\n---\n"},
    ),
    "a fragment on a page has another heading": Case(
        query=None,
        rule="h1-missing",
        file="content/a.md",
        files={"content/a.md": "[!include[x](../includes/shared.md)]\n", "includes/shared.md": "# One\n"},
        edit={"includes/shared.md": "## One\n"},
    ),
    "an item for which a page has no room is another one": Case(
        query=None,
        rule="item-duplicate",
        file="content/a.md",
        files={"content/a.md": "".join(f"<!-- I -->\n[!include[x](../includes/{name}.md)]\n\n" for name in "ab")}
        | {f"includes/{name}.md": f"---\nms.uid: {PLAN}\n---\nWords.\n" for name in "ab"},
        edit={"includes/b.md": f"---\nms.uid: {DRILL}\n---\nWords.\n"},
        settings={"max_includes": 1},
    ),
    "a page in YAML becomes one that is not drawn": Case(
        query=None,
        rule="file-not-found",
        file="content/a.md",
        files={"content/a.md": "[x](b.yml)\n", "content/b.yml": "### YamlMime:FAQ\ntitle: B\n"},
        edit={"content/b.yml": "### YamlMime:PythonClass\n"},
        harmless={"content/b.yml": "### YamlMime:FAQ\ntitle: C\n"},
    ),
    "a page appears, to which a fragment leads": Case(
        query=None,
        rule="file-not-found",
        file="includes/shared.md",
        files={"includes/shared.md": "[x](../content/gone.md)\n"},
        edit={"content/gone.md": "# Gone\n"},
    ),
    "a second fragment has the name that was meant": Case(
        query=None,
        rule="include-not-found",
        file="includes/shared.md",
        files={"includes/shared.md": f"[!include[{PLAN}](gone.md)]\n", f"includes/{PLAN}.md": "Words.\n"},
        edit={f"includes/sub/{PLAN}.md": "Words.\n"},
    ),
    "a second file differs from an include in letter case": Case(
        query=None,
        rule="include-case-mismatch",
        file="includes/shared.md",
        files={"includes/shared.md": "[!include[x](Other.md)]\n", "includes/other.md": "Words.\n"},
        edit={"includes/OTHER.md": "Words.\n"},
    ),
    "a checklist is published no longer": Case(
        query=None,
        rule="file-not-found",
        file="content/b.md",
        files={
            "content/a.md": f"<!-- You have a plan -->\n[!include[x](../includes/{PLAN}.md)]\n",
            "content/b.md": "[x](a/checklist.csv)\n",
            f"includes/{PLAN}.md": "## Plan\n",
        },
        edit={"content/a.md": "# One\n"},
    ),
}
"""Each edit and what it changes in another file. Without a query, the names of the files or the page's digest tell."""

UNRELATED = "content/unrelated.md"
RECORDED = {name: case for name, case in CASES.items() if case.query}
HARMLESS = {name: case for name, case in CASES.items() if case.harmless}


def paths(texts: Mapping[str, Text]) -> dict[PurePosixPath, Text]:
    """Name files by paths."""
    return {PurePosixPath(name): text for name, text in texts.items()}


def opened(texts: Mapping[str, Text], settings: Mapping[str, object]) -> Library:
    """Open texts in memory, with a page that nothing else names; hidden files are not listed, as on disk."""
    disk = paths({UNRELATED: "# Other\n", **texts})
    listed = {path for path, text in disk.items() if text is not None and not path.name.startswith(".")}
    return Library(
        read=disk.get, files=listed, layout=Layout(), settings=Settings.from_mapping({"learn": ["**"], **settings})
    )


def edited(before: Library, case: Case, edit: Mapping[str, Text]) -> Library:
    """Open the texts of a case after an edit; of a hidden file nobody tells."""
    after = opened({**case.files, **edit}, case.settings)
    if any(path.name.startswith(".") for path in paths(edit)):
        before._read_at_first = after._read_at_first
        return before.reread(before.files, ())
    return before.revised(paths(edit))


def run(library: Library, code: str, previous: Run | None = None) -> Run:
    """Run one rule."""
    rule = rules.named(code)
    assert rule is not None
    return rules.run(library, [rule], today=DAY, previous=previous)


def findings(found: Run, case: Case) -> tuple[tuple[str, Finding], ...]:
    """List what was found in the file of a case."""
    return found.results[PurePosixPath(case.file)].findings


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_edit_makes_a_finding_of_another_file_stale(case: Case) -> None:
    """After the edit, the rule finds what it finds in a content set that is opened anew."""
    library = opened(case.files, case.settings)
    before = run(library, case.rule)
    after = run(edited(library, case, case.edit), case.rule, before)
    anew = run(opened({**case.files, **case.edit}, case.settings), case.rule)
    assert findings(after, case) == findings(anew, case) != findings(before, case)
    assert after.report == anew.report


@pytest.mark.parametrize("case", RECORDED.values(), ids=RECORDED)
def test_stale_finding_is_told_by_its_query_alone(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the query were not recorded, the finding would be reused: the table would see that."""
    record = RecordingQueries._record

    def leave_out(queries: RecordingQueries, query: recording.Query[object]) -> object:
        return query.ask(queries._library) if type(query) is case.query else record(queries, query)

    monkeypatch.setattr(RecordingQueries, "_record", leave_out)
    library = opened(case.files, case.settings)
    before = run(library, case.rule)
    after = run(edited(library, case, case.edit), case.rule, before)
    assert findings(after, case) is findings(before, case)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_unrelated_edit_leaves_a_finding_cached(case: Case) -> None:
    """After an edit of a file about which nothing was asked, the result is the same object."""
    library = opened(case.files, case.settings)
    before = run(library, case.rule)
    after = run(library.revised(paths({UNRELATED: "# Other\n\nWords.\n"})), case.rule, before)
    file = PurePosixPath(case.file)
    assert after.results[file] is before.results[file]


@pytest.mark.parametrize("case", HARMLESS.values(), ids=HARMLESS)
def test_edit_that_leaves_the_answer_leaves_a_finding_cached(case: Case) -> None:
    """After an edit that changes a file but not what was asked about it, the result is the same object."""
    library = opened(case.files, case.settings)
    before = run(library, case.rule)
    after = run(edited(library, case, case.harmless), case.rule, before)
    file = PurePosixPath(case.file)
    assert after.results[file] is before.results[file]


def test_file_that_is_saved_unchanged_stays_cached() -> None:
    """A file that was written anew with the same text is not looked at again."""
    texts = {"content/a.md": "[!include[x](../includes/shared.md)]\n", "includes/shared.md": "Words.\n"}
    library = opened(texts, {})
    before = rules.run(library, today=DAY)
    after = rules.run(library.revised(paths(texts)), today=DAY, previous=before)
    assert [path for path, result in after.results.items() if before.results[path] is not result] == []


def test_other_settings_run_all_rules_anew() -> None:
    """A finding that rests on a setting is not reused under another one."""
    texts = {"content/a.md": "---\nteam: storage\n---\n"}
    before = run(opened(texts, {}), "unknown-key")
    after = run(opened(texts, {"known_keys": ["team"]}), "unknown-key", before)
    assert before.report.diagnostics and not after.report.diagnostics


def test_digest_tells_documents_apart_by_what_their_facts_rest_on() -> None:
    """Path, text, how it was read, and a header that was read elsewhere: documents that differ in one have other digests."""
    page = opened({}, {}).page_of
    a, b = PurePosixPath("a.md"), PurePosixPath("b.md")
    headers = (FrontMatter(values={"title": "A"}), FrontMatter(values={"title": "B"}))
    documents = (
        parse(Source.of(a, "Words.\n")),
        parse(Source.of(b, "Words.\n")),
        parse(Source.of(a, "Other.\n")),
        parse(Source.of(a, "Words.\n"), inline=True),
        *(page(a, "Words.\n", header).document for header in headers),
    )
    assert len({document.digest for document in documents}) == len(documents)
    assert parse(Source.of(a, "Words.\n")).digest == documents[0].digest


def test_digest_tells_expansions_apart_by_all_that_is_shown() -> None:
    """A fragment within a fragment, or why nothing is shown, makes another digest; the order of texts counts."""
    texts = {"content/a.md": "[!include[x](../includes/a.md)]\n", "includes/a.md": "[!include[x](b.md)]\n"}
    inner = ("Words.\n", "Other.\n", BINARY, Unreadable(reason="denied", detail="must not be read"), None)
    found = [opened({**texts, "includes/b.md": text}, {}).expansion(PurePosixPath("content/a.md")) for text in inner]
    assert len({expansion.digest for expansion in found if expansion}) == len(inner)
    assert digest("ab", "c") != digest("a", "bc")


def test_each_query_is_recorded_or_answered_by_names() -> None:
    """The recording class answers the queries that there are, and no other; each that is recorded is in the table."""
    asked = {name for name in vars(Queries) | vars(NameQueries) if not name.startswith("_")}
    assert {name for name in vars(RecordingQueries) if not name.startswith("_")} == asked
    queries = {kind for kind in vars(recording).values() if hasattr(kind, "ask")} - {recording.Query}
    assert {case.query for case in RECORDED.values()} == queries
    assert len(queries) == len(vars(Queries).keys() & asked) - 1  # what an include shows is located, then loaded


def test_answers_in_another_process_are_the_same(project: Path) -> None:
    """The results of our own site, and of every rule's bad example, can be sent to another process and reused there."""
    library = guidekit.Library.open(project, today=DAY).library
    examples = [opened(rule.example("Bad"), {}) for rule in rules.RULES if isinstance(rule, (DocumentRule, PageRule))]
    for content in (library, *examples):
        sent = pickle.loads(pickle.dumps(rules.run(content, today=DAY)))
        after = rules.run(content, today=DAY, previous=sent)
        assert after == sent
        assert [path for path, result in after.results.items() if sent.results[path] is not result] == []
