"""Fixes: whatever is wrong with a content set, they mend it, all of it that can be mended, and touch nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guidekit
from guidekit.diagnostics import Report, Severity
from guidekit.settings import Layout, Settings

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
        "    [x](OTHER.md)",
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
}


STATEMENT_OR_TAG = re.compile(
    r'<guidekit-checklist.*?</guidekit-checklist>|<span class="guidekit-hidden">.*?</span>|<!--.*?-->|<[^>]*>',
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
    moved = {PurePosixPath(path): address for path, address in MOVED.items()}
    return guidekit.Library(
        read=files.get, files=files, layout=Layout(), settings=Settings.from_mapping({}), redirections=moved
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
