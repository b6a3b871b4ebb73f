"""Pictures: an image with a border, in a link to its larger picture, or with a description for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.checklist_controls import HIDDEN
from guidekit.rendering.drawing import Place
from guidekit.rendering.link import TOLD
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.document import fact_of
from guidekit.syntax.picture import Picture
from guidekit.text.escaping import as_markdown

BORDER, LIGHTBOX = "guidekit-border", "guidekit-lightbox"


def draw_inline(token: Token, place: Place) -> Iterator[Token]:
    """Draw a picture within a line."""
    yield from _picture(token, place)


def draw_block(token: Token, place: Place) -> Iterator[Token]:
    """Draw a picture that is a block, and below it its description for those who do not see it."""
    picture = fact_of(token, Picture)
    name = place.drawing.unique_id(f"description-{place.drawing.count('descriptions')}") if picture.description else ""
    yield from new_tokens.element("paragraph", "p", new_tokens.run(*_picture(token, place, name)))
    if name:
        text = new_tokens.run(new_tokens.text(picture.description))
        yield from new_tokens.element("description", "div", text, class_=HIDDEN, id=name)


def _picture(token: Token, place: Place, described_by: str = "") -> Iterator[Token]:
    picture = fact_of(token, Picture)
    if place.is_left_out(picture.address):
        yield new_tokens.text("" if picture.type == "icon" else picture.alt)
        return
    border = token.meta["directive"].text("border").lower()
    framed = border == "true" or (border != "false" and picture.type != "icon")
    attrs = {"src": place.address(picture.address, raw=False), "loading": "lazy"}
    if framed:
        attrs["class"] = BORDER
    if described_by:
        attrs["aria-describedby"] = described_by
    code = place.drawing.told.get(picture.span, "")
    if code:
        attrs[TOLD] = code
    label = [] if picture.type == "icon" else [new_tokens.text(picture.alt)]
    image = Token("image", "img", 0, attrs=dict(attrs), children=label)
    leads = picture.link or picture.lightbox
    if not leads:
        yield image
        return
    href = place.address(leads, raw=False)
    kind = {} if picture.link else {"class_": LIGHTBOX}
    if code and leads == picture.address:  # a lost file is told once, not for its larger picture too
        kind[TOLD] = code
    yield from new_tokens.inline("a", image, href=href, **kind)


def write(picture: Picture, place: TextPlace) -> Iterator[TextEdit]:
    """Write an image of Markdown, in the link that it has, with its description below."""
    alt = "" if picture.type == "icon" else as_markdown(picture.alt)
    text = f"![{alt}]({_address(picture.address, place)})"
    if leads := picture.link or picture.lightbox:
        text = f"[{text}]({_address(leads, place)})"
    if picture.description:
        text += f"\n\n{as_markdown(picture.description)}"
    yield place.edit(picture.span, text)


def _address(address: str, place: TextPlace) -> str:
    led = place.address(address)
    return f"<{led}>" if any(char in led for char in " ()<>") else led
