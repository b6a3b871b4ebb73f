"""The Python interface."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

import guidekit

ContentSet = Callable[[dict[str, str | bytes]], Path]

FIRST, SECOND = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "33fe1493-7dbd-48de-ab6a-d6635c9c7c68"
FILES = {
    "content/guide.md": (
        "---\ntitle: Guide\ndescription: A guide.\nms.date: 10/15/2019\nms.custom: [a, How would you come back?]\n---\n# Guide\n\n"
        f"Opening.<!-- You have a plan -->\n[!include[{FIRST}](../includes/{FIRST}.md)]\n\n"
        f"<!-- You know what you depend on -->\n[!include[{SECOND}](../includes/{SECOND}.md)]\n"
    ),
    f"includes/{FIRST}.md": "## Plan\n\n" + "Name an owner. " * 20 + "\n\n[!include[s](shared.md)]\n",
    f"includes/{SECOND}.md": "## Dependencies\n\n### Inner ones\n\n" + "List them. " * 20,
    "includes/shared.md": "Shared text.\n",
}


def test_library_knows_pages_fragments_and_who_uses_whom(content_set: ContentSet) -> None:
    """Opening a folder gives its pages, its fragments, and the pages that show a fragment, directly or not."""
    library = guidekit.Library.open(content_set(FILES))
    assert [str(page.path) for page in library.pages] == ["content/guide.md"]
    assert len(library.fragments) == 3
    assert library.used_by("includes/shared.md") == (PurePosixPath("content/guide.md"),)
    assert library.used_by("includes/none.md") == ()


def test_checklist_has_question_and_items_in_order(content_set: ContentSet) -> None:
    """An item has statement, GUID, fragment, heading and place; the comment may be glued to a paragraph."""
    (checklist,) = guidekit.Library.open(content_set(FILES)).checklists
    assert checklist.question == "How would you come back?"
    first, second = checklist.items
    assert (first.statement, first.guid, first.heading) == ("You have a plan", FIRST, "Plan")
    assert first.fragment == PurePosixPath(f"includes/{FIRST}.md")
    assert str(first.span) == "content/guide.md:9:9"
    assert second.statement == "You know what you depend on"


def test_rendered_page_has_all_that_a_host_needs(content_set: ContentSet) -> None:
    """HTML of the article, title, metadata, nested contents, the files it is made of, and its findings."""
    library = guidekit.Library.open(content_set(FILES))
    page = guidekit.render(library, "content/guide.md")
    assert page.title == "Guide"
    assert page.metadata["ms.date"] == "10/15/2019"
    assert library.pages[0].document.front_matter.date("ms.date") == date(2019, 10, 15)
    assert [entry.text for entry in page.toc[0].children] == ["Plan", "Dependencies"]
    assert page.toc[0].children[1].children[0].id == "inner-ones"
    assert [path.name for path in page.files_read] == ["guide.md", f"{FIRST}.md", "shared.md", f"{SECOND}.md"]
    assert page.diagnostics == ()
    assert page.html.startswith(
        '<h1 id="guide">Guide</h1>\n<p>Opening.<!-- You have a plan --></p>\n<guidekit-checklist'
    )


def test_rendering_a_page_that_does_not_exist_raises_key_error(content_set: ContentSet) -> None:
    """A misuse of the interface is told from a mistake in content."""
    with pytest.raises(KeyError, match="no page"):
        guidekit.render(guidekit.Library.open(content_set(FILES)), "content/none.md")


@pytest.mark.parametrize("root", ["none", "mkdocs.yml"])
def test_opening_what_is_not_there_raises_root_error(content_set: ContentSet, root: str) -> None:
    """A folder or a settings file that does not exist is named."""
    with pytest.raises(guidekit.RootError, match=root):
        guidekit.Library.open(content_set(FILES) / root)


def test_checking_twice_gives_the_same_report(content_set: ContentSet) -> None:
    """A library judges what it read when it was opened; open it anew to see changes."""
    library = guidekit.Library.open(content_set(FILES))
    assert library.check() is library.check()
