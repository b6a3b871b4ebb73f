"""Files that move: all that named them names them where they are then, and the check finds what it found before."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_new import PLAN, run, texts

from guidekit import Library, rules
from guidekit.authoring import mentions, moving
from guidekit.cli import changing
from guidekit.diagnostics import Report
from guidekit.disk.changes import Change, Move
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.settings import Settings
from guidekit.syntax import include
from guidekit.text import paths
from guidekit.text.source import Position

ContentSet = Callable[[dict[str, str | bytes]], Path]

PAGE = f"""\
---
title: Guide
description: A guide.
---

# Guide

[a](<other.md#plan> "Title"), [b]( ./other.md ), [c][ref], [ref], [d](sub/deep.md?x=1#y), [e](/docs/other),
[f](~/content/other.md), [g](other%2Emd), [h](#guide), [i](https://example.com/other.md), [j](none.md),
![alt](images/a%20b.png), <a href="other.md">k</a>, <img src='images/a%20b.png' alt="x">, `[l](other.md)`.

> [m](
> other.md) and [n](other.md) in a quote

| Cell |
| --- |
| [o](other.md) |

[ref]: other.md "Ref"

<!-- Plan -->
[!include[{PLAN}](../includes/{PLAN}.md)]

Text [!include[shared](~/includes/shared.md)] and [!include[none](../includes/none.md)]
"""
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": (
        "docs_dir: content # ours\nnav:\n  - Home: 'guide.md' # first\n  - other.md\n  - sub/deep.md\n"
        "  - Away: https://example.com//a\n  - ./sub/near.md\n"
        "theme: {logo: images/a b.png}\nplugins:\n  - guidekit:\n      root_links: {/docs/: ., /: https://x.example/}\n"
        "      glossary: other.md\n      overview: ''\n      published: ''\n"
    ),
    "content/guide.md": PAGE,
    "content/other.md": "# Other\r\n\r\n## Plan\r\n\r\n[back](guide.md#guide) ![alt](images/a%20b.png)\r\n",
    "content/sub/deep.md": "# Deep\n\n[up](../guide.md) [beside](near.md)\n",
    "content/sub/near.md": "# Near\n\n[deep](deep.md)\n",
    "content/images/a b.png": b"\x89PNG\r\n\x1a\n\xff",
    f"includes/{PLAN}.md": "## Plan\n\n[it](../content/other.md) [!include[s](shared.md)]\n",
    "includes/shared.md": "[shared](../content/sub/deep.md)",
}


def report(root: Path, old: str = "", new: str = "") -> list[tuple[str, str]]:
    """List what the check finds, with a moved path named by its old one."""
    found = Library.open(root).check().diagnostics
    return sorted((item.code, str(item.span.path).replace(new, old) if new else str(item.span.path)) for item in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("content/other.md", "content/sub/moved (1 & 'x'.md"),
        ("content/guide.md", "content/sub/new/guide.md"),
        ("content/sub/deep.md", "content/deep.md"),
        ("content/sub", "content/a/b"),
        ("content/images/a b.png", "content/sub/c'd.png"),
        (f"includes/{PLAN}.md", f"includes/aar/{PLAN}.md"),
        ("includes/shared.md", "content/includes/shared (2).md"),
    ],
)
def test_check_finds_the_same_before_and_after(content_set: ContentSet, old: str, new: str) -> None:
    """Links, images, includes and settings of every form lead where they led, and the old file is gone."""
    root = content_set(FILES)
    before, checked = report(root), Library.open(root).check().checked
    result = run(root, "mv", old, new)
    assert result.exit_code == 0, result.output
    assert (report(root, old, new), Library.open(root).check().checked) == (before, checked)
    assert not (root / old).exists()
    assert (root / new).exists()


def test_folder_goes_into_an_empty_one(content_set: ContentSet) -> None:
    """A folder that is there takes what is moved to it, though it is empty, and does not pass for a move begun before."""
    root = content_set(FILES)
    (root / "content/empty").mkdir()
    result = run(root, "mv", "content/sub", "content/empty")
    assert "moved" in result.stdout or "wrote" in result.stdout, result.stderr
    assert (root / "content/empty/sub/deep.md").is_file()
    assert not (root / "content/empty/deep.md").exists()


def test_only_the_path_of_a_link_changes(content_set: ContentSet) -> None:
    """Titles, blanks, bookmarks, quotes and the manner of a path stay; what is code or leads elsewhere is let alone."""
    root = content_set(FILES)
    run(root, "mv", "content/other.md", "content/sub/new.md")
    expected = PAGE
    for before, after in [
        ("<other.md#plan>", "<sub/new.md#plan>"),
        ("( ./other.md )", "( ./sub/new.md )"),
        ("(/docs/other)", "(/docs/sub/new)"),
        ("~/content/other.md", "~/content/sub/new.md"),
        ("other%2Emd", "sub/new.md"),
        ('href="other.md"', 'href="sub/new.md"'),
        ("> other.md) and [n](other.md)", "> sub/new.md) and [n](sub/new.md)"),
        ("[o](other.md)", "[o](sub/new.md)"),
        (']: other.md "Ref"', ']: sub/new.md "Ref"'),
    ]:
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    assert (root / "content/guide.md").read_text() == expected
    moved = "# Other\r\n\r\n## Plan\r\n\r\n[back](../guide.md#guide) ![alt](../images/a%20b.png)\r\n"
    assert (root / "content/sub/new.md").read_bytes() == moved.encode()
    settings = str(FILES["mkdocs.yml"]).replace("other.md", "sub/new.md")
    assert (root / "mkdocs.yml").read_text() == settings


def test_image_moves_as_it_is(content_set: ContentSet) -> None:
    """A file that is no text keeps its bytes, and the settings that name it follow."""
    root = content_set(FILES)
    result = run(root, "mv", "content/images/a b.png", "content/sub/c.png")
    assert "moved content/images/a b.png to content/sub/c.png\n" in result.stdout
    assert (root / "content/sub/c.png").read_bytes() == FILES["content/images/a b.png"]
    assert "theme: {logo: sub/c.png}" in (root / "mkdocs.yml").read_text()


def test_file_moves_into_a_folder_that_is_there(content_set: ContentSet) -> None:
    """A folder as the new place is where the file goes, with its name."""
    root = content_set(FILES)
    assert run(root, "mv", "content/guide.md", "content/sub/").exit_code == 0
    assert (root / "content/sub/guide.md").exists()


def test_folder_leaves_nothing_behind(content_set: ContentSet) -> None:
    """The old folder goes with its last file, and stays where something hidden is left in it."""
    root = content_set({**FILES, "content/images/.kept": ""})
    run(root, "mv", "content/sub", "content/new")
    assert not (root / "content/sub").exists()
    run(root, "mv", "content/images", "content/pictures")
    assert [path.name for path in (root / "content/images").iterdir()] == [".kept"]


def test_dry_run_prints_what_git_would_apply(content_set: ContentSet) -> None:
    """The diff moves images too, and makes the same files as the command without --dry-run."""
    root = content_set(FILES)
    before = texts(root)
    shown = run(root, "mv", "content", "content/x", "--dry-run")
    assert shown.exit_code == 2
    shown = run(root, "mv", "content/images", "content/x/images", "--dry-run")
    assert texts(root) == before
    run(root, "mv", "content/images", "content/x/images")
    written = texts(root)
    (root / "content/x/images/a b.png").unlink()
    for name, data in before.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    subprocess.run(["git", "apply", "-"], cwd=root, input=shown.stdout_bytes, check=True)
    assert texts(root) == written


@pytest.mark.parametrize(
    ("listed", "entry"),
    [
        (
            '{\n  "redirections": [\n    {\n      "source_path": "content/a.md",\n      "redirect_url": "/docs/b"\n    }\n  ]\n}\n',
            {"source_path": "content/other.md", "redirect_url": "/docs/sub/new"},
        ),
        (
            '{"redirections": [{"source_path_from_root": "/a.md", "redirect_url": "/b", "redirect_document_id": true}]}',
            {
                "source_path_from_root": "/content/other.md",
                "redirect_url": "/docs/sub/new",
                "redirect_document_id": False,
            },
        ),
        ('{\r\n  "redirections": []\r\n}', {"source_path": "content/other.md", "redirect_url": "/docs/sub/new"}),
    ],
)
def test_redirection_is_added_behind_the_last(content_set: ContentSet, listed: str, entry: object) -> None:
    """Learn's file of redirections gets an entry in the manner of the others, which stay to the byte."""
    root = content_set({**FILES, ".openpublishing.redirection.json": listed})
    result = run(root, "mv", "content/other.md", "content/sub/new.md")
    assert "nothing redirects" not in result.stderr
    after = (root / ".openpublishing.redirection.json").read_bytes().decode()
    assert json.loads(after)["redirections"] == [*json.loads(listed)["redirections"], entry]
    start = (
        listed.rindex("}", 0, listed.rindex("]")) + 1 if "}" in listed[: listed.rindex("]")] else listed.index("[") + 1
    )
    assert after.startswith(listed[:start])
    assert after.endswith(listed[start:])
    assert ("\r\n" in after) == ("\r\n" in listed)


def test_redirection_leads_to_where_the_repository_lies_on_learn(content_set: ContentSet) -> None:
    """Where other redirections tell the address of the content folder, the new one is below it; comments do not hinder."""
    listed = ",".join(f'{{"source_path": "content/{old}.md", "redirect_url": "/cloud/sub/there"}}' for old in "xyz")
    files = {
        ".openpublishing.redirection.json": f'{{"redirections": [{listed}]}} // of all times\n',
        "content/sub/there.md": "# There\n",
        "content/a.md": "# A\n",
    }
    root = content_set(files)
    assert run(root, "mv", "content/a.md", "content/sub/b.md").exit_code == 0
    entry = '{"source_path": "content/a.md", "redirect_url": "/cloud/sub/b"}'
    assert (root / ".openpublishing.redirection.json").read_text() == (
        f'{{"redirections": [{listed},{entry}]}} // of all times\n'
    )


def test_page_never_moves_to_an_address_that_leads_elsewhere(content_set: ContentSet) -> None:
    """Readers of a page that moved back would be sent on by the entry of its first move."""
    listed = '{"redirections": [{"source_path_from_root": "/content/sub/new.md", "redirect_url": "/x"}]}'
    root = content_set({**FILES, ".openpublishing.redirection.json": listed})
    result = run(root, "mv", "content/other.md", "content/sub/new.md")
    assert result.exit_code == 2
    assert "redirects 'content/sub/new.md' elsewhere; take that entry out first" in result.stderr


def test_plugin_for_redirects_is_told(content_set: ContentSet) -> None:
    """Where mkdocs-redirects is in use, its map gets the old page and the new one; without, the author is told."""
    listed = "  - redirects:\n      redirect_maps:\n        a.md: other.md # long ago\n"
    root = content_set({**FILES, "mkdocs.yml": str(FILES["mkdocs.yml"]) + listed})
    assert "nothing redirects" not in run(root, "mv", "content/other.md", "content/sub/new.md").stderr
    maps = "        a.md: sub/new.md # long ago\n        other.md: sub/new.md\n"
    assert (root / "mkdocs.yml").read_text().endswith(maps)
    root = content_set(FILES)
    (root / "content/sub/new.md").unlink()
    told = "nothing redirects the old address of 'content/other.md' to its new one\n"
    assert told in run(root, "mv", "content/other.md", "content/sub/new.md").stderr


def test_file_that_is_judged_otherwise_is_named(content_set: ContentSet) -> None:
    """Globs in the settings are the author's; where another one applies after a move, the author is told."""
    ignores = "      per_file_ignores: {content/other.md: [title-missing]}\n"
    root = content_set({**FILES, "mkdocs.yml": str(FILES["mkdocs.yml"]) + ignores})
    told = "other 'per_file_ignores' apply to 'content/sub/new.md': look at them in mkdocs.yml\n"
    assert told in run(root, "mv", "content/other.md", "content/sub/new.md").stderr
    assert "per_file_ignores" not in run(root, "mv", "content/guide.md", "content/sub/guide.md").stderr


@pytest.mark.parametrize("nav", ["nav: [&a other.md, *a]", "nav: &a [other.md, *a]", "nav: [other.md, &b [*b]]"])
def test_settings_file_that_cannot_be_edited_by_parts_stops_a_move(content_set: ContentSet, nav: str) -> None:
    """A page that YAML names twice by an alias, or within itself, is left for a person, and nothing moves."""
    root = content_set({**FILES, "mkdocs.yml": f"docs_dir: content\n{nav}\n"})
    before = texts(root)
    result = run(root, "mv", "content/other.md", "content/sub/new.md")
    assert result.exit_code == 2
    assert "'mkdocs.yml' names what moves in a way that cannot be edited by parts" in result.stderr
    assert texts(root) == before


def test_page_that_cannot_be_read_is_named(content_set: ContentSet) -> None:
    """What such a page names stays as it is, the page itself moves as it is, and the exit code is 1."""
    root = content_set({**FILES, "content/sub/latin.md": "[ä](../other.md)".encode("latin-1")})
    result = run(root, "mv", "content/sub", "content/new")
    assert result.exit_code == 1
    assert "content/sub/latin.md is not UTF-8: byte 0xe4 on line 1: what it names is as it was\n" in result.stderr
    assert (root / "content/new/latin.md").read_bytes() == b"[\xe4](../other.md)"


def test_redirect_that_leads_elsewhere_is_left_alone(content_set: ContentSet) -> None:
    """Where the new page is itself an old address, another entry would make a circle: the author is told."""
    listed = "  - redirects: {redirect_maps: {sub/new.md: guide.md}}\n"
    root = content_set({**FILES, "mkdocs.yml": str(FILES["mkdocs.yml"]) + listed})
    assert "nothing redirects" in run(root, "mv", "content/other.md", "content/sub/new.md").stderr
    assert (root / "mkdocs.yml").read_text().endswith(listed)


def test_what_was_not_finished_is_told_file_by_file(content_set: ContentSet) -> None:
    """After an interruption, the disk says which changes were made."""
    root = content_set({"a.md": "new", "b.md": "old", "d.png": b""})
    made = [
        Change(path=PurePosixPath("a.md"), before="old", after="new"),
        Change(path=PurePosixPath("b.md"), before="old", after="new"),
        Change(path=PurePosixPath("c.md"), before="old", after=None),
        Move(path=PurePosixPath("d.png"), to=PurePosixPath("e.png")),
    ]
    told = changing.unfinished(root, made, "interrupted")
    assert told == "interrupted; written: 'a.md', 'c.md'; not written: 'b.md', 'd.png'"
    assert changing.unfinished(root, made[1:2], "no") == "no"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("content/guide.md", "content/other.md", "'content/other.md' exists already"),
        ("content/guide.md", "content/guide.txt", "its ending says what it is"),
        ("content/guide.md", "content/Guide.md", "differs in letter case only"),
        ("content/guide.md", "other/guide.md", "'other/guide.md' lies outside the folders of the content set"),
        ("content/guide.md", "../guide.md", "does not lie in the content set"),
        ("content/guide.md", "content/../../guide.md", "does not lie in the content set"),
        ("content/guide.md", "content/.hidden.md", "lies outside the folders"),
        ("content/guide.md", "content/out/guide.md", "through a symbolic link"),
        ("content/guide.md", "content/other.md/guide.md", "'content/other.md/guide.md' lies below a file"),
        ("content/guide.md", "includes/guide.md", "is a Learn page; as 'includes/guide.md' it would be a fragment"),
        ("content/sub", "content/sub/sub", "'content/sub' cannot move into itself"),
        ("content/sub", "content/a", "'content/a/sub' exists already"),
        ("content/guide.md", "content/a\tb.md", "holds a character that no link could hold"),
        ("content", "content2", "'content' is a folder that the settings name"),
        (f"includes/{PLAN}.md", "includes/plan.md", "is named by its GUID, which must not change"),
        ("mkdocs.yml", "content/mkdocs.yml", "there is no file and no folder 'mkdocs.yml' in the content set"),
    ],
)
def test_what_would_lose_something_is_refused(content_set: ContentSet, old: str, new: str, message: str) -> None:
    """Nothing is overwritten, nothing leaves the content set or changes its kind, and no byte is written."""
    root = content_set({**FILES, "content/a/sub/x.png": b""})
    (root / "content/out").symlink_to(root.parent)
    before = texts(root)
    result = run(root, "mv", old, new)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert texts(root) == before


NAMES = ["a.md", "b c.md", "d(1).md", "é.md", "e&f.md", "g.png"]
FOLDERS = ["content", "content/x", "content/x/y", "includes", "includes/z"]
PATHS = st.builds(lambda folder, name: PurePosixPath(folder, name), st.sampled_from(FOLDERS), st.sampled_from(NAMES))
FORMS = st.sampled_from(
    [
        "[t]({})",
        "[t](<{}>)",
        "![t]({} 'x')",
        "> [t]({}#b)",
        "[!include[t]({})]",
        "t [!include[t]({})] t",
        "<a href='{}'>t</a>",
        "[r][t]\n\n[r]: {}\n\n[t]: {}",
    ]
)


DAY = date(2026, 11, 25)


def found(report: Report, relocation: moving.Relocation | None) -> list[tuple[str, PurePosixPath, Position]]:
    """List what the check found; with a relocation, in the files as they are called after it."""
    where = relocation.of if relocation else lambda path: path
    return sorted((item.code, where(item.span.path), item.span.start) for item in report.diagnostics)


def resolved(library: core.Library, relocation: moving.Relocation | None) -> Iterator[tuple[str, list[str]]]:
    """List the files that each document names; with a relocation, all of them as they are called after it."""
    where = relocation.of if relocation else lambda path: path
    for holder in (*library.pages, *library.fragments):
        named = [str(where(mention.file)) for mention in mentions.find(library, holder.document)]
        yield str(where(holder.path)), named


@settings(max_examples=60, deadline=None)
@given(
    st.sets(PATHS, min_size=2, max_size=6),
    st.lists(st.tuples(PATHS, PATHS, FORMS, st.booleans()), max_size=8),
    st.integers(min_value=0, max_value=5),
    st.sampled_from(["n", "n/m", "v/q"]),
    st.booleans(),
)
def test_all_that_is_named_is_named_after_a_move(
    files: set[PurePosixPath],
    links: list[tuple[PurePosixPath, PurePosixPath, str, bool]],
    number: int,
    place: str,
    whole_folder: bool,
) -> None:
    """Whatever names what, after a move of a file or a folder it names the same, and the check finds the same."""
    old = sorted(files)[number % len(files)]
    if whole_folder and len(old.parts) > 2:
        old = old.parent
    relocation = moving.Relocation(old=old, new=PurePosixPath(old.parts[0], place, old.name))
    written: dict[PurePosixPath, str | None] = dict.fromkeys(files, "Text.\n")
    for base, file, form, from_root in links:
        if base in written and base.suffix == ".md":
            path = f"~/{file}" if from_root else paths.relative(file, base)
            escaped = include.as_path(path) if "include" in form else quote(path, safe="/~.")
            written[base] = f"{written[base]}\n{form.replace('{}', escaped)}\n"
    library = core.Library(read=written.get, files=files, layout=Layout(), settings=Settings(learn=("**",)))
    made = moving.move(library, relocation.old, relocation.new, None, None)
    assert made.left == ()
    texts_after: dict[PurePosixPath, str | None] = {}
    for change in made.changes:
        if isinstance(change, Change):
            texts_after[change.path] = change.after
        elif isinstance(change, Move):
            texts_after |= {change.path: None, change.to: written[change.path]}
    after = library.revised(texts_after)
    assert sorted(resolved(after, None)) == sorted(resolved(library, relocation))
    assert found(rules.check(after, today=DAY), None) == found(rules.check(library, today=DAY), relocation)


def test_folder_of_reports_moves_along(content_set: ContentSet) -> None:
    """Pages that guidekit makes of its reports go where the pages around them go, in nav and in settings."""
    settings = (
        "docs_dir: content\nnav: [a.md, sub/b.md, sub/state/index.md]\nplugins: [guidekit: {reports: sub/state}]\n"
    )
    root = content_set({"mkdocs.yml": settings, "content/a.md": "# A\n", "content/sub/b.md": "# B\n"})
    assert run(root, "mv", "content/sub", "content/new").exit_code == 0
    assert (root / "mkdocs.yml").read_text(encoding="utf-8") == settings.replace("sub/", "new/")
