"""A page as it is converted: its tokens with all that is shown in them, each construct still the one that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from markdown_it.token import Token

from guidekit.library.checklist import Checklist
from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import article, lost_text, moniker, new_tokens, video, zone
from guidekit.rendering.constructs import HTML
from guidekit.rendering.drawing import Draw, Drawing, Place
from guidekit.rendering.link_targets import Lead
from guidekit.syntax.document import fact_of
from guidekit.syntax.moniker import range_of
from guidekit.syntax.picture import Picture
from guidekit.syntax.video import Video
from guidekit.syntax.zone import Zone
from guidekit.text import monikers

Titles = Mapping[str, str]
"""The titles of pivots, by their names."""


def tokens(library: Library, page: Page, lead: Lead, lead_raw: Lead) -> list[Token]:
    """Put a page together; ``lead`` writes addresses in Markdown, ``lead_raw`` those in raw HTML."""
    titles = {name: title for choice in zone.offered(library, page) for name, title in choice.values.items()}
    drawing = Drawing(
        library=library,
        page=page,
        lead=_without_queries(lead),
        lead_raw=_without_queries(lead_raw),
        notes=False,
        upkeep=None,
        items=article.anchored(page.checklist.items) if page.checklist else {},
        draws={**HTML, **_DRAWS, "zone_open": partial(_draw_zone, titles=titles)},
        extensions=library.layout.markdown_extensions,
    )
    body = list(lost_text.left_out(moniker.without_others(list(drawing.tokens()))))
    if page.checklist:
        place = article.end_of_opening(body)
        while place and body[place - 1].type == "html_block":  # the item's statement, as a comment
            place -= 1
        body[place:place] = _listed(page.checklist)
    outline = page.outline
    title = article.title_of(outline.headings[0]) if outline.added else []
    return [*title, *body, *_overview(library, page, lead)]


def _without_queries(lead: Lead) -> Lead:
    """Lead to pages without what a script of guidekit or of Learn reads."""

    def led(leads: Destination) -> str:
        mark, _, bookmark = leads.suffix.partition("#") if leads.kind == "page" else ("", "", "")
        if not mark:
            return lead(leads)
        return lead(replace(leads, suffix=f"#{bookmark}" if bookmark else ""))

    return led


# Constructs


def _draw_as_it_is(token: Token, _place: Place) -> Iterator[Token]:
    yield token


def _draw_nothing(_token: Token, _place: Place) -> Iterator[Token]:
    yield from ()


def _draw_zone(token: Token, _place: Place, *, titles: Titles) -> Iterator[Token]:
    named = ", ".join(titles.get(name, name) for name in fact_of(token, Zone).pivots)
    yield new_tokens.changed(token, meta={**token.meta, "title": named})


def _draw_moniker(token: Token, place: Place) -> Iterator[Token]:
    """Name the versions for which a part is, unless the site has one alone."""
    declared, written = place.drawing.library.settings.monikers, range_of(token)
    held = [name for name in declared if monikers.holds(written, name)]
    title = "" if len(declared) == 1 else f"Version: {', '.join(held) or written}"
    yield new_tokens.changed(token, meta={**token.meta, "title": title, "elsewhere": bool(declared) and not held})


def _draw_picture(token: Token, place: Place) -> Iterator[Token]:
    yield from new_tokens.element("paragraph", "p", new_tokens.run(*_picture(token, place)))
    if description := fact_of(token, Picture).description:
        yield from new_tokens.element("paragraph", "p", new_tokens.run(new_tokens.text(description)))


def _picture(token: Token, place: Place) -> Iterator[Token]:
    """Draw an image, in a link where that leads to more than the image itself."""
    picture = fact_of(token, Picture)
    if place.is_left_out(picture.address):
        yield new_tokens.text("" if picture.type == "icon" else picture.alt)
        return
    label = [] if picture.type == "icon" else [new_tokens.text(picture.alt)]
    image = Token("image", "img", 0, attrs={"src": place.address(picture.address, raw=False)}, children=label)
    leads = picture.link or picture.lightbox
    if not leads or leads == picture.address:
        yield image
    else:
        yield from _link(place.address(leads, raw=False), image)


def _draw_video(token: Token, place: Place) -> Iterator[Token]:
    yield from new_tokens.element("paragraph", "p", new_tokens.run(*_video(token, place)))
    if token.nesting > 0:
        yield token


def _video(token: Token, _place: Place) -> Iterator[Token]:
    """Draw a video as the link that it is before a script makes a player of it."""
    opening, *text, _ = video.link(fact_of(token, Video))
    yield from _link(str(opening.attrs["href"]), *text)


def _draw_footnote(token: Token, place: Place) -> Iterator[Token]:
    number, name = place.footnote(token.meta["label"])
    known = name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else str(number)
    yield new_tokens.changed(token, meta={**token.meta, "number": number, "name": known})


def _draw_text(token: Token, _place: Place) -> Iterator[Token]:
    yield new_tokens.text(token.meta["text"])


_AS_THEY_ARE = (
    *("alert_open", "alert_title_open", "admonition_open", "admonition_title_open", "details_open"),
    *("content_tabs_open", "content_tabs_close", "content_tab_label_open", "content_tab_open"),
    *("bullet_list_open", "ordered_list_open", "list_item_open", "task_box", "math_inline", "math_block"),
    *("row_open", "column_open", "abbreviation", "footnote_close"),
)
"""The tokens that are written as what they are."""

_DRAWS: Mapping[str, Draw] = {
    **dict.fromkeys(_AS_THEY_ARE, _draw_as_it_is),
    "moniker_open": _draw_moniker,
    "picture": _draw_picture,
    "picture_inline": _picture,
    "video": _draw_video,
    "video_open": _draw_video,
    "video_inline": _video,
    "no_loc": _draw_text,
    "footnote_ref": _draw_footnote,
    "footnote_open": _draw_footnote,
    "footnote_anchor": _draw_nothing,
}
"""What is drawn otherwise than for a browser."""

# Checklists


def _listed(checklist: Checklist) -> list[Token]:
    """List a checklist's items as tasks, below its question."""
    question = new_tokens.inline("strong", new_tokens.text(checklist.question or "Checklist"))
    entries = [
        token
        for item in checklist.items
        for token in _entry(item.title, f"#{item.guid}" if item.guid and item.include else "", is_task=True)
    ]
    return [
        *new_tokens.element("paragraph", "p", new_tokens.run(*question)),
        *new_tokens.element("bullet_list", "ul", *entries),
    ]


def _overview(library: Library, page: Page, lead: Lead) -> list[Token]:
    """List all guides at the end of the page that is set to have them."""
    if page.path != library.overview:
        return []
    entries = [
        token
        for guide in library.pages
        if guide.learn and guide.checklist
        for token in _entry(guide.title, lead(Destination(kind="page", path=guide.path)), is_task=False)
    ]
    return new_tokens.element("bullet_list", "ul", *entries)


def _entry(title: str, address: str, *, is_task: bool) -> list[Token]:
    text = new_tokens.text(title)
    box = [Token("task_box", "input", 0, meta={"done": False})] if is_task else []
    run = new_tokens.run(*box, *(_link(address, text) if address else [text]))
    paragraph = [new_tokens.changed(token, hidden=True) for token in new_tokens.element("paragraph", "p", run)]
    return new_tokens.element("list_item", "li", paragraph[0], run, paragraph[-1])


def _link(href: str, *content: Token) -> list[Token]:
    opening, *_, closing = new_tokens.inline("a", *content, href=href)
    return [
        new_tokens.changed(opening, type="link_open"),
        *content,
        new_tokens.changed(closing, type="link_close"),
    ]
