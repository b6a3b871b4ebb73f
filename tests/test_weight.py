"""What a page of our own site weighs on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from web_server import serve

GUIDE = "framework/resiliency/backup-and-recovery/"
PAGE, SEARCH = 90_000, 165_000
"""Bytes, compressed, with the headers of the answers: of the page itself, and of the search with its index."""


@pytest.mark.parametrize("path", ["", GUIDE])
def test_page_is_light_and_comes_from_one_host(browser: Browser, site: Path, path: str) -> None:
    """A first visit takes no more than 90 kB, a first search 165 kB more, and neither asks another host.

    Material asks for the map of the site, by which it knows which pages it may bring without a reload.
    """
    with serve(site, "/guidekit/") as server:
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page.goto(server.address + path, wait_until="networkidle")
        assert [name for name, _ in server.sent if "search" in name] == []
        page.keyboard.press("/")
        page.keyboard.type("outage")
        expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
        context.close()
    weights = dict(server.sent)
    search = {name: size for name, size in weights.items() if "search" in name}
    asked_for = {name.rpartition("/")[2] for name in search}
    assert asked_for == {"search-dialog.css", "search-dialog.min.js", "search-pages.json", "search_index.json"}
    assert sum(search.values()) <= SEARCH, search
    assert sum(weights.values()) - sum(search.values()) <= PAGE, sorted(weights.items(), key=lambda item: -item[1])
    assert [name for name in weights if name.endswith(".xml")] == [
        "/guidekit/sitemap.xml"
    ]  # and for none of a language
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
