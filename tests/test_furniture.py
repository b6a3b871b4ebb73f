"""What stands around the guidance: review dates, ways to change it and to tell, and what programs get to read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zipfile import ZipFile

import case
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from playwright.sync_api import Browser, Page, expect
from site_build import Build, build_strictly

import guidekit
from guidekit.layout import Layout
from guidekit.library import guidance, output_paths
from guidekit.library.library import Library
from guidekit.rendering import llms, markdown
from guidekit.settings import Settings, SettingsError
from guidekit.syntax import picture
from guidekit.syntax.document import parse
from guidekit.syntax.form import Form
from guidekit.syntax.heading_tabs import TabSet
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.moniker import VersionRange
from guidekit.syntax.no_loc import UntranslatedText
from guidekit.syntax.row import Row
from guidekit.syntax.section import Section
from guidekit.syntax.video import Video
from guidekit.syntax.yaml_page.facts import Cards
from guidekit.syntax.zone import ElsewhereZone, Zone
from guidekit.text.source import Source

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
ADDRESS = "https://example.org/new?t={title}&p={url}&i={item}"
SETTINGS = (
    "site_name: Site\nsite_url: https://example.org/docs/\nsite_description: What it is about.\ndocs_dir: content\n"
    "repo_url: https://example.org/owner/repo\nedit_uri: edit/main/content/\ntheme: {name: mkdocs}\n"
    f"plugins: [guidekit: {{feedback: '{ADDRESS}'}}]\n"
    "nav: [index.md, Guides: [guides/recovery.md, More: [guides/plain.md]]]\n"
)
GUIDE = (
    "---\ntitle: Recovery & more\ndescription: How to *come back*.\nauthor: someone\nms.date: 11/20/2026\n"
    "ms.update-cycle: 365-days\nms.custom: How would you come back?\n---\n# Recovery & more\n\nAn opening.\n\n"
    f"<!-- You have a plan -->\n[!include[{GUID}](../../includes/{GUID}.md)]\n\nThe end.\n"
)
GUIDANCE = (
    f"---\nms.uid: {GUID}\nms.date: 2026-11-02\nms.update-cycle: 180-days\n---\n## Recovery plan\n\n"
    + "Name an owner. " * 20
    + "\n\nSee [home](../content/index.md 'Home') and [the sheet][s].\n\n[s]: media/sheet.png\n"
)
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": "---\ntitle: Home\ndescription: Start here.\n---\n# Home\n\nSee [the guide](guides/recovery.md).\n",
    "content/guides/recovery.md": GUIDE,
    "content/guides/plain.md": "---\nlearn: false\n---\n# Plain\n\nText.\n",
    f"includes/{GUID}.md": GUIDANCE,
    "includes/media/sheet.png": b"png",
}

ContentSet = Callable[[dict[str, str | bytes]], Path]
Built = Callable[..., Path]
Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture
def built(build: Build) -> Built:
    """Build sites without an error; answers the folder of each."""

    def built(root: Path, *options: str) -> Path:
        result = build(root, *options)
        assert result.returncode == 0, result.stderr
        return root / "site"

    return built


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and the text directly in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, {key: value or "" for key, value in attrs}, ""))

    def handle_data(self, data: str) -> None:
        """Note a text with the element that was opened last."""
        if self.found:
            tag, attrs, text = self.found[-1]
            self.found[-1] = (tag, attrs, text + data)

    def of(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        """Find the elements of a tag that have the given attributes."""
        return [(attrs, text) for name, attrs, text in self.found if name == tag and wanted.items() <= attrs.items()]


# Review


@pytest.mark.parametrize(
    ("headers", "reviewed", "due"),
    [
        ([], None, None),
        (["title: x"], None, None),
        (["ms.date: 11/20/2026"], "2026-11-20", None),
        (["ms.date: 11/20/2026\nms.update-cycle: 10-days"], "2026-11-20", "2026-11-30"),
        (["ms.date: 11/20/2026\nms.update-cycle: soon"], "2026-11-20", None),
        (["ms.date: 2026-11-20", "ms.date: 2026-11-02\nms.update-cycle: 90-days"], "2026-11-02", "2027-01-31"),
        (["ms.date: 2026-11-20\nms.update-cycle: 1-day", "ms.date: 2026-11-02"], "2026-11-02", "2026-11-21"),
        (["ms.date: yesterday", "ms.date: 2026-11-02"], "2026-11-02", None),
    ],
)
def test_review_of_a_page_is_the_oldest_and_the_next_one_the_first_due(
    headers: list[str], reviewed: str | None, due: str | None
) -> None:
    """A page is reviewed as long ago as the oldest of its files, and due as soon as any of them."""
    found = guidance.review(parse(Source.of("a.md", f"---\n{header}\n---\n")) for header in headers)
    assert (found.reviewed and found.reviewed.isoformat(), found.due and found.due.isoformat()) == (reviewed, due)


def test_templates_and_sitemap_get_the_review_of_the_whole_page(content_set: ContentSet, built: Built) -> None:
    """Templates get the dates of page and fragments together, of other pages too, and the sitemap tells the first."""
    template = (
        "{% extends 'base.html' %}{% block site_meta %}{% if guidekit %}{% set home = guidekit_of(nav.homepage) %}"
        "<meta name='d' content='{{ guidekit.reviewed }} {{ guidekit.due }}'><meta name='m' content='{{ guidekit.markdown }}'>"
        "<meta name='h' content='{{ home.markdown }}'><meta name='f' content='{{ guidekit.feedback | e }}'>{% endif %}{% endblock %}"
    )
    settings = SETTINGS.replace("{name: mkdocs}", "{name: mkdocs, custom_dir: theme}")
    site = built(content_set({**FILES, "mkdocs.yml": settings, "theme/main.html": template}))
    page = Elements((site / "guides/recovery/index.html").read_text(encoding="utf-8"))
    content = {attrs["name"]: attrs["content"] for attrs, _ in page.of("meta")}
    assert content["d"] == "2026-11-02 2027-05-01"
    assert (content["m"], content["h"]) == ("guides/recovery.md", "index.md")
    assert content["f"] == (
        "https://example.org/new?t=Recovery%20%26%20more&p=https%3A%2F%2Fexample.org%2Fdocs%2Fguides%2Frecovery%2F&i="
    )
    assert "<lastmod>2026-11-02</lastmod>" in (site / "sitemap.xml").read_text(encoding="utf-8")


# The line below an item's guidance


def test_guidance_ends_with_its_review_and_ways_to_change_it(content_set: ContentSet, built: Built) -> None:
    """Below an item's guidance stand the fragment's own review, its source to edit, and feedback with its GUID."""
    site = built(content_set(FILES))
    page = (site / "guides/recovery/index.html").read_text(encoding="utf-8")
    line = page[page.index('<p class="guidekit-upkeep"') : page.index("<p>The end.")]
    assert page.index("Name an owner") < page.index("guidekit-upkeep")
    elements = Elements(line)
    assert elements.of("time") == [({"datetime": "2026-11-02"}, "November 2, 2026")]
    (edit, edit_text), (feedback, feedback_text) = elements.of("a")
    assert (edit_text, feedback_text.strip()) == ("Edit this guidance", "Feedback on this item")
    assert edit["href"] == f"https://example.org/owner/repo/edit/main/includes/{GUID}.md"
    assert edit["aria-label"] == "Edit this guidance: Recovery plan"
    query = parse_qs(urlsplit(feedback["href"]).query)
    assert query == {"t": ["Recovery & more"], "p": ["https://example.org/docs/guides/recovery/"], "i": [GUID]}


@pytest.mark.parametrize(
    ("edit", "address"),
    [
        ("edit_uri_template: https://example.org/edit/content/{path}", "https://example.org/edit/includes/"),
        ("edit_uri: https://example.org/blob/content/", "https://example.org/blob/includes/"),
        ("edit_uri: ''", None),
    ],
)
def test_fragment_is_edited_where_the_site_says(
    content_set: ContentSet, edit: str, address: str | None, built: Built
) -> None:
    """A fragment's address is made as a page's is, whatever form the site gives; without one there is no link."""
    settings = SETTINGS.replace("edit_uri: edit/main/content/", edit)
    site = built(content_set({**FILES, "mkdocs.yml": settings}))
    links = Elements((site / "guides/recovery/index.html").read_text(encoding="utf-8")).of("a")
    found = [attrs["href"] for attrs, text in links if text == "Edit this guidance"]
    assert found == ([f"{address}{GUID}.md"] if address else [])


def test_line_is_left_out_where_there_is_nothing_to_tell(content_set: ContentSet, built: Built) -> None:
    """Without a date, a repository and an address for feedback, guidance ends with its text."""
    settings = re.sub(r"repo_url.*\n|edit_uri.*\n|: \{feedback.*\}", "", SETTINGS)
    undated = GUIDANCE.replace("ms.date: 2026-11-02\n", "")
    site = built(content_set({**FILES, "mkdocs.yml": settings, f"includes/{GUID}.md": undated}))
    assert "guidekit-upkeep" not in (site / "guides/recovery/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (3, "expected a string"),
        ("https://example.org/{page}", "may hold {url}, {title} and {item}"),
        ("https://example.org/{", "may hold {url}, {title} and {item}"),
        ("https://example.org/{}", "may hold {url}, {title} and {item}"),
        ("javascript:alert(1)", "begins with https://"),
    ],
)
def test_unusable_address_for_feedback_is_named(value: object, problem: str) -> None:
    """An address with other braces, or that is none, is refused with the reason."""
    with pytest.raises(SettingsError, match=re.escape(problem)):
        Settings.from_mapping({"feedback": value})


# Pages as Markdown


def test_page_is_published_as_one_markdown_file(content_set: ContentSet, built: Built) -> None:
    """Beside each Learn page lies its Markdown: header reduced, fragments in place, links led, items listed."""
    site = built(content_set(FILES), "--strict")
    text = (site / "guides/recovery.md").read_text(encoding="utf-8")
    assert text == (
        "---\ntitle: Recovery & more\ndescription: How to come back.\nauthor: someone\nreviewed: 2026-11-02\n"
        "url: https://example.org/docs/guides/recovery/\n---\n\n# Recovery & more\n\nAn opening.\n\n"
        f"**How would you come back?**\n\n1. [You have a plan](#{GUID})\n\n"
        f'<a id="{GUID}"></a>\n\n## Recovery plan\n\n'
        + "Name an owner. " * 20
        + '\n\nSee [home](../index.md "Home") and [the sheet](../includes/media/sheet.png).\n\nThe end.\n'
    )
    assert (site / "includes/media/sheet.png").exists()
    assert "(guides/recovery.md)" in (site / "index.md").read_text(encoding="utf-8")
    assert not (site / "guides/plain.md").exists()


def test_programs_get_a_list_of_the_pages(content_set: ContentSet, built: Built) -> None:
    """``llms.txt`` has title and summary, and the Learn pages by section of the navigation, with absolute addresses."""
    site = built(content_set(FILES))
    assert (site / "llms.txt").read_text(encoding="utf-8") == (
        "# Site\n\n> What it is about.\n\n## Pages\n\n- [Home](https://example.org/docs/index.md): Start here.\n\n"
        "## Guides\n\n- [Recovery & more](https://example.org/docs/guides/recovery.md): How to come back.\n"
    )


def test_site_has_its_own_list_or_none(content_set: ContentSet, built: Built) -> None:
    """A site's own ``llms.txt`` stays, and with ``markdown: false`` there is neither list nor Markdown."""
    root = content_set({**FILES, "content/llms.txt": "Mine.\n"})
    assert (built(root) / "llms.txt").read_text(encoding="utf-8") == "Mine.\n"
    root = content_set({**FILES, "mkdocs.yml": SETTINGS.replace("{feedback", "{markdown: false, feedback")})
    (root / "content/llms.txt").unlink()
    site = built(root)
    assert not (site / "llms.txt").exists()
    assert {path.name for path in site.rglob("*.md")} <= {"checklist.md"}


def test_entry_of_the_list_stays_on_its_line() -> None:
    """Brackets and line breaks in a title or description break no entry."""
    entry = llms.ListedPage(title="A [b]\nc", address="a.md", description="d\n\n- e")
    listed = llms.write("T\nU", "", [llms.Section(title="", entries=(entry,)), llms.Section(title="None", entries=())])
    assert listed == "# T U\n\n## Pages\n\n- [A \\[b\\] c](a.md): d - e\n"


NOT_THE_SAME = {
    "failed-include-shows-and-the-page-goes-on": "a note for authors is not for readers",
    "failed-inline-include-shows-within-the-line": "a note for authors is not for readers",
    "circle-of-includes-shows-where-it-closes-and-the-page-goes-on": "a note for authors is not for readers",
    "front-matter-below-line-1-is-text": "text that looks like a header is one at the top of a file",
    "front-matter-of-a-fragment-must-start-at-its-first-character": "text that looks like a header is one there",
    "html-comment-and-code-of-a-fragment-are-not-rebased": "comments are left out",
    "include-within-a-comment-is-none": "comments are left out",
    "suppression-is-not-published": "comments are left out",
    "code-directive-in-code-or-comment-is-none": "comments are left out",
    "comment-that-is-never-closed-ends-where-its-block-does": "comments are left out",
    "code-that-is-missing-is-told-in-its-place-and-the-page-goes-on": "a note for authors is not for readers",
    "zone-within-a-zone-is-text": "what looks like a directive is one where none is around it",
    "include-alone-in-a-table-cell-is-a-block": "Markdown has no blocks in cells",
    "include-alone-in-a-tight-item-has-no-paragraph": "a block apart makes the list loose",
    "include-below-text-in-a-tight-item-stays-apart-from-the-text": "a block apart makes the list loose",
    "lists-of-page-and-fragment-do-not-merge": "lists that follow each other are one",
    "ordered-lists-keep-their-own-numbers": "lists that follow each other are one",
    "up-to-three-blanks-before-leave-an-include-a-block": "lists that follow each other are one",
    "include-in-a-heading-shows-but-adds-nothing-to-the-id": "ids are made of the whole heading",
    "page-has-its-ids-before-its-fragments": "ids are numbered in order",
    "several-level-1-headings-go-down-below-the-title": "headings stay as they are written",
    "include-within-emphasis-is-inline": "marks next to each other pair anew",
    "minus-makes-an-include-inline-though-it-stands-alone": "text at the start of a line is what it looks like",
    "text-on-the-line-makes-an-include-inline": "text at the start of a line is what it looks like",
    "title-of-an-inline-include-runs-over-two-lines": "text at the start of a line is what it looks like",
    "faq-in-yaml-is-drawn-with-its-questions-as-headings": "ids of questions, and what search engines are told, are not there",
}
"""The cases of which the Markdown says something else than the page, and why it may."""


LEARN_ALONE = {
    Cards,
    picture.Picture,
    TabSet,
    Zone,
    ElsewhereZone,
    VersionRange,
    Row,
    Section,
    Video,
    UntranslatedText,
    Form,
}
"""What only Learn's dialect has: its Markdown says the same with the means that others have."""


@pytest.mark.parametrize("path", case.every("render"), ids=lambda path: path.stem)
def test_markdown_of_a_page_renders_as_the_page(path: Path, tmp_path: Path) -> None:
    """A page's Markdown, read as a page of its own, is the same page: nothing lost, no link led astray."""
    wanted = case.read(path)
    library = guidekit.Library.open(wanted.lay_out(tmp_path))
    page = library.page(next(name for name in wanted.files if name.startswith("content/")))
    assert page is not None
    if page.checklist:
        pytest.skip("a checklist is text there, and a part of the page here")
    text = markdown.write(library.library, page, {})
    again = library.library.page_of(page.path, text)
    if any(type(placed.fact) in LEARN_ALONE for placed in page.facts):
        is_plain = not any(type(placed.fact) in LEARN_ALONE for placed in again.facts)
        assert (is_plain and markdown.write(library.library, again, {}) == text) is (path.stem not in NOT_THE_SAME)
        return
    same = [" ".join(guidekit.render(library, shown).html.split()) for shown in (page, again)]
    assert (same[0] == same[1]) is (path.stem not in NOT_THE_SAME)


@given(st.lists(st.sampled_from(["a", " ", "\n", "# b", "> ", "- ", "`", "```", "[c](d.md)", "|", "*", "\t", "&lt;"])))
def test_markdown_of_a_page_without_includes_is_its_own_text(parts: list[str]) -> None:
    """Where nothing is included, nothing is changed."""
    text = "x" + "".join(parts)
    library = Library(read=lambda _: None, files=(), layout=Layout(), settings=Settings())
    page = library.page_of(PurePosixPath("content/a.md"), text)
    assert markdown.write(library, page, {}).strip("\n") == text.strip("\n")


@pytest.mark.parametrize(
    ("page", "fragment", "wanted"),
    [
        ("A\n[!include[x](../includes/f.md)]\nB", "F", "A\n\nF\n\nB"),
        ("> [!include[x](../includes/f.md)]\n> B", "F\n\nG", "> F\n>\n> G\n>\n> B"),
        ("- [!include[x](../includes/f.md)]\n- B", "F\n\nG", "- F\n\n  G\n\n- B"),
        ("A [!include[x](../includes/f.md)] B", "---\na: b\n---\nF\n\nG\n", "A F G B"),
        ("[!include[x](../includes/f.md)]\n\nB", "```\ncode", "```\ncode\n```\n\nB"),
        ("[!include[x](../includes/f.md)]", "```\ncode\n```\n", "```\ncode\n```"),
        ("[!include[x](../includes/f.md)]", "[a](../content/p.md 'T \"q\"')", '[a](p.md "T \\"q\\"")'),
        (
            "[!include[x](../includes/f.md)]",
            "![a](i.png) [b][i]\n\n[i]: i.png",
            "![a](includes/i.png) [b](includes/i.png)",
        ),
        ("[!include[x](../includes/f.md)]", "<a href='i.png'>x</a>", "<a href='includes/i.png'>x</a>"),
        (
            "[!include[x](../includes/f.md)]",
            "<https://a.b> [x](/azure/)",
            "<https://a.b> [x](https://learn.microsoft.com/azure/)",
        ),
        ("[!include[x](../includes/f.md)]", "[x](../content/a.md#b)", "[x](#b)"),
        ("[!include[x](../includes/f.md)]", "[x](<../content/two words.md>)", "[x](two%20words.md)"),
        ("<!-- TODO -->\nA\n\n[!include[x](../includes/none.md)]", "", "A"),
        ("---\ntitle: T*\n---\nA", "", "# T\\*\n\nA"),
    ],
)
def test_fragment_becomes_part_of_the_text(content_set: ContentSet, page: str, fragment: str, wanted: str) -> None:
    """A fragment stands in place of its include as that stood, and its addresses lead from the page."""
    files = {"content/a.md": page, "content/p.md": "P", "content/two words.md": "W"}
    files |= {"includes/f.md": fragment, "includes/i.png": "png"}
    library = guidekit.Library.open(content_set(files))  # type: ignore[arg-type]
    shown = library.page("content/a.md")
    assert shown is not None
    lines = markdown.write(library.library, shown, {}).strip("\n").split("\n")
    assert "\n".join(line.rstrip() for line in lines) == wanted


# Our own site

SITE = "https://guidekit.github.io/guidekit/"
OWN_GUIDE = "framework/resiliency/backup-and-recovery"


def own_pages(site: Path) -> list[Path]:
    """Find the pages of a built site."""
    return sorted(path for path in site.rglob("index.html") if "assets" not in path.parts)


def graph(page: Elements) -> dict[str, dict[str, Any]]:
    """Read the structured data in a page, by type."""
    found = [json.loads(text) for _, text in page.of("script", type="application/ld+json")]
    return {data["@type"]: data for data in found}


def test_head_of_every_page_tells_what_it_is(site: Path) -> None:
    """Each page has its address, language, title and description for search engines and for other sites."""
    for path in own_pages(site):
        page = Elements(path.read_text(encoding="utf-8"))
        address = SITE + path.relative_to(site).as_posix().removesuffix("index.html")
        told = {attrs["property"]: attrs["content"] for attrs, _ in page.of("meta") if "property" in attrs}
        ((description, _),) = page.of("meta", name="description")
        assert page.of("html")[0][0]["lang"] == "en"
        assert [attrs["href"] for attrs, _ in page.of("link", rel="canonical")] == [address]
        assert told["og:url"] == address
        assert told["og:title"] and told["og:site_name"] == "Backup and DR guidance"
        assert told["og:description"] == description["content"] and len(description["content"]) > 40
        assert told["og:type"] == ("website" if address == SITE else "article")
        assert page.of("meta", name="twitter:card") and not page.of("meta", name="robots")
        ((text, _),) = page.of("link", rel="alternate markdown", type="text/markdown")
        assert (path.parent / text["href"]).resolve().is_file(), path


def test_structured_data_tells_author_review_and_place(site: Path) -> None:
    """A guide is a technical article with its author and its review, and its place in the site is told."""
    data = graph(Elements((site / OWN_GUIDE / "index.html").read_text(encoding="utf-8")))
    article, path = data["TechArticle"], data["BreadcrumbList"]
    page = guidekit.Library.open(Path(__file__).parent.parent).page(f"content/{OWN_GUIDE}.md")
    assert page is not None
    reviewed = page.review.reviewed
    assert (article["headline"], article["url"]) == ("Backup and Recovery", f"{SITE}{OWN_GUIDE}/")
    assert (article["author"]["name"], article["dateModified"]) == ("guidekit-authors", str(reviewed))
    assert article["description"]
    places = [(place["position"], place["name"]) for place in path["itemListElement"]]
    assert places == [(1, "Backup and DR guidance"), (2, "Guides"), (3, "Backup and Recovery")]


def test_title_breaks_neither_head_nor_structured_data(content_set: ContentSet, project: Path, built: Built) -> None:
    """Quotation marks, an ampersand and the end of a script in a title or description stay text."""
    settings = "site_name: A & B\nsite_url: https://example.org/\ndocs_dir: content\nplugins: [guidekit]\n"
    text = (
        "---\ntitle: 'Say \"a\" & b'\ndescription: 'A \"c\" </script> & d.'\nauthor: '</script>'\n---\n# X\n\nText.\n"
    )
    theme = "theme: {name: material, font: false, logo: assets/logo.svg, custom_dir: overrides}\n"
    root = content_set({"mkdocs.yml": settings + theme, "content/index.md": "# Home\n", "content/a.md": text})
    shutil.copytree(project / "overrides", root / "overrides")
    page = Elements((built(root) / "a/index.html").read_text(encoding="utf-8"))
    told = {attrs["property"]: attrs["content"] for attrs, _ in page.of("meta") if "property" in attrs}
    article = graph(page)["TechArticle"]
    assert told["og:title"] == article["headline"] == 'Say "a" & b'
    assert told["og:site_name"] == "A & B"
    assert article["author"]["name"] == "</script>"
    assert '"c"' in told["og:description"]


def test_picture_for_other_sites_is_small_and_of_the_right_size(site: Path) -> None:
    """The picture that other sites show with a link has the size they ask for, and is no burden."""
    path = site / "assets/card.png"
    with Picture.open(path) as picture:
        assert picture.size == (1200, 630)
    assert path.stat().st_size < 60_000


def test_page_for_wrong_addresses_works_at_any_depth(site: Path) -> None:
    """All that the 404 page loads or links to is addressed from the root and exists; no search engine lists it."""
    page = Elements((site / "404.html").read_text(encoding="utf-8"))
    named = [
        attrs.get("href") or attrs.get("src") or ""
        for tag in ("a", "link", "script", "img")
        for attrs, _ in page.of(tag)
    ]
    own = [address for address in named if address and not address.startswith(("#", "https://", "javascript:"))]
    assert len(own) > 10
    for address in own:
        assert address.startswith("/guidekit/"), address
        target = site / unquote(address.removeprefix("/guidekit/")).partition("#")[0]
        assert target.exists(), address
    assert page.of("meta", name="robots", content="noindex")


def test_guide_tells_its_review_and_hands_on_page_and_item(open_page: Callable[..., Page]) -> None:
    """The byline has the review and two ways to act, the foot author and next review; the line of an item hands its GUID on."""
    page = open_page(f"{OWN_GUIDE}/")
    byline = page.locator(".byline")
    expect(byline).to_contain_text("Last reviewed")
    expect(byline.get_by_role("link", name="Edit")).to_be_visible()
    expect(byline.locator("time")).to_have_count(1)
    foot = page.locator(".site-feedback")
    expect(foot).to_contain_text("Written by guidekit-authors")
    expect(foot).to_contain_text("Next review due")
    expect(foot.locator("time")).to_have_count(1)
    query = parse_qs(urlsplit(str(byline.get_by_role("link", name="Feedback").get_attribute("href"))).query)
    assert query["page"] == [f"{SITE}{OWN_GUIDE}/"]
    lines = page.locator(".guidekit-upkeep")
    expect(lines).to_have_count(16)
    edits = [str(link.get_attribute("href")) for link in lines.get_by_role("link", name="Edit this guidance").all()]
    sends = [str(link.get_attribute("href")) for link in lines.get_by_role("link", name="Feedback on").all()]
    guids = [parse_qs(urlsplit(send).query)["item"][0] for send in sends]
    assert [urlsplit(edit).path.rpartition("/")[2].removesuffix(".md").lower() for edit in edits] == guids
    assert len(set(guids)) == 16
    expect(page.locator(".md-sidebar--secondary .md-nav__title")).to_contain_text("In this article")
    expect(page.locator(".md-footer__link--next")).to_be_visible()


def test_issue_form_takes_page_and_item(project: Path) -> None:
    """The form that feedback leads to has the fields that the address fills in."""
    form = yaml.safe_load((project / ".github/ISSUE_TEMPLATE/feedback.yml").read_text(encoding="utf-8"))
    fields = {field["id"] for field in form["body"]}
    address = guidekit.Library.open(project).settings.feedback
    assert {key for key in parse_qs(urlsplit(address).query) if key not in ("template", "title")} <= fields


def test_home_page_shows_both_guides_and_the_drill(open_page: Callable[..., Page], project: Path) -> None:
    """Each guide stands there with its question and the number of its items, the drill as the third."""
    cards = open_page("").locator(".home-guides section")
    expect(cards).to_have_count(3)
    by_title = {page.title: page.checklist for page in guidekit.Library.open(project).pages if page.checklist}
    for card in cards.all()[:2]:
        checklist = by_title[card.get_by_role("heading").inner_text()]
        expect(card).to_contain_text(checklist.question)
        expect(card.locator("strong")).to_have_text(str(len(checklist.items)))
    expect(cards.nth(2).get_by_role("link")).to_have_text("Recovery drill")


def test_home_page_shows_how_far_the_reader_is(open_page: Callable[..., Page], project: Path) -> None:
    """Whoever has begun a checklist finds its progress on the home page, and a way on; a new reader finds its size."""
    (first, *_) = [it for it in guidekit.Library.open(project).checklists if "backup-and-recovery" in str(it.page)]
    answers = {item.guid: {"s": "g"} for item in first.items[:2]}
    kept = {"v": 1, "current": "1", "workloads": {"1": {"name": "W", "items": answers}}}
    card = ".home-guides section:first-child .home-guides__size"
    expect(open_page("").locator(card)).to_have_text("16 checklist items")
    page = open_page("", before=f"localStorage.setItem('/guidekit/.guidekit.v1', '{json.dumps(kept)}')")
    expect(page.locator(card)).to_have_text("2 of 16 items answered")
    page.get_by_role("link", name="Continue: 2 of 16").click()
    expect(page.locator(".guidekit-checklist__status")).to_contain_text("2 of 16 answered")
    broken = open_page("", before="localStorage.setItem('/guidekit/.guidekit.v1', '{')")
    expect(broken.locator(card)).to_have_text("16 checklist items")


def test_page_about_a_service_leads_to_its_items(open_page: Callable[..., Page]) -> None:
    """A page about services has a link to the checklist items that apply to them."""
    page = open_page("operate/azure-kubernetes-service/")
    page.get_by_role("link", name="Checklist for this service").click()
    expect(page.locator(".guidekit-scope > summary")).to_have_text("Services: Azure Backup, Azure Kubernetes Service")


def test_own_pages_are_markdown_without_a_directive_and_their_links_lead_somewhere(site: Path, project: Path) -> None:
    """Outside of code, no Markdown of ours has an include left, and each of its links leads to a file of the site."""
    paths = {path.relative_to(site) for path in site.rglob("*.md") if path.name != "checklist.md"}
    pages = {page.path.relative_to("content") for page in guidekit.Library.open(project).pages if page.learn}
    assert paths == pages | {PurePosixPath("contribute/state", name) for name in output_paths.OF_REPORTS}
    for path in paths:
        document = parse(Source.of(PurePosixPath(path), (site / path).read_text(encoding="utf-8")))
        assert not list(document.of(Include)), path
        facts: list[Link | Image] = [*document.of(Link), *document.of(Image)]
        for fact in facts:
            href = fact.address
            if not urlsplit(href).scheme and not href.startswith("#"):
                target = site / path.parent / unquote(href.partition("#")[0])
                assert target.exists(), f"{path}: {href}"
    assert len(list((site / "llms.txt").read_text(encoding="utf-8").split(".md): "))) == len(paths) + 1


@pytest.fixture(scope="module")
def archive(project: Path, once: Once) -> Path:
    """Pack our own site for reading offline."""

    def fill(root: Path) -> None:
        folder = root / "guidance-offline"
        build_strictly(project, "-q", "-f", "mkdocs.offline.yml", "-d", str(folder))

    return once("own-site-offline", fill) / "guidance-offline.zip"


def test_offline_site_works_from_the_disk(archive: Path, browser: Browser, tmp_path: Path) -> None:
    """Unpacked and opened as a file, the site has its search, and its links lead on; nothing asks a server."""
    ZipFile(archive).extractall(tmp_path)
    asked: list[str] = []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.goto((tmp_path / "guidance/index.html").as_uri())
    page.locator(".home-guides a").first.click()
    expect(page.locator("h1")).to_contain_text("Backup and Recovery")
    page.locator("a", has_text="We answer data corruption and deletion").first.click()
    expect(page.get_by_role("heading", name="Data corruption and restoration")).to_be_in_viewport()
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("run sheet")
    page.locator("dialog a[href*='recovery-drill']").first.click()
    expect(page.locator("h1")).to_contain_text("Recovery drill")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


def test_offline_file_tells_no_time(archive: Path) -> None:
    """Names are in order, every entry has the same time, and no absolute path or other folder is in it."""
    entries = ZipFile(archive).infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert all(name.startswith("guidance/") and ".." not in name for name in names)
    assert archive.stat().st_size < 2_000_000
