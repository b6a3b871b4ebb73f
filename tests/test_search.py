"""Search, with either engine: questions on our own site; the switch, the dialog and the budget on a small one."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import shutil
import threading
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import minify
import pytest
from case import lay_out
from hypothesis import given, strategies
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from site_build import Build, Served, build_strictly

from guidekit.built_site import search_index

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
SETTINGS = (
    "site_name: Site\ndocs_dir: content\ntheme: {name: material, font: false, features: [navigation.instant]}\n"
    "site_url: http://127.0.0.1/\nplugins: [search, guidekit: {search: pagefind}]\n"
    "markdown_extensions: [toc: {permalink: true}]\n"
)
WORDS = "search_last: [Backstage], search_later: [Prepare], search_synonyms: [[k8s, Kubernetes], [CRR, cross region restore]], glossary: terms.md"
NAV = (
    "nav: [index.md, guide.md, other.md, low.md, part.md, terms.md, {Clusters: [kubernetes.md]},"
    " {Backstage: [{Props: [props.md]}]}]\nnot_in_nav: secret.md\n"
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
    "content/part.md": HEAD.format("Part", "")
    + "Lions.\n\n<div data-search-exclude>\n\nA tiger.\n\n</div>\n\n"
    + "## Prepare the cage\n\nLions run, lions run away.\n\n## Catch them\n\nWhere lions run away, shut the gate.\n",
    "content/kubernetes.md": HEAD.format("Kubernetes", "")
    + "Get a persistent volume back. First stop the writers.\n\n"
    + "| You see | Do this |\n| --- | --- |\n| volume | volume volume volume |\n\n"
    + "## In the other region\n\nA cross region restore takes hours.\n",
    "content/props.md": HEAD.format("Props", "") + "A zebra of cardboard.\n",
    "content/terms.md": HEAD.format("Terms", "") + "### RPO (recovery point objective)\n\nThe most data to lose.\n",
    f"includes/{GUID}.md": f"---\nms.uid: {GUID}\nms.assessment_question: You have a plan\n---\n## Recovery plan\n\n"
    + "Name an owner. " * 20,
}
FOLDER = Path(__file__).parent
WITHIN = 3
ENOUGH = {"questions": (20, 12, 19), "outage_questions": (60, 45, 55), "trouble_questions": (62, 41, 56)}
"""How many questions each file has, how many of them have to be right in the first place, and how many in the first three."""
SECTIONS = {"outage_questions": (45, 39), "trouble_questions": (46, 33)}
"""How many questions name the sections of the page that answer, and how many of them have to lead to one of these at once."""
HELD_OUT = (20, 16)
"""The same of the questions that the search was not tuned with: how many, and how many in the first three."""

ContentSet = Callable[[dict[str, str | bytes]], Path]
Once = Callable[[str, Callable[[Path], None]], Path]
Open = Callable[..., Page]
Results = dict[str, list[list[str]]]


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


@pytest.fixture(scope="module", params=["guidekit", "pagefind"])
def own_site(request: pytest.FixtureRequest, project: Path, site: Path, once: Once) -> Path:
    """Build our own site, strictly, with each of the engines."""

    def fill(root: Path) -> None:
        for folder in ("content", "hooks", "includes", "overrides"):
            shutil.copytree(project / folder, root / folder)
        settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
        assert "    search: guidekit\n" in settings
        chosen = settings.replace("    search: guidekit\n", "    search: pagefind\n")
        (root / "mkdocs.yml").write_text(chosen, encoding="utf-8")
        build_strictly(root)

    return site if request.param == "guidekit" else once("own-site-pagefind", fill) / "site"


@pytest.fixture(scope="module", params=["guidekit", "pagefind"])
def small_site(request: pytest.FixtureRequest, once: Once) -> Path:
    """Build the small site, with each of the engines."""

    def fill(root: Path) -> None:
        settings = SETTINGS.replace("search: pagefind", f"search: {request.param}, {WORDS}") + NAV
        build_strictly(lay_out(root, {**FILES, "mkdocs.yml": settings}))

    return once(f"small-site-{request.param}", fill) / "site"


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


def questions(name: str) -> list[dict[str, Any]]:
    """Read a file of questions, each with its answers: pages or sections, by their addresses from the site's root."""
    read = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["question"]
    return [{"answers": [_address(question.get("page", ""))], **question} for question in read]


def _address(page: str) -> str:
    return re.sub(r"(^content/)|((index)?\.md$)", "", page) + "/"


def found(page: Page, address: str, text: str) -> list[list[str]]:
    """Ask; answers the links that each result shows, the best section of a page first."""
    ask(page, text)
    script = "results => results.map(result => [...result.querySelectorAll('a')].map(link => link.href))"
    addresses = page.locator(".guidekit-search__results ol > li").evaluate_all(script)
    return [[url.removeprefix(address) for url in each] for each in addresses]


@pytest.fixture(scope="module")
def results(browser: Browser, own_site: Path, serve: Callable[[Path], str]) -> Callable[[str], Results]:
    """Ask the questions of a file on our own site, once; answers for each the links of its results."""

    @cache
    def results(name: str) -> Results:
        address = serve(own_site)
        page = browser.new_page()
        page.goto(f"{address}kept-true/")
        page.keyboard.press("Control+k")
        listed = {question["ask"]: found(page, address, question["ask"]) for question in questions(name)}
        page.close()
        return listed

    return results


def ranks(results: Results, asked: list[dict[str, Any]]) -> dict[str, int | None]:
    """Find for each question the place of the first result that is right, counted from 1."""
    places = {}
    for question in asked:
        right = (
            place
            for place, links in enumerate(results[question["ask"]], 1)
            if any(answers(question["answers"], url) for url in links)
        )
        places[question["ask"]] = next(right, None)
    return places


def leads(results: Results, question: dict[str, Any]) -> str:
    """Find the id to which the first result leads that is of a right page; empty for the page's top."""
    firsts = (links[0].partition("#") for links in results[question["ask"]])
    return next((anchor for page, _, anchor in firsts if page in paths(question)), "no result")


def answers(expected: list[str], url: str) -> bool:
    """Is an address one that answers: the section that is expected, or any place on the page that is?"""
    return url in expected or url.partition("#")[0] in expected


def ask(page: Page, text: str) -> None:
    """Open the dialog and ask; returns when the answer is there."""
    if not page.get_by_role("searchbox").is_visible():
        page.keyboard.press("Control+k")
    status = page.locator(".guidekit-search__status")
    page.get_by_role("searchbox").fill("")
    expect(status).to_have_text("Type to start searching")
    page.get_by_role("searchbox").fill(text)
    expect(status).to_have_text(re.compile("matching"))


def titles(page: Page) -> list[str]:
    """Read which results the dialog shows."""
    return page.locator(".guidekit-search__page").all_inner_texts()


@pytest.mark.parametrize("name", ENOUGH)
def test_readers_find_answers(results: Callable[[str], Results], name: str) -> None:
    """On our own site, most questions of each file have their answer in the first place, nearly all in the first three."""
    asked = questions(name)
    number, first, three = ENOUGH[name]
    assert len(asked) == number
    places = ranks(results(name), asked)
    missed = {text: place for text, place in places.items() if place is None or place > WITHIN}
    print(f"{name}: {sum(place == 1 for place in places.values())} first, {number - len(missed)} in three; {missed}")
    assert number - len(missed) >= three, missed
    assert sum(place == 1 for place in places.values()) >= first


@pytest.mark.parametrize("name", SECTIONS)
def test_readers_are_led_to_the_right_section(results: Callable[[str], Results], name: str) -> None:
    """On our own site, the right page's result mostly leads to what to do now, and not to how one prepares for it."""
    asked = [question for question in questions(name) if "sections" in question]
    number, enough = SECTIONS[name]
    assert len(asked) == number
    led = {question["ask"]: leads(results(name), question) for question in asked}
    missed = {
        question["ask"]: led[question["ask"]] for question in asked if led[question["ask"]] not in question["sections"]
    }
    print(f"{name}: {number - len(missed)} of {number} in the right section; {missed}")
    assert number - len(missed) >= enough, missed


def test_readers_find_answers_to_questions_that_nobody_has_tuned_for(results: Callable[[str], Results]) -> None:
    """Of the questions that are held out, at least 16 of 20 have their answer in the first three results."""
    asked = questions("held_out_questions")
    number, three = HELD_OUT
    assert len(asked) == number
    places = ranks(results("held_out_questions"), asked)
    near = sum(place is not None and place <= WITHIN for place in places.values())
    missed = {ask: place for ask, place in places.items() if place is None or place > WITHIN}
    print(f"held out: {near} of {number} in three; {missed}")
    assert near >= three, missed


@pytest.mark.parametrize("name", [*ENOUGH, "held_out_questions"])
def test_answers_exist(own_site: Path, name: str) -> None:
    """Every answer that a question expects is a page of the site, and an id on it."""
    for question in questions(name):
        pages = {path: (own_site / path / "index.html").read_text(encoding="utf-8") for path in paths(question)}
        for answer in question["answers"]:
            path, _, anchor = answer.partition("#")
            assert not anchor or has(pages[path], anchor), answer
        for anchor in question.get("sections", ()):
            assert not anchor or any(has(page, anchor) for page in pages.values()), (question["ask"], anchor)


def paths(question: dict[str, Any]) -> set[str]:
    """Find the pages that answer a question."""
    return {answer.partition("#")[0] for answer in question["answers"]}


def has(page: str, anchor: str) -> bool:
    """Does a page have this id?"""
    return re.search(f'id="?{anchor}"?[ >]', page) is not None


def test_index_holds_texts_once_and_nothing_but_texts(site: Path) -> None:
    """The index of our own site has no pilcrow, no link to edit, no feedback box, and no section or text twice."""
    pages = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    entries = [(url, *section) for url, sections in pages.items() for section in sections]
    texts = [text for _, _, text, *_ in entries if len(text) > 200]
    everything = "\n".join(title + text for _, title, text, *_ in entries)
    assert "¶" not in everything
    assert "Edit this page" not in everything
    assert "hard to follow on this page" not in everything
    assert len(texts) == len(set(texts))
    assert len({(url, title, *anchor) for url, title, _, *anchor in entries}) == len(entries)


def test_lean_index_has_blocks_as_lines_and_marks_what_is_no_prose() -> None:
    """Markup goes, each block is a line, and a line of a table or of code begins with a tab; titles have no markup."""
    text = "<p>A &lt;b&gt; and <code>c</code>.</p> <ul> <li> <p>One</p> </li> <li>Two</li> </ul> You see\n Do this <pre><code>az vm\n</code></pre>"
    told = {"docs": [{"location": "a/#x", "title": "The <em>x</em> &amp; y", "text": text, "boost": 2}]}
    lines = ["A <b> and c.", "One", "Two", "\tYou see Do this", "\taz vm"]
    assert json.loads(search_index.lean(json.dumps(told), marked=True)) == {
        "a/": [["The x & y", "\n".join(lines), "x"]]
    }
    bare = {"docs": [{"location": "a/", "title": "T", "text": "<b> &lt;"}]}
    assert json.loads(search_index.lean(json.dumps(bare), marked=False)) == {"a/": [["T", "<b> &lt;", ""]]}


def test_lean_index_names_no_id_that_the_title_gives() -> None:
    """An id that is the title's in small letters is left out, any other is named."""
    told = [("a/#restore-in-place", "Restore, in place!"), ("a/#restore-in-place_1", "Restore in place"), ("a/#i", "İ")]
    index = {"docs": [{"location": location, "title": title, "text": ""} for location, title in told]}
    sections = [["Restore, in place!", ""], ["Restore in place", "", "restore-in-place_1"], ["İ", ""]]
    assert json.loads(search_index.lean(json.dumps(index), marked=True)) == {"a/": sections}


@given(strategies.text())
def test_lean_index_keeps_all_words_of_any_text(text: str) -> None:
    """Whatever an author writes, its words are in the lean index as they were, on one line."""
    told = {"docs": [{"location": "", "title": "", "text": f"<p>{html.escape(text)}</p>"}]}
    assert json.loads(search_index.lean(json.dumps(told), marked=True))[""][0][1] == " ".join(text.split())


def test_script_of_the_dialog_is_the_source_made_smaller(project: Path) -> None:
    """Browsers get the dialog's script minified, at most 7 kB of it compressed, and it never writes HTML."""
    assets = project / "plugins/guidekit/assets"
    source = (assets / "search-dialog.js").read_text(encoding="utf-8")
    published = (assets / "search-dialog.min.js").read_text(encoding="utf-8")
    assert published == minify.string("text/javascript", source), "run make docs"
    assert len(gzip.compress(published.encode(), 9)) <= 7000
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|https?://", source)


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


def test_dialog_takes_the_place_of_the_themes_search(small_site: Path, request: pytest.FixtureRequest) -> None:
    """With the switch there is one index, of the engine that was chosen, one button on each page, and no search box."""
    pagefind = "pagefind" in request.node.name
    assert (small_site / "pagefind/pagefind.js").exists() == pagefind
    assert (small_site / "search/search_index.json").exists() != pagefind
    for page in ("index.html", "guide/index.html", "404.html"):
        html = (small_site / page).read_text(encoding="utf-8")
        assert html.count("data-guidekit-search") == 1
        assert "md-search__input" not in html


@pytest.mark.parametrize(
    "plugins", ["guidekit: {search: guidekit}", "search: {enabled: false}, guidekit: {search: guidekit}"]
)
def test_dialog_over_the_themes_index_needs_one(content_set: ContentSet, build: Build, plugins: str) -> None:
    """Without the `search` plugin, or with one that rests, the build stops and says what to add."""
    settings = SETTINGS.replace("[search, guidekit: {search: pagefind}]", f"{{{plugins}}}")
    result = build(content_set({**FILES, "mkdocs.yml": settings}))
    assert result.returncode == 1
    assert "add `search` to `plugins`" in result.stderr
    assert "Traceback" not in result.stderr


def test_dialog_works_with_a_theme_that_is_not_materials(content_set: ContentSet, build: Build) -> None:
    """With one of MkDocs's own themes, its plugin writes the index, and neither its box nor its script is there."""
    settings = SETTINGS.replace("name: material, font: false, features: [navigation.instant]", "name: mkdocs")
    root = content_set({**FILES, "mkdocs.yml": settings.replace("search: pagefind", "search: guidekit")})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    html = (root / "site/guide/index.html").read_text(encoding="utf-8")
    assert "search/main.js" not in html
    assert "mkdocs_search_modal" not in html
    assert "assets/search.min.js" in html
    assert (root / "site/search/search_index.json").exists()


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
        ("{warn: 1}", [], False, "WARNING"),  # as without the setting, no build fails
        ("{warn: none}", ["--strict"], False, ""),
    ],
)
def test_index_beyond_the_budget_is_told(
    content_set: ContentSet, budget: str, options: list[str], fails: bool, level: str, build: Build
) -> None:
    """Above the lower limit a build warns, so a strict one fails; above the upper one, where there is one, every build fails."""
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
        assert "with `search: pagefind`, who searches loads some 220 kB" in result.stderr
    assert "Traceback" not in result.stderr


def test_budget_judges_only_an_index_that_is_built(content_set: ContentSet, build: Build) -> None:
    """Neither a site without search nor one with Pagefind is judged."""
    files = {**FILES, "content/long.md": HEAD.format("Long", "") + " ".join(map(str, range(3000)))}
    tight = "search_budget: {warn: 1, fail: 1}"
    without = SETTINGS.replace("[search, ", "[").replace("search: pagefind", tight)
    assert build(content_set({**files, "mkdocs.yml": without}), "--strict").returncode == 0
    pagefind = SETTINGS.replace("search: pagefind", f"search: pagefind, {tight}")
    assert build(content_set({**files, "mkdocs.yml": pagefind}), "--strict").returncode == 0


def test_nothing_of_the_search_is_loaded_before_someone_reaches_for_it(open_page: Open) -> None:
    """A page alone asks for what opens the search and no more; the pointer over the button brings the rest."""
    page = open_page("guide/")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.reload(wait_until="networkidle")
    assert {path for path in asked if "search" in path or "pagefind" in path} == {
        "/assets/search.min.js",
        "/assets/search.css",
    }
    with page.expect_response(re.compile("/pagefind/pagefind.js$|/search/search_index.json$")):
        page.get_by_role("button", name="Search").hover()
    ask(page, "zebras")


def test_nothing_is_lost_that_is_typed_while_the_search_loads(open_page: Open) -> None:
    """The field is there at once, and what is typed before the rest has come is asked then."""
    page = open_page("guide/")
    waiting: list[Route] = []
    page.route("**/assets/search-dialog.min.js", lambda route: waiting.append(route))
    page.reload()  # so that nothing has come before
    page.keyboard.press("/")
    page.keyboard.type("stripes")
    expect(page.get_by_role("searchbox")).to_have_value("stripes")
    expect(page.locator(".guidekit-search__results")).to_have_count(0)
    waiting[0].continue_()
    expect(page.locator(".guidekit-search__status")).to_contain_text("1 matching")


def test_question_may_stand_in_the_address(open_page: Open) -> None:
    """An address that ends in ?q= opens the search with the question asked."""
    page = open_page("?q=stripes")
    expect(page.get_by_role("searchbox")).to_have_value("stripes")
    expect(page.locator(".guidekit-search__status")).to_contain_text("1 matching")


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


def test_way_back_from_a_result_leads_to_the_results(open_page: Open) -> None:
    """Back from a result on another page, or on the same one, opens the dialog with the question; once closed, it is gone."""
    page = open_page("other/")
    for text, target in (("zebra guide", "**/guide/**"), ("stripes", "**/other/#stripes")):
        ask(page, text)
        page.keyboard.press("Enter")
        page.wait_for_url(target)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.go_back()
        page.wait_for_url("**/other/")
        expect(page.get_by_role("searchbox")).to_have_value(text)
        expect(page.locator(".guidekit-search__page").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_result_that_is_opened_beside_the_page_leaves_the_dialog_open(open_page: Open) -> None:
    """With Ctrl, a result opens in a tab of its own, and the other results stay."""
    page = open_page()
    ask(page, "zebras")
    with page.context.expect_page():
        page.locator(".guidekit-search__page").first.click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("dialog")).to_be_visible()


def test_section_for_another_time_comes_behind_the_others(open_page: Open) -> None:
    """What a heading names as preparation is no page's first section, unless it is asked for."""
    page = open_page()
    ask(page, "lions run away")
    assert titles(page)[0] == "Part: Catch them"
    ask(page, "prepare for lions that run away")
    assert titles(page)[0] == "Prepare the cage"


def test_enter_in_the_field_opens_the_first_result(open_page: Open) -> None:
    """Enter is enough when the first result is right."""
    page = open_page()
    ask(page, "stripes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/other/#stripes")


def test_number_of_results_is_announced(open_page: Open) -> None:
    """A live region says how many pages were found, also when it is one or none."""
    page = open_page()
    for text, said in (("zebra", "4 matching documents"), ("stripes", "1 matching document"), ("qqqq", "No matching")):
        ask(page, text)
        expect(page.locator(".guidekit-search__status")).to_contain_text(said)
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".guidekit-search__status")).to_have_text("Type to start searching")
    expect(page.locator(".guidekit-search__results")).to_be_empty()


def test_what_is_not_to_be_found_is_not_found(open_page: Open) -> None:
    """An excluded page, an excluded part, the navigation and the permalinks are no results; a low boost is the last."""
    page = open_page()
    ask(page, "zebras")
    assert set(titles(page)) == {"Guide", "Other", "Low", "Props"}
    assert titles(page)[-2:] == ["Low", "Props"]
    assert "¶" not in page.locator(".guidekit-search__results").inner_text()
    for text in ("tiger", "Previous"):
        ask(page, text)
        expect(page.locator(".guidekit-search__status")).to_contain_text("No matching")


def test_result_says_what_and_where_it_is_and_leads_to_its_section(open_page: Open) -> None:
    """A result has a title, its place and a text with the words marked; it leads to the section that has them."""
    page = open_page()
    ask(page, "RE:09")
    assert titles(page) == ["Other: Stripes"]  # the section's own name says nothing of the question
    assert page.locator("mark").all_inner_texts() == ["RE", "09"]
    ask(page, "hours")
    assert titles(page) == ["Kubernetes: In the other region"]
    assert page.locator(".guidekit-search__place").all_inner_texts() == ["Clusters"]
    assert page.locator(".guidekit-search__text mark").all_inner_texts() == ["hours"]
    page.locator(".guidekit-search__page").click()
    page.wait_for_url("**/kubernetes/#in-the-other-region")


def test_text_of_a_result_is_a_sentence_and_no_table(open_page: Open) -> None:
    """The two lines of a result are of a paragraph, though the cells of a table have the word more often."""
    page = open_page()
    ask(page, "volume")
    expect(page.locator(".guidekit-search__text").first).to_contain_text("Get a persistent volume back.")
    assert "Do this" not in page.locator(".guidekit-search__text").first.inner_text()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how do I get the volumes back?", "Kubernetes"),  # words that say nothing; one of many
        ("writer", "Kubernetes"),
        ("k8s", "Kubernetes"),
        ("kubern", "Kubernetes"),  # still being typed
        ("kubernettes volume", "Kubernetes"),  # one slip of the finger
        ("CRR", "In the other region"),
        ("recovery point objectives", "RPO (recovery point objective)"),
        ("what is an rpo", "RPO (recovery point objective)"),
        ("here", "Home"),  # nothing but an idle word
    ],
)
def test_question_is_understood_as_it_is_meant(open_page: Open, text: str, answer: str) -> None:
    """Idle words, plurals, synonyms, beginnings and one slip do not keep a reader from the answer."""
    page = open_page()
    ask(page, text)
    assert titles(page)[:1] == [answer]


def test_slip_is_told_and_so_is_a_word_that_nobody_uses(open_page: Open) -> None:
    """The dialog says for which word it has searched in place of a mistyped one, and which words nothing has."""
    page = open_page()
    status = page.locator(".guidekit-search__status")
    ask(page, "kubernettes volume qqqq")
    expect(status).to_contain_text("Nothing has “kubernettes”, so this is for “kubernetes”.")
    expect(status).to_contain_text("Nothing has “qqqq”.")
    ask(page, "volumes")
    expect(status).not_to_contain_text("Nothing")


def test_part_for_few_readers_stands_last_in_a_group_of_its_own(open_page: Open) -> None:
    """Pages of a section that is named to stand last come behind all others, below a heading of its name."""
    page = open_page()
    ask(page, "zebra")
    assert titles(page)[-1] == "Props"
    last = page.locator(".guidekit-search__results > h2", has_text="Backstage")
    assert last.evaluate("heading => heading.nextElementSibling.innerText").startswith("Props")
    ask(page, "lions")
    expect(page.locator(".guidekit-search__results > h2")).to_have_count(0)


def test_reader_who_finds_nothing_gets_ways_to_go_on(open_page: Open) -> None:
    """Where nothing was found, there are links to the parts of the site, and none to what stands last."""
    page = open_page("other/")
    ask(page, "qqqq")
    ways = page.locator(".guidekit-search__results a")
    expect(page.locator(".guidekit-search__results")).to_contain_text("Try other words")
    assert ways.all_inner_texts() == ["Home", "Clusters"]
    ways.last.click()
    page.wait_for_url("**/kubernetes/")


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
    """Where the index does not come, the dialog says so, and tries again with the next question."""
    page = open_page()
    index = re.compile("/pagefind/pagefind.js$|/search/search_index.json$")
    page.route(index, lambda route: route.fulfill(status=200, body="throw new Error('no')"))
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("zebra")
    expect(page.locator(".guidekit-search__status")).to_contain_text("could not be loaded")


def test_dialog_that_does_not_come_says_so_and_may_be_opened_again(open_page: Open) -> None:
    """Where the dialog's script does not come, the field says so; closed and opened again, the search works."""
    page = open_page()
    page.route("**/assets/search-dialog.min.js", lambda route: route.fulfill(status=503))
    page.keyboard.press("Control+k")
    expect(page.locator(".guidekit-search__status")).to_contain_text("could not be loaded")
    page.keyboard.press("Escape")
    page.unroute("**/assets/search-dialog.min.js")
    page.keyboard.press("Control+k")
    ask(page, "stripes")


@pytest.mark.skipif(os.name != "posix", reason="stops the server with a signal to its process group")
def test_pagefind_works_while_the_site_is_served(content_set: ContentSet, served: Served) -> None:
    """``mkdocs serve`` has an index too."""
    root = content_set({**FILES, "mkdocs.yml": SETTINGS.replace("site_url: http://127.0.0.1/\n", "")})
    with served(root, "-q") as wait_for:
        wait_for("page_count", "pagefind/pagefind-entry.json")
