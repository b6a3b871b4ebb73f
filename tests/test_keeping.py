"""What one run of the rules leaves to the next: as much as stands, and never anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import guidekit
from guidekit import rules
from guidekit.rules.keeping import EVERYTHING
from guidekit.settings import Layout, Settings
from guidekit.source import Unreadable

DAY = date(2026, 11, 30)
GUIDS = ("78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "33fe1493-7dbd-48de-ab6a-d6635c9c7c68")
PAGES = ("content/a.md", "content/b.md", "content/sub/c.md")
FRAGMENTS = tuple(f"includes/{name}.md" for name in (*GUIDS, "shared"))
FILES = tuple(PurePosixPath(name) for name in (*PAGES, *FRAGMENTS, "content/i.png"))

Text = str | Unreadable | None
Texts = dict[PurePosixPath, Text]

BINARY = Unreadable(reason="not-text", detail="is binary, not text")
HEADERS = (
    "",
    "---\nlearn: false\n---\n",
    "---\ntitle: T\nms.custom: Is it?\nms.author: ann\n---\n",
    "---\nms.date: 01/01/2020\nms.update-cycle: 30-days\n---\n",
    "---\ntitle: T\ntitle: [\n---\n",
    *(f"---\nms.uid: {guid}\nms.assessment_question: You have a plan\n---\n" for guid in GUIDS),
)
PIECES = (
    *("# One\n\n", "## Two\n\n", "#### Four\n\n", "## \n\n", "Some words of text.\n\n", "word " * 30 + "\n\n"),
    *(f"[x]({name})\n\n" for name in ("a.md#two", "b.md#one", "sub/c.md", "../a.md#tow", "#two", "gone.md", "B.md")),
    *("[x](../content/b.md#two)\n\n", "![](i.png)\n\n", "![i.png](../content/i.png)\n\n"),
    *(f"<!-- You have a plan -->\n[!include[{guid}](../includes/{guid}.md)]\n\n" for guid in GUIDS),
    *(f"[!include[x](../../includes/{name}.md)]\n\n" for name in (GUIDS[0], "shared", "gone", "Shared")),
    *(
        "[!include[x](shared.md)]\n\n",
        f"[!include[x]({GUIDS[1]}.md)]\n\n",
        "text [!include[x](../includes/shared.md)]\n\n",
    ),
    *("<!-- guidekit: ignore[heading-empty] why -->\n", "<!-- guidekit: ignore-file[file-not-found] why -->\n\n"),
    *("<!-- open", "> [!NOTE]\n> Note.\n\n", '<a id="two"></a>\n\n', "<!-- You have another -->\n\n"),
)

texts = st.builds(str.__add__, st.sampled_from(HEADERS), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
revisions = st.dictionaries(st.sampled_from(FILES), st.one_of(texts, st.sampled_from((None, BINARY))), max_size=2)


def opened(content: Texts, options: Mapping[str, object]) -> guidekit.Library:
    """Make a content set of texts in memory."""
    files = {path for path, text in content.items() if text is not None}
    settings = Settings.from_mapping(dict(options))
    library = guidekit.Library(read=content.get, files=files, layout=Layout(), settings=settings)
    library._today = DAY
    return library


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.fixed_dictionaries(dict.fromkeys(FILES, texts)),
    edits=st.lists(revisions, min_size=1, max_size=4),
    options=st.sampled_from(
        ({}, {"publish_catalogue": False}, {"per_file_ignores": {"content/a.md": ["file-not-found"]}})
    ),
)
@example(  # a heading is gone, to which another page leads
    content={FILES[0]: "# One\n\n[x](b.md#two)\n", FILES[1]: "# One\n\n## Two\n\nWords.\n"},
    edits=[{FILES[1]: "# One\n\n## Three\n\nWords.\n"}],
    options={},
)
@example(  # a page that is no guide any longer publishes no checklist, to which another page leads
    content={
        FILES[0]: f"<!-- You have a plan -->\n[!include[x](../includes/{GUIDS[0]}.md)]\n",
        FILES[1]: "[x](a/checklist.csv)\n",
        FILES[3]: "## Plan\n",
    },
    edits=[{FILES[0]: "# One\n"}],
    options={},
)
def test_report_after_edits_is_that_of_a_new_run(
    content: Texts, edits: list[Texts], options: dict[str, object]
) -> None:
    """However files change, come and go, a library that goes on from the last one finds what a new one finds."""
    library = opened(content, options)
    library.check()
    for edit in edits:
        content = content | edit
        library = library.revised(edit)
        assert library.check() == opened(content, options).check()


def own(project: Path) -> guidekit.Library:
    """Open the project's own content set."""
    return guidekit.Library.open(project, today=DAY)


def test_rules_of_a_file_do_not_look_at_everything(project: Path) -> None:
    """No rule of single files asks its library what only all files together can answer; that would never be kept."""
    judgment = rules.judge(own(project), today=DAY)
    assert [path for path, unit in judgment.units.items() if EVERYTHING in unit.asked] == []


def test_edit_costs_the_files_that_it_may_concern(project: Path) -> None:
    """After a page's text has changed without a new heading, no other file is judged again."""
    library = own(project)
    before = rules.judge(library, today=DAY)
    page = PurePosixPath("content/glossary.md")
    after = rules.judge(library.revised({page: library.raw(page) + "\nOne more.\n"}), today=DAY, before=before)
    assert [path for path, unit in after.units.items() if before.units[path] is not unit] == [page]


def test_another_day_judges_anew(project: Path) -> None:
    """What was found is not kept over midnight: a review may be overdue then."""
    library = own(project)
    before = rules.judge(library, today=DAY)
    after = rules.judge(library.revised({}), today=date(2035, 1, 1), before=before)
    assert any(found.code == "review-overdue" for found in after.report.diagnostics)
