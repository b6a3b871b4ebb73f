"""The pages for an outage: found at once, read on a phone, printed, and right in their numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path, PurePosixPath

import pytest
import shell
import yaml
from accessibility import LEVELS, violations
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from pypdf import PdfReader
from test_examples import EXAMPLES
from test_guides import MEASURE, sections, text_of

from guidekit import Library
from guidekit.library import services
from guidekit.library.page import Page
from guidekit.syntax.link import Link

PAGES = ("first-15-minutes", "sign-in-lost", "ransomware", "failing-back", "worksheet")
URGENT = PAGES[:4]
SCREEN = {"width": 390, "height": 844}
QUESTIONS = tomllib.loads(Path(__file__).with_name("outage_questions.toml").read_text(encoding="utf-8"))["question"]
WORD = re.compile(r"[a-z0-9']+")
FILLING = frozenset(
    [
        "a",
        "an",
        "and",
        "do",
        "for",
        "in",
        "is",
        "it",
        "may",
        "of",
        "on",
        "or",
        "our",
        "the",
        "to",
        "we",
        "what",
        "when",
        "with",
        "without",
        "who",
        "be",
        "by",
        "how",
    ]
)
SERVICES = re.compile(r"^\| (?P<service>[^|]+?) \| (?P<change>[^|]+?) \| (?P<source>[^|]+) \|$", re.MULTILINE)
DATE = re.compile(r"\d{4}-\d\d-\d\d")

Open = Callable[..., BrowserPage]


class Loader(yaml.SafeLoader):
    """Reads MkDocs's settings without its tags."""


Loader.add_multi_constructor("!", lambda *_: None)


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """Our own content set."""
    return Library.open(project)


def page_of(library: Library, name: str) -> Page:
    """A page, by its path within the content folder and without its ending."""
    page = library.page(f"content/{name}.md")
    assert page, name
    return page


def tables(text: str) -> list[list[list[str]]]:
    """Read the tables of a text: rows of cells, the head first, without marks for bold text."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    rows = [[line.strip("|").split(" | ") for line in table.splitlines()] for table in found]
    return [[[cell.strip(" |*") for cell in row] for row in table if "---" not in row[0]] for table in rows]


def minutes(cell: str) -> int:
    """Read a number of minutes."""
    return int(cell.removesuffix(" min"))


def test_outage_pages_come_right_after_home(project: Path) -> None:
    """The navigation has them behind the home page, the most urgent one first."""
    nav = yaml.load((project / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]
    assert nav[:2] == [{"Home": "index.md"}, {"In an outage": [f"outage/{name}.md" for name in PAGES]}]


@pytest.mark.parametrize(("name", "heading"), [("index", "Something is broken now"), *((f"outage/{name}", "In an outage") for name in URGENT)])  # fmt: skip
def test_page_begins_with_what_you_see(library: Library, name: str, heading: str) -> None:
    """The first section is a table that begins with what somebody sees; pages for an outage say when to stop."""
    text = page_of(library, name).document.source.text
    first = text.split("\n## ")[1]
    assert first.startswith(f"{heading}\n")
    assert tables(first)[0][0][0] == "What you see"
    assert name == "index" or "**Stop" in first or "Stop when" in tables(first)[0][0]


@pytest.mark.parametrize("width", [390, 1280])
def test_home_page_shows_the_way_on_the_first_screen(open_page: Open, width: int) -> None:
    """Without scrolling, a reader sees where to go when something is down, on a phone too."""
    page = open_page("", width=width, height=SCREEN["height"])
    expect(page.get_by_role("heading", name="Something is broken now")).to_be_in_viewport(ratio=1)
    for name in ("The first 15 minutes", "Sign-in is lost", "Ransomware"):
        expect(page.locator(".home-outage").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("name", [*PAGES, "../service-changes"])
def test_page_fits_a_phone(open_page: Open, name: str) -> None:
    """No page scrolls sideways on a phone, and messages to copy are seen whole."""
    page = open_page("service-changes/" if ".." in name else f"outage/{name}/", **SCREEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]
    wider = "codes => codes.filter(code => code.scrollWidth > code.clientWidth + 1).length"
    assert page.locator(".messages pre > code").evaluate_all(wider) == 0


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_fault_that_axe_knows(open_page: Open, name: str) -> None:
    """Each page for an outage meets WCAG 2.2 AA on a phone in the dark, where it will be read."""
    assert violations(open_page(f"outage/{name}/", scheme="dark", reduced_motion="reduce", **SCREEN), LEVELS) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_section_with_a_number_has_its_source(library: Library, name: str) -> None:
    """A section that states a number links to the page it is from, or to the one of ours that has it; advice says so."""
    document = page_of(library, f"outage/{name}").document
    for heading, tokens in sections(document):
        found = MEASURE.search(text_of(tokens))
        if found and heading not in {
            page_of(library, f"outage/{name}").title,
            "Drill",
            "Worked example",
            "Common mistakes",
        }:
            links = [child for token in tokens for child in token.children or () if child.type == "link_open"]
            assert links, f"'{heading}': no source for '{found[0]}'"


def test_commands_that_cut_off_stand_alone() -> None:
    """What ends connections or keys is alone in its block, and no option answers for people."""
    seen = 0
    for example in (one for one in EXAMPLES if one.path.stem in PAGES and one.language == "azurecli"):
        calls = shell.commands("az", example.code)
        assert not [call for call in calls if {"--yes", "-y"} & set(call)], example
        if any(
            call[:4] == ["storage", "account", "keys", "renew"] or call[:3] == ["network", "nic", "update"]
            for call in calls
        ):
            seen += 1
            assert len(calls) == 1, example
    assert seen == 2


def test_worked_example_adds_up(library: Library) -> None:
    """The sums of the drills are right, and the limit for the decision is the RTO less all that comes after it."""
    text = page_of(library, "outage/worksheet").document.source.text
    example = text.partition("## Worked example")[2].partition("\n## ")[0]
    steps = next(table for table in tables(example) if table[0][0].startswith("Step of"))
    for column in range(1, len(steps[0])):
        *parts, total = (minutes(row[column]) for row in steps[1:])
        assert sum(parts) == total, steps[0][column]
    march = steps[0].index("Drill in March")
    after = sum(minutes(row[march]) for row in steps[3:-1])
    assert f"less {after} for all steps after the decision, leaves {60 - after}." in example
    assert f"Decide within {60 - after} minutes" in example


def paper(open_page: Open, path: str, heading: str) -> list[str]:
    """Print a page on A4, and answer the text of the sheets from a heading on; the heading begins its sheet."""
    printed = PdfReader(BytesIO(open_page(path).pdf(format="A4", print_background=True))).pages
    found = [sheet.extract_text().strip() for sheet in printed]
    first = next(index for index, sheet in enumerate(found) if re.search(rf"^{heading}$", sheet, re.MULTILINE))
    assert found[first].startswith(heading), found[first][:200]
    return found[first:]


@pytest.mark.parametrize(
    ("path", "heading", "last", "count"),
    [
        ("outage/worksheet/", "Blank sheet", "Gap Owner Due", 2),
        ("outage/first-15-minutes/", "Log", "Users can work again", 1),
    ],
)
def test_sheet_to_fill_in_has_paper_of_its_own(open_page: Open, path: str, heading: str, last: str, count: int) -> None:
    """What is filled in by hand begins a sheet and fits the paper it should."""
    sheets = [" ".join(sheet.split()) for sheet in paper(open_page, path, heading)]
    assert last in " ".join(sheets[:count]), sheets
    assert last not in " ".join(sheets[count:])


def test_no_table_to_fill_in_is_torn(open_page: Open) -> None:
    """Each table of the blank worksheet is on one sheet of paper, from its head to its last row."""
    sheets = [" ".join(sheet.split()) for sheet in paper(open_page, "outage/worksheet/", "Blank sheet")]
    for head, end in (
        ("Workload Entry", "Next review"),
        ("Pattern Costs", "Active-active"),
        ("Step Planned", "decide within"),
    ):
        assert any(head in sheet and end in sheet.partition(head)[2] for sheet in sheets), head


def words(text: str) -> set[str]:
    """The words of a text that somebody would search for."""
    return set(WORD.findall(text.lower().replace("’", "'"))) - FILLING


def has(word: str, text: set[str]) -> bool:
    """Does a text have a word, or another form of it?"""
    stem = word[: max(4, min(6, len(word) - 2))]
    return word in text or (len(word) > 3 and any(known.startswith(stem) for known in text))


def seen_first(page: Page) -> set[str]:
    """The words of title, summary and headings."""
    headings = " ".join(heading.text for heading in page.outline.headings)
    return words(f"{page.title} {page.document.front_matter.text('description')} {headings}")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["ask"])
def test_page_has_the_words_of_those_who_ask(library: Library, question: Mapping[str, str]) -> None:
    """The page that answers has every word of the question, and one of them in title, summary or heading."""
    page = library.page(question["page"])
    assert page, question
    asked = words(question.get("means", question["ask"]))
    texts = [library.library.load(path) for path in page.files_read]
    everything = words(" ".join(text.source.text for text in texts if text))
    assert {word for word in asked if not has(word, everything)} == set()
    first = seen_first(page)
    assert not asked or any(has(word, first) for word in asked), (asked, sorted(first))


def test_there_are_60_questions_and_each_is_asked_once() -> None:
    """The list of questions keeps its size, and says nothing twice."""
    assert len({question["ask"] for question in QUESTIONS}) == len(QUESTIONS) == 60


def cited(library: Library) -> Iterator[tuple[PurePosixPath, str]]:
    """Go through the links to other sites, each with the file that has it."""
    for document in [*(page.document for page in library.pages), *(one.document for one in library.fragments)]:
        for link in document.of(Link):
            if link.address.startswith("xref:"):
                continue  # an example of the dialect, which rests on no source
            if library.follow(link.address, document.source.path).kind == "elsewhere":
                yield document.source.path, link.address


def rows_of_sources(library: Library) -> Iterator[tuple[str, list[str]]]:
    """Go through the rows of the list of sources that have dates: the address, and the other cells."""
    for table in tables(page_of(library, "sources").document.source.text):
        for row in table[1:]:
            address = re.search(r"\]\((.+)\)", row[0])
            assert address, row
            yield address[1], row[1:]


def test_no_source_is_cited_whose_row_is_missing(library: Library) -> None:
    """Every address that a page or fragment links to has its row, and the row is told when it is not there."""
    rows = {address for address, _ in rows_of_sources(library)}
    assert [(str(path), address) for path, address in cited(library) if address not in rows] == []


def test_each_source_has_a_name_of_its_own(library: Library) -> None:
    """A source is listed under a name in words, which no other source has, and not under its path."""
    tabled = tables(page_of(library, "sources").document.source.text)
    names = [row[0].partition("](")[0].removeprefix("[") for table in tabled for row in table[1:]]
    assert [name for name in names if re.search(r"\w/\w", name)] == []
    assert sorted(names) == sorted(set(names))


def test_each_source_has_its_own_date_and_the_day_it_was_looked_at(library: Library) -> None:
    """A row says which day the page shows, or that it shows none, and when we looked; we never looked before that day."""
    for address, cells in rows_of_sources(library):
        looked = cells[-1]
        assert DATE.fullmatch(looked), address
        if len(cells) == 2:
            own = DATE.findall(cells[0])
            assert own or cells[0] == "not shown", (address, cells)
            assert max(own, default=looked) <= looked, (address, cells)


def test_old_sources_are_marked(library: Library) -> None:
    """A page from before 2024 is called old where its text has not changed since."""
    for address, cells in rows_of_sources(library):
        if len(cells) == 2 and cells[0].endswith(", old"):
            assert cells[0] < "2024", address


def test_each_source_says_what_rests_on_it(site: Path) -> None:
    """On the published list, each row ends with links to what names the source, and each of them leads there."""
    html = (site / "sources/index.html").read_text(encoding="utf-8")
    body = html.partition("<article")[2].partition("</article>")[0]
    tables = re.findall(r"<table>(.*?)</table>", body, re.DOTALL)
    rows = [row for table in tables for row in table.split("<tr>") if "<td>" in row]
    assert len(rows) > 100
    for row in rows:
        *_, last = row.split("<td>")
        links = re.findall(r'<a [^>]*href="?([^" >]+)', last)
        assert links, row
        for link in links:
            path, _, anchor = link.partition("#")
            target = (site / "sources" / path).resolve() / "index.html"
            assert target.is_file(), link
            assert not anchor or anchor in target.read_text(encoding="utf-8"), link


def services_of_fragments(library: Library) -> set[str]:
    """The labels of the services that the fragments name."""
    named = (services.read(fragment.document.front_matter) for fragment in library.fragments)
    declared = library.settings.services
    return {declared[name].label for name in chain.from_iterable(named)} - {"Every service"}


def test_last_change_of_each_service_is_told(library: Library) -> None:
    """The table of changes names every service that a fragment names, each with a change, its day, and a source."""
    text = page_of(library, "service-changes").document.source.text
    rows = [match for match in SERVICES.finditer(text) if match["service"] not in {"Service", "---"}]
    names = [row["service"] for row in rows]
    assert names == sorted(names, key=str.lower) and len(set(names)) == len(names)
    assert services_of_fragments(library) - set(names) == set()
    for row in rows:
        assert row["change"] == "None known" or re.match(
            r"\*\*(?:[A-Z][a-z]+ (?:\d+, )?\d{4}|Announced)\*\*: ", row["change"]
        ), row[0]
        assert re.fullmatch(r"\[.+\]\(/.+\), (?:[A-Z][a-z]+ \d{1,2}, \d{4}|no date shown)", row["source"]), row[0]
