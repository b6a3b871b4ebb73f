"""Tables of contents: what they are made of, and what hostile ones cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import case
import pytest

import guidekit
from guidekit.syntax import table_of_contents
from guidekit.syntax.table_of_contents import Entry
from guidekit.text.source import Source

ContentSet = Callable[[dict[str, str]], Path]

HEADER = "---\ntitle: {0}\ndescription: What {0} is.\n---\n# {0}\n\nText.\n"


def test_entries_have_the_places_of_their_names_and_addresses() -> None:
    """A place is that of the text in the file: behind a byte order mark, within quotation marks, on its line."""
    text = '\ufeff- name: "Über uns"\n  items:\n  - {href: "a b.md", name: A}\n'
    (group,) = table_of_contents.read(PurePosixPath("toc.yml"), Source.of("toc.yml", text)).entries
    (entry,) = group.items
    assert entry.href is not None
    assert (group.name, str(group.span)) == ("Über uns", "toc.yml:1:9")
    assert (entry.href.text, str(entry.href.span), entry.href.span.end.column) == ("a b.md", "toc.yml:3:12", 20)


def test_headings_nest_as_entries_do() -> None:
    """A heading belongs to the nearest one above it that is of a higher level, and what is commented out is no entry."""
    text = "# [A](a.md)\n## B\n### [C](c.md 'see')\n<!-- # [X](x.md) -->\n## @d\n# E ##\n"
    entries = table_of_contents.read(PurePosixPath("toc.md"), Source.of("toc.md", text)).entries
    assert [shape(entry) for entry in entries] == [("A", [("B", [("C", [])]), ("", [])]), ("E", [])]
    assert entries[0].items[1].uid is not None
    assert entries[0].items[1].uid.text == "d"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "a: &a [x]\n"
            + "".join(f"{b}: &{b} [{('*' + a + ',') * 9}]\n" for a, b in ["ab", "bc", "cd", "de", "ef", "fg", "gh"]),
            id="aliases that multiply",
        ),
        pytest.param("- items: " + "[" * 5_000, id="lists in lists"),
        pytest.param("- &a\n  name: x\n  items: [*a]\n", id="an entry that holds itself"),
        pytest.param("\x00", id="no text"),
    ],
)
def test_hostile_table_of_contents_is_one_finding(text: str, content_set: ContentSet) -> None:
    """YAML that would have no end, or none that anybody waits for, is told once, and the check goes on."""
    root = content_set({"content/toc.yml": text, "content/page.md": HEADER.format("Page")})
    assert [found.code for found in guidekit.Library.open(root).check().diagnostics] == ["invalid-toc-syntax"]


def test_tables_of_contents_that_pull_each_other_in_many_times_come_to_an_end(content_set: ContentSet) -> None:
    """Ten tables of contents that each pull in the next one ten times have more entries than may be: that is told once."""
    files = {f"content/{n}/toc.yml": f"- name: Next\n  href: ../{n + 1}/toc.yml\n" * 10 for n in range(10)}
    root = content_set(
        {**files, "content/10/toc.yml": "- name: Page\n  href: page.md\n", "content/10/page.md": HEADER.format("Page")}
    )
    found = guidekit.Library.open(root).check().diagnostics
    assert [one.code for one in found] == ["toc-file-not-found"]
    assert "there are more entries in tables of contents than may be" in found[0].message


def test_chain_of_tables_of_contents_ends_at_a_depth(content_set: ContentSet) -> None:
    """A table of contents may not lie deeper in others than anybody would look."""
    files = {f"content/{n}/toc.yml": f"- name: Next\n  href: ../{n + 1}/toc.yml\n" for n in range(300)}
    root = content_set(
        {
            **files,
            "content/300/toc.yml": "- name: Page\n  href: page.md\n",
            "content/300/page.md": HEADER.format("Page"),
        }
    )
    messages = [one.message for one in guidekit.Library.open(root).check().diagnostics]
    assert messages == ["'Next' lies deeper in tables of contents than may be", "page is in no table of contents"]


def test_table_of_contents_that_pulls_in_one_above_keeps_its_place(content_set: ContentSet) -> None:
    """Two that lie in each other, one by its folder and one by an entry, both show, and that is no circle."""
    files = {
        "content/a/toc.yml": "- name: Page\n  href: page.md\n",
        "content/a/b/toc.yml": "- name: Above\n  href: ../toc.yml\n",
        "content/a/page.md": HEADER.format("Page"),
    }
    session = guidekit.Library.open(content_set(files))
    assert [entry.name for entry in session.library.navigation] == ["Above", "Page"]
    assert session.check().diagnostics == ()


def test_other_repositories_have_no_tables_of_contents(tmp_path: Path) -> None:
    """Where nothing says that a repository is Learn's, toc.yml is a file and toc.md a page, as ever."""
    files = {
        "content/toc.yml": "text\n",
        "content/toc.md": "# Page\n",
        "mkdocs.yml": "site_name: S\ndocs_dir: content\n",
    }
    library = guidekit.Library.open(case.lay_out(tmp_path, files, learn_repository=False)).library
    assert library.tables_of_contents == ()
    assert [str(page.path) for page in library.pages] == ["content/toc.md"]


def test_changed_table_of_contents_changes_what_is_found(content_set: ContentSet) -> None:
    """The content set that comes after a change judges its tables of contents anew, and the pages that were in them."""
    toc, text = PurePosixPath("content/toc.yml"), "- name: Page\n  href: page.md\n"
    before = guidekit.Library.open(content_set({str(toc): text, "content/page.md": HEADER.format("Page")}))
    after = before.revised({toc: text.replace("page.md", "pages.md")})
    gone = after.revised({toc: None})
    codes = [[found.code for found in one.check().diagnostics] for one in (before, after, gone)]
    assert codes == [[], ["toc-missing", "toc-file-not-found"], []]


def shape(entry: Entry) -> tuple[str, list[object]]:
    """Show an entry by its name and by those below it."""
    return entry.name, [shape(one) for one in entry.items]
