"""The search of a built site: how much its index may weigh, and what Pagefind has to know of a page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from typing import Any

from guidekit import extras
from guidekit.diagnostics import Severity
from guidekit.disk import programs
from guidekit.disk.programs import ProgramError

INDEX = "search/search_index.json"
"""Where Material's and MkDocs's own search plugins leave their index, counted from the site's folder."""

ASSETS = ("assets/search.js", "assets/search.css")
"""The dialog in which a site with Pagefind is searched."""

GUIDE_BOOST = 2.0
"""How much more a page with a checklist counts than another one, unless its front matter says otherwise."""

_KILOBYTE = 1000
_ZLIB_LEVEL = 6  # what web servers use unless told otherwise
_SKIPPED = ".headerlink,[data-search-exclude],.tabbed-labels,.md-tags,.md-source-file,.md-content__button,.linenos"
_JOINED = ".-_:#"  # characters that belong to a word, as in RE:09 or ms.date
_ARTICLE = re.compile(r'<(?:article(?= class="md-content__inner)|\w++(?=[^<>]*\srole="main"))')
_HEADING = re.compile(r"<h([1-6])(?=[\s>])")
_HEADING_WEIGHTS = (7.0, 6.0, 5.0, 4.0, 3.0, 2.0)  # https://pagefind.app/docs/weighting/
_HEADER = '<header class="md-header'
_END_OF_HEADER = re.compile(r'<div class="md-header__source">|</nav>')
_BUTTON = (
    '<button type="button" class="guidekit-search-button" data-guidekit-search aria-haspopup="dialog">'
    '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10" cy="10" r="6.5"/><path d="m15 15 6 6"/></svg>'
    "<span>Search</span></button>"
)


class SearchError(Exception):
    """Pagefind cannot run, or did not do its work."""


def overweight(index: bytes, budget: Mapping[str, int]) -> tuple[Severity, str] | None:
    """Judge an index by its compressed size, which every visitor loads: how bad it is, and what to do about it."""
    if len(index) <= budget["warn"] * _KILOBYTE:
        return None  # it only gets smaller
    packer = zlib.compressobj(_ZLIB_LEVEL, wbits=31)  # 31 is gzip
    size = len(packer.compress(index)) + len(packer.flush())
    for limit, severity in (("fail", Severity.ERROR), ("warn", Severity.WARNING)):
        if size > budget[limit] * _KILOBYTE:
            return severity, (
                f"the search index is {-(-size // _KILOBYTE)} kB compressed, over the limit of {budget[limit]} kB"
                f" (search_budget: {limit}), and every visitor loads all of it; switch to `search: pagefind`,"
                " or raise the limit"
            )
    return None


def require_pagefind() -> str:
    """Find the program inside the package of Pagefind. Raises `SearchError` where there is none."""
    with suppress(FileNotFoundError):
        for package in filter(find_spec, ("pagefind_bin_extended", "pagefind_bin")):
            return str(import_module(package).get_executable().absolute())
    raise SearchError(f"`search: pagefind` needs an extra: {extras.installation('pagefind')}")


def run_pagefind(site: Path) -> None:
    """Write Pagefind's index of the built site in a folder; raise `SearchError` where that fails.

    Pagefind obeys files in the folder where it stands, so it stands in an empty one.
    """
    options = ["--site", str(site.absolute()), "--quiet"]
    options += ["--exclude-selectors", _SKIPPED, "--include-characters", _JOINED]
    try:
        with programs.own_folder() as empty:
            done = programs.run(require_pagefind(), options, empty)
    except ProgramError as error:
        raise SearchError(f"Pagefind failed: {error}") from None
    if done.code:
        said = (done.errors or done.output).decode(errors="replace").strip().splitlines()
        raise SearchError(f"Pagefind failed: {said[-1] if said else f'exit code {done.code}'}")


def boosted(meta: object, *, guide: bool) -> dict[str, Any]:
    """Complete a page's ``search`` front matter: a guide counts more than other pages."""
    own = dict(meta) if isinstance(meta, Mapping) else {}
    return {"boost": GUIDE_BOOST, **own} if guide else own


def with_marks(page: str, search: object) -> str:
    """Tell Pagefind what of a finished page is to be found, by the page's ``search`` front matter."""
    wishes = search if isinstance(search, Mapping) else {}
    article = _ARTICLE.search(page)
    if article is None or wishes.get("exclude"):
        return page
    before, after, boost = page[: article.end()], page[article.end() :], wishes.get("boost")
    if not isinstance(boost, (int, float)) or boost <= 0:
        return f"{before} data-pagefind-body{after}"
    # The weight of the article would take the place of the greater ones that headings have by themselves.
    after = _HEADING.sub(lambda tag: tag[0] + _weight(boost, _HEADING_WEIGHTS[int(tag[1]) - 1]), after)
    return f"{before} data-pagefind-body{_weight(boost)}{after}"


def with_button(page: str) -> str:
    """Put the button that opens the search into Material's header, unless the page has one of its own."""
    header = page.find(_HEADER)
    end = _END_OF_HEADER.search(page, header) if header >= 0 else None
    if end is None or "data-guidekit-search" in page:
        return page
    return f"{page[: end.start()]}{_BUTTON}{page[end.start() :]}"


def _weight(boost: float, own: float = 1.0) -> str:
    """Say a boost in Pagefind's words, whose weights go from 0 to 10 and count by their square."""
    return f' data-pagefind-weight="{min(own * sqrt(boost), 10):.2f}"'
