"""An open content set: what it holds, what it works out, and when."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import guidekit
import guidekit.catalogue
from guidekit import rules
from guidekit.layout import FileKind, Layout
from guidekit.library.library import Library
from guidekit.rules.running import Run
from guidekit.settings import Settings

ContentSet = Callable[[dict[str, str | bytes]], Path]

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\nplugins: [guidekit: {glossary: terms.md}]\n",
    "content/index.md": "---\ntitle: Home\n---\n# Home\n\n[!include[s](../includes/shared.md)]\n\n[none](none.md)\n",
    "content/terms.md": "# Terms\n\n## Term\n\nA definition.\n",
    "includes/shared.md": "Text `code` <b>bold</b>.\n\n> [!NOTE]\n> A note.\n",
    "CODEOWNERS": "* @someone\n",
    ".git/HEAD": "ref: refs/heads/main\n",
}
GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
GUIDE: dict[str, str | bytes] = {
    "content/guide.md": f"---\ntitle: Guide\nms.custom: Are you ready?\n---\n# Guide\n\n<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n",
    f"includes/{GUID}.md": f"---\nms.uid: {GUID}\n---\n## Plan\n\nName an owner.\n",
}


def test_library_can_be_sent_to_another_process(content_set: ContentSet) -> None:
    """A library that was read and checked can be pickled; what comes out answers and renders the same."""
    library = guidekit.Library.open(content_set(FILES))
    before = library.check().diagnostics
    copy = pickle.loads(pickle.dumps(library.library))
    session = guidekit.Library(copy)
    assert session.check().diagnostics == before
    assert before[0].owner == "@someone"
    assert guidekit.render(session, "content/index.md").html == guidekit.render(library, "content/index.md").html


def test_rendering_does_not_check(content_set: ContentSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is rendered without a run of the rules; its findings are worked out when they are asked for."""
    library = guidekit.Library.open(content_set(FILES))
    checked: list[Library] = []
    run = rules.run

    def counted(library: Library, **options: Any) -> Run:
        checked.append(library)
        return run(library, **options)

    monkeypatch.setattr(rules, "run", counted)
    page = guidekit.render(library, "content/index.md")
    assert page.html and checked == []
    assert {found.span.path for found in page.diagnostics} == {PurePosixPath("content/index.md")}
    assert checked == [library.library]


def test_page_about_the_interface_runs(
    project: Path, content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each example on the page about the Python API runs, and each expression and attribute that it names is there."""
    text = (project / "content/contribute/python.md").read_text(encoding="utf-8")
    monkeypatch.chdir(content_set({**FILES, **GUIDE, "media/chart.png": b"png"}))
    names: dict[str, Any] = {"PurePosixPath": PurePosixPath, "date": date}
    examples = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        try:
            exec(example, names)  # noqa: S102 our own page
        except SystemExit as end:
            assert end.code is True
    shown = capsys.readouterr().out
    assert "content/index.md  Home" in shown and "- You have a plan -> includes" in shown and GUID in shown
    library = names["library"] = guidekit.Library.open(".")
    names |= {
        "page": library.page("content/guide.md"),
        "report": library.check(),
        "path": PurePosixPath("content/guide.md"),
    }
    names |= {"text": "# Other\n", "guidekit": guidekit}
    (item,) = names["page"].checklist.items
    tables = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    spans = [
        span for span in re.findall(r"`([^`\n]+)`", text) if re.match(r"(library|page|report|catalogue)\.[a-z]", span)
    ]
    for span in {*spans, "guidekit.catalogue.FORMATS"} - {"catalogue.json"}:
        eval(span, names)
    assert len(spans) > 20
    for title, thing in (("Read the checklists", item), ("Render", guidekit.render(library, names["path"]))):
        for name in re.findall(r"^\| (`[^|]+`) \|", tables[title], re.MULTILINE):
            for attribute in re.findall("`([^`]+)`", name):
                assert hasattr(thing, attribute), attribute
    mended = library.mend()
    assert (mended.changes, mended.fixed, mended.report) == ((), (), library.check())
    assert mended.library.pages == library.pages


SETTINGS = Settings(learn=("**",), fragments=("includes/**", "shared/*.md"))


@pytest.mark.parametrize(
    ("path", "kind", "url"),
    [
        ("content/index.md", FileKind.PAGE, ""),
        ("content/a/README.MD", FileKind.PAGE, "a/"),
        ("content/a b.md", FileKind.PAGE, "a%20b/"),
        ("content/media/a.png", FileKind.ASSET, "media/a.png"),
        ("includes/a.md", FileKind.FRAGMENT, "includes/a/"),
        ("includes/a.png", FileKind.ASSET, "includes/a.png"),
        ("shared/sub/a.md", FileKind.TEXT, "shared/sub/a/"),
        ("contents/a.md", FileKind.TEXT, "contents/a/"),
    ],
)
def test_file_has_a_kind_and_an_address(path: str, kind: FileKind, url: str) -> None:
    """A layout tells by a file's path alone what it is and where it is published; a library answers the same."""
    place = PurePosixPath(path)
    for files in ((), (place,)):
        library = Library(read=lambda _: None, files=files, layout=Layout(), settings=SETTINGS)
        assert library.kind(place) is kind
        assert library.is_fragment(place) is (kind is FileKind.FRAGMENT)
        assert library.url(place) == url


def test_pages_and_fragments_are_the_files_of_their_kind() -> None:
    """Pages are in the content folder, fragments where the settings say; of other files neither is made."""
    files = [PurePosixPath(name) for name in ("shared/a.md", "shared/b/c.md", "content/d.md", "content/e.png", "f.md")]
    library = Library(read=lambda _: "Text.\n", files=files, layout=Layout(), settings=SETTINGS)
    assert [str(page.path) for page in library.pages] == ["content/d.md"]
    assert [str(fragment.path) for fragment in library.fragments] == ["shared/a.md"]
    assert library.lies_with_fragments(PurePosixPath("includes/a.png"))
