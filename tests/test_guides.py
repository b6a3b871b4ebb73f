"""What our own guides promise: complete items, sourced numbers, listed links, terms that are explained and used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from markdown_it.token import Token

from guidekit import Library, render
from guidekit.library.checklist import Checklist
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Link
from guidekit.syntax.visible_text import plain_text

GUIDES = {
    "content/framework/resiliency/backup-and-recovery.md": 16,
    "content/operate/backup-and-dr-for-modern-applications.md": 15,
}
PARTS = ("content/operate/*.md", "content/restore/*.md", "content/framework/**/*.md", "content/recovery-drill.md")
SOURCES = "content/sources.md"
MEASURE = re.compile(
    r"(?<![Tt]he first )\b\d+(?:\.\d+)? ?(?:%|days?|hours?|minutes?|seconds?|TB|GB|MB|years?|manifests|versions)\b|\d{4}\b"
)  # "The first 15 minutes" is a page


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """Our own content set."""
    return Library.open(project)


def checklist(library: Library, path: str) -> Checklist:
    """The checklist of a guide."""
    page = library.page(path)
    assert page is not None and page.checklist is not None
    return page.checklist


def items(library: Library) -> Iterator[tuple[str, Document]]:
    """The statement and the fragment of every item."""
    for path in GUIDES:
        for item in checklist(library, path).items:
            document = library.library.load(item.fragment) if item.fragment else None
            assert isinstance(document, Document), item.statement
            yield item.statement, document


def guide_pages(project: Path) -> list[PurePosixPath]:
    """The pages that hold guidance."""
    return [PurePosixPath(p.relative_to(project).as_posix()) for part in PARTS for p in sorted(project.glob(part))]


def external(library: Library, document: Document) -> set[str]:
    """The links of a file that lead to other sites, as they are written."""
    links = {link.address for link in document.of(Link)}
    found = {address for address in links if not address.startswith("xref:")}  # an example of the dialect
    return {href for href in found if library.follow(href, document.source.path).kind == "elsewhere"}


def text_of(tokens: list[Token]) -> str:
    """The words of a stretch of tokens, without code and addresses."""
    return " ".join(plain_text(token.children) for token in tokens if token.type == "inline")


@pytest.mark.parametrize(("path", "count"), GUIDES.items())
def test_guide_asks_a_question_and_has_all_its_items(library: Library, path: str, count: int) -> None:
    """Each guide has its question and its number of items, each with a GUID and guidance."""
    guide = checklist(library, path)
    assert guide.question.endswith("?")
    assert len({item.guid for item in guide.items if item.include}) == count == len(guide.items)


def test_guidance_says_enough_and_not_too_much(library: Library) -> None:
    """The guidance of an item has 200 to 450 words."""
    for statement, document in items(library):
        words = len(re.findall(r"\w[\w'’/.-]*", text_of(list(document.tokens))))
        assert 200 <= words <= 450, (statement, words)


def test_guidance_has_one_shape(library: Library) -> None:
    """Guidance opens with one bold sentence, has steps or a table, common mistakes, and a way to verify."""
    for statement, document in items(library):
        body = "\n".join(document.source.lines[document.front_matter.body_line :])
        assert re.match(r"\s*## .+\n\n\*\*[^*]+\.\*\*\n", body), statement
        assert re.search(r"^1\. |^\| --- ", body, re.MULTILINE), statement
        assert "**Common mistakes.**" in body and "**How to verify.**" in body, statement


def test_guidance_has_the_keys_that_reviews_need(library: Library) -> None:
    """An item's fragment says its severity, its pillar and its review cycle."""
    for statement, document in items(library):
        header = document.front_matter
        assert header.text("severity") in {"High", "Medium", "Low"}, statement
        assert header.text("waf") in {"Reliability", "Security", "Cost", "Operations", "Performance"}, statement
        assert re.fullmatch(r"\d+-days", header.text("ms.update-cycle")), statement
        assert header.date("ms.date"), statement


def sections(document: Document) -> Iterator[tuple[str, list[Token]]]:
    """The sections of a file: the heading, and the tokens up to the next one."""
    section: list[Token] = []
    heading = ""
    for index, token in enumerate(document.tokens):
        if token.type == "heading_open":
            yield heading, section
            heading, section = plain_text(document.tokens[index + 1].children), []
        section.append(token)
    yield heading, section


def test_every_section_with_a_number_has_its_source(library: Library, project: Path) -> None:
    """A section that states a limit, a share or a year links to the page that it has it from."""
    pages = [page.document for path in guide_pages(project) if (page := library.page(path))]
    for document in [*pages, *(fragment.document for fragment in library.fragments)]:
        for heading, tokens in sections(document):
            found = MEASURE.search(text_of(tokens))
            if found and "drill" not in f"{heading} {document.source.path}".lower():  # a drill's times are advice
                links = (child for token in tokens for child in token.children or () if child.type == "link_open")
                leads = {library.follow(str(link.attrs["href"]), document.source.path).kind for link in links}
                assert "elsewhere" in leads, f"{document.source.path}, '{heading}': no source for '{found[0]}'"


def test_list_of_sources_names_every_external_link_once(library: Library) -> None:
    """The list of sources has each link to another site, no other, and the day on which it was checked."""
    listed = library.page(SOURCES)
    assert listed is not None
    used: set[str] = set()
    for document in [*(page.document for page in library.pages), *(item.document for item in library.fragments)]:
        if document is not listed.document:
            used |= external(library, document)
    rows = re.findall(
        r"^\| \[.+?\]\((.+?)\) \|(?: .+? \|)? \d{4}-\d\d-\d\d \|$", listed.document.source.text, re.MULTILINE
    )
    assert sorted(rows) == sorted(used), f"missing: {used - set(rows)}; no longer used: {set(rows) - used}"


def test_text_that_is_a_fragment_is_shown_twice(library: Library) -> None:
    """A fragment that is no item's guidance is included at least twice; else its text belongs where it is shown."""
    documents = [*(page.document for page in library.pages), *(fragment.document for fragment in library.fragments)]
    shown = [PurePosixPath(include.path).name for document in documents for include in document.of(Include)]
    for fragment in library.fragments:
        assert fragment.path in library.library.guidance or shown.count(fragment.path.name) > 1, fragment.path


def test_glossary_explains_40_terms_and_each_is_used(library: Library) -> None:
    """Every term of the glossary is linked from the first place that uses it on some page of the guides."""
    glossary = library.library.glossary
    assert glossary is not None and len(glossary.entries) >= 40
    html = "".join(render(library, page).html for page in library.pages if page.path != glossary.page)
    linked = set(re.findall(r'class="guidekit-term" href="[^"#]*#([^"]+)"', html))
    assert linked == {entry.id for entry in glossary.entries}
