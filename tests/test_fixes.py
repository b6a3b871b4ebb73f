"""Fixes: whatever is wrong with a content set, they mend it, all of it that can be mended, and touch nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

import case
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guidekit
from guidekit import cli
from guidekit.diagnostics import Diagnostic, Fix, Report, Severity
from guidekit.disk import changes
from guidekit.disk.changes import Change
from guidekit.disk.file_status import WriteError
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.library.library import ChangedError
from guidekit.rules import RULES, fixes
from guidekit.rules.fixes import DivergingError
from guidekit.settings import Settings
from guidekit.syntax.redirections import Redirection
from guidekit.text.edits import Edit
from guidekit.text.source import Source

ContentSet = Callable[[dict[str, str | bytes]], Path]

quick = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

# Content sets with faults of every kind

GUID, OTHER_GUID, ABSENT = (
    "78b95e10-acc0-4749-8f1f-efa8cfb5eb89",
    "33fe1493-7dbd-48de-ab6a-d6635c9c7c68",
    "0c0ffee0-0000-4000-8000-000000000000",
)
HEADER = [
    *("title: Plan", "title: Plan: the whole", "author: [New] é", "author: me", "author: me", "ms.author: 'me'   "),
    *("description: *Plan* it", "description: Write it down\nand print it", "description: `x` a\n  b\n\nc: d"),
    *("ms.date: 31/12/2025", "ms.date: '5 May 2025' # checked", "ms.date: 05/06/2025", "ms.date: 05.06.2025\t"),
    *(
        "ms.custom: Is there a plan?",
        "ms.custom: Why: is there a plan?",
        "keywords:\n\t- a\n\t- b",
        'ms.topic: @é \\ "x',
    ),
    *("# a comment", "", "ms.service: &a b", "ms.reviewer: *a", "services: [a, b", "ms.devlang: a #b: c", "- x"),
]
STATEMENTS = ["You have a plan", "Ünïcode 👩 \\ plan", "'It: has a colon'", "SetMe", "'a --> b'", "TODO", ""]
FAULTS = [
    *(
        f"<!-- {text} -->\n[!include[{GUID}](../includes/{GUID}.md)]"
        for text in ("You had a plan", "SetMe", "", "a\nb")
    ),
    *(f"{mark}[!INCLUDE [{GUID}](../includes/{GUID}.md)]" for mark in ("", "> ", "- ", "  2. ", "> * ", "\t", "   ")),
    f"> <!-- You\n> had a plan -->\n> [!include[{OTHER_GUID}](../includes/{OTHER_GUID}.md)]",
    f"- <!--x-->\n  [!include[{ABSENT}](../includes/{GUID}.md)]",
    f"<!-- a -->\n[!include[{GUID.upper()}](../Includes/{GUID.upper()}.md)]",
    f"<!-- a -->\n[!include[{OTHER_GUID}](../includes/{GUID}.md)]",
    f"é [!include[{ABSENT}](~/INCLUDES/Shared.md)] é",
    f"|a\\|b|c|\n|-|-|\n|[x](OTHER.md)|[!include[{GUID.upper()}](../includes/{GUID}.md)]|",
    *("[x](Other.md)", "a [b\nc](<OTHER.md#o> 'T') é", "![i](Images/a%20B.png?x#y)", '<a href="OTHER.md">x</a>'),
    *("> [x][r] [r]\n>\n> [r]: OTHER.md\n>   'T'", "[x](old.md#o) ![i](older.md)", "[x](gone.md)", "[x](round.md)"),
]
INERT = [
    *(
        "Text é 👩  ",
        "\ttab",
        "```\n[x](OTHER.md)\n<!-- SetMe -->\n```",
        "a\u2028b\x0c \x85c",
        "# Title",
        "<div>\n\n</div>",
    ),
    *(
        "`[x](OTHER.md)`",
        "> quote\nlazy",
        "* a\n* b",
        "<!-- markdownlint-disable -->",
        "\\[x](OTHER.md)",
        "&amp; `-->`",
    ),
]
MOVED = {
    "content/old.md": "other",
    "content/older.md": "old.md",
    "content/gone.md": "nowhere",
    "content/round.md": "round",
    "content/away.md": "https://example.com/a",
}


MENDS = {rule.code: rule.mends for rule in RULES}
STATEMENT_OR_TAG = re.compile(
    r'<guidekit-checklist.*?</guidekit-checklist>|<div class="guidekit-check".*?</div>|<span class="guidekit-hidden">.*?</span>|<!--.*?-->|<[^>]*>',
    re.DOTALL,
)


@st.composite
def content_sets(draw: st.DrawFn) -> tuple[dict[PurePosixPath, str], list[str]]:
    """A content set, and the lines of its page that no fix may touch, in order, each with its ending."""
    ending = st.sampled_from(draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n", "\r"]])))
    mark = draw(st.sampled_from(["", "\ufeff"]))

    def typed(text: str) -> str:
        return re.sub("\n+", lambda run: draw(ending) * len(run[0]), text)  # \r and \n side by side are one ending

    def header(*own: str) -> str:
        lines = [*own, *draw(st.lists(st.sampled_from(HEADER), max_size=6))]
        return "\n".join(["---", *draw(st.permutations(lines)), "---", ""])

    parts, untouched = [mark + typed(header() if draw(st.booleans()) else "")], []
    for text, inert in draw(
        st.lists(st.sampled_from([*((text, False) for text in FAULTS), *((text, True) for text in INERT)]), max_size=8)
    ):
        parts.append(typed(text + "\n\n"))
        if inert:
            untouched.append(parts[-1])
    page = "".join(parts)
    if draw(st.booleans()) and not untouched:
        page = page.rstrip("\r\n")
    question = draw(st.sampled_from(STATEMENTS))
    uid = draw(st.sampled_from([GUID, GUID.upper(), f"'{GUID.upper()}'"]))
    files = {
        "content/page.md": page,
        "content/other.md": "---\ntitle: Other\ndescription: d\n---\n# Other\n\n## O\n\nText.\n",
        "content/images/a b.png": "",
        "includes/shared.md": "shared",
        f"includes/{GUID}.md": mark
        + typed(header(f"ms.uid: {uid}", f"ms.assessment_question: {question}"))
        + typed("## Plan\n\nText.\n"),
        f"includes/{OTHER_GUID}.md": "---\nms.assessment_question: You test\n---\n## Test\n\nText.\n",
    }
    return {PurePosixPath(path): text for path, text in files.items()}, untouched


def library_of(files: Mapping[PurePosixPath, str]) -> guidekit.Library:
    """Make a content set of texts in memory."""
    span = Source(path=PurePosixPath(".openpublishing.redirection.json"), text="").span((0, 0))
    moved = {
        PurePosixPath(path): Redirection(file=PurePosixPath(path), address=address, span=span)
        for path, address in MOVED.items()
    }
    return guidekit.Library(
        core.Library(
            read=files.get,
            files=files,
            layout=Layout(),
            settings=Settings.from_mapping({"learn": ["**"]}),
            redirections=moved,
        )
    )


def words(library: guidekit.Library) -> dict[PurePosixPath, list[str]]:
    """Read what each page says but for its checklist, whose statements may be what was wrong."""
    html = {page.path: guidekit.render(library, page).html for page in library.pages}
    return {path: STATEMENT_OR_TAG.sub(" ", text).split() for path, text in html.items()}


def serious(report: Report) -> Counter[tuple[str, PurePosixPath]]:
    """Count the warnings and errors of a report by rule and file."""
    return Counter(
        (found.code, found.span.path) for found in report.diagnostics if found.severity > Severity.SUGGESTION
    )


@quick
@given(content_sets())
def test_fixes_mend_what_they_can_and_touch_nothing_else(made: tuple[dict[PurePosixPath, str], list[str]]) -> None:
    """After the safe fixes nothing safe is left, twice is as once, no new warning is there, and pages say the same."""
    files, untouched = made
    library = library_of(files)
    mended = library.mend()
    after = files | {change.path: change.after or "" for change in mended.changes}
    again = library_of(after)
    assert not [found for found in again.check().diagnostics if found.fix and found.fix.safe]
    assert again.check() == mended.report
    for item in (*library.check().diagnostics, *mended.report.diagnostics):
        if item.fix:
            assert MENDS[item.code] == ("safely" if item.fix.safe else "unsafely")
    assert again.mend().changes == ()
    assert not serious(mended.report) - serious(library.check())
    assert words(again) == words(library)
    for change in mended.changes:
        before, now = change.before or "", change.after or ""
        assert before == files[change.path] != now
        assert before.startswith("\ufeff") == now.startswith("\ufeff")
        assert re.findall(r"(?:\r\n?|\n)?\Z", before) == re.findall(r"(?:\r\n?|\n)?\Z", now)
    page, at = after[PurePosixPath("content/page.md")], 0
    for text in untouched:
        at = page.index(text, at) + len(text)


@cache
def mended_in_cases(kind: str) -> frozenset[str]:
    """Find the rules that mend something in the cases of a kind."""
    files = ({PurePosixPath(name): text for name, text in case.read(path).files.items()} for path in case.every(kind))
    mended = (library_of(one).mend(lambda found: found.fix is not None) for one in files)
    return frozenset(found.code for one in mended for found in one.fixed)


@pytest.mark.parametrize("code", [code for code, mends in MENDS.items() if mends != "never"])
def test_rule_that_is_said_to_mend_does(code: str) -> None:
    """Each rule that is documented to mend something has a case in which it does, safely or not as documented."""
    assert code in mended_in_cases("fix" if MENDS[code] == "safely" else "unsafe-fix")


# The parts


def found(*spots: tuple[int, int], text: str = "X", code: str = "title-missing") -> Diagnostic:
    """A finding whose fix edits these stretches of one line."""
    source = Source.of("content/page.md", "0123456789")
    edits = tuple(Edit(span=source.stretch(*spot), text=text) for spot in spots)
    fix = Fix(message="mend it", edits=edits)
    return Diagnostic(code=code, severity=Severity.WARNING, message="m", span=source.line_span(0), fix=fix)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (found((0, 2)), found((2, 4)), True),
        (found((0, 3)), found((2, 4)), False),
        (found((2, 2)), found((2, 4)), False),
        (found((2, 2)), found((2, 2), text="Y"), False),
        (found((2, 2)), found((2, 2)), True),
        (found((0, 1), (8, 9)), found((4, 5), (8, 10)), False),
    ],
)
def test_fixes_that_meet_are_not_made_together(first: Diagnostic, second: Diagnostic, together: bool) -> None:
    """A fix any of whose edits touches another's text waits, all of it; the very same edit is made once."""
    assert fixes.choose([first, second]) == ([first, second] if together else [first])


def test_fixes_without_an_end_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fix brings its own finding back, nothing comes out but an error that names the rule."""
    library = library_of({PurePosixPath("content/page.md"): "0123456789"})
    report = replace(library.check(), diagnostics=(found((0, 0)),))
    monkeypatch.setattr(guidekit.Library, "check", lambda _: report)
    with pytest.raises(DivergingError, match="title-missing"):
        fixes.mend(library, lambda _: True)


def test_file_that_changed_while_it_was_checked_is_not_mended() -> None:
    """A text that is no longer the one that was judged is left alone, and named."""
    texts = {PurePosixPath("content/page.md"): "---\ntitle: a: b\n---\n# A\n"}
    library = library_of(texts)
    library.check()
    texts[PurePosixPath("content/page.md")] += "More.\n"
    with pytest.raises(ChangedError, match=r"content/page\.md"):
        library.mend()


# On the disk, and on the command line

BROKEN = "---\ntitle: Plan\ndescription: Plan: it\n---\n# Plan\n\nText.\n"
MENDED = BROKEN.replace("Plan: it", '"Plan: it"')


def check(root: Path, *arguments: str, path: str = "") -> Result:
    """Check a content set, or a file of it, on the command line."""
    return CliRunner().invoke(cli.main, ["check", str(root / path), *arguments])


def test_fix_writes_and_tells(content_set: ContentSet) -> None:
    """The files are mended on disk, byte order mark and line endings kept, and the count is told."""
    root = content_set({"content/a.md": "\ufeff" + BROKEN.replace("\n", "\r\n"), "content/b.md": BROKEN})
    result = check(root, "--fix", "--show-fixes")
    assert result.exit_code == 0
    assert "fixed 2 findings in 2 files\n  content/a.md: 1 yaml-header-syntax-error\n" in result.stderr
    assert (root / "content/a.md").read_bytes() == ("\ufeff" + MENDED.replace("\n", "\r\n")).encode()
    assert (root / "content/b.md").read_bytes() == MENDED.encode()
    assert check(root, "--fix", "--exit-non-zero-on-fix").exit_code == 0


def test_fix_may_fail_the_run(content_set: ContentSet) -> None:
    """With --exit-non-zero-on-fix a run that mends something exits with 1."""
    root = content_set({"content/a.md": BROKEN})
    assert check(root, "--fix", "--exit-non-zero-on-fix").exit_code == 1


def test_diff_writes_nothing_and_fails_where_something_would_change(content_set: ContentSet) -> None:
    """--diff prints the change as a diff, exits with 1 and leaves the file alone; with nothing to mend it exits with 0."""
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "content/a.md": BROKEN})
    result = check(root, "--diff")
    assert result.exit_code == 1
    assert '-description: Plan: it\n+description: "Plan: it"\n' in result.stdout
    assert result.stderr == "would fix 1 finding in 1 file\n"
    assert (root / "content/a.md").read_text(encoding="utf-8") == BROKEN
    (root / "content/a.md").write_text(MENDED, encoding="utf-8")
    assert (check(root, "--diff").exit_code, check(root, "--diff").output) == (0, "nothing to fix\n")


def test_unsafe_fixes_are_made_only_where_asked_for(content_set: ContentSet) -> None:
    """A fix that a person should look at waits for --unsafe-fixes, which means nothing on its own."""
    root = content_set({"content/a.md": "---\ndescription: d\n---\n# Plan\n\nText.\n"})
    assert "(1 fixable with --unsafe-fixes)" in check(root, "--fix").stderr
    assert check(root, "--unsafe-fixes").exit_code == 2
    assert check(root, "--fix", "--unsafe-fixes").exit_code == 0
    assert "title: Plan\n" in (root / "content/a.md").read_text(encoding="utf-8")


def test_fix_keeps_to_the_paths_and_rules_that_were_named(content_set: ContentSet) -> None:
    """Files that were not named, rules that were not selected, and files that ignore the rule stay as they are."""
    per_file = "plugins: [{guidekit: {per_file_ignores: {content/c.md: [yaml-header-syntax-error]}}}]\n"
    files = {f"content/{name}.md": BROKEN for name in "abc"}
    root = content_set({**files, "mkdocs.yml": f"docs_dir: content\n{per_file}"})

    def mended() -> list[str]:
        return [path.stem for path in sorted(root.glob("content/*.md")) if path.read_text(encoding="utf-8") == MENDED]

    check(root, "--fix", "--select", "title-missing")
    assert mended() == []
    check(root, "--fix", path="content/a.md")
    assert mended() == ["a"]
    check(root, "--fix")
    assert mended() == ["a", "b"]


def test_file_that_changed_on_disk_is_not_overwritten(tmp_path: Path) -> None:
    """Where a file is not as it was read, nothing is written, not even the other files."""
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "b.md").write_text("changed", encoding="utf-8")
    wanted = [Change(path=PurePosixPath(f"{name}.md"), before=name, after="new") for name in "ab"]
    with pytest.raises(WriteError, match=r"b\.md' is no longer as it was read.*nothing was written"):
        changes.write(tmp_path, wanted)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "a"
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == "changed"


def test_broken_list_of_redirections_is_told(content_set: ContentSet) -> None:
    """A file of redirections that is none stops the run, and is named."""
    root = content_set({"content/a.md": MENDED, ".openpublishing.redirection.json": "[]"})
    result = check(root)
    assert result.exit_code == 2
    assert ".openpublishing.redirection.json: is no file of redirections: expected an object" in result.stderr


def test_every_format_tells_the_fix(content_set: ContentSet) -> None:
    """People read what a fix does; programs get its edits."""
    root = content_set({"content/a.md": BROKEN})
    assert "  fix: write the front matter as YAML\n" in check(root).stdout
    assert "(1 fixable with --fix)" in check(root).stderr
    record = json.loads(check(root, "--output-format", "json").stdout)["diagnostics"][0]["fix"]
    assert (record["applicability"], record["edits"][0]["text"]) == ("safe", 'description: "Plan: it"')
    suggestion = json.loads(check(root, "--output-format", "rdjson").stdout)["diagnostics"][0]["suggestions"][0]
    assert suggestion["range"]["start"] == {"line": 3, "column": 1}
    result = json.loads(check(root, "--output-format", "sarif").stdout)["runs"][0]["results"][0]
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
        "text": 'description: "Plan: it"'
    }
