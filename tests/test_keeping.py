"""What one run of the rules leaves to the next: as much as stands, and never anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guidekit
from guidekit import rules
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.settings import Settings
from guidekit.text.source import Unreadable

DAY = date(2026, 11, 30)
GUIDS = ("78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "33fe1493-7dbd-48de-ab6a-d6635c9c7c68")
PAGES = ("content/a.md", "content/b.md", "content/sub/c.md")
FRAGMENTS = tuple(f"includes/{name}.md" for name in (*GUIDS, "shared"))
HIDDEN = PurePosixPath("includes/.hidden.md")
FILES = (*(PurePosixPath(name) for name in (*PAGES, *FRAGMENTS, "content/i.png")), HIDDEN)

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
    *("[!include[x](../includes/.hidden.md)]\n\n", "[!include[x](.hidden.md)]\n\n"),
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


def listed(disk: Texts) -> set[PurePosixPath]:
    """List files as they are listed on disk, where hidden ones are left out."""
    return {path for path, text in disk.items() if text is not None and not path.name.startswith(".")}


def opened(disk: Texts, options: Mapping[str, object]) -> guidekit.Library:
    """Make a content set of texts in memory, which may change."""
    settings = Settings.from_mapping({"learn": ["**"], **options})
    library = core.Library(read=disk.get, files=listed(disk), layout=Layout(), settings=settings)
    return guidekit.Library(library, today=DAY)


def check_after_each(disk: Texts, edits: list[tuple[Texts, bool]], options: dict[str, object]) -> None:
    """Compare, after each edit, what a library finds that goes on from the last one, and what a new one finds.

    An edit is told as texts, or found on disk; of files that are not listed, nobody tells.
    """
    library = opened(disk, options)
    library.check()
    for edit, told in edits:
        disk |= edit
        if told and HIDDEN not in edit:
            library = library.revised(edit)
        else:
            library = library.reread(listed(disk), edit.keys() - {HIDDEN})
        assert library.check() == opened(disk, options).check()


OPTIONS = ({}, {"publish_catalogue": False}, {"per_file_ignores": {"content/a.md": ["file-not-found"]}})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    disk=st.fixed_dictionaries(dict.fromkeys(FILES, texts)),
    edits=st.lists(st.tuples(revisions, st.booleans()), min_size=1, max_size=4),
    options=st.sampled_from(OPTIONS),
)
def test_report_after_edits_is_that_of_a_new_run(
    disk: Texts, edits: list[tuple[Texts, bool]], options: dict[str, object]
) -> None:
    """However files change, come and go, a library that goes on from the last one finds what a new one finds."""
    check_after_each(dict(disk), edits, options)


ITEM = "<!-- You have a plan -->\n[!include[{0}](../includes/{1}.md)]\n"
EDITS: Mapping[str, tuple[Mapping[str, Text], Mapping[str, Text]]] = {
    "a heading is gone, to which another page leads": (
        {"content/a.md": "# One\n\n[x](b.md#two)\n", "content/b.md": "# One\n\n## Two\n\nWords.\n"},
        {"content/b.md": "# One\n\n## Three\n\nWords.\n"},
    ),
    "a page is no guide any longer, so its checklist is not published": (
        {
            "content/a.md": ITEM.format("x", GUIDS[0]),
            "content/b.md": "[x](a/checklist.csv)\n",
            FRAGMENTS[0]: "## Plan\n",
        },
        {"content/a.md": "# One\n"},
    ),
    "a fragment within a fragment has another heading": (
        {"content/a.md": "[!include[x](../includes/shared.md)]\n", FRAGMENTS[2]: f"[!include[x]({GUIDS[1]}.md)]\n"}
        | {FRAGMENTS[1]: "# One\n"},
        {FRAGMENTS[1]: "## Two\n"},
    ),
    "a fragment is guidance no longer": (
        {
            "content/a.md": ITEM.format(GUIDS[0], GUIDS[0]) + "\n" + ITEM.format(GUIDS[1], "shared"),
            FRAGMENTS[0]: "## Plan\n",
            FRAGMENTS[2]: "text\n",
        },
        {"content/a.md": ITEM.format(GUIDS[0], GUIDS[0]) + "\n[!include[x](../includes/shared.md)]\n"},
    ),
    "a page appears, to which a fragment leads": (
        {"content/a.md": "[!include[x](../includes/shared.md)]\n", FRAGMENTS[2]: "[x](../content/gone.md)\n"},
        {"content/gone.md": "# Gone\n"},
    ),
    "a fragment can be read at last": (
        {"content/a.md": "[!include[x](../includes/shared.md)]\n", FRAGMENTS[2]: BINARY},
        {FRAGMENTS[2]: "## Two\n\n# Other\n"},
    ),
    "another fragment claims the GUID of a fragment": (
        {FRAGMENTS[0]: f"---\nms.uid: {GUIDS[0]}\n---\n## Plan\n", FRAGMENTS[1]: "## Two\n"},
        {FRAGMENTS[1]: f"---\nms.uid: {GUIDS[0]}\n---\n## Two\n"},
    ),
    "no other fragment claims the GUID of a fragment any longer": (
        dict.fromkeys(FRAGMENTS[:2], f"---\nms.uid: {GUIDS[0]}\n---\n## Plan\n"),
        {FRAGMENTS[1]: f"---\nms.uid: {GUIDS[1]}\n---\n## Plan\n"},
    ),
    "a hidden file that is shown is gone": (
        {"content/a.md": "[!include[x](../includes/.hidden.md)]\n", str(HIDDEN): "Words.\n"},
        {str(HIDDEN): None},
    ),
    "a hidden file that is shown has another heading": (
        {"content/a.md": "# One\n\n[!include[x](../includes/.hidden.md)]\n", str(HIDDEN): "Words.\n"},
        {str(HIDDEN): "# Other\n"},
    ),
    "a hidden file that is asked for is there": (
        {"content/a.md": "[!include[x](../includes/shared.md)]\n", FRAGMENTS[2]: "[!include[x](.hidden.md)]\n"},
        {str(HIDDEN): "Words.\n"},
    ),
}


@pytest.mark.parametrize("told", [True, False], ids=["told", "found"])
@pytest.mark.parametrize("case", EDITS)
def test_edit_of_one_file_tells_in_another(case: str, told: bool) -> None:
    """What an edit changes elsewhere is found there."""
    before, edit = ({PurePosixPath(name): text for name, text in texts.items()} for texts in EDITS[case])
    assert opened(before, {}).check() != opened(before | edit, {}).check()
    check_after_each(before, [(edit, told)], {})


def own(project: Path) -> guidekit.Library:
    """Open the project's own content set."""
    return guidekit.Library.open(project, today=DAY)


def test_edit_costs_the_files_that_it_may_concern(project: Path) -> None:
    """After a page's text has changed without a new heading, no rule runs on another file again."""
    library = own(project).library
    before = rules.run(library, today=DAY)
    page = PurePosixPath("content/glossary.md")
    after = rules.run(library.revised({page: library.raw(page) + "\nOne more.\n"}), today=DAY, previous=before)
    assert [path for path, result in after.results.items() if before.results[path] is not result] == [page]


def test_another_day_runs_all_rules(project: Path) -> None:
    """What was found is not kept over midnight: a review may be overdue then."""
    library = own(project).library
    before = rules.run(library, today=DAY)
    after = rules.run(library.revised({}), today=date(2035, 1, 1), previous=before)
    assert any(found.code == "review-overdue" for found in after.report.diagnostics)


def test_library_goes_on_from_the_last_one_that_was_checked(project: Path) -> None:
    """A revised library keeps what was found before, also where one in between was not checked."""
    library = own(project)
    library.check()
    page = PurePosixPath("content/glossary.md")
    text = library.raw(page)
    revised = library.revised({page: f"{text}\nOne more.\n"}).revised({page: f"{text}\nTwo more.\n"})
    before, after = library._run.results, revised._run.results
    assert [path for path, result in after.items() if before[path] is not result] == [page]


def test_other_rules_run_anew() -> None:
    """What other rules did not find is looked for."""
    session = opened({PurePosixPath("content/a.md"): "## Two\n"}, {})
    before = rules.run(session.library, rules.RULES[:1], today=DAY)
    after = rules.run(session.library.revised({}), today=DAY, previous=before)
    assert after.report == session.check() != before.report


def test_revisions_do_not_pile_up() -> None:
    """A library may be revised any number of times."""
    page = PurePosixPath("content/a.md")
    library = opened({page: "# One\n"}, {})
    for number in range(3_000):
        library = library.revised({page: f"# {number}\n"})
    assert library.raw(page) == "# 2999\n"
