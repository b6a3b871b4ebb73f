"""Bounds: what a check costs grows with the content, however it was written and whatever its files are."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from patience import run

import guidekit
from guidekit.disk import file_status, reading, repository_files, settings_yaml
from guidekit.layout import Layout
from guidekit.library import glossary, includes
from guidekit.library import library as core
from guidekit.library.includes import Expansion
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text import alignment
from guidekit.text.escaping import in_markdown

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

HEADER = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n"


# Files beside the content


def pipe(path: Path) -> None:
    """Make a pipe, which nobody ever writes to."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(path)


def endless(path: Path) -> None:
    """Make a link to a device that never ends."""
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no such device")
    path.symlink_to("/dev/zero")


def link_to_pipe(path: Path) -> None:
    """Make a link to a pipe."""
    pipe(path.parent / "pipe")
    path.symlink_to("pipe")


BESIDE = {
    "mkdocs.yml": "",
    "base.yml": "INHERIT: base.yml\n",
    "CODEOWNERS": "site_name: A\n",
    ".github/CODEOWNERS": "site_name: A\n",
    ".openpublishing.redirection.json": "site_name: A\n",
    ".openpublishing.redirection.more.json": "site_name: A\n",
}
"""Files beside the content, each with the settings with which it is read."""


def laid_out(name: str) -> dict[str, str | bytes]:
    """Make a content set in which a file beside the content is read."""
    settings = {"mkdocs.yml": BESIDE[name]} if BESIDE[name] else {}
    return {**settings, "docs/index.md": HEADER, ".github/a": ""}


@pytest.mark.parametrize(
    "text",
    [
        ':::zone pivot="a{0}"\nx\n:::zone-end\n',
        ':::zone pivot="a{0}"\n',
        "- :::row:::\n",
        '::: moniker range="x{0}"\n',
        ':::image source="a.png" alt-text="x"::: ',
        ':::image type="complex" source="a.png" alt-text="x":::\n',
        "# [A](#tab/a{0})\n\nx\n\n",
        "- # [A](#tab/a{0}/a)\n",
    ],
)
def test_page_of_many_directives_grows_with_its_text(content_set: Callable[..., Path], text: str) -> None:
    """Twice as many directives, closed or not, make at most about twice as large a page."""
    sizes = []
    for count in (300, 600):
        page = "# Page\n\n" + "".join(text.format(number) for number in range(count))
        library = guidekit.Library.open(content_set({"content/page.md": page}))
        found = library.page("content/page.md")
        assert found is not None
        sizes.append(len(guidekit.render(library, found).html))
    assert sizes[1] < 2.5 * sizes[0]


@pytest.mark.parametrize("make", [pipe, endless, link_to_pipe])
@pytest.mark.parametrize("name", BESIDE)
def test_file_beside_the_content_that_may_never_end_is_named_and_not_read(
    name: str, make: Callable[[Path], None], content_set: ContentSet
) -> None:
    """Settings, inherited settings, owners and redirections are regular files, or the check says which is none."""
    root = content_set(laid_out(name))
    make(root / name)
    ended = run("check", root)
    outside = make is endless and not name.endswith(".yml")
    why = "leads out of the repository, through a symbolic link" if outside else "is not a regular file"
    assert (ended.returncode, ended.stderr) == (2, f"Error: {root / name}: {why}\n")


@pytest.mark.parametrize("make", [pipe, endless])
def test_file_that_a_command_is_given_may_not_be_endless(
    make: Callable[[Path], None], content_set: ContentSet, tmp_path: Path
) -> None:
    """A baseline and a file to import are regular files."""
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER})
    for number, command in enumerate((["check", root, "--baseline"], ["import", "-f", root / "mkdocs.yml"])):
        file = tmp_path / f"given{number}.csv"
        make(file)
        ended = run(*command, file)
        assert (ended.returncode, ended.stderr) == (2, f"Error: {file}: is not a regular file\n")


@pytest.mark.parametrize("name", BESIDE)
def test_file_beside_the_content_has_a_greatest_size(
    name: str, content_set: ContentSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One with more bytes is named with both numbers."""
    root = content_set({**laid_out(name), name: "#" * 101})
    monkeypatch.setattr(repository_files, "_MAX_OWNERS", 100)
    monkeypatch.setattr(repository_files, "MAX_BESIDE", 100)
    monkeypatch.setattr(settings_yaml, "_MAX_SETTINGS", 100)
    monkeypatch.setattr(reading.read_data, "__defaults__", (reading.MAX_BESIDE,))
    with pytest.raises(file_status.RootError) as refused:
        guidekit.Library.open(root)
    assert str(refused.value) == f"{root / name}: has 101 bytes, more than the 100 that are read"


def test_settings_file_may_be_no_folder(content_set: ContentSet) -> None:
    """Where a folder has its name, the check says so, and does not go on with other settings."""
    root = content_set({"mkdocs.yml/a": "", "docs/index.md": HEADER})
    assert run("check", root).stderr == f"Error: {root / 'mkdocs.yml'}: cannot be read: Is a directory\n"


def test_text_from_standard_input_is_read_no_further_than_a_page_may_be_long(content_set: ContentSet) -> None:
    """What is longer is a finding, and what follows is not kept."""
    root = content_set({"mkdocs.yml": "plugins: [{guidekit: {max_file_size: 100}}]\n", "docs/a.md": HEADER})
    ended = run("check", "-", "--stdin-filename", root / "docs/a.md", given=b"x" * 1_000_000)
    assert "has more than the 100 bytes that 'max_file_size' allows" in ended.stdout


@pytest.mark.parametrize("most", [10**11, 10**30])
def test_bound_beyond_all_memory_takes_no_memory(most: int, content_set: ContentSet) -> None:
    """A bound that the machine could not hold reads files as any other, those on standard input too."""
    root = content_set(
        {"mkdocs.yml": f"plugins: [{{guidekit: {{max_file_size: {most}}}}}]\n", "docs/a.md": f"{HEADER}Text.\n"}
    )
    assert guidekit.Library.open(root).check().diagnostics == ()
    assert reading.read_text(BytesIO(b"a" * 600_000), most) == "a" * 600_000
    assert not isinstance(reading.read_text(BytesIO(b"a" * 600_000), 599_999), str)


MULTIPLYING = {
    "lists": "a0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)),
    "mappings": "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{l: *a{n - 1}, r: *a{n - 1}}}\n" for n in range(1, 30)),
    "merged": "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
}


@pytest.mark.parametrize("name", MULTIPLYING)
def test_aliases_in_settings_do_not_multiply(name: str, content_set: ContentSet) -> None:
    """A few lines of YAML that name each other are not written out, neither where they are merged nor in a message."""
    text = MULTIPLYING[name]
    root = content_set({"mkdocs.yml": f"INHERIT: base.yml\n{text}", "base.yml": text, "docs/index.md": HEADER})
    ended = run("check", root)
    assert (ended.returncode, "multiply to more than the 500,000 values" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("severity", {"h1-missing": ["x"]}, "a list for 'h1-missing' is not one of error, warning, suggestion, off"),
        ("aliases", {"78b95e10-acc0-4749-8f1f-efa8cfb5eb89": {"y": "z"}}, "a mapping is no GUID"),
        ("search", {"x": ["y"]}, "a mapping is not one of material, guidekit, pagefind"),
    ],
)
def test_wrong_setting_is_not_written_out(key: str, value: object, problem: str) -> None:
    """A message says that a value is a list or a mapping, not what is in it, which may be endless."""
    with pytest.raises(guidekit.SettingsError) as refused:
        guidekit.Settings.from_mapping({key: value})
    assert str(refused.value) == f"setting '{key}': {problem}"


def test_number_in_sixties_does_not_cost_its_square(content_set: ContentSet) -> None:
    """YAML reads 1:00:00 as 3600; one of a hundred thousand parts is refused."""
    root = content_set({"mkdocs.yml": f"a: 1{':00' * 100_000}\n", "docs/index.md": HEADER})
    assert "a number has more than 1,000 digits" in run("check", root).stderr


def test_redirections_are_followed_a_few_times(content_set: ContentSet) -> None:
    """A file that moved 20 times is found, one that moved more often is not; links to long chains cost no square."""
    entries = [{"source_path": f"docs/p{n}.md", "redirect_url": f"p{n + 1}"} for n in range(40)]
    root = content_set(
        {
            "mkdocs.yml": "site_name: A\n",
            ".openpublishing.redirection.json": json.dumps({"redirections": entries}),
            "docs/index.md": f"{HEADER}[a](p20.md)\n\n[b](p19.md)\n",
            "docs/p40.md": HEADER,
        }
    )
    report = guidekit.Library.open(root).check()
    assert [(item.code, item.hint) for item in report.diagnostics if item.code.endswith(("link", "found"))] == [
        ("redirect-url-not-found", ""),
        ("redirected-link", ""),
        ("file-not-found", "it is redirected more than 20 times"),
    ]


# Findings and what belongs to them


def test_finding_on_a_reference_has_one_edit(content_set: ContentSet) -> None:
    """Of many definitions of one file, a fix changes that which the link names, in whatever spelling, and no other."""
    labels = [f"a{number}" for number in range(500)]
    definitions = (
        "".join(f"[{label}]: Q.MD\n" for label in labels) + "\n> [in a\n> quote]: Q.MD\n\n[a1]: Q.MD 'again'\n\n"
    )
    uses = "\n\n".join(f"[{label}]" for label in labels) + "\n\n[text][A7]\n\n[a7][]\n\n![image][a7]\n\n[in\na quote]\n"
    root = content_set(
        {"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER + definitions + uses, "docs/q.md": HEADER}
    )
    found = [item for item in guidekit.Library.open(root).check().diagnostics if item.code == "file-not-found"]
    places = [edit.span.start.line for item in found for edit in (item.fix.edits if item.fix else ())]
    first = HEADER.count("\n") + 1
    quote = first + len(labels) + 2
    assert places == [*range(first, first + len(labels)), *[first + 7] * 3, quote]
    assert len(run("check", "--output-format", "sarif", root).stdout) < 2_000 * len(found)
    changed = run("check", "--diff", root).stdout
    assert changed.count("\n+[a") == len(labels)


def test_broken_header_is_mended_once_where_much_of_it_is_broken(content_set: ContentSet) -> None:
    """All edits of a header go together; of many findings in it, the first alone has them."""
    header = "---\n" + "".join(f"key{number}: a: b\n" for number in range(100)) + "---\n# A\n"
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": header})
    found = guidekit.Library.open(root).check().diagnostics
    assert [len(item.fix.edits) for item in found if item.code == "yaml-header-syntax-error" and item.fix] == [100]
    assert guidekit.Library.open(root).mend().changes[0].after == header.replace("a: b", '"a: b"')


def test_finding_names_a_few_of_many_places(content_set: ContentSet) -> None:
    """A GUID that a hundred fragments claim, and a page of a hundred titles, are told with some of the others."""
    guid = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
    fragment = f"---\nms.uid: {guid}\n---\n## A\n\nText.\n"
    fragments: dict[str, str | bytes] = {f"includes/f{number}.md": fragment for number in range(100)}
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": "# A\n\n" * 100, **fragments})
    found = guidekit.Library.open(root).check().diagnostics
    twice = [item for item in found if item.code == "uid-duplicate"]
    assert (len(twice), {len(item.related) for item in twice}) == (100, {5})
    assert all(item.message.endswith(" and 94 more") for item in twice)
    assert [len(item.related) for item in found if item.code == "multiple-h1s"] == [19]


def test_long_statement_is_named_in_part(content_set: ContentSet) -> None:
    """What a fragment says at length is not written out in the findings of every place that shows it."""
    guid = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
    item = f"<!-- You do -->\n[!include[{guid}](../includes/{guid}.md)]\n\n"
    fragment = f"---\nms.assessment_question: {'word ' * 10_000}\n---\n## A\n\nText.\n"
    root = content_set(
        {"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER + item * 20, f"includes/{guid}.md": fragment}
    )
    found = [one for one in guidekit.Library.open(root).check().diagnostics if one.code == "statement-drift"]
    assert {(len(one.message), one.message[-1], one.fix) for one in found} == {(1_000, "…", None)}


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n"]), max_size=30)


@given(LINES, LINES, st.sampled_from([0, alignment._FEW]))
def test_stretches_put_together_are_both_texts(before: list[str], after: list[str], few: int) -> None:
    """What became of the lines leaves none out, and calls those the same that are; in short texts and in long ones."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(alignment, "_FEW", few)
        found = list(alignment.stretches(before, after))
    assert [line for _, start, end, _, _ in found for line in before[start:end]] == before
    assert [line for *_, start, end in found for line in after[start:end]] == after
    assert all(before[a:b] == after[c:d] for kind, a, b, c, d in found if kind == "equal")


def test_diff_of_lines_that_are_much_alike_can_be_applied(content_set: ContentSet) -> None:
    """In a page of sixty thousand lines with a hundred texts, the changed lines and those around them are shown."""
    body = "".join(f"l{number * number % 101}{' [a](Q.MD)' * (number % 50 == 0)}\n" for number in range(60_000))
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER + body, "docs/q.md": HEADER})
    patch = run("check", "--diff", root).stdout
    assert (patch.count("\n+l"), patch.count("\n-l")) == (1_200, 1_200)
    subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=root, check=True)
    assert (root / "docs/index.md").read_text() == (HEADER + body).replace("Q.MD", "q.md")


# Fragments that show fragments


def doubling(count: int) -> dict[str, str | bytes]:
    """Make fragments each of which includes the next one twice."""
    twice = "[!include[x](f{0}.md)]\n\n[!include[x](f{0}.md)]\n"
    return {f"includes/f{n}.md": twice.format(n + 1) if n + 1 < count else "End.\n" for n in range(count)}


@pytest.mark.parametrize("depth", [20, 100])
def test_what_a_fragment_shows_is_worked_out_once_for_all_pages(
    depth: int, content_set: ContentSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """31 fragments that include each other twice are followed a few times for each page, not ten thousand times."""
    made = []
    follow = includes._Walk.expand

    def counted(walk: includes._Walk, document: Document, stack: tuple[PurePosixPath, ...]) -> Expansion:
        made.append(document)
        return follow(walk, document, stack)

    monkeypatch.setattr(includes._Walk, "expand", counted)
    pages = {f"docs/p{n}.md": f"{HEADER}[!include[x](../includes/f0.md)]\n" for n in range(20)}
    root = content_set({"mkdocs.yml": "site_name: A\n", **doubling(31), **pages})
    library = guidekit.Library.open(root, {"max_include_depth": depth})
    library.check()
    shown = [len(list(includes.distinct(page.expansion))) for page in library.pages]
    assert max(shown) < 100
    assert len(made) < 100 * (len(pages) + 31)


TARGETS = range(10)
"""Five files, each included as a block, and each within a line by the numbers from 5 on."""
INCLUDES = st.lists(st.lists(st.sampled_from(TARGETS), max_size=3), min_size=5, max_size=5)


def followed(library: core.Library, page: Page, limits: includes.Limits) -> list[str]:
    """Follow includes one by one, as a reader meets them, without keeping anything."""
    left = [limits.includes, limits.characters]

    def show(document: Document, stack: tuple[PurePosixPath, ...]) -> Iterator[str]:
        for include in document.of(Include):
            found = library.locate(include, stack[-1])
            assert isinstance(found, includes.Found)
            inner = library.load(found.path, not include.block)
            assert isinstance(inner, Document)
            if found.path in stack:
                yield f"circular {found.path}"
            elif len(stack) > limits.depth:
                yield f"too-deep {found.path}"
            elif left[0] <= 0:
                yield f"too-many {found.path}"
            else:
                left[0] -= 1
                left[1] -= len(inner.source.text)
                if left[1] < 0:
                    yield f"too-large {found.path}"
                else:
                    yield f"shown {found.path}"
                    yield from show(inner, (*stack, found.path))

    return list(show(page.document, (page.path,)))


def shown(expansion: Expansion) -> Iterator[str]:
    """Tell what a page shows, as it was worked out."""
    for part in expansion.parts.values():
        if isinstance(part, Expansion):
            yield f"shown {part.document.source.path}"
            yield from shown(part)
        else:
            yield f"{part.kind} {part.target}"


@example([[0], [0], [], [3], [0]], [[0, 1, 0], [0, 0], [], [1], []], 2, 2, 150)
@example([[0], [2], [], [], []], [[1], [], [0], [], []], 2, 12, 10_000)
@example([[5, 6, 5], [6, 6, 5], [], [], []], [[], [], [], [], []], 2, 2, 10_000)
@given(INCLUDES, INCLUDES, st.integers(1, 5), st.integers(1, 12), st.sampled_from([150, 400, 10_000]))
def test_page_shows_the_same_whatever_was_worked_out_before(
    pages: list[list[int]], fragments: list[list[int]], depth: int, most: int, characters: int
) -> None:
    """With circles and at every limit, what is kept from other pages changes nothing of what a page shows."""

    def text(targets: list[int], folder: str) -> str:
        named = [f"[!include[x]({folder}f{target % 5}.md)]" for target in targets]
        return "x\n\n" + "".join(
            f"{'' if target < 5 else 'in a line: '}{one}\n\n" for target, one in zip(targets, named, strict=True)
        )

    texts = {PurePosixPath(f"content/p{n}.md"): text(targets, "../includes/") for n, targets in enumerate(pages)}
    texts |= {PurePosixPath(f"includes/f{n}.md"): text(targets, "") for n, targets in enumerate(fragments)}
    values = {"max_include_depth": depth, "max_includes": most, "max_file_size": characters}
    settings = guidekit.Settings.from_mapping(values)
    library = core.Library(read=texts.get, files=texts, layout=Layout(), settings=settings)
    limits = includes.Limits(depth=depth, includes=most, characters=characters)
    for page in library.pages:
        assert list(shown(page.expansion)) == followed(library, page, limits)


@pytest.mark.parametrize(
    ("limit", "value", "most"), [("max_includes", 3, 3), ("max_file_size", 350, 3)], ids=["number", "characters"]
)
@pytest.mark.parametrize("start", ["", "in a line: "], ids=["block", "inline"])
def test_includes_count_wherever_they_stand(start: str, limit: str, value: int, most: int) -> None:
    """Fragments within a line count towards the bounds of a page as those in a block do, shown before or not."""
    names = ["f0", "f1", "f0", "f1", "f0"]
    texts = {PurePosixPath(f"includes/{name}.md"): "x" * 100 for name in set(names)}
    text = "".join(f"{start}[!include[x](../includes/{name}.md)]\n\n" for name in names)
    texts |= {PurePosixPath(f"content/p{n}.md"): text for n in range(2)}
    settings = guidekit.Settings.from_mapping({limit: value})
    library = core.Library(read=texts.get, files=texts, layout=Layout(), settings=settings)
    for page in library.pages:
        shown = [isinstance(part, Expansion) for part in page.expansion.parts.values()]
        assert shown == [number < most for number in range(len(names))]


def test_pages_that_show_a_fault_are_named_up_to_a_number(content_set: ContentSet) -> None:
    """A fault in a fragment names the first pages that show it, and tells at the last of them how many more there are."""
    pages = {f"content/p{n}.md": "[!include[x](../includes/x.md)]\n" for n in range(8)}
    library = guidekit.Library.open(content_set({**pages, "includes/x.md": "[gone](gone.md)\n"}))
    (fault,) = (found for found in library.check().diagnostics if found.code == "file-not-found")
    assert [str(related.span.path) for related in fault.related] == [f"content/p{n}.md" for n in range(5)]
    assert {related.message for related in fault.related[:-1]} == {"shown by this page"}
    assert fault.related[-1].message == "shown by this page and 3 more"


@given(st.lists(st.sampled_from(["## A\n\n", "words of text\n\n", "![an image](i.png)\n\n", "0", "1"]), max_size=6))
def test_words_are_counted_as_they_are_read(pieces: list[str]) -> None:
    """The words below the first heading of level 2 are those of the whole text, fragments written out in their places."""
    inner = ("some more\n\n", "above\n\n## B\n\nbelow it\n\n")

    def written(include: bool) -> str:
        named = (
            {"0": "[!include[x](f0.md)]\n\n", "1": "[!include[x](f1.md)]\n\n"}
            if include
            else dict(zip("01", inner, strict=True))
        )
        return "".join(named.get(piece, piece) for piece in pieces)

    path = PurePosixPath("includes/g.md")
    fragments = {PurePosixPath(f"includes/f{n}.md"): text for n, text in enumerate(inner)}
    counts = []
    for include in (True, False):
        texts = {path: written(include), **fragments}
        library = core.Library(read=texts.get, files=texts, layout=Layout(), settings=guidekit.Settings(learn=("**",)))
        counts.append(library.words(path))
    assert counts[0] == counts[1]


# What is taken in


def workbook(rows: str) -> bytes:
    """Write a workbook whose one sheet has these rows, as they are."""
    book = openpyxl.Workbook()
    packed = BytesIO()
    book.save(packed)
    made = BytesIO()
    with ZipFile(packed) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<sheetData.*?(?:/>|</sheetData>)", f"<sheetData>{rows}</sheetData>".encode(), data)
            after.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.xlsx", workbook('<row><c r="XFD1"/></row>' * 100_000), "has more than the 1,000,000 cells that are read"),
        (
            "a.xlsx",
            workbook('<row r="1048576"><c r="A1048576"/></row>'),
            "has more than the 1,000,000 cells that are read",
        ),
        ("a.csv", b"a," * 100_000, "has 100,001 columns, more than the 1,000 that are read"),
        ("a.json", json.dumps([{f"k{n}": 1 for n in range(2_000)}]).encode(), "has 2,000 columns, more than the 1,000"),
        ("a.json", b'[{"guid": ' + b"[" * 500 + b"]" * 500 + b', "text": "x"}]', "item 1: 'guid' is "),
    ],
)
def test_file_that_unfolds_is_not_taken_in(name: str, data: bytes, problem: str, content_set: ContentSet) -> None:
    """A small file that stands for a great many cells, or a column that nobody could name, is refused."""
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER, name: data})
    ended = run("import", "-f", root / "mkdocs.yml", root / name)
    assert (ended.returncode, problem in ended.stderr) == (2, True), ended.stderr


# Texts


def test_blanks_in_a_term_are_folded_first() -> None:
    """A heading of the glossary may hold a hundred thousand blanks, between its names and within them."""
    blanks = " " * 100_000
    assert glossary.names(f"RPO{blanks}(recovery{blanks}point objective{blanks}){blanks}") == (
        "RPO",
        "recovery point objective",
    )
    assert glossary.names(f"LRS{blanks},{blanks}ZRS, and{blanks}GRS") == (
        "LRS",
        "ZRS",
        "GRS",
    )


def test_dollars_are_escaped() -> None:
    """Each is, as GitHub reads formulas between two of them; a hundred thousand are no more work."""
    assert in_markdown("$5 or $6 or $7") == r"\$&#8288;5 or \$&#8288;6 or \$&#8288;7"
    assert in_markdown("$" * 100_000) == r"\$" * 100_000
