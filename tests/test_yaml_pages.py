"""Pages written in YAML: their places, their bounds, what becomes of them when they change, and the site that they make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path, PurePosixPath

import pytest
import yaml
from accessibility import LEVELS, violations
from case import lay_out
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_build import Build, build_strictly

import guidekit
from guidekit.layout import Layout
from guidekit.library.library import Library
from guidekit.rendering import markdown as plain
from guidekit.settings import Settings
from guidekit.syntax import yaml_document
from guidekit.syntax.document import Document
from guidekit.syntax.link import Link
from guidekit.text.source import Source

Once = Callable[[str, Callable[[Path], None]], Path]

MIME = "### YamlMime:{}\n"
FAQ = MIME.format("FAQ") + "title: Questions\nmetadata:\n  title: Questions\n  description: What readers ask.\n"


def parsed(text: str) -> Document:
    """Parse a page in YAML."""
    return yaml_document.parse(Source.of("content/faq.yml", text))


def library_of(files: Mapping[str, str]) -> guidekit.Library:
    """Make a content set of texts in memory."""
    paths = {PurePosixPath(name): text for name, text in files.items()}
    return guidekit.Library(Library(read=paths.get, files=paths, layout=Layout(), settings=Settings()))


WORDS = st.sampled_from(
    ["word", "[a](a.md)", "[b *c*](b.md)", "it's", '"so"', "\\", "#", "- ", ": ", "\n\n", "\n", "é"]
)


@given(words=st.lists(WORDS, max_size=30), style=st.sampled_from([None, "'", '"', "|", ">"]), width=st.integers(20, 80))
def test_places_are_those_of_the_file(words: list[str], style: str | None, width: int) -> None:
    """However YAML writes a text, the address of each link in it is found where it stands."""
    text = " ".join(words)
    summary = yaml.dump({"summary": text}, default_style=style, width=width)
    document = parsed(FAQ + summary)
    links = list(document.of(Link))
    whole = parsed(FAQ + "summary: " + json.dumps(text) + "\n")
    assert [link.address for link in links] == [link.address for link in whole.of(Link)]
    for link in links:
        assert link.address_span is not None
        assert document.source.cut(link.address_span) == link.address
        assert document.source.cut(link.span).startswith("[")


PIECES = st.sampled_from(
    [
        *(
            "title: a\n",
            "summary: ",
            "sections:\n",
            "name: b\n",
            "questions:\n",
            "question: ",
            "answer: ",
            "metadata: ",
        ),
        *(
            "items:\n",
            "url: ",
            "links: ",
            "landingContent:\n",
            "highlightedContent:\n",
            "|\n",
            ">-\n",
            "- ",
            "  ",
            "text\n",
        ),
        *(
            "'",
            '"',
            ": ",
            "&a ",
            "*a\n",
            "#",
            "{",
            "}",
            "[",
            "]",
            "\t",
            "\n",
            "[x](y.md)\n",
            "```\n",
            "> [!NOTE]\n",
            "<!-- c",
        ),
        *('::: zone pivot="a"\n', "# T\n", "| a | b |\n"),
    ]
)


@given(kind=st.sampled_from(["FAQ", "Hub", "Landing", "Marketing"]), pieces=st.lists(PIECES, max_size=40))
def test_whatever_stands_below_the_first_line_is_a_page(kind: str, pieces: list[str]) -> None:
    """Any text is judged, rendered and written as Markdown, and each finding stands within the file."""
    text = MIME.format(kind) + "".join(pieces)
    library = library_of({"content/page.yml": text})
    page = library.page("content/page.yml")
    assert page is not None
    guidekit.render(library, page)
    plain.write(library.library, page, {})
    last = len(page.document.source.lines)
    assert all(1 <= found.span.start.line <= found.span.end.line <= last for found in library.check().diagnostics)


HOSTILE: Mapping[str, tuple[str, int]] = {
    "aliases that multiply": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        3,
    ),
    "an alias of a long text": (
        f"a: &a '{'*a* ' * 2_000}'\nsections:\n- questions:\n" + "  - {question: A?, answer: *a}\n" * 3_000,
        1,
    ),
    "an alias of what is around it": ("sections: &s\n- questions: *s\n", 3),
    "too many values": ("sections:\n" + "- a\n" * 60_000, 1),
    "too many characters": ("summary: " + "a" * 400_001 + "\n", 1),
    "lists in lists": ("sections: " + "[" * 5_000 + "]" * 5_000 + "\n", 2),
    "keys below keys": ("".join(f"{' ' * depth}a:\n" for depth in range(300)), 102),
    "a tag of Python's": ("sections: !!python/object/apply:os.system [exit]\nlandingContent: !!set {a}\n", 1),
    "a control character": ("summary: a\x07b\n", 2),
}
"""Texts below the first line, each with the line at which a fault of it is told."""


@pytest.mark.parametrize(("text", "line"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_fails_at_its_place(text: str, line: int) -> None:
    """What would cost too much, or means to run something, is told at a place, and the page still has its text."""
    library = library_of({"content/faq.yml": MIME.format("FAQ") + text})
    found = [(one.code, one.span.start.line) for one in library.check().diagnostics]
    page = library.page("content/faq.yml")
    assert page is not None
    html = guidekit.render(library, page).html
    if page.document.is_unread:
        assert "<pre>" in html
        assert ("yaml-syntax-error", line) in found


def test_nothing_of_an_answer_ends_the_data_for_search_engines() -> None:
    """Questions and answers may say what ends a script: search engines read it, and browsers do not."""
    said = "</script><script>alert(1)</script> <!-- & \u2028"
    asked = f"- question: {json.dumps(f'Is `{said}` it?')}\n  answer: {json.dumps(f'Yes, `{said}`.')}\n"
    library = library_of(
        {"content/faq.yml": f"{FAQ}sections:\n- questions:\n  {asked.replace(chr(10), chr(10) + '  ')}\n"}
    )
    html = guidekit.render(library, "content/faq.yml").html
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert html.count("<script") == 1
    answer = json.loads(data)["mainEntity"][0]["acceptedAnswer"]["text"]
    assert answer == " ".join(f"Yes, {said.strip()} .".split())


CHANGES: Mapping[str, tuple[str, str]] = {
    "a page becomes a file": ("content/faq.yml", "a: b\n"),
    "a page becomes one of another kind": ("content/faq.yml", MIME.format("Landing") + "title: Questions\n"),
    "a page becomes one that is not drawn": ("content/faq.yml", MIME.format("PythonClass")),
    "a file becomes a page": ("content/data.yml", FAQ),
    "a page loses a question": ("content/faq.yml", FAQ),
    "a page in Markdown takes its address": ("content/faq.md", "---\ntitle: F\ndescription: F.\n---\n# F\n\nText.\n"),
}


@pytest.mark.parametrize(("path", "text"), CHANGES.values(), ids=CHANGES)
def test_changed_yaml_is_judged_as_if_read_for_the_first_time(path: str, text: str) -> None:
    """After each kind of change, the findings are those of a content set that is opened anew."""
    files = {
        "content/faq.yml": FAQ + "sections:\n- questions:\n  - question: Who?\n    answer: You.\n",
        "content/data.yml": "a: b\n",
        "content/guide.md": "---\ntitle: G\ndescription: G.\n---\n# G\n\n[a](faq.yml#who) [b](data.yml#who) [c](/faq/)\n",
    }
    library = library_of(files)
    before = library.check()
    after = library.revised({PurePosixPath(path): text})
    anew = library_of({**files, path: text})
    assert after.check() == anew.check()
    assert [page.path for page in after.pages] == [page.path for page in anew.pages]
    assert after.check() != before


def test_kinds_of_links_are_named_in_the_language_of_the_site() -> None:
    """What stands above a list of links is translated as the words of checklists are."""
    files = {PurePosixPath("content/index.yml"): LANDING}
    settings = Settings.from_mapping({"words": "de"})
    library = Library(read=files.get, files=files, layout=Layout(), settings=settings)
    html = guidekit.render(guidekit.Library(library), "content/index.yml").html
    assert re.findall('<p class="guidekit-kind">(.*?)</p>', html) == ["Anleitung", "Übersicht"]


SETTINGS = (
    "site_name: Site\nsite_url: https://example.com/\ndocs_dir: content\nrepo_url: https://github.com/example/site\n"
    "edit_uri: edit/main/content/\ntheme: {name: material, font: false, features: [content.action.edit]}\n"
    "plugins: [search, guidekit]\nnav: [index.yml, {Asked: faq.yml}, guide.md]\n"
)
LANDING = MIME.format("Landing") + (
    "title: Start\nsummary: Begin *here*.\nmetadata:\n  title: Home\n  description: The start.\nlandingContent:\n"
    "- title: First\n  linkLists:\n  - linkListType: how-to-guide\n    links:\n    - {text: Questions, url: 'faq.yml#who-is-it'}\n"
    "- title: Second\n  linkLists:\n  - linkListType: overview\n    links:\n    - {text: The guide, url: guide.md}\n"
)
ASKED = FAQ + (
    "sections:\n- name: General\n  questions:\n  - question: Who is it?\n    answer: |\n      The [owner](guide.md).\n\n"
    "      > [!TIP]\n      > Ask again.\n"
)


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    """Build a site with pages in YAML, strictly."""
    files = {
        "mkdocs.yml": SETTINGS,
        "content/index.yml": LANDING,
        "content/faq.yml": ASKED,
        "content/api/one.yml": MIME.format("ManagedReference"),
        "content/data.yml": "a: b\n",
        "content/guide.md": "---\ntitle: Guide\ndescription: A guide.\n---\n# Guide\n\nSee [who](faq.yml#who-is-it) and [home](index.yml).\n",
    }
    return once("yaml-pages", lambda folder: build_strictly(lay_out(folder, files)) and None) / "site"


def test_pages_in_yaml_have_the_addresses_of_pages(site: Path) -> None:
    """A page's folder is named as its file, the first page is the home page, and only data stays as it is."""
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if "assets" not in path.parts}
    assert {"index.html", "faq/index.html", "index.md", "faq.md", "data.yml"} <= names
    assert not names & {"index.yml", "faq.yml", "api/one.yml"}


def test_pages_in_yaml_are_pages_to_the_host(site: Path) -> None:
    """MkDocs names them in its navigation, leads links to them, and says where they are edited."""
    home, asked, guide = (
        (site / name).read_text(encoding="utf-8") for name in ("index.html", "faq/index.html", "guide/index.html")
    )
    assert 'content="The start."' in home
    assert 'href="faq/#who-is-it"' in home
    assert 'href="https://github.com/example/site/edit/main/content/faq.yml"' in asked
    assert re.search(r'class="md-nav__link[^>]*>\s*<span class="md-ellipsis">\s*Asked\s*</span>', asked)
    assert 'href="../faq/#who-is-it"' in guide
    assert 'href=".."' in guide


def test_only_pages_with_cards_load_their_style(site: Path) -> None:
    """A page of questions loads no style of constructs, and one with cards does."""
    assert "assets/constructs.css" in (site / "index.html").read_text(encoding="utf-8")
    assert "assets/constructs.css" not in (site / "faq/index.html").read_text(encoding="utf-8")


def test_pages_in_yaml_are_found_and_read_by_machines(site: Path) -> None:
    """The search knows each question and no data for search engines; each page is listed and written as Markdown."""
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {entry["location"]: entry for entry in entries}
    assert "Ask again." in found["faq/#who-is-it"]["text"]
    assert not any("schema.org" in entry["text"] for entry in entries)
    assert "https://example.com/faq.md" in (site / "llms.txt").read_text(encoding="utf-8")
    assert "### Who is it?\n\nThe [owner](guide.md).\n" in (site / "faq.md").read_text(encoding="utf-8")
    assert "- [Questions](faq.md#who-is-it)" in (site / "index.md").read_text(encoding="utf-8")
    asked = (site / "faq/index.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', asked)
    assert json.loads(unescape(data))["mainEntity"][0]["name"] == "Who is it?"


@pytest.mark.parametrize("page", ["index.html", "faq/index.html"])
def test_pages_in_yaml_are_usable_for_everyone(site: Path, browser: Browser, page: str) -> None:
    """Axe finds nothing in an article, and it is as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True)
    try:
        shown = context.new_page()
        shown.goto((site / page).as_uri())
        assert violations(shown, LEVELS, {"include": [["article"]]}) == []
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()


def test_text_that_another_plugin_changes_is_published_as_it_arrives(tmp_path: Path, build: Build) -> None:
    """What a hook makes of the Markdown of a page in YAML is what readers get."""
    hook = "def on_page_markdown(markdown, page, **_):\n    return markdown.replace('You.', 'Me, **{}**.'.format(page.title))\n"
    files = {
        "mkdocs.yml": "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\nhooks: [hook.py]\n",
        "hook.py": hook,
        "content/index.yml": FAQ + "sections:\n- questions:\n  - question: Who?\n    answer: You.\n",
    }
    ended = build(lay_out(tmp_path, files, learn_repository=False), "--strict")
    assert ended.returncode == 0, ended.stderr
    assert "<p>Me, <strong>Questions</strong>.</p>" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_pages_in_yaml_are_pages_of_their_docset(learn_site: Path) -> None:
    """What a docfx.json says of pages holds for those in YAML: their addresses, their metadata, where they are edited."""
    asked = (learn_site / "concepts/questions/index.html").read_text(encoding="utf-8")
    assert "<title>Questions about vaults - Vaults</title>" in asked
    assert 'href="https://github.com/example/vaults/edit/main/conceptual/questions.yml"' in asked
    assert 'href="../../vaults/create/"' in asked
    assert 'href="../concepts/questions/"' in (learn_site / "vaults/index.html").read_text(encoding="utf-8")
    home = (learn_site / "index.html").read_text(encoding="utf-8")
    assert 'href="concepts/questions/#is-a-vault-a-disk--or-a-service"' in home
    assert not list(learn_site.rglob("*.yml"))
