"""How our own guides are written: items that can be ticked, links that name their page, nothing said twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import pytest
from test_guides import GUIDES, checklist, items, text_of

from guidekit import Library
from guidekit.library import services
from guidekit.syntax.document import Document
from guidekit.syntax.visible_text import plain_text

ABOUT_GUIDEKIT = PurePosixPath("content/contribute")  # in part made from the code, whose words come again
PARTS = (
    "content/operate/application.md",
    "content/operate/azure-kubernetes-service.md",
    "content/operate/function-app.md",
    "content/operate/infrastructure.md",
    "content/operate/logic-app.md",
    "content/operate/web-service.md",
)
TICK = "\n\n**Tick if:** all of these are true today.\n\n"
AGE = re.compile(r"\b(?:last|no older than|within|younger than) (?:the )?(?:\d+|one) (?:full )?\w+")
RECORD = re.compile(
    r"\b(?:comparison|export|list|log|note|output|plan|record|report|review date|run history|sheet|table|test)s?\b"
)
LITTLE_WORDS = {"and", "back", "both", "for", "from", "the", "without"}
LONG_SENTENCE = 8  # words: shorter ones, such as "Not applicable", may come again


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """Our own content set."""
    return Library.open(project)


def words(text: str) -> list[str]:
    """Take the words of a text, in small letters."""
    return re.findall(r"[^\W_]+", text.lower())


def stem(word: str) -> str:
    """Cut a word to what its forms share, so that *tested* and *testing* are one."""
    return re.sub(r"(.)\1$", r"\1", re.sub(r"(?:ational|ation|ies|ing|ed|es|ly|al|e|s)$", "", word))[:6]


def sentences(document: Document) -> Iterator[str]:
    """Go through the sentences of paragraphs, list items and cells; headings and code are none."""
    for opening, token in zip(document.tokens, document.tokens[1:], strict=False):
        if token.type == "inline" and opening.type != "heading_open":
            yield from re.split(r"(?<=[.!?:])\s+", plain_text(token.children))


def texts(library: Library) -> list[Document]:
    """The pages and fragments that give guidance."""
    pages = [page.document for page in library.pages if not page.path.is_relative_to(ABOUT_GUIDEKIT)]
    return pages + [fragment.document for fragment in library.fragments]


def tick_lines(document: Document) -> list[str]:
    """The conditions under which an item may be ticked."""
    before, _, after = document.source.text.partition(TICK)
    assert "**How to verify.**" in before, f"{document.source.path}: 'Tick if' does not end 'How to verify'"
    return after.splitlines()


def test_statements_say_what_we_do(library: Library) -> None:
    """Each statement begins with "We", has a verb that is active, and ends without a full stop."""
    for statement, _ in items(library):
        assert re.match(r"We (?!are\b|have\b)[a-z]+ ", statement), statement
        assert not re.search(r"\b(?:our|you|your)\b|\.$|\s$", statement, re.IGNORECASE), statement


def test_statement_and_heading_use_the_same_words(library: Library) -> None:
    """Each word of a guidance's heading is in its statement, in some form, and the fragment's title is the heading."""
    for statement, document in items(library):
        heading = next(plain_text(after.children) for before, after in zip(document.tokens, document.tokens[1:], strict=False)
                       if before.type == "heading_open")  # fmt: skip
        said = {stem(word) for word in words(statement)}
        missing = [word for word in words(heading) if word not in LITTLE_WORDS and stem(word) not in said]
        assert not missing, f"{document.source.path}: {missing} of '{heading}' are not in '{statement}'"
        assert document.front_matter.text("title") == heading


def test_guidance_ends_with_what_must_be_true_to_tick_it(library: Library) -> None:
    """Guidance ends with "Tick if" and two to four conditions, each a sentence; they name a record and its greatest age."""
    for statement, document in items(library):
        lines = tick_lines(document)
        assert 2 <= len(lines) <= 4, statement
        for line in lines:
            assert re.fullmatch(r"- [A-Z].+\.", line), line
            assert not re.search(r"\b(?:should|appropriate|adequate|sufficient|regularly|recent|etc)\b", line), line
        told = "\n".join(lines)
        assert AGE.search(told), f"{statement}: no age"
        assert RECORD.search(told), f"{statement}: no record"


def test_services_are_declared_and_each_is_named(library: Library) -> None:
    """Each item names services; all that texts name are declared in the settings, and none is that no text names."""
    assert all(services.read(document.front_matter) for _, document in items(library))
    named = {name for document in texts(library) for name in services.read(document.front_matter)}
    assert named == set(library.settings.services)


def test_settings_know_the_changes_of_services_that_the_table_tells(library: Library) -> None:
    """Each service in the settings has changed on the day of the table, in a month without a day on its first."""
    page = library.page("content/service-changes.md")
    assert page is not None
    told: dict[str, date | None] = {}
    for line in page.document.source.lines:
        if row := re.match(r"\| ([^|]+) \| (?:\*\*(\w+) (?:(\d+), )?(\d{4})\*\*|None known|\*\*Announced\*\*)", line):
            label, month, day, year = row.groups()
            told[label] = datetime.strptime(f"{month} {day or 1} {year}", "%B %d %Y").date() if month else None
    assert len(told) >= 30
    for service in library.settings.services.values():
        assert service.changed == told.get(service.label), service.label


def test_items_list_the_services_that_their_text_names(library: Library) -> None:
    """A service that the guidance names, with or without "Azure" before a name of two words, is in its list."""
    for statement, document in items(library):
        said = " ".join(sentences(document))
        listed = services.read(document.front_matter)
        for name, service in library.settings.services.items():
            short = service.label.removeprefix("Azure Database for ").removeprefix("Azure ")
            product = short if " " in short or "SQL" in short else service.label
            assert product not in said or name in listed, f"{statement}: {service.label}"


def test_our_settings_ask_for_what_must_be_true_to_tick_an_item(library: Library) -> None:
    """An item without its "Tick if" is a finding of ``verification-missing``, each of them, and none has one now."""
    cut = {document.source.path: document.source.text.partition(TICK)[0] + "\n" for _, document in items(library)}
    found = [one.span.path for one in library.revised(cut).check().diagnostics if one.code == "verification-missing"]
    assert sorted(found) == sorted(cut)
    assert "verification-missing" not in {one.code for one in library.check().diagnostics}


@pytest.mark.parametrize("path", GUIDES)
def test_guides_say_how_to_answer(library: Library, path: str) -> None:
    """Each guide shows, above its first item, the rules by which two people come to the same answer."""
    page = library.page(path)
    assert page is not None
    above, found, _ = page.document.source.text.partition(f"<!-- {checklist(library, path).items[0].statement} -->")
    assert found and "includes/shared/how-to-answer.md" in above


@pytest.mark.parametrize("path", PARTS)
def test_part_pages_begin_with_an_outage(library: Library, path: str) -> None:
    """The first section of a part page is a table of what one sees, does first and stops at, and links to steps on it."""
    page = library.page(path)
    assert page is not None
    first, after = re.split(r"^## ", page.document.source.text, maxsplit=2, flags=re.MULTILINE)[1:]
    assert first.startswith("In an outage\n\n| What you see | What to do first | When to stop |\n"), path
    assert after, path
    rows = [row for row in first.splitlines() if row.startswith("| ")][2:]
    assert len(rows) >= 4, path
    assert all(len(row.split(" | ")) == 3 for row in rows), path
    assert first.count("](#") >= 3, path


def test_no_sentence_stands_twice(library: Library) -> None:
    """No sentence of eight words or more stands in two places: what two pages need is a shared fragment."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for document in texts(library):
        for sentence in sentences(document):
            said = words(sentence)
            if len(said) >= LONG_SENTENCE:
                places[" ".join(said)].append(str(document.source.path))
    assert {sentence: found for sentence, found in places.items() if len(found) > 1} == {}


def links(document: Document) -> Iterator[tuple[str, str]]:
    """Go through the links of a file: their text and their address."""
    for token in document.tokens:
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open":
                end = next(at for at in range(number, len(children)) if children[at].type == "link_close")
                yield plain_text(children[number + 1 : end]), str(child.attrs["href"])


def test_links_are_named_after_their_page(library: Library) -> None:
    """The text of a link to another site has a word of the page's address, so that a printed page keeps its source."""
    own = [document for document in texts(library) if str(document.source.path) in {*PARTS, *GUIDES}]
    for document in [*own, *(document for _, document in items(library))]:
        for text, href in links(document):
            if library.follow(href, document.source.path).kind == "elsewhere":
                shared = {stem(word) for word in words(text)} & {stem(word) for word in words(href.partition("#")[0])}
                assert shared, f"{document.source.path}: '{text}' does not name its page {href}"


def test_common_mistakes_say_what_follows(library: Library) -> None:
    """Each common mistake is a sentence with its consequence: none has fewer than six words."""
    for statement, document in items(library):
        (paragraph,) = [line for line in document.source.lines if line.startswith("**Common mistakes.**")]
        told = re.sub(r"\]\([^)]*\)", "]", paragraph.removeprefix("**Common mistakes.** "))
        for sentence in re.split(r"(?<=[.!?])\s+", told):
            assert len(words(sentence)) >= 6, f"{statement}: '{sentence}'"


def test_no_cell_is_packed_with_semicolons(library: Library) -> None:
    """A cell of a table has sentences or one thought, and no list of things between semicolons."""
    for document in texts(library):
        for before, cell in zip(document.tokens, document.tokens[1:], strict=False):
            packed = before.type == "td_open" and text_of([cell]).count(";") > 1
            assert not packed, f"{document.source.path}: {text_of([cell])}"
