"""Code of other files: what is cut out of them, how it is drawn, and what a page costs that shows much of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_new import run, texts

import guidekit
from guidekit.extension import GuidekitExtension
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.rendering import markdown as plain
from guidekit.settings import Settings
from guidekit.syntax.code_file import CodeFile, Missing, language_of
from guidekit.syntax.code_snippet import Selection, highlighted, read_ranges

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

HEADER = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n"
MOST = 1_000_000


def library_of(files: Mapping[str, str], **options: object) -> guidekit.Library:
    """Make a content set of texts in memory."""
    paths = {PurePosixPath(name): text for name, text in files.items()}
    settings = Settings.from_mapping({"learn": ["**"], **options})
    return guidekit.Library(core.Library(read=paths.get, files=paths, layout=Layout(), settings=settings))


RANGES = {
    "3": ((3, 3),),
    "1-3,7": ((1, 3), (7, 7)),
    " 1 - 3 , 7": ((1, 3), (7, 7)),
    "0": ((0, 0),),
    "": None,
    "a": None,
    "1,,2": None,
    "1-2-3": None,
    "-": None,
    "-3": ((1, 3),),
    "9" * 20: None,
}


@pytest.mark.parametrize(("written", "expected"), RANGES.items(), ids=RANGES)
def test_lists_of_lines_are_read(written: str, expected: object) -> None:
    """A list of lines and ranges is read, and what is none is not."""
    assert read_ranges(written) == expected


def test_range_may_be_open() -> None:
    """A range without an end goes to the end of the file, in what is shown and in what is highlighted."""
    text = CodeFile(text="a\nb\nc\n").shown(Selection(path="a", ranges=read_ranges("2-") or ()), MOST)
    assert text == "b\nc"
    assert highlighted(read_ranges("2-,1-2,3") or (), 4) == (1, 2, 3, 4)


MARKS = {
    "the last start counts, and the first end behind it": ("# <a>\n1\n# <a>\n2\n# </a>\n3\n# </a>", "python", "2"),
    "an end without a start says nothing": ("# </a>\n# <a>\n1\n# </a>", "python", "1"),
    "blanks in marks say nothing": ("  #   < a >  \n1\n#</ a>", "python", "1"),
    "marks of another language are code": ("// <a>\n# <a>\n// <a>\n# </a>", "python", "// <a>"),
    "marks behind code are none": ("# <a>\nx # </a>\ny\n# </a>", "python", "x # </a>\ny"),
    "names may have dots and hyphens": ("# <a.b-c>\n1\n# </a.b-c>", "python", "1"),
    "a language that is not known tries all marks": ("-- <a>\n1\n-- </a>", "klingon", "1"),
    "an interactive language is the language": ("// <a>\n1\n// </a>", "csharp-interactive", "1"),
    "regions nest": ("#region a\n1\n#region b\n2\n#endregion\n3\n#endregion b", "csharp", "1\n2\n3"),
    "regions with a sentence for a name stay": (
        "#region a\n#region What it does\n1\n#endregion\n#endregion",
        "csharp",
        "#region What it does\n1\n#endregion",
    ),
    "regions of Visual Basic have quotes": ('#Region "a"\nDim b\n#End Region', "vb", "Dim b"),
    "marks in comments go before regions": ("#region a\n1\n#endregion\n// <a>\n2\n// </a>", "csharp", "2"),
    "the indentation of all lines goes": ("# <a>\n\t  if b:\n\n\t\t\tc\n# </a>", "python", "if b:\n\n      c"),
}


@pytest.mark.parametrize(("text", "language", "expected"), MARKS.values(), ids=MARKS)
def test_marks_are_found_as_in_docfx(text: str, language: str, expected: str) -> None:
    """What stands between the marks of a name, in the comments of a language, is cut out."""
    assert (
        CodeFile(text=text).shown(Selection(path="x", language=language, name="a.b-c" if "a.b" in text else "A"), MOST)
        == expected
    )


@given(
    text=st.lists(
        st.sampled_from(["// <a>", "// </a>", "#region a", "#endregion", "x", "\t", "\n", "  ", "<!-- <a> -->"])
    ).map("\n".join),
    language=st.sampled_from(["csharp", "python", "", "vb", "cshtml"]),
    ranges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))).map(tuple),
    name=st.sampled_from(["", "a", "b"]),
    notebook=st.booleans(),
)
def test_whatever_is_cut_out_stands_in_the_file(
    text: str, language: str, ranges: tuple[tuple[int, int], ...], name: str, notebook: bool
) -> None:
    """Of any file, lines of it are shown, or it is said why there are none."""
    selection = Selection(path="a", language=language, ranges=ranges, name=name, notebook=notebook)
    shown = CodeFile(text=text).shown(selection, MOST)
    if isinstance(shown, Missing):
        assert shown.why
    else:
        assert shown is not None
        known = {line.expandtabs(4).strip() for line in text.split("\n")}
        assert {line.strip() for line in shown.split("\n")} <= known


def test_language_is_that_of_the_file() -> None:
    """A file's ending tells its language, and one that could be none tells nothing."""
    assert [language_of(name) for name in ("a.CS", "a.yml", "a.tf", "Dockerfile", "a.x y", "a.`")] == [
        *("csharp", "yaml", "terraform", "", "", ""),
    ]


def test_code_is_drawn_as_a_fence_on_the_page(content_set: ContentSet) -> None:
    """The site's highlighting draws it: in its language, with title and highlighted lines; braces in it mean nothing."""
    root = content_set(
        {
            "content/a.py": "# <a>\ndef f():\n    return {  .a }\n# </a>\n",
            "content/page.md": '[!code-python-interactive[x](a.py?highlight=2#a "A title")]\n',
            "mkdocs.yml": "docs_dir: content\nplugins: [guidekit]\nmarkdown_extensions: [attr_list, pymdownx.superfences]\n",
            "docfx.json": "{}",
        }
    )
    extension = GuidekitExtension(root=str(root), path="content/page.md")
    md = markdown.Markdown(extensions=["attr_list", "pymdownx.highlight", "pymdownx.superfences", extension])
    drawn = md.convert((root / "content/page.md").read_text())
    assert '<span class="filename">A title</span>' in drawn
    assert '<span class="hll">    <span class="k">return</span>' in drawn
    assert '<span class="p">{</span>  <span class="o">.</span>' in drawn


def test_code_is_a_fence_in_plain_markdown() -> None:
    """In Markdown, code is a fenced block, long enough for the fences in it, in lists and quotes as the directive was."""
    library = library_of(
        {
            "content/page.md": "1. a\n   [!code-md[x](b.md)]\n\n> [!code-py[x](a.py)]\n> b\n\n[!code[x](none.py)]\n",
            "content/b.md": "```\na\n```\n",
            "content/a.py": "a = 1\n\nb = 2\n",
        }
    )
    page = library.page("content/page.md")
    assert page is not None
    assert plain.write(library.library, page, {}) == (
        "1. a\n   \n   ````md\n   ```\n   a\n   ```\n   ````\n\n> ```py\n> a = 1\n>\n> b = 2\n> ```\n>\n> b\n\n"
        "> The code in none.py is not shown here.\n"
    )


def test_page_is_made_of_the_code_that_it_shows() -> None:
    """A file of code counts among the files of a page, and an edit of it changes the page and its findings."""
    before = library_of(
        {"content/page.md": f"{HEADER}[!code-py[x](a.py#a)]\n", "content/a.py": "# <a>\nb = 1\n# </a>\n"}
    )
    rendered = guidekit.render(before, "content/page.md")
    assert PurePosixPath("content/a.py") in rendered.files_read
    assert "b = 1" in rendered.html and not before.check().diagnostics
    after = before.revised({PurePosixPath("content/a.py"): "# <a>\nc = 2\n# </a>\n"})
    assert "c = 2" in guidekit.render(after, "content/page.md").html and not after.check().diagnostics
    gone = after.revised({PurePosixPath("content/a.py"): "c = 2\n"})
    assert [finding.code for finding in gone.check().diagnostics] == ["codesnippet-not-found"]


def test_hidden_code_is_watched() -> None:
    """A file that is read but not listed is among those that a watch has to look at, whether it is there or not."""
    library = library_of({"content/page.md": "[!code-py[x](.a.py)]\n"})
    library.check()
    assert PurePosixPath("content/.a.py") in library.library.unlisted


def test_code_that_moves_is_named_where_it_is_then(content_set: ContentSet) -> None:
    """The paths of snippets follow a file of code that moves, and count from where a page goes."""
    page = '[!code-py[x]( a.py?range=1#L1 "T")]\n\n> [!code-py[y](~/content/a.py)]\n\n:::code source=" a.py" id="":::\n'
    root = content_set({"content/page.md": HEADER + page, "content/a.py": "a\n", "docfx.json": "{}"})
    assert run(root, "mv", "content/a.py", "content/code/b (1).py").exit_code == 0
    moved = '[!code-py[x]( code/b\\ \\(1\\).py?range=1#L1 "T")]\n\n> [!code-py[y](~/content/code/b\\ \\(1\\).py)]\n'
    moved += '\n:::code source=" code/b (1).py" id="":::\n'
    assert texts(root)["content/page.md"].decode() == HEADER + moved
    assert not guidekit.Library.open(root).check().diagnostics


@pytest.mark.parametrize(
    "page",
    [
        "[!code-py[x](a.py)]\n\n" * 20_000,
        "[!code-py[x](a.py#a)]\n\n" * 20_000,
        "[!code-py[x](a.py?range=" + "1-," * 300 + "1-)]\n\n",
        "[!code-py[x](a.py?highlight=" + "1-," * 300 + "1-)]\n\n",
        "[!code-py[x](a.py\n" * 20_000,
        "[!code-py[x](b.py)]\n" * 20_000,
        "[!code-py[x](" + "(" * 900_000,
        "> " * 30 + "[!code-py[x](a.py#a)]",
        "[!code-" + "a" * 1_000_000 + "[x](a.py)]",
    ],
    ids=["whole", "marks", "ranges", "highlight", "unclosed", "missing", "brackets", "quotes", "language"],
)
def test_much_code_costs_no_more_than_it_has_characters(page: str) -> None:
    """Ten thousands of snippets, each of a large file, end within seconds: what is too much for a page is left out."""
    code = "# <a>\na = 1\n# </a>\n" + "x = 1\n" * 200_000
    library = library_of({"content/page.md": HEADER + page, "content/a.py": code})
    since = time.process_time()
    library.check()
    guidekit.render(library, "content/page.md")
    assert time.process_time() - since < 20
