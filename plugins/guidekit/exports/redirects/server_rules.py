"""The old addresses as rules for web servers, which answer with the new address before any page is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote, urlsplit

from guidekit.exports.redirects.moves import Move

_MOVED = 301
_PLACEHOLDERS = str.maketrans({"*": "%2A", ":": "%3A"})


def write_redirects(moves: Sequence[Move], site_url: str) -> Mapping[str, str]:
    """Write them as Netlify and Cloudflare Pages read them."""
    pairs = ((old.translate(_PLACEHOLDERS), new) for old, new in _pairs(moves, site_url))
    return _file("_redirects", (f"{old} {new} {_MOVED}" for old, new in pairs))


def write_staticwebapp(moves: Sequence[Move], site_url: str) -> Mapping[str, str]:
    """Write them as the routes of an Azure Static Web App."""
    pairs = ((old.translate(_PLACEHOLDERS), new) for old, new in _pairs(moves, site_url))
    routes = [{"route": old, "redirect": new, "statusCode": _MOVED} for old, new in pairs]
    return _file("staticwebapp.config.json", [json.dumps({"routes": routes}, indent=2)] if routes else [])


def write_nginx(moves: Sequence[Move], site_url: str) -> Mapping[str, str]:
    """Write them as the lines of a ``map`` of nginx on ``$uri``, which is decoded."""
    lines = (f'"{_quoted(unquote(old))}" "{new}";' for old, new in _pairs(moves, site_url))
    return _file("redirects.nginx.map", lines)


def write_apache(moves: Sequence[Move], site_url: str) -> Mapping[str, str]:
    """Write them as directives of Apache, which looks at decoded addresses, and would encode the new ones again."""
    pairs = [(_pattern(unquote(old)), new.replace("%", "\\%")) for old, new in _pairs(moves, site_url)]
    rules = [f'RewriteRule "^{old}$" "{new}" [R={_MOVED},NE,L]' for old, new in pairs]
    return _file("redirects.apache.conf", ["RewriteEngine On", *rules] if rules else [])


def _pairs(moves: Sequence[Move], site_url: str) -> Iterator[tuple[str, str]]:
    """Go through old addresses with the new ones, from the root of the host.

    A page that has the address of a folder is asked for without the slash at its end, too.
    """
    base = urlsplit(site_url).path or "/"
    for move in moves:
        old, new = _encoded(f"{base}{move.old}"), _encoded(f"{base}{move.new}" if move.is_own else move.new)
        yield old, new
        if move.old.endswith("/"):
            yield old.removesuffix("/"), new


def _encoded(address: str) -> str:
    """Encode the letters that are not in ASCII, which no answer of a server has in an address."""
    return "".join(char if char.isascii() else quote(char) for char in address)


def _file(name: str, lines: Iterable[str]) -> Mapping[str, str]:
    text = "".join(f"{line}\n" for line in lines)
    return {name: text} if text else {}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _pattern(text: str) -> str:
    """Write a text as a regular expression between quotes, in which Apache has its own meaning for a backslash."""
    return re.escape(text).replace("\\\\", "\\x5c").replace('"', "\\x22")
