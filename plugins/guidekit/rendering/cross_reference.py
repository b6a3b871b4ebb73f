"""Cross references: links where they lead somewhere, else text."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.library.library import Library
from guidekit.rendering import link, new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.cross_reference import Reference, ReferenceName, ShortReference, read_address
from guidekit.text.escaping import as_markdown


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open the link, if there is one."""
    reference = _read(token)
    if place.drawing.library.referenced(reference):
        title = {"title": reference.title} if reference.title else {}
        opening = new_tokens.changed(token, type="link_open", attrs={**token.attrs, **title})
        yield from link.draw_link(opening, place)


def draw_text(token: Token, place: Place) -> Iterator[Token]:
    """Write the name of what the reference leads to, where the author wrote no text."""
    yield new_tokens.text(_name(_read(token), place.drawing.library))


def draw_close(token: Token, place: Place) -> Iterator[Token]:
    """Close the link, if there is one."""
    if place.drawing.library.referenced(_read(token)):
        yield new_tokens.changed(token, type="link_close", attrs={})


def draw_short(token: Token, place: Place) -> Iterator[Token]:
    """Draw a name behind ``@``: a link where it is known, else the text that it is."""
    reference = read_address(token.meta["uid"])
    found = place.drawing.library.referenced(reference)
    if found is None:
        yield new_tokens.text(token.content)
        return
    href = place.address(f"xref:{token.meta['uid']}", raw=False)
    yield from new_tokens.inline("a", new_tokens.text(found.shown(reference)), href=href)


def _name(reference: Reference, library: Library) -> str:
    found = library.referenced(reference)
    return found.shown(reference) if found else reference.alt or reference.text or reference.uid


def _read(token: Token) -> Reference:
    return read_address(str(token.attrs["href"]))


def write_name(fact: ReferenceName, place: TextPlace) -> Iterator[TextEdit]:
    """Write a reference without a text of its own as a link with the name, or as the name."""
    yield place.edit(fact.span, _written(fact.address, place))


def write_short(fact: ShortReference, place: TextPlace) -> Iterator[TextEdit]:
    """Write a name behind ``@`` that is known as a link."""
    if place.library.referenced(read_address(fact.uid)):
        yield place.edit(fact.span, _written(f"xref:{fact.uid}", place))


def _written(address: str, place: TextPlace) -> str:
    reference = read_address(address)
    name = as_markdown(_name(reference, place.library))
    title = reference.title.replace("\\", "\\\\").replace('"', '\\"')
    quoted = f' "{title}"' if title else ""
    return f"[{name}](<{place.address(address)}>{quoted})" if place.library.referenced(reference) else name
