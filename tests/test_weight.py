"""What a page of our own site weighs on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from web_server import serve

GUIDE = "framework/resiliency/backup-and-recovery/"
PAGE, SEARCH = 90_000, 165_000
"""Bytes, compressed, with the headers of the answers: of the page itself, and of the search's worker with its index."""


@pytest.mark.parametrize("path", ["", GUIDE])
def test_page_is_light_and_comes_from_one_host(browser: Browser, site: Path, path: str) -> None:
    """A first visit takes no more than 90 kB, its search no more than 165 kB, and neither asks another host."""
    with serve(site, "/guidekit/") as server:
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page.goto(server.address + path, wait_until="load")
        page.keyboard.press("/")
        page.keyboard.type("outage")
        expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=20_000)
        context.close()
    weights = dict(server.sent)
    search = {name: size for name, size in weights.items() if "search" in name}
    assert {name.rpartition("/")[2].partition(".")[0] for name in search} == {"search", "search_index"}
    assert sum(search.values()) <= SEARCH, search
    assert sum(weights.values()) - sum(search.values()) <= PAGE, sorted(weights.items(), key=lambda item: -item[1])
    assert [name for name in weights if name.endswith(".xml")] == []  # Material asks for one where it sees a language
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
