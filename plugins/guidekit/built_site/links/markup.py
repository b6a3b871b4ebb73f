"""What a page's HTML names: the addresses in it, and the places that links can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guidekit import extras
from guidekit.built_site.links import styles


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An address as it stands in HTML or CSS.

    ``what`` says in a message what it belongs to. A ``part`` is something without which the page is not whole, such as an
    image; else it is a way elsewhere.
    """

    address: str
    what: str
    part: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """A page: its ``<base href>``, empty without one, its anchors, and its addresses in the order of the text."""

    base: str
    anchors: frozenset[str]
    references: tuple[Reference, ...]


Attributes = Mapping[str, "str | None"]
"""The attributes of an element; one without a value is ``None``."""

WAYS: tuple[tuple[str, str, str], ...] = (
    ("a", "href", "link to"),
    ("a", "xlink:href", "link to"),
    ("area", "href", "link to"),
    ("blockquote", "cite", "quotation from"),
    ("button", "formaction", "form to"),
    ("del", "cite", "quotation from"),
    ("form", "action", "form to"),
    ("input", "formaction", "form to"),
    ("ins", "cite", "quotation from"),
    ("q", "cite", "quotation from"),
)
"""The attributes that lead elsewhere: element, attribute, what it is."""

PARTS: tuple[tuple[str, str, str], ...] = (
    ("audio", "src", "sound"),
    ("body", "background", "image"),
    ("embed", "src", "object"),
    ("feimage", "href", "image"),
    ("frame", "src", "frame"),
    ("iframe", "src", "frame"),
    ("image", "href", "image"),
    ("image", "xlink:href", "image"),
    ("img", "src", "image"),
    ("input", "src", "image"),
    ("object", "data", "object"),
    ("script", "href", "script"),
    ("script", "src", "script"),
    ("source", "src", "medium"),
    ("track", "src", "subtitles"),
    ("use", "href", "symbol"),
    ("use", "xlink:href", "symbol"),
    ("video", "poster", "image"),
    ("video", "src", "video"),
)
"""The attributes that name a part of the page."""

SETS: tuple[tuple[str, str], ...] = (("img", "srcset"), ("link", "imagesrcset"), ("source", "srcset"))
"""The attributes that name several images to choose from."""

HINTS = frozenset({"dns-prefetch", "preconnect"})
"""What makes a ``link`` name a server rather than a file."""

LEADING = frozenset({"alternate", "author", "canonical", "help", "license", "next", "prev", "search"})
"""What makes a ``link`` lead elsewhere; any other names a part of the page."""

CARDS = ("og:audio", "og:image", "og:image:url", "og:url", "og:video", "twitter:image")
"""What other sites take from a page's ``meta`` to show it there."""

_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s++(?:[^,(]|\([^)]*+(?:\)|\Z))*+)?+,?")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(['\"]?)(.+)", re.IGNORECASE | re.DOTALL)


def _by_element() -> Mapping[str, Mapping[str, tuple[str, bool]]]:
    table: dict[str, dict[str, tuple[str, bool]]] = {}
    for rows, part in ((WAYS, False), (PARTS, True)):
        for element, attribute, what in rows:
            table.setdefault(element, {})[attribute] = (what, part)
    return table


_BY_ELEMENT = _by_element()
_SETS = frozenset(SETS)


def read(html: str) -> Markup:
    """Read a page as a browser without scripts does; what is in a comment, a script or a template is no address."""
    with extras.needed("links", "a check of a built site"):
        from selectolax.lexbor import LexborHTMLParser

    base = ""
    anchors: set[str] = set()
    references: list[Reference] = []
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root else ():
        tag, attributes = node.tag or "", node.attributes
        if tag == "style":
            references += _in_style(node.text())
        if not attributes:
            continue
        if place := attributes.get("id"):
            anchors.add(place)
        if tag == "a" and (place := attributes.get("name")):
            anchors.add(place)
        if tag == "base":
            base = base or attributes.get("href") or ""
        else:
            references += _in_element(tag, attributes)
    return Markup(base=base, anchors=frozenset(anchors), references=tuple(references))


def _in_element(tag: str, attributes: Attributes) -> Iterator[Reference]:
    for name, given in attributes.items():
        value = given or ""
        if name in _BY_ELEMENT.get(tag, ()):
            what, part = _BY_ELEMENT[tag][name]
            yield Reference(address=value, what=what, part=part)
        elif (tag, name) in _SETS:
            for candidate in _CANDIDATE.finditer(value):
                yield Reference(address=candidate[1], what="image", part=True)
        elif name == "style":
            yield from _in_style(value)
    if tag == "link":
        yield from _in_link(attributes)
    elif tag == "meta":
        yield from _in_meta(attributes)


def _in_style(css: str) -> Iterator[Reference]:
    for address in styles.addresses(css):
        yield Reference(address=address, what="file of a style", part=True)


def _in_link(attributes: Attributes) -> Iterator[Reference]:
    kinds = set((attributes.get("rel") or "").lower().split())
    address = attributes.get("href")
    if address is None or kinds & HINTS:
        return
    if kinds & LEADING and "stylesheet" not in kinds:
        yield Reference(address=address, what="link to")
    else:
        what = "style sheet" if "stylesheet" in kinds else "icon" if "icon" in kinds else "file"
        yield Reference(address=address, what=what, part=True)


def _in_meta(attributes: Attributes) -> Iterator[Reference]:
    content = attributes.get("content") or ""
    name = (attributes.get("property") or attributes.get("name") or "").lower()
    if name in CARDS:
        yield Reference(address=content, what=f"'{name}'", part=name != "og:url")
    elif (attributes.get("http-equiv") or "").lower() == "refresh" and (leads := _REFRESH.fullmatch(content)):
        address = leads[2].partition(leads[1])[0] if leads[1] else leads[2]
        yield Reference(address=address, what="redirection to")
