"""New fragments, items and guides: what they are made of, where they go, and that nothing unfinished passes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from guidekit import Library
from guidekit.authoring import RefusedError, fragment, guide, item
from guidekit.authoring.fragment import Byline
from guidekit.cli import main
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.settings import Settings

ContentSet = Callable[[dict[str, str | bytes]], Path]

PLAN, TEST, NEW, OLD = (
    "78b95e10-acc0-4749-8f1f-efa8cfb5eb89",
    "7e063160-cb53-46c1-b111-380f77a7c848",
    "33fe1493-7dbd-48de-ab6a-d6635c9c7c68",
    "0713135c-52c2-4ee3-94ba-63224f54b3d9",
)
PAGE = (
    "---\ntitle: Guide\ndescription: A guide.\nms.topic: guide\nms.custom: Is it done?\n---\n\n# Guide\n\n"
    f"<!-- Plan -->\n[!INCLUDE [{PLAN}](../includes/aar/{PLAN}.md)]\n\n"
    f"<!-- Test -->\n[!INCLUDE [{TEST}](../includes/aar/{TEST}.md)]\n"
)
FRAGMENT = (
    "---\nauthor: ann\nms.author: ann-b\nms.date: 10/15/2026\nms.service: azure\nms.update-cycle: 180-days\n---\n\n"
    f"## Heading\n\n{'word ' * 20}\n"
)
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\nnav: [guide.md]\nplugins: [guidekit]\n",
    "content/guide.md": PAGE,
    f"includes/aar/{PLAN}.md": FRAGMENT,
    f"includes/aar/{TEST}.md": FRAGMENT,
    "includes/shared.md": "Shared text.\n",
}
TODAY = Byline(author="Git User", today=date(2026, 11, 25))


def run(root: Path, *arguments: str) -> Result:
    """Run the command from the folder of a content set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, arguments)


def texts(root: Path) -> dict[str, bytes]:
    """Read all files of a content set."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def findings(root: Path) -> list[str]:
    """Name what the check finds, each with its file."""
    report = Library.open(root, today=date(2026, 11, 25)).check()
    return [f"{found.span.path} {found.code}" for found in report.diagnostics]


def test_item_is_put_behind_the_last_and_only_its_guidance_is_missing(content_set: ContentSet) -> None:
    """The fragment lies beside its neighbors with what they have in common; the check finds it empty, and no more."""
    root = content_set({**FILES, "includes/shared.md": ""})
    before = findings(root)
    result = run(root, "new", "item", "content/guide.md", "Keys: rotated", "--guid", NEW, "--date", "11/25/2026")
    made = f"includes/aar/{NEW}.md"
    assert (result.exit_code, result.stdout) == (0, f"wrote {made}\nchanged content/guide.md\n")
    assert (root / made).read_text() == (
        '---\ntitle: "Keys: rotated"\nauthor: ann\nms.author: ann-b\nms.date: 11/25/2026\nms.topic: include\n'
        f'ms.service: azure\nms.uid: {NEW}\nms.assessment_question: "Keys: rotated"\nms.update-cycle: 180-days\n---\n\n'
        "## Keys: rotated\n"
    )
    written = f"\n<!-- Keys: rotated -->\n[!INCLUDE [{NEW}](../includes/aar/{NEW}.md)]\n".replace("E [", "E[")
    assert (root / "content/guide.md").read_text() == PAGE + written
    assert findings(root) == sorted([*before, f"{made} guidance-empty"])


@pytest.mark.parametrize(("header", "told"), [("ms.custom: Is it done?\n", False), ("", True)])
def test_first_item_of_a_page_asks_for_a_question_only_where_there_is_none(
    content_set: ContentSet, header: str, told: bool
) -> None:
    """A page without items that asks its question already is not told to ask one."""
    root = content_set({**FILES, "content/first.md": f"---\ntitle: A\ndescription: B.\n{header}---\n# A\n"})
    result = run(root, "new", "item", "content/first.md", "A plan exists")
    assert result.exit_code == 0, result.stderr
    assert ("asks no question yet" in result.stderr) is told


def test_item_goes_behind_the_one_that_is_named(content_set: ContentSet) -> None:
    """--after names the item above, in any letter case, and the rest of the page stays as it is."""
    root = content_set({**FILES, "content/guide.md": PAGE.replace("\n", "\r\n")})
    assert run(root, "new", "item", "content/guide.md", "New", "--guid", NEW, "--after", PLAN.upper()).exit_code == 0
    checklist = Library.open(root).checklists[0]
    assert [entry.guid for entry in checklist.items] == [PLAN, NEW, TEST]
    page = (root / "content/guide.md").read_bytes()
    assert page.count(b"\n") == page.count(b"\r\n")
    added = f"<!-- New -->\r\n[!INCLUDE[{NEW}](../includes/aar/{NEW}.md)]\r\n\r\n"
    assert page.decode().replace(added, "") == PAGE.replace("\n", "\r\n")


def test_path_from_the_root_is_kept_where_the_page_has_it(content_set: ContentSet) -> None:
    """A page that includes by ~/ gets its new include by ~/ too."""
    root = content_set({**FILES, "content/guide.md": PAGE.replace("../includes", "~/includes")})
    assert run(root, "new", "item", "content/guide.md", "New", "--guid", NEW).exit_code == 0
    assert f"[!INCLUDE[{NEW}](~/includes/aar/{NEW}.md)]" in (root / "content/guide.md").read_text()


def test_dry_run_prints_what_git_would_apply_and_writes_nothing(content_set: ContentSet) -> None:
    """The diff of --dry-run makes the same files as the command without it."""
    root = content_set(FILES)
    arguments = ("new", "item", "content/guide.md", "New", "--guid", NEW, "--date", "2026-11-25")
    before = texts(root)
    shown = run(root, *arguments, "--dry-run")
    assert shown.exit_code == 0
    assert texts(root) == before
    run(root, *arguments)
    written = texts(root)
    (root / f"includes/aar/{NEW}.md").unlink()
    (root / "content/guide.md").write_text(PAGE)
    subprocess.run(["git", "apply", "-"], cwd=root, input=shown.stdout.encode(), check=True)
    assert texts(root) == written


def test_guide_waits_for_its_first_item(content_set: ContentSet) -> None:
    """A new guide is found unfinished until an item takes the place of the one that is still to be said."""
    root = content_set({**FILES, "includes/shared.md": ""})
    before = findings(root)
    title, asked = "Web: one", "Is the web service done?"
    made = run(root, "new", "guide", "content/sub/web.md", "--title", title, "--question", asked)
    assert made.exit_code == 0
    assert "- sub/web.md" in made.stderr
    assert [found for found in findings(root) if found not in before] == [
        "content/sub/web.md guidance-missing",
        "content/sub/web.md statement-placeholder",
    ]
    assert run(root, "new", "item", "content/sub/web.md", "New", "--guid", NEW).exit_code == 0
    assert [found for found in findings(root) if found not in before] == [f"includes/aar/{NEW}.md guidance-empty"]
    page = Library.open(root).page("content/sub/web.md")
    assert page is not None and page.checklist is not None
    assert (page.title, page.checklist.question) == (title, asked)
    assert page.metadata["ms.topic"] == "guide"


def test_first_fragment_of_all_names_the_user_of_git(content_set: ContentSet) -> None:
    """Without neighbors, the fragment lies in the first folder for fragments, and git says who writes."""
    root = content_set({"content/guide.md": "# Guide\n"})
    made = fragment.write(Library.open(root).library, "Plan", PLAN, TODAY)
    assert made.path == PurePosixPath(f"includes/{PLAN}.md")
    assert "author: Git User\nms.date: 11/25/2026\n" in (made.after or "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fragment", "New", "--guid", "x"], "'x' is no GUID"),
        (["fragment", "New", "--guid", PLAN.upper()], f"the GUID '{PLAN}' is that of 'includes/aar/{PLAN}.md'"),
        (["fragment", "New", "--guid", OLD], f"the GUID '{OLD}' is retired"),
        (["fragment", "New", "-f", "other.yml"], "would be no fragment; name its folder in the setting 'fragments'"),
        (["guide", "content/a\nb.md", "--title", "T", "--question", "Is it?"], "holds a character that no link could"),
        (["fragment", "a\nb"], "the statement holds a line break"),
        (["fragment", "a --> b"], "the statement holds '-->'"),
        (["fragment", "TODO write"], "begins with 'TODO', as directives to tools do"),
        (["fragment", " "], "the statement is empty"),
        (["item", "content/guide.md", "New", "--after", NEW], f"'content/guide.md' has no item '{NEW}'"),
        (["item", "includes/shared.md", "New"], "'includes/shared.md' is no Learn page"),
        (["item", "content/code.md", "New"], "'content/code.md' has no place for an item there"),
        (["item", "content/list.md", "New"], "content/list.md:3:3: the item stands within a list or a quote"),
        (["guide", "content/guide.md", "--title", "T", "--question", "Is it?"], "'content/guide.md' exists already"),
        (["guide", "content/new.md", "--title", "T", "--question", "Done"], "'Done' is no question"),
        (["guide", "includes/new.md", "--title", "T", "--question", "Is it?"], "would be no page"),
        (["guide", "content/new.txt", "--title", "T", "--question", "Is it?"], "would be no page"),
        (
            ["guide", "content/../../new.md", "-f", "mkdocs.yml", "--title", "T", "--question", "Is it?"],
            "does not lie in the content set",
        ),
        (
            ["guide", "content/out/new.md", "-f", "mkdocs.yml", "--title", "T", "--question", "Is it?"],
            "through a symbolic link",
        ),
        (["guide", "content/guide.md/new.md", "--title", "T", "--question", "Is it?"], "nothing was written"),
    ],
)
def test_what_cannot_be_made_is_refused(content_set: ContentSet, arguments: list[str], message: str) -> None:
    """Nothing is overwritten, nothing leaves the content set, and the message says what is in the way."""
    root = content_set(
        {
            **FILES,
            "mkdocs.yml": f"docs_dir: content\nplugins: [guidekit: {{aliases: {{{OLD}: {PLAN}}}}}]\n",
            "other.yml": "docs_dir: content\nplugins: [guidekit: {fragments: [content/parts/**]}]\n",
            "content/code.md": "# Code\n\n```text\nopen\n",
            "content/list.md": f"# List\n\n- [!include[{PLAN}](../includes/aar/{PLAN}.md)]\n",
        }
    )
    (root / "content/out").symlink_to(root.parent)
    before = texts(root)
    result = run(root, "new", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert texts(root) == before


ANY = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from("aB1 :#\"'-<>!&;*_`[](){}\\|~.,?\t\n\r\xa0\u2028\x00é\U0001f600$@%^=+"), max_size=25),
    st.sampled_from(["yes", "null", "~", "- a", "1. a", "a: b", "a #b", "&amp;", "a-", "->", "<b>a</b>", "=", "C #"]),
)


@given(ANY)
@example("[!include[a](b.md)]")
@example("https://example.com")
@example("{{ macro }}")
def test_statement_reads_back_as_it_was_said(said: str) -> None:
    """Whatever an item says, comment, header and heading say the same, or it is refused."""
    library = core.Library(
        read={PurePosixPath("content/guide.md"): "# Guide\n\nText.\n"}.get,
        files=[PurePosixPath("content/guide.md")],
        layout=Layout(),
        settings=Settings(learn=("**",)),
    )
    try:
        made = fragment.write(library, said, NEW, TODAY)
        page = library.page("content/guide.md")
        assert page is not None
        shown = item.add(library, page, said, made)
    except RefusedError:
        assert not said.replace(" ", "").isalnum()
        return
    after = library.revised({made.path: made.after, shown.path: shown.after})
    read = after.checklists[0].items[0]
    assert read.comment is not None and read.fragment is not None and read.guidance is not None
    header = after.fragments[0].document.front_matter
    line = " ".join(said.split())
    assert (read.comment.text, header.text("ms.assessment_question"), header.text("title")) == (line, line, line)
    assert " ".join(read.heading.split()) == line
    assert (header.problems, header.text("ms.uid"), read.guid) == ((), NEW, NEW)


@given(ANY, ANY)
def test_title_and_question_read_back_as_they_were_said(title: str, asked: str) -> None:
    """Whatever a guide's title and question are, they are read back, or refused."""
    library = core.Library(read=lambda _: None, files=[], layout=Layout(), settings=Settings(learn=("**",)))
    path = PurePosixPath("content/new.md")
    try:
        made = guide.write(library, path, title=title, asked=f"{asked} or not?", description="", byline=TODAY)
    except RefusedError:
        return
    page = library.revised({path: made.after}).page(path)
    assert page is not None and page.checklist is not None
    assert page.title == " ".join(title.split())
    assert page.checklist.question == " ".join(f"{asked} or not?".split())
    assert page.outline.headings[0].text == page.title


def test_item_takes_severity_pillar_and_services(content_set: ContentSet) -> None:
    """Options become values of the fragment's header, in the words that the check knows."""
    root = content_set(FILES)
    options = ("--severity", "high", "--pillar", "security", "--service", "Azure Backup", "--service", "Azure Files")
    assert run(root, "new", "item", "content/guide.md", "Keys rotate", "--guid", NEW, *options).exit_code == 0
    text = (root / f"includes/aar/{NEW}.md").read_text()
    assert "severity: High\nwaf: Security\nservice: [Azure Backup, Azure Files]\n" in text
    assert run(root, "new", "fragment", "Keys last", "--guid", OLD, "--severity", "Low").exit_code == 0
    assert "severity: Low\n" in (root / f"includes/aar/{OLD}.md").read_text()
    assert run(root, "new", "item", "content/guide.md", "Keys last", "--pillar", "Cost").exit_code == 0
    assert "severity: Low\nwaf: Cost\n" in (root / f"includes/aar/{OLD}.md").read_text()
    assert run(root, "new", "item", "content/guide.md", "X", "--severity", "Urgent").exit_code == 2


@pytest.mark.parametrize("said", ["Plan", "plan.", " PLAN "])
def test_statement_that_the_guide_has_is_refused(content_set: ContentSet, said: str) -> None:
    """A page takes no second item of the same statement; another page does."""
    root = content_set({**FILES, "content/other.md": PAGE.replace("<!-- Plan -->", "<!-- Another -->")})
    before = texts(root)
    result = run(root, "new", "item", "content/guide.md", said)
    assert (result.exit_code, texts(root)) == (2, before)
    assert f"'content/guide.md' states that already: {PLAN} on line 10" in result.stderr
    assert run(root, "new", "item", "content/other.md", said).exit_code == 0


def test_item_goes_behind_the_one_of_a_statement(content_set: ContentSet) -> None:
    """`--after` takes a statement of the page, unless two of its items have it."""
    root = content_set(FILES)
    assert run(root, "new", "item", "content/guide.md", "New", "--after", "plan", "--guid", NEW).exit_code == 0
    text = (root / "content/guide.md").read_text()
    assert text.index(PLAN) < text.index(NEW) < text.index(TEST)
    (root / "content/guide.md").write_text(PAGE.replace("<!-- Test -->", "<!-- Plan -->"))
    assert (
        "2 items of 'content/guide.md' state 'Plan'"
        in run(root, "new", "item", "content/guide.md", "More", "--after", "Plan").stderr
    )
