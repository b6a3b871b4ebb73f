"""Videos: a link that a click turns into the player, so that nothing comes from elsewhere before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.document import fact_of
from guidekit.syntax.video import Video
from guidekit.text.escaping import as_markdown

_SCRIPT = (
    "<script>document.guidekitVideos||(document.guidekitVideos=1,document.addEventListener('click',function(e){"
    "var a=e.target.closest('.guidekit-video a'),f;if(!a||e.ctrlKey||e.metaKey||e.shiftKey)return;"
    "e.preventDefault();f=document.createElement('iframe');f.src=a.dataset.player;f.title=a.dataset.title;"
    "f.allow='autoplay; fullscreen; picture-in-picture';a.replaceWith(f);f.focus()}))</script>"
)
"""Puts the player in place of the link that is clicked; without it, the link leads to the video."""

_CLASS = "guidekit-video"
_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be"})
_ADDRESS = re.compile(r"(?:https://)?(?P<host>[^/?#]*+)(?P<path>[^?#]*+)(?:\?(?P<query>[^#]*+))?")
_PATH = re.compile(r"/(?:embed/|shorts/|live/)?([\w-]{6,20})/?", re.ASCII)
_NAME = re.compile(r"(?:^|&)v=([\w-]{6,20})(?=&|$)", re.ASCII)
_START = re.compile(r"(?:^|&)(?:t|start)=(\d{1,6})", re.ASCII)


def draw(token: Token, place: Place) -> Iterator[Token]:
    """Draw a video as a link to it, of the shape of its player."""
    yield from new_tokens.element("video", "div", new_tokens.run(*link(fact_of(token, Video))), class_=_CLASS)
    if place.drawing.count("videos") == 1:
        yield new_tokens.raw_block(_SCRIPT + "\n")


def draw_inline(token: Token, place: Place) -> Iterator[Token]:
    """Draw a video within a line, which is a block there, too."""
    yield from new_tokens.inline("span", *link(fact_of(token, Video)), class_=_CLASS)
    if place.drawing.count("videos") == 1:
        yield new_tokens.raw(_SCRIPT)


def draw_described(token: Token, place: Place) -> Iterator[Token]:
    """Draw a video, and open the description below it."""
    yield from draw(token, place)
    yield new_tokens.changed(token, attrs={"class": "guidekit-video-text"}, content="")


def link(video: Video) -> list[Token]:
    """Make the link to a video, with what its player needs."""
    address = _secure(video.address)
    host = _parts(address)["host"].removeprefix("www.")
    title = video.title or f"Video from {host}"
    what = f"Play the video: {video.title}" if video.title else "Play the video"
    label = new_tokens.text(f"{what} ({host})")
    return new_tokens.inline("a", label, href=page(address), data_player=player(address), data_title=title)


def player(address: str) -> str:
    """Find the address at which a site plays a video within another page, with few cookies."""
    parts = _parts(address)
    if name := _on_youtube(parts):
        start = _START.search(parts["query"] or "")
        more = f"&start={start[1]}" if start else ""
        return f"https://www.youtube-nocookie.com/embed/{name}?autoplay=1&rel=0{more}"
    if parts["host"].lower() == "channel9.msdn.com":
        return f"{address}{'&' if parts['query'] else '?'}nocookie=true"
    return address


def page(address: str) -> str:
    """Find the address at which readers see a video by itself."""
    name = _on_youtube(_parts(address))
    return f"https://www.youtube.com/watch?v={name}" if name else address


def _on_youtube(parts: re.Match[str]) -> str:
    """Find the name of a video on YouTube; empty for any other, and for lists of videos."""
    if parts["host"].lower() not in _YOUTUBE:
        return ""
    found = _NAME.search(parts["query"] or "") if parts["path"] == "/watch" else _PATH.fullmatch(parts["path"])
    return found[1] if found and found[1] not in ("playlist", "videoseries") else ""


def _parts(address: str) -> re.Match[str]:
    found = _ADDRESS.match(address)
    assert found
    return found


def _secure(address: str) -> str:
    return f"https://{address.partition('://')[2]}"


def write(video: Video, place: TextPlace) -> Iterator[TextEdit]:
    """Write a link to the video, in the quote that it stands in."""
    yield place.edit(video.span, f"[{as_markdown(video.title or 'Video')}](<{page(_secure(video.address))}>)")
