"""Addresses while the host validates them: bookmarks as ids are written, and none that the author was told of before."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from guidekit.rendering.link import TOLD

_KEYS = {"a": "href", "img": "src"}
_HELD = "guidekit-held:"
_BOOKMARK_ALONE = "guidekit-bookmark"
_BOOKMARK = re.compile(r"#(.*)$", re.DOTALL)
_SAFE = "!$&'()*+,;=:@/?-._~%"


class Addresses(Treeprocessor):
    """Writes addresses for readers, once the host is through with them."""

    _held: dict[str, str]

    def prepare(self, root: Element) -> None:
        """Write addresses as the host validates them, which compares bookmarks with ids without decoding anything.

        The host is to say nothing of an address of which the author has been told: another one stands for it.
        """
        self._held = {}
        for element in root.iter():
            key = _KEYS.get(element.tag)
            address = element.get(key) if key else None
            if key is None or address is None:
                continue
            code = element.attrib.pop(TOLD, None)
            if code == "bookmark-not-found" and not address.startswith("#"):
                path, _, bookmark = address.partition("#")
                element.set(key, path)
                element.set(_BOOKMARK_ALONE, bookmark)
            elif code is not None:
                name = f"{_HELD}{len(self._held)}"
                self._held[name] = address
                element.set(key, name)
            elif "#" in address and not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
                element.set(key, _BOOKMARK.sub(lambda found: f"#{unquote(found[1])}", address))

    def run(self, root: Element) -> None:
        """Write addresses as browsers read them."""
        held = getattr(self, "_held", {})
        for element in root.iter():
            key = _KEYS.get(element.tag)
            address = element.get(key) if key else None
            if key and address:
                bookmark = element.attrib.pop(_BOOKMARK_ALONE, "")
                address = f"{address}#{bookmark}" if bookmark else address
                element.set(key, held.get(address) or _BOOKMARK.sub(_encoded, address))
        self._held = {}


def _encoded(found: re.Match[str]) -> str:
    return f"#{quote(found[1], safe=_SAFE)}"
