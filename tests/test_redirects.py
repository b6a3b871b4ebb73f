"""Old addresses of pages that moved: pages that send readers on, and rules for web servers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from case import lay_out
from playwright.sync_api import Browser
from site_build import Build
from web_server import serve

HEADER = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n"
SETTINGS = "site_name: T\nsite_url: https://example.org/t/\ntheme: material\nplugins: [search, {{guidekit: {}}}{}]\n"
ENTRIES = [
    {"source_path": "docs/old.md", "redirect_url": "new/page"},
    {"source_path": "docs/older.md", "redirect_url": "old#drill"},
    {"source_path": "docs/faq.yml", "redirect_url": "/azure/backup/faq"},
    {"source_path": "docs/ü b.md", "redirect_url": "https://example.com/a b?x=1&y='<script>'#z"},
    {"source_path": "docs/new/index.md", "redirect_url": "page"},
    {"source_path": "docs/here.md", "redirect_url": "new/page"},
    {"source_path": "docs/lost.md", "redirect_url": "nowhere"},
    {"source_path": "docs/circle.md", "redirect_url": "circle"},
    {"source_path": "docs/picture.png", "redirect_url": "new/page"},
    {"source_path": "docs/include.md", "redirect_url": "new/page"},
    {"source_path": "README.md", "redirect_url": "docs/new/page"},
]
FILES: dict[str, str | bytes] = {
    ".openpublishing.redirection.json": json.dumps({"redirections": ENTRIES}),
    "docs/index.md": HEADER,
    "docs/here.md": HEADER,
    "docs/new/page.md": f"{HEADER}## Drill\n\nText.\n",
    "docs/include/index.md": HEADER,
}
OLD = {"old/", "older/", "faq/", "ü b/", "new/"}
"""The addresses at which nothing is any more; the others are taken, no pages, or lead nowhere."""


@pytest.fixture
def built(tmp_path: Path, build: Build) -> Callable[..., Path]:
    """Build the site with options of guidekit, and other plugins beside it; answers the folder of the site."""

    def built(options: str = "{}", others: str = "", **files: str) -> Path:
        settings = {"mkdocs.yml": SETTINGS.format(options, others)}
        lay_out(tmp_path, {**FILES, **settings, **files}, learn_repository=False)
        ended = build(tmp_path, "-q")
        assert ended.returncode == 0, ended.stderr
        return tmp_path / "site"

    return built


def test_page_stands_at_each_old_address_that_is_free(built: Callable[..., Path]) -> None:
    """It leads on in one step, tells search engines to pass it over, and nothing of an address gets out of its attribute."""
    site = built()
    pages = {path.relative_to(site): path.read_text() for path in site.rglob("*.html")}
    moved = {f"{path.parent}/": text for path, text in pages.items() if "This page has moved" in text}
    assert moved.keys() == OLD
    assert all('name="robots" content="noindex"' in text and text.count("<script") == 1 for text in moved.values())
    assert '<link rel="canonical" href="https://example.org/t/new/page/">' in moved["old/"]
    assert '<a href="../new/page/">T</a>' in moved["old/"] and "url=../new/page/" in moved["old/"]
    assert '<a href="../new/page/#drill">' in moved["older/"]
    assert '<a href="page/">' in moved["new/"]
    assert '<a href="https://learn.microsoft.com/azure/backup/faq">' in moved["faq/"]
    assert "https://example.com/a%20b?x=1&amp;y=%27%3Cscript%3E%27#z" in moved["ü b/"]
    assert not any(name in (site / "sitemap.xml").read_text() for name in ("old", "faq"))


def test_reader_of_an_old_address_gets_to_the_new_one(built: Callable[..., Path], browser: Browser) -> None:
    """The place on the page goes along; without scripts too, one gets there; wherever the site lies."""
    with serve(built(), "/below/") as server:
        for scripts, end in ((True, "new/page/#drill"), (False, "new/page/")):
            context = browser.new_context(java_script_enabled=scripts)
            page = context.new_page()
            page.goto(f"{server.address}old/#drill")
            page.wait_for_url(server.address + end)
            assert page.title() == "T - T"
            context.close()


@pytest.mark.parametrize(
    ("options", "name", "expected"),
    [
        (
            "{redirects: _redirects}",
            "_redirects",
            "/t/older/ /t/new/page/#drill 301\n/t/older /t/new/page/#drill 301\n",
        ),
        (
            "{redirects: nginx}",
            "redirects.nginx.map",
            '"/t/ü b/" "https://example.com/a%20b?x=1&y=%27%3Cscript%3E%27#z";\n',
        ),
        (
            "{redirects: apache}",
            "redirects.apache.conf",
            'RewriteRule "^/t/ü\\ b$" "https://example.com/a\\%20b?x=1&y=\\%27\\%3Cscript\\%3E\\%27#z" [R=301,NE,L]\n',
        ),
        (
            "{redirects: staticwebapp}",
            "staticwebapp.config.json",
            '"route": "/t/%C3%BC%20b/",\n      "redirect": "https://example.com/a%20b?x=1&y=%27%3Cscript%3E%27#z",\n',
        ),
    ],
)
def test_rules_for_a_server_are_one_file(options: str, name: str, expected: str, built: Callable[..., Path]) -> None:
    """Each address is written as the server reads it, with and without the slash at its end, and no page is made."""
    site = built(options)
    text = (site / name).read_text()
    assert expected in text
    assert len(re.findall('/t/old[/" $]', text)) == 2
    assert "/t/include" not in text  # where a page is now
    assert not (site / "old").exists()


def test_sites_own_file_of_rules_stays(built: Callable[..., Path]) -> None:
    """A file of the name that the site has by itself is not written over."""
    site = built("{redirects: _redirects}", **{"docs/_redirects": "/a /b\n"})
    assert (site / "_redirects").read_text() == "/a /b\n"


def test_nothing_is_made_where_redirections_are_left_out(built: Callable[..., Path]) -> None:
    """With ``redirects: none``, whoever serves the site knows the old addresses from elsewhere."""
    assert not (built("{redirects: none}") / "old").exists()


def test_plugin_redirects_keeps_what_it_is_told(built: Callable[..., Path]) -> None:
    """An old page of which the plugin redirects is told leads where the plugin says, and the others where we do."""
    site = built("{}", ", {redirects: {redirect_maps: {old.md: index.md}}}")
    assert "moved" not in (site / "old/index.html").read_text()
    assert "This page has moved" in (site / "older/index.html").read_text()


def test_site_in_two_languages_has_old_addresses_once(built: Callable[..., Path]) -> None:
    """Beside static-i18n, the site's own language leads on from old addresses, and no other one does."""
    languages = "{locale: en, name: E, default: true}, {locale: fr, name: F}"
    site = built("{}", f", {{i18n: {{languages: [{languages}]}}}}", **{"docs/index.fr.md": HEADER})
    moved = {path.parent.relative_to(site) for path in site.rglob("*.html") if "page has moved" in path.read_text()}
    assert (site / "fr/index.html").is_file()
    assert {f"{path}/" for path in moved} == OLD
