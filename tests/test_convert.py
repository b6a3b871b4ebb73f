"""`guidekit convert`: pages in other Markdown say what they said, and a folder is written whole or not at all."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path, PurePosixPath
from random import Random

import case
import converted
import grammar
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from guidekit import Library
from guidekit.cli import main
from guidekit.exports import conversion
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.library.page import Page
from guidekit.settings import Settings

ContentSet = Callable[[dict[str, str | bytes]], Path]

PROJECT = Path(__file__).parent.parent
PAGES = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content").rglob("*.md"))

FILES: dict[str, str | bytes] = {
    "content/page.md": "# Page\n\n[!INCLUDE [a](../includes/a.md)]\n\n[Other](folder/other.md)\n",
    "content/folder/other.md": "# Other\n\n[Page](../page.md#page)\n",
    "content/foreign.md": "---\nlearn: false\n---\n!!! note\n    a\n",
    "content/images/a.png": b"a",
    "content/.hidden.png": b"b",
    "content/draft.md": "# Draft\n",
    "includes/a.md": "![b](media/b.png)\n",
    "includes/media/b.png": b"c",
    "mkdocs.yml": "site_name: S\ndocs_dir: content\ndraft_docs: draft.md\nplugins:\n  - guidekit\n",
}


@cache
def ours() -> core.Library:
    """Open our own content set, once."""
    return Library.open(PROJECT).library


def page_of_ours(path: str) -> Page:
    """Find one of our pages."""
    page = ours().page(path)
    assert page
    assert page.learn
    return page


@pytest.mark.parametrize("path", PAGES)
def test_our_pages_are_the_same_in_commonmark(path: str) -> None:
    """Another parser finds in each page of ours, converted to CommonMark, the blocks and texts that guidekit draws."""
    page = page_of_ours(path)
    assert converted.read_by_commonmark(ours(), page) == converted.drawn(ours(), page)


@pytest.mark.parametrize("path", PAGES)
def test_our_pages_are_the_same_in_material(path: str) -> None:
    """Python-Markdown finds in each page of ours, converted to Material's Markdown, what guidekit draws."""
    page = page_of_ours(path)
    assert converted.read_by_python_markdown(ours(), page) == converted.drawn_as_html(ours(), page)


@pytest.mark.parametrize("path", case.every("render"), ids=lambda path: path.stem)
def test_no_word_of_a_case_is_lost(path: Path, tmp_path: Path) -> None:
    """All that is said on the pages of each case of what is rendered is said in each dialect."""
    for page, library in learn_pages(Library.open(case.read(path).lay_out(tmp_path)).library):
        keep_words(library, page)


@pytest.mark.parametrize("seed", range(40))
def test_no_word_of_a_derived_text_is_lost(seed: int) -> None:
    """All that is said on pages that are derived from the grammar is said in each dialect."""
    for page, library in learn_pages(derived(seed)):
        keep_words(library, page)


@given(seed=st.integers(0, 2**32))
def test_every_derived_text_is_converted(seed: int) -> None:
    """Whatever is derived from the grammar is converted, and twice to the same text."""
    for page, library in learn_pages(derived(seed)):
        for form in conversion.FORMS:
            assert conversion.write(library, page, form) == conversion.write(library, page, form)


def learn_pages(library: core.Library) -> Iterator[tuple[Page, core.Library]]:
    """Go through the pages of a content set that are converted."""
    return ((page, library) for page in library.pages if page.learn)


def derived(seed: int) -> core.Library:
    """Derive a content set; every other one has all extensions on."""
    files = {path: text for path, text in grammar.derive(Random(seed)).items() if path.suffix == ".md"}
    settings = Settings.from_mapping({"learn": ["**"], "max_includes": 50})
    extensions: dict[str, dict[str, object]] = {name: {} for name in grammar.EXTENSIONS if seed % 2}
    return core.Library(read=files.get, files=files, layout=Layout(markdown_extensions=extensions), settings=settings)


def keep_words(library: core.Library, page: Page) -> None:
    """See that another parser finds all words in CommonMark, and that the text for Material has all letters."""
    drawn = converted.drawn(library, page)
    assert not converted.words(drawn) - converted.words(converted.read_by_commonmark(library, page))
    text = unescape(converted.body(conversion.write(library, page, "material")))
    assert not sum((converted.letters(seen) for _, seen in drawn), Counter()) - converted.letters(text)


# The command


def convert(root: Path, *arguments: str | Path) -> Result:
    """Run the command on a content set."""
    return CliRunner().invoke(main, ["convert", *map(str, arguments), "--config-file", str(root / "mkdocs.yml")])


def below(folder: Path) -> list[str]:
    """List the files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("form", conversion.FORMS)
def test_folder_holds_pages_and_what_goes_with_them(content_set: ContentSet, tmp_path: Path, form: str) -> None:
    """Pages, pages in other dialects as they are, and images are written; fragments, drafts and hidden files are not."""
    root, out = content_set(FILES), tmp_path / "new/out"
    done = convert(root, out, "--to", form)
    assert done.exit_code == 0, done.output
    assert f"wrote 2 pages and 3 other files to '{out}'" in done.stderr
    assert below(out) == ["folder/other.md", "foreign.md", "images/a.png", "includes/media/b.png", "page.md"]
    assert (out / "foreign.md").read_bytes() == (root / "content/foreign.md").read_bytes()
    assert "![b](includes/media/b.png)\n\n[Other](folder/other.md)" in (out / "page.md").read_text(encoding="utf-8")


def test_dry_run_names_the_files_and_writes_none(content_set: ContentSet, tmp_path: Path) -> None:
    """With --dry-run, the files are listed, and there is no folder."""
    done = convert(content_set(FILES), tmp_path / "out", "--to", "material", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.split() == ["folder/other.md", "foreign.md", "images/a.png", "includes/media/b.png", "page.md"]
    assert not (tmp_path / "out").exists()


def test_what_is_lost_is_told_at_its_place(content_set: ContentSet, tmp_path: Path) -> None:
    """An include and code that are not there are named with their places, and the exit code is 1."""
    text = "# Page\n\n[!INCLUDE [a](none.md)]\n\n[!INCLUDE [a](../includes/a.md)]\n"
    more = {"content/page.md": text, "includes/a.md": '- :::code source="none.sh":::\n\n:::code source="none.sh":::\n'}
    done = convert(content_set({**FILES, **more}), tmp_path / "out", "--to", "commonmark")
    assert done.exit_code == 1
    told = re.findall(r"^left out: (.*)", done.stderr, re.MULTILINE)
    assert told == [
        "content/page.md:3:1: 'none.md' does not exist",
        "includes/a.md:1:3: 'none.sh' does not exist",
        "includes/a.md:3:1: 'none.sh' does not exist",
    ]
    assert (tmp_path / "out/page.md").exists()


def test_material_tells_the_extensions_that_pages_need(content_set: ContentSet, tmp_path: Path) -> None:
    """The extensions of the dialect are named, and with them those that the site has."""
    site = f"{FILES['mkdocs.yml']!s}markdown_extensions: [abbr]\n"
    done = convert(content_set({**FILES, "mkdocs.yml": site}), tmp_path / "out", "--to", "material")
    assert "extensions of Python-Markdown: abbr, admonition, attr_list, " in done.stderr


@pytest.mark.parametrize(
    ("name", "why"),
    [("full", "is not empty"), ("full/a.txt", "is not empty"), ("content/out", "lies in the content set"), (".", "")],
)
def test_what_others_wrote_is_left_alone(content_set: ContentSet, name: str, why: str) -> None:
    """A folder with something in it, a file, and the content set itself are refused, and nothing changes."""
    root = content_set({**FILES, "full/a.txt": "a"})
    before = below(root)
    done = convert(root, root / name, "--to", "material")
    assert done.exit_code == 2
    assert why in done.stderr
    assert below(root) == before


def test_empty_folder_is_taken(content_set: ContentSet, tmp_path: Path) -> None:
    """A folder that is there and empty is written."""
    (tmp_path / "out").mkdir()
    assert convert(content_set(FILES), tmp_path / "out", "--to", "material").exit_code == 0
    assert (tmp_path / "out/page.md").exists()


@pytest.mark.skipif(os.name != "posix", reason="makes symbolic links")
def test_link_in_the_repository_is_not_followed(content_set: ContentSet, tmp_path: Path) -> None:
    """No folder is written through a symbolic link that lies in the repository."""
    root = content_set(FILES)
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    done = convert(root, root / "link/out", "--to", "material")
    assert done.exit_code == 2
    assert "symbolic link" in done.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_nothing_is_there_where_not_all_can_be_written(
    content_set: ContentSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be copied is named, and neither the folder nor a part of it is left."""
    root = content_set(FILES)
    real = conversion.others
    monkeypatch.setattr(conversion, "others", lambda library: {**real(library), PurePosixPath("z"): PurePosixPath("z")})
    done = convert(root, tmp_path / "to/out", "--to", "material")
    assert done.exit_code == 2
    assert f"cannot write '{tmp_path / 'to/out'}'" in done.stderr
    assert not list((tmp_path / "to").iterdir())


def test_what_a_killed_run_has_left_is_removed(content_set: ContentSet, tmp_path: Path) -> None:
    """The next run removes the folder that another one was writing when it was killed."""
    left = tmp_path / "to/.guidekit-x.tmpdir"
    left.mkdir(parents=True)
    (left / "page.md").write_text("half", encoding="utf-8")
    assert convert(content_set(FILES), tmp_path / "to/out", "--to", "material").exit_code == 0
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["out"]
