"""The pages that moved: the address of each on the site, and the one at which its readers get on."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.moved_files import MovedFile
from guidekit.library.page import Page
from guidekit.rendering import link_targets

_ENCODED = str.maketrans({char: f"%{ord(char):02X}" for char in "'\"<>\\ $`"})
"""What has a meaning of its own in a file in which an address stands: quotes, blanks, and the sign of a variable."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A page that moved. ``old`` counts from the site's root, and so does ``new`` where it ``is_own``: an address of the site.

    ``title`` is that of the page at the new address, or the address itself.
    """

    old: str
    new: str
    is_own: bool
    title: str

    @property
    def file(self) -> str:
        """The path from the site's root at which a page of the old address lies."""
        path = unquote(self.old)
        return f"{path}index.html" if not path or path.endswith("/") else path


def moves(library: Library, taken: Container[str]) -> Sequence[Move]:
    """List the pages that moved and whose address no file of the site has, by that address."""
    found: dict[str, Move] = {}
    for file in library.moved_files:
        move = _move(library, file)
        if move and move.file not in taken and move.old != move.new.partition("#")[0]:
            found.setdefault(move.old, move)
    return [found[old] for old in sorted(found)]


def of_page(library: Library, page: Page) -> Move | None:
    """Find where the readers of a page get on whose own header says that it has moved; ``None`` for any other."""
    leads = library.new_place(page)
    return _to(link_targets.published(leads), page.url, library) if leads else None


def _move(library: Library, file: MovedFile) -> Move | None:
    leads, old = link_targets.published(file.leads), library.old_url(file.redirection.file)
    if file.is_there or leads.kind == "missing" or old is None or not unquote(old).isprintable():
        return None
    return _to(leads, old, library)


def _to(leads: Destination, old: str, library: Library) -> Move:
    new = library.url(leads.path) + leads.suffix if leads.path else leads.url
    page = library.page(leads.path) if leads.path else None
    return Move(
        old=old.translate(_ENCODED),
        new=new.translate(_ENCODED),
        is_own=leads.path is not None,
        title=page.title if page else new,
    )
