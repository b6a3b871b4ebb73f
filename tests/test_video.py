"""Videos: which player shows them, and that nothing of it is loaded before readers ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import guidekit
from guidekit.rendering import video

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

PLAYERS = {
    "https://www.youtube.com/embed/mJnmXBrU1ao": ("embed/mJnmXBrU1ao?autoplay=1&rel=0", "watch?v=mJnmXBrU1ao"),
    "https://youtube.com/watch?v=mJnmXBrU1ao&t=12s": (
        "embed/mJnmXBrU1ao?autoplay=1&rel=0&start=12",
        "watch?v=mJnmXBrU1ao",
    ),
    "https://youtu.be/mJnmXBrU1ao": ("embed/mJnmXBrU1ao?autoplay=1&rel=0", "watch?v=mJnmXBrU1ao"),
}


@pytest.mark.parametrize("address", PLAYERS)
def test_video_on_youtube_is_played_with_few_cookies(address: str) -> None:
    """Whatever the form of its address, it is played by the site that sets no cookies, and links to its own page."""
    player, page = PLAYERS[address]
    assert video.player(address) == f"https://www.youtube-nocookie.com/{player}"
    assert video.page(address) == f"https://www.youtube.com/{page}"


@pytest.mark.parametrize(
    "address",
    [
        "https://learn.microsoft.com/Shows/a/player?format=ny",
        "https://www.youtube.com/embed/videoseries?list=a",
        "https://www.youtube.com/playlist?list=a",
        "https://www.youtube.com/watch",
        "https://youtube.com.example.com/watch?v=mJnmXBrU1ao",
        "https://[",
        "https://a:b",
        "https://",
    ],
)
def test_other_video_is_played_where_it_is(address: str) -> None:
    """What is no single video on YouTube keeps its address, however strange that is."""
    assert (video.player(address), video.page(address)) == (address, address)


def opened(browser: Browser, content_set: ContentSet, **options: bool) -> tuple[Page, list[str]]:
    """Open a page with two videos; answers also what it asks for, and none of that is there."""
    text = '> [!VIDEO https://example.com/a title="The plan"]\n\n> [!VIDEO https://www.youtube.com/embed/mJnmXBrU1ao]\n'
    root = content_set({"content/page.md": text, "docfx.json": "{}"})
    html = guidekit.render(guidekit.Library.open(root), "content/page.md").html
    style = (Path(guidekit.__file__).parent / "assets" / "guidekit.css").read_text(encoding="utf-8")
    asked: list[str] = []
    page = browser.new_context(viewport={"width": 390, "height": 800}, **options).new_page()  # type: ignore[arg-type]
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*", lambda route: route.abort())
    page.set_content(f"<style>{style}</style><article>{html}</article>")
    return page, asked


def test_player_comes_with_a_click_and_nothing_before(browser: Browser, content_set: ContentSet) -> None:
    """The page asks no other site for anything; a click, or the Enter key, puts the player there, with title and focus."""
    page, asked = opened(browser, content_set)
    links = page.locator(".guidekit-video a")
    assert links.all_inner_texts() == ["Play the video: The plan (example.com)", "Play the video (youtube.com)"]
    before = links.first.bounding_box()
    assert asked == [] and before and before["width"] / before["height"] == pytest.approx(16 / 9, abs=0.05)
    links.first.click()
    player = page.locator(".guidekit-video iframe")
    assert (player.get_attribute("title"), player.bounding_box()) == ("The plan", before)
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.locator(".guidekit-video a").press("Enter")
    assert asked == ["https://example.com/a", "https://www.youtube-nocookie.com/embed/mJnmXBrU1ao?autoplay=1&rel=0"]
    page.context.close()


def test_video_is_a_link_without_scripts_and_on_paper(browser: Browser, content_set: ContentSet) -> None:
    """Without scripts, the link leads to the video; on paper, its address is read."""
    page, _ = opened(browser, content_set, java_script_enabled=False)
    link = page.locator(".guidekit-video a").last
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=mJnmXBrU1ao"
    page.emulate_media(media="print")
    box = link.bounding_box()
    assert box and box["height"] < box["width"] / 2
    page.context.close()
