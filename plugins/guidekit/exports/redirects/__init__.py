"""The addresses of pages that moved, for browsers or for web servers: one module for each kind of reader."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from guidekit.exports.redirects import redirect_pages, server_rules
from guidekit.exports.redirects.moves import Move, moves
from guidekit.library.library import Library

FORMATS: Mapping[str, Callable[[Sequence[Move], str], Mapping[str, str]]] = {
    "pages": redirect_pages.write,
    "_redirects": server_rules.write_redirects,
    "staticwebapp": server_rules.write_staticwebapp,
    "nginx": server_rules.write_nginx,
    "apache": server_rules.write_apache,
    "none": lambda _moves, _site_url: {},
}
"""What the setting ``redirects`` may be: each writes files, by their paths from the site's root."""


def files(library: Library, taken: Container[str]) -> Iterator[tuple[str, bytes]]:
    """Make the files that lead readers on who come to an old address; ``taken`` are the paths of other files of the site.

    A page keeps its address, and a file of the site its name.
    """
    made = FORMATS[library.settings.redirects](moves(library, taken), library.layout.site_url)
    return ((path, text.encode()) for path, text in made.items() if path not in taken)
