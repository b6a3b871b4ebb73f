"""The navigation of a site that is made of tables of contents, in real builds; one site serves most tests."""

from __future__ import annotations

from pathlib import Path

import case
import pytest
import yaml
from conftest import Once
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as HostPage
from selectolax.lexbor import LexborHTMLParser, LexborNode
from site_build import Build, Served, build_strictly

from guidekit.plugin import breadcrumb_path, site_navigation

SETTINGS = """\
site_name: Guidance
docs_dir: articles
theme:
  name: material
  features: [navigation.indexes, navigation.path, navigation.footer]
plugins:
- search
- guidekit: {search: guidekit, severity: {toc-missing: 'off'}}
"""

ROOT = """\
items:
- name: Guidance
  href: index.md
- name: How to "read" <b> & write
  expanded: true
  items:
  - name: Loops, from here
    href: network/routes/loops.md
  - name: When to drill
    href: plan/drill.md#when
  - name: Plan >
    href: plan.md
    displayName: strategy, scheme & idea
    items:
    - name: Drill
      href: plan/drill.md?toc=/azure/toc.json
    - name: Deep
      items:
      - name: Deeper
        items:
        - name: Deepest
          items:
          - name: Drill again
            href: plan/drill.md
  - name: Sources
    href: https://example.com/?a=b&c="d"
  - name: Nowhere
    items: []
- name: Restore
  href: restore/
"""

BREADCRUMBS = """\
- name: Azure & more
  tocHref: /azure/
  topicHref: /azure/index?a=b&c=d
  items:
  - name: Network
    tocHref: /azure/guide/network
    topicHref: /azure/guide/network/
    items:
    - name: Ports
      tocHref: /azure/guide/network/ports/
      topicHref: /azure/guide/network/ports/ports
    - name: Nobody
      tocHref: /azure/guide/network/ports/
    - name: Routes
      tocHref: /azure/guide/network/route/
"""

DOCFX = """\
{"build": {
  "content": [{"files": ["**/*.md", "**/*.yml"], "src": "articles", "dest": "."}],
  "globalMetadata": {"breadcrumb_path": "/azure/guide/breadcrumb/toc.json"}
}}
"""

FILES = {
    "articles/TOC.yml": ROOT,
    "articles/restore/toc.yml": "- name: Database\n  uid: database\n- name: Moved\n  href: ../sheet.csv\n",
    "articles/network/toc.yml": "- name: Network & more\n  href: index.md\n- name: Routes\n  href: routes/routes.md\n- name: Guidance\n  href: ../index.md\n",
    "articles/network/routes/toc.md": "# [What a route is](routes.md)\n# [Loops](loops.md)\n",
    "articles/network/ports/toc.yml": "- name: Ports\n  href: ports.md\n",
    "articles/breadcrumb/toc.yml": BREADCRUMBS,
    "docfx.json": DOCFX,
    "articles/sheet.csv": "a,b\n",
    "mkdocs.yml": SETTINGS,
}

PAGES = (
    "index",
    "plan",
    "plan/drill",
    "network/index",
    "network/routes/routes",
    "network/routes/loops",
    "network/ports/ports",
    "alone",
)

EXPECTED = """\
Guidance
  Guidance | .
  How to "read" <b> & write
    Loops, from here | network/routes/loops/
    When to drill | plan/drill/#when
    Plan > | plan/
      Drill | plan/drill/
      Deep
        Deeper
          Deepest
            Drill again | plan/drill/
    Sources | https://example.com/?a=b&c=%22d%22
  Restore
    Database | restore/database/
    Moved | sheet.csv
Network & more
  Network & more | network/
  Routes
    What a route is | network/routes/routes/
    Loops | network/routes/loops/
  Guidance | .
  Ports
    Ports | network/ports/ports/
"""


def page(name: str, more: str = "") -> str:
    """Write a page."""
    return f"---\ntitle: All about {name}\ndescription: What {name} is about.\n{more}---\n# {name}\n\nText.\n\n## When\n\nNow.\n"


def files() -> dict[str, str]:
    """List the files of the site."""
    pages = {f"articles/{name}.md": page(name) for name in PAGES}
    pages["articles/alone.md"] = page("alone", "hide: [path]\n")
    pages["articles/plan.md"] = page("plan", "hide: [path]\n")
    return {**FILES, **pages, "articles/restore/database.md": page("database", "uid: database\n")}


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    """Build the site, strictly but for what is wrong with one entry."""

    def fill(folder: Path) -> None:
        settings = SETTINGS.replace("'off'}", "'off', invalid-toc-entry: suggestion}")
        build_strictly(case.lay_out(folder, {**files(), "mkdocs.yml": settings}))

    return once("tables-of-contents", fill) / "site"


def parsed(site: Path, page: str) -> LexborHTMLParser:
    """Read a page of a built site."""
    return LexborHTMLParser((site / page / "index.html").read_text(encoding="utf-8"))


def navigation(site: Path) -> str:
    """Show the navigation as it stands on the home page, each entry on a line, indented by its depth."""
    top = parsed(site, "").css_first("nav.md-nav--primary > ul")
    return "".join(f"{line}\n" for line in entries(top, ""))


def entries(items: LexborNode, indent: str) -> list[str]:
    """Show the entries of a list of the navigation: the name of each, its address if it has one, those below it."""
    lines = []
    for item in items.iter():
        parts = {part.tag: part for part in item.iter()}
        below = parts["nav"] if "input" in parts and parts["nav"].attributes["class"] == "md-nav" else None
        link = parts["div"].css_first("a") if "div" in parts else parts.get("a")
        address = f" | {link.attributes['href']}" if link is not None else ""
        lines.append(f"{indent}{' '.join(item.css_first('.md-ellipsis').text().split())}{address}")
        lines += entries(below.css_first("ul"), f"{indent}  ") if below is not None else []
    return lines


def active(site: Path, page: str) -> list[str]:
    """List the groups of the navigation that are active on a page, and the page itself."""
    found = parsed(site, page).css(".md-nav--primary > ul .md-nav__item--active")
    return [" ".join(one.css_first(".md-ellipsis").text().split()) for one in found]


def test_each_entry_stands_in_the_navigation_at_its_depth(built: Path) -> None:
    """Labels are those of the tables of contents, and each table of contents in a folder below has a place of its own."""
    assert navigation(built) == EXPECTED


def test_page_in_two_places_is_active_in_its_own_table_of_contents(built: Path) -> None:
    """A page that two tables of contents list is at home in the nearest one; the other one links to it."""
    assert active(built, "network/routes/loops") == ["Network & more", "Routes", "Loops"]
    assert active(built, "network/routes/routes") == ["Network & more", "Routes", "What a route is"]


def test_page_has_its_place_where_an_entry_leads_to_all_of_it(built: Path) -> None:
    """An entry that leads to a place within a page is a link, even before the one that leads to the page."""
    assert active(built, "plan/drill")[-2:] == ["Plan >", "Drill"]


def test_page_in_no_table_of_contents_has_no_place(built: Path) -> None:
    """It has none of the neighbors and groups that MkDocs gave it by its folder."""
    alone = parsed(built, "alone")
    assert (active(built, "alone"), alone.css(".md-footer__link")) == ([], [])


def test_names_and_addresses_are_what_they_were_in_html(built: Path) -> None:
    """What would be HTML in a name or an address stands in the page so that browsers read it as it was written."""
    home = (built / "index.html").read_text(encoding="utf-8")
    assert 'href="https://example.com/?a=b&amp;c=%22d%22"' in home
    assert "How to &quot;read&quot; &lt;b&gt; &amp; write" in home


def test_pages_follow_each_other_as_the_tables_of_contents_have_them(built: Path) -> None:
    """Behind a page comes the next one of the navigation, by its name there, whatever the files are called."""
    following = parsed(built, "network").css_first(".md-footer__link--next .md-ellipsis")
    assert following.text().strip() == "What a route is"


def test_group_is_expanded_that_says_so(built: Path) -> None:
    """Of the groups that do not hold the page, the one that is expanded is open, and no other."""
    opened = parsed(built, "network").css(".md-nav--primary .md-toggle--indeterminate")
    assert [one.attributes["id"] for one in opened] == ["__nav_1_2"]


def test_page_is_found_by_the_words_of_its_entry(built: Path) -> None:
    """The words of `displayName` are in the index of the search, and readers of the page do not see them."""
    found = parsed(built, "plan").css_first("article p[hidden]")
    assert found.text() == "strategy, scheme & idea"
    assert "strategy, scheme & idea" in (built / "search/search_index.json").read_text(encoding="utf-8")
    told = (built / "assets/search-pages.json").read_text(encoding="utf-8")
    assert '"title":"All about plan"' in told
    assert 'How to \\"read\\" <b> & write' in told


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "network/routes/loops",
            [("Azure & more", "https://learn.microsoft.com/azure/index?a=b&c=d"), ("Network", "../../")],
        ),
        ("network", [("Azure & more", "https://learn.microsoft.com/azure/index?a=b&c=d")]),
        (
            "network/ports/ports",
            [("Azure & more", "https://learn.microsoft.com/azure/index?a=b&c=d"), ("Network", "../../")],
        ),
    ],
)
def test_breadcrumbs_stand_above_the_article(built: Path, page: str, expected: list[tuple[str, str]]) -> None:
    """They are those of the entry whose address is the longest beginning of the page's, in the place of Material's path."""
    links = parsed(built, page).css("nav.md-path a")
    assert [(link.text(), link.attributes["href"]) for link in links] == expected


def test_breadcrumbs_are_not_seen_on_a_page_that_hides_its_path(built: Path) -> None:
    """A page hides them as it hides Material's path, whether or not Material has drawn one."""
    assert [one.attributes.get("hidden", "no") for one in parsed(built, "plan").css("nav.md-path")] == [None]
    assert parsed(built, "alone").css("nav.md-path") == []


def test_breadcrumbs_are_not_drawn_where_a_site_wants_no_path(tmp_path: Path) -> None:
    """Without the feature of Material's, a page is what it was."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\ndocs_dir: articles\ntheme: material\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    host = HostPage("Page", File("page.md", "articles", "site", True), config)
    entries = (breadcrumb_path.PathEntry(title=Markup("Above"), url="above/"),)
    output = '<div class="md-content" data-md-component="content">'
    drawn = []
    for features in ([], ["navigation.path"]):
        config.theme["features"] = features
        drawn.append(breadcrumb_path.drawn(output, entries, host, config) == output)
    assert drawn == [True, False]


def test_templates_get_the_breadcrumbs(tmp_path: Path, build: Build) -> None:
    """A theme without a path of its own can draw them: names in HTML, addresses as MkDocs's templates have them."""
    template = """{% extends "main.html" %}{% block content %}
    {%- for one in guidekit.breadcrumbs %}[{{ one.title }}]({{ one.url | url }}){% endfor %}{% endblock %}"""
    settings = "site_name: S\ndocs_dir: articles\ntheme: {name: mkdocs, custom_dir: theme}\nplugins: [guidekit]\n"
    root = case.lay_out(tmp_path, {**files(), "mkdocs.yml": settings, "theme/crumbs.html": template})
    (root / "articles/network/ports/ports.md").write_text(page("ports", "template: crumbs.html\n"))
    assert build(root).returncode == 0
    written = (root / "site/network/ports/ports/index.html").read_text(encoding="utf-8")
    assert "[Azure &amp; more](https://learn.microsoft.com/azure/index?a=b&amp;c=d)[Network](../../)" in written


def test_tables_of_contents_are_not_published(built: Path) -> None:
    """Neither they nor those of breadcrumbs are files or pages of the site, while a page in none of them is one."""
    published = {path.relative_to(built).as_posix() for path in built.rglob("*")}
    assert not [path for path in published if "toc" in path.lower()]
    assert "alone/index.html" in published


def test_machines_are_told_of_the_pages_in_the_same_order(built: Path) -> None:
    """The list for machines has the pages by the topmost entries, whose names are text there."""
    told = (built / "llms.txt").read_text(encoding="utf-8")
    assert [line for line in told.splitlines() if line.startswith("## ")] == ["## Guidance", "## Network & more"]


def test_navigation_of_the_site_is_left_alone(tmp_path: Path, build: Build) -> None:
    """Where the settings name a navigation, the tables of contents make none, and are no files of the site all the same."""
    said = {"site_name": "S", "docs_dir": "articles", "theme": "mkdocs", "plugins": ["guidekit"], "nav": ["index.md"]}
    root = case.lay_out(tmp_path, {**files(), "mkdocs.yml": yaml.safe_dump(said)})
    assert build(root).returncode == 0
    assert "How to" not in (root / "site/index.html").read_text(encoding="utf-8")
    assert not (root / "site/TOC.yml").exists()


@pytest.mark.parametrize(("plugin", "made"), [("search", True), ("awesome-nav", False), ("monorepo", False)])
def test_navigation_is_left_to_a_plugin_that_makes_one(tmp_path: Path, plugin: str, made: bool) -> None:
    """The tables of contents make the navigation only where no plugin beside guidekit does."""
    settings = yaml.safe_dump({"site_name": "S", "docs_dir": "articles", "plugins": ["guidekit", plugin]})
    root = case.lay_out(tmp_path, {**files(), "mkdocs.yml": settings})
    assert site_navigation.is_made(load_config(str(root / "mkdocs.yml"))) is made


def test_build_and_check_find_the_same_and_mkdocs_adds_nothing(tmp_path: Path, build: Build) -> None:
    """An entry that leads nowhere is told once in a build, by guidekit."""
    toc = "- name: Home\n  href: index.md\n- name: Lost\n  href: lost.md\n- name: Root\n  href: /azure/\n"
    settings = "site_name: S\ndocs_dir: articles\ntheme: mkdocs\nplugins: [guidekit]\n"
    root = case.lay_out(tmp_path, {"articles/toc.yml": toc, "articles/index.md": page("Home"), "mkdocs.yml": settings})
    log = build(root).stderr
    assert "MkDocs version" in (root / "site/index.html").read_text(encoding="utf-8")  # which the home page says
    told = [line for line in log.splitlines() if "lost.md" in line or "nav" in line]
    assert told == [
        "WARNING -  guidekit: articles/toc.yml:4:9: entry to 'lost.md' ('articles/lost.md') leads nowhere [toc-file-not-found]"
    ]


def test_changed_table_of_contents_shows_while_the_site_is_served(tmp_path: Path, served: Served) -> None:
    """An author sees the navigation change with the file."""
    settings = "site_name: S\ndocs_dir: articles\ntheme: mkdocs\nplugins: [guidekit]\n"
    toc = "- name: Home\n  href: index.md\n- name: Before\n  href: plan.md\n"
    pages = {f"articles/{name}.md": page(name) for name in ("index", "plan")}
    root = case.lay_out(tmp_path, {"articles/toc.yml": toc, **pages, "mkdocs.yml": settings})
    with served(root) as wait_for:
        wait_for("Before")
        (root / "articles/toc.yml").write_text(toc.replace("Before", "Afterwards"))
        wait_for("Afterwards")
