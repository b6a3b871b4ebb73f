"""A page at each old address that sends its readers on: it works wherever files can be put."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence

from guidekit.exports.redirects.moves import Move
from guidekit.text import paths

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="{canonical}">
<script>{script}</script>
<meta http-equiv="refresh" content="0; url={address}">
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;overflow-wrap:anywhere}}</style>
</head>
<body>
<main>
<h1>This page has moved</h1>
<p>Go on to <a href="{address}">{title}</a>.</p>
</main>
</body>
</html>
"""


def write(moves: Sequence[Move], site_url: str) -> Mapping[str, str]:
    """Write the pages, by their paths from the site's root; an address of the site counts from the page's own."""
    return {move.file: page(move, site_url) for move in moves}


def page(move: Move, site_url: str) -> str:
    """Write the page that sends readers on."""
    address = paths.relative_url(move.new, move.old) if move.is_own else move.new
    canonical = f"{site_url}{move.new}" if move.is_own and site_url else address
    return _PAGE.format(
        address=html.escape(address),
        canonical=html.escape(canonical),
        script=_script(address),
        title=html.escape(move.title),
    )


def _script(address: str) -> str:
    """Take along the query and the place on the page for which a reader asked, where the new address has none of its own."""
    kept = "" if {"?", "#"} & set(address) else "+location.search+location.hash"
    return f"location.replace({_in_script(address)}{kept})"


def _in_script(text: str) -> str:
    return json.dumps(text).replace("<", "\\u003c").replace("&", "\\u0026")
