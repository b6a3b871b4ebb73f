"""Search, with either engine: 20 questions on our own site; the switch, the dialog and the budget on a small one."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import threading
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from case import lay_out
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_build import Build, Served, build_strictly

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
SETTINGS = (
    "site_name: Site\ndocs_dir: content\ntheme: {name: material, font: false, features: [navigation.instant]}\n"
    "site_url: http://127.0.0.1/\nplugins: [search, guidekit: {search: pagefind}]\n"
    "markdown_extensions: [toc: {permalink: true}]\n"
)
HEAD = "---\ntitle: {0}\ndescription: Text.\n{1}---\n# {0}\n\n"
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": HEAD.format("Home", "") + "Start here.\n",
    "content/guide.md": HEAD.format("Guide", "ms.custom: Are you ready?\n")
    + f"About zebras.\n\n<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n",
    "content/other.md": HEAD.format("Other", "") + "About zebras.\n\n## Stripes\n\nA horse has RE:09 of them.\n",
    "content/low.md": HEAD.format("Low", "search: {boost: 0.1}\n") + "About zebras.\n",
    "content/secret.md": HEAD.format("Secret", "search: {exclude: true}\n") + "Zebras nobody should find.\n",
    "content/part.md": HEAD.format("Part", "") + "Lions.\n\n<div data-search-exclude>\n\nA tiger.\n\n</div>\n",
    f"includes/{GUID}.md": f"---\nms.uid: {GUID}\nms.assessment_question: You have a plan\n---\n## Recovery plan\n\n"
    + "Name an owner. " * 20,
}
QUESTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))["question"]
ENOUGH = 19
WITHIN = 3

ContentSet = Callable[[dict[str, str | bytes]], Path]
Once = Callable[[str, Callable[[Path], None]], Path]
Open = Callable[..., Page]


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders; answers the address of each."""
    servers = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module", params=["material", "pagefind"])
def own_site(request: pytest.FixtureRequest, project: Path, site: Path, once: Once) -> Path:
    """Build our own site, strictly, with each of the engines."""

    def fill(root: Path) -> None:
        for folder in ("content", "hooks", "includes", "overrides"):
            shutil.copytree(project / folder, root / folder)
        settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
        assert "\n  guidekit:\n" in settings
        chosen = settings.replace("\n  guidekit:\n", "\n  guidekit:\n    search: pagefind\n")
        (root / "mkdocs.yml").write_text(chosen, encoding="utf-8")
        build_strictly(root)

    return site if request.param == "material" else once("own-site-pagefind", fill) / "site"


@pytest.fixture(scope="module")
def small_site(once: Once) -> Path:
    """Build the small site, with Pagefind."""

    def fill(root: Path) -> None:
        build_strictly(lay_out(root, dict(FILES)))

    return once("small-site-pagefind", fill) / "site"


@pytest.fixture
def open_page(browser: Browser, small_site: Path, serve: Callable[[Path], str]) -> Iterator[Open]:
    """Open the small site's pages; a request to another host, and what goes wrong in scripts, fails the test."""
    address = serve(small_site)
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str = "", *, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        context.on("request", lambda request: foreign(request.url) and troubles.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    def foreign(url: str) -> bool:
        return not url.startswith((address, "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def found_by_material(page: Page, address: str, text: str) -> list[list[str]]:
    """Ask Material's search; answers the links that each result shows, the page first."""
    page.goto(f"{address}kept-true/?q={quote(text)}")
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("matching"))
    return shown(page, ".md-search-result__item", ":scope > a")


def found_by_pagefind(page: Page, address: str, text: str) -> list[list[str]]:
    """Ask Pagefind; answers the links that each result shows, the page first."""
    page.goto(f"{address}kept-true/")
    ask(page, text)
    return shown(page, ".guidekit-search__results > li", "a")


def shown(page: Page, results: str, links: str) -> list[list[str]]:
    """Read the addresses of the first results, counted from the site."""
    script = "(results, links) => results.map(result => [...result.querySelectorAll(links)].map(link => link.href))"
    addresses = page.locator(results).evaluate_all(script, links)
    return [[f"{urlsplit(url).path[1:]}#{urlsplit(url).fragment}".rstrip("#") for url in each] for each in addresses]


def ask(page: Page, text: str) -> None:
    """Open the dialog and ask; returns when the answer is there."""
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill(text)
    expect(page.locator(".guidekit-search__status")).to_have_text(re.compile("matching"))


def titles(page: Page) -> list[str]:
    """Read which pages the dialog has found."""
    return page.locator(".guidekit-search__page").all_inner_texts()


def test_readers_find_answers_within_three_results(
    browser: Browser, own_site: Path, serve: Callable[[Path], str]
) -> None:
    """On our own site, at least 19 of 20 questions have their answer in the first three results, with either engine."""
    assert len(QUESTIONS) == 20
    find = found_by_pagefind if (own_site / "pagefind").exists() else found_by_material
    address = serve(own_site)
    missed = {}
    page = browser.new_page()
    for question in QUESTIONS:
        results = find(page, address, question["ask"])[:WITHIN]
        if not any(answer in result for answer in question["answers"] for result in results):
            missed[question["ask"]] = results
    page.close()
    assert len(QUESTIONS) - len(missed) >= ENOUGH, missed
    for asked, results in missed.items():
        print(f"missed: {asked}: {results}")


@pytest.mark.parametrize("answer", sorted({answer for question in QUESTIONS for answer in question["answers"]}))
def test_answers_exist(own_site: Path, answer: str) -> None:
    """Every answer that a question expects is a page of the site, and an id on it."""
    path, _, anchor = answer.partition("#")
    page = (own_site / path / "index.html").read_text(encoding="utf-8")
    assert not anchor or re.search(f'id="?{anchor}"?[ >]', page)


def test_index_holds_texts_once_and_nothing_but_texts(site: Path) -> None:
    """Material's index of our own site has no pilcrow, no link to edit, no feedback box, and no text twice."""
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    texts = [entry["text"] for entry in entries if len(entry["text"]) > 200]
    everything = "\n".join(entry["title"] + entry["text"] for entry in entries)
    assert "¶" not in everything
    editing = {entry["location"].partition("#")[0] for entry in entries if "Edit this page" in entry["text"]}
    assert editing == {"contribute/"}  # which tells how
    assert "hard to follow on this page" not in everything
    assert "<a " not in everything  # links of the glossary among them
    assert len(texts) == len(set(texts))
    assert len({entry["location"] for entry in entries}) == len(entries)


def test_guides_count_more_than_other_pages(content_set: ContentSet, build: Build) -> None:
    """A page with a checklist is boosted in Material's index; front matter decides otherwise."""
    files = {**FILES, "mkdocs.yml": SETTINGS.replace("search: pagefind", "search: material")}
    root = content_set(files)
    boosts = index_boosts(root, build)
    assert boosts["guide/"] == 2
    assert boosts["low/"] == 0.1
    assert boosts["other/"] is None
    (root / "content/guide.md").write_text(
        files["content/guide.md"].replace("ms.custom", "search: {boost: 3}\nms.custom")
    )
    assert index_boosts(root, build)["guide/"] == 3


def index_boosts(root: Path, build: Build) -> dict[str, float | None]:
    """Build the site and read the boost of each page from Material's index."""
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    index = json.loads((root / "site/search/search_index.json").read_text(encoding="utf-8"))
    return {entry["location"]: entry.get("boost") for entry in index["docs"]}


def test_pagefind_takes_the_place_of_materials_search(small_site: Path) -> None:
    """With the switch there is an index of Pagefind and none of Material's, one button, and no search box."""
    assert (small_site / "pagefind/pagefind.js").exists()
    assert not (small_site / "search/search_index.json").exists()
    for page in ("index.html", "guide/index.html", "404.html"):
        html = (small_site / page).read_text(encoding="utf-8")
        assert html.count("data-guidekit-search") == 1
        assert "md-search__input" not in html


def test_site_may_have_its_own_button(content_set: ContentSet, build: Build) -> None:
    """Where a template has a button that opens the search, no second one is added."""
    files = {
        **FILES,
        "mkdocs.yml": SETTINGS.replace("font: false", "font: false, custom_dir: theme"),
        "theme/main.html": "{% extends 'base.html' %}{% block tabs %}<button data-guidekit-search>Find</button>{% endblock %}",
    }
    root = content_set(files)
    assert build(root, "--strict").returncode == 0
    assert (root / "site/index.html").read_text(encoding="utf-8").count("data-guidekit-search") == 1


def test_material_is_the_default_and_pagefind_leaves_no_trace(content_set: ContentSet, build: Build) -> None:
    """Without the switch nothing of Pagefind is built, loaded or marked."""
    root = content_set({**FILES, "mkdocs.yml": SETTINGS.replace(": {search: pagefind}", "")})
    assert build(root, "--strict").returncode == 0
    assert not (root / "site/pagefind").exists()
    html = (root / "site/guide/index.html").read_text(encoding="utf-8")
    assert "md-search__input" in html
    assert "pagefind" not in html
    assert "assets/search" not in html


def test_pagefind_works_with_a_theme_that_is_not_materials(content_set: ContentSet, build: Build) -> None:
    """The main part of MkDocs's own themes is marked; its own search has to be taken out, and a message says so."""
    settings = SETTINGS.replace("name: material, font: false, features: [navigation.instant]", "name: mkdocs")
    root = content_set({**FILES, "mkdocs.yml": settings})
    result = build(root)
    assert result.returncode == 1
    assert "take it out of `plugins`" in result.stderr
    assert "Traceback" not in result.stderr
    (root / "mkdocs.yml").write_text(settings.replace("[search, ", "["))
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    assert 'data-pagefind-body data-pagefind-weight="1.41"' in (root / "site/guide/index.html").read_text(
        encoding="utf-8"
    )
    assert (root / "site/pagefind/pagefind.js").exists()


def test_missing_pagefind_is_told_with_the_extra_that_brings_it(content_set: ContentSet, build: Build) -> None:
    """Where Pagefind is not installed, the build stops before it begins, and names the extra."""
    root = content_set(FILES)
    missing = "import sys; sys.modules['pagefind_bin'] = sys.modules['pagefind_bin_extended'] = None\n"
    result = build(root, code=missing + "from mkdocs.__main__ import cli; cli()")
    assert result.returncode == 1
    assert "pip install 'guidekit[pagefind]'" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize("wrong", ["search: lunr", "search_budget: 5", "search_budget: {warn: 9, fail: 5}"])
def test_unusable_search_setting_is_named(content_set: ContentSet, wrong: str, build: Build) -> None:
    """An engine that does not exist, and limits that make no sense, stop the build with the setting's name."""
    result = build(content_set({**FILES, "mkdocs.yml": SETTINGS.replace("search: pagefind", wrong)}))
    assert result.returncode == 1
    assert wrong.partition(":")[0] in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("budget", "options", "fails", "level"),
    [
        ("{warn: 1, fail: 2}", [], True, "ERROR"),
        ("{warn: 1, fail: 9}", [], False, "WARNING"),
        ("{warn: 1, fail: 9}", ["--strict"], True, "WARNING"),
        ("{warn: 1, fail: 9}", ["--strict", "-q"], True, "ERROR"),  # what keeps MkDocs from counting warnings
        ("{warn: 9, fail: 9}", ["--strict"], False, ""),
    ],
)
def test_index_beyond_the_budget_is_told(
    content_set: ContentSet, budget: str, options: list[str], fails: bool, level: str, build: Build
) -> None:
    """Above the lower limit a build warns, so a strict one fails; above the upper one every build fails."""
    words = " ".join(f"word{number * 7919 % 100_003}" for number in range(1200))
    settings = SETTINGS.replace("search: pagefind", f"search_budget: {budget}")
    root = content_set({**FILES, "mkdocs.yml": settings, "content/long.md": HEAD.format("Long", "") + words})
    result = build(root, *options)
    assert result.returncode == int(fails), result.stderr
    said = re.search(
        r"(\w+) +-  guidekit: the search index is (\d+) kB compressed, over the limit of (\d) kB", result.stderr
    )
    assert (said[1] if said else "") == level
    if said:
        size = len(gzip.compress((root / "site/search/search_index.json").read_bytes(), 6))
        assert abs(int(said[2]) * 1000 - size) <= 1000
        assert "search: pagefind" in result.stderr
    assert "Traceback" not in result.stderr


def test_budget_judges_only_an_index_that_is_built(content_set: ContentSet, build: Build) -> None:
    """Neither a site without search nor one with Pagefind is judged."""
    files = {**FILES, "content/long.md": HEAD.format("Long", "") + " ".join(map(str, range(3000)))}
    tight = "search_budget: {warn: 1, fail: 1}"
    without = SETTINGS.replace("[search, ", "[").replace("search: pagefind", tight)
    assert build(content_set({**files, "mkdocs.yml": without}), "--strict").returncode == 0
    pagefind = SETTINGS.replace("search: pagefind", f"search: pagefind, {tight}")
    assert build(content_set({**files, "mkdocs.yml": pagefind}), "--strict").returncode == 0


def test_nothing_of_pagefind_is_loaded_before_someone_searches(open_page: Open) -> None:
    """A page alone asks for nothing of Pagefind; the first press of the button does."""
    page = open_page("guide/")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.reload(wait_until="networkidle")
    assert [path for path in asked if path.startswith("/pagefind/")] == []
    with page.expect_response(re.compile("/pagefind/pagefind.js$")):
        page.get_by_role("button", name="Search").click()
    ask(page, "zebras")


@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "/"])
def test_keys_open_the_search_and_escape_leaves_it(open_page: Open, key: str) -> None:
    """The dialog opens with the focus in its field; Escape closes it and gives the focus back."""
    page = open_page("guide/")
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_slash_is_a_letter_where_someone_writes(open_page: Open) -> None:
    """In a field of the page, and in the search itself, a slash is text."""
    page = open_page()
    page.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    page.locator("textarea").press("/")
    expect(page.locator("textarea")).to_have_value("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")


def test_arrows_walk_through_the_results_and_enter_follows(open_page: Open) -> None:
    """Arrow down goes from the field to the first result and on, up goes back, Enter opens it and closes the dialog."""
    page = open_page()
    ask(page, "zebra")
    links = page.locator(".guidekit-search__results a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    target = str(links.nth(0).evaluate("link => link.href"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask(page, "stripes")  # on the page that came without a reload as well


def test_enter_in_the_field_opens_the_first_result(open_page: Open) -> None:
    """Enter is enough when the first result is right."""
    page = open_page()
    ask(page, "stripes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/other/")


def test_number_of_results_is_announced(open_page: Open) -> None:
    """A live region says how many pages were found, also when it is one or none."""
    page = open_page()
    for text, said in (("zebra", "3 matching documents"), ("stripes", "1 matching document"), ("qqqq", "No matching")):
        ask(page, text)
        expect(page.locator(".guidekit-search__status")).to_contain_text(said)
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".guidekit-search__status")).to_have_text("Type to start searching")
    expect(page.locator(".guidekit-search__results li")).to_have_count(0)


def test_what_is_not_to_be_found_is_not_found(open_page: Open) -> None:
    """An excluded page, an excluded part, the navigation and the permalinks are no results; a low boost is the last."""
    page = open_page()
    ask(page, "zebras")
    assert set(titles(page)) == {"Guide", "Other", "Low"}
    assert titles(page)[-1] == "Low"
    assert "¶" not in page.locator(".guidekit-search__results").inner_text()
    for text in ("tiger", "Previous"):
        ask(page, text)
        expect(page.locator(".guidekit-search__status")).to_contain_text("No matching")


def test_result_leads_to_its_section(open_page: Open) -> None:
    """Below a page stand its sections with the words marked, codes with a colon among them; the title is no section."""
    page = open_page()
    ask(page, "RE:09")
    assert titles(page) == ["Other"]
    sections = page.locator(".guidekit-search__results ul a")
    assert sections.all_inner_texts() == ["Stripes"]
    expect(page.locator("mark").first).to_have_text("RE:09")
    sections.click()
    page.wait_for_url("**/other/#stripes")


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("width", [390, 1280])
def test_dialog_has_the_themes_colors_and_fits(open_page: Open, scheme: str, width: int) -> None:
    """In light and in dark the dialog has ground and ink of the page, and fits the screen, narrow or wide."""
    page = open_page("guide/", width=width)
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
    page.get_by_role("button", name="Search").click()
    ask(page, "zebras")
    dialog = page.get_by_role("dialog")
    color = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    ink, paper = dialog.evaluate(color)
    assert [ink, paper] == page.locator("body").evaluate(color)
    box = dialog.bounding_box()
    assert box
    assert 0 <= box["x"] < box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_search_that_cannot_be_loaded_says_so(open_page: Open) -> None:
    """Where Pagefind does not come, the dialog says so, and tries again with the next question."""
    page = open_page()
    page.route("**/pagefind/pagefind.js", lambda route: route.fulfill(status=200, body="throw new Error('no')"))
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("zebra")
    expect(page.locator(".guidekit-search__status")).to_contain_text("could not be loaded")


@pytest.mark.skipif(os.name != "posix", reason="stops the server with a signal to its process group")
def test_pagefind_works_while_the_site_is_served(content_set: ContentSet, served: Served) -> None:
    """``mkdocs serve`` has an index too."""
    root = content_set({**FILES, "mkdocs.yml": SETTINGS.replace("site_url: http://127.0.0.1/\n", "")})
    with served(root, "-q") as wait_for:
        wait_for("page_count", "pagefind/pagefind-entry.json")
