"""The search of a built site: how much its index may weigh, and what Pagefind has to know of a page."""

from __future__ import annotations

import html
import json
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

VARIABLE = "__index"
"""The name that Material's plugin for offline sites gives the index in a script."""

ASSETS = ("assets/search.min.js", "assets/search.css")
"""What opens the dialog in which a site is searched."""

DIALOG = ("assets/search-dialog.min.js", "assets/search-dialog.css")
"""The dialog itself, which a page loads when someone reaches for the search."""

GUIDE_BOOST = 2.0
"""How much more a page with a checklist counts than another one, unless its front matter says otherwise."""

_KILOBYTE = 1000
_PAGEFIND_LOADS = 220
"""How many kilobytes Pagefind loads for a first search, measured on a site of 560,000 words."""
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


_BLOCK = re.compile(r"<(/?)(p|li|dd|pre|[ou]l|dl|dt|blockquote|h[1-6]|table|tr|t[hd])\b[^<>]*+>|<[^<>]*+>")
_PROSE = ("p", "li", "dd", "dt")
_NOT_IN_IDS = re.compile("[^a-z0-9 _-]")


class SearchError(Exception):
    """Pagefind cannot run, or did not do its work."""


def overweight(index: bytes, budget: Mapping[str, int | None], who: str) -> tuple[Severity, str] | None:
    """Judge an index by its compressed size: how bad it is, ``who`` loads it, and what to do about it."""
    limits = [
        (limit, most * _KILOBYTE, severity)
        for limit, severity in (("fail", Severity.ERROR), ("warn", Severity.WARNING))
        if (most := budget[limit]) is not None
    ]
    if all(len(index) <= most for _, most, _ in limits):
        return None  # it only gets smaller
    packer = zlib.compressobj(_ZLIB_LEVEL, wbits=31)  # 31 is gzip
    size = len(packer.compress(index)) + len(packer.flush())
    for limit, most, severity in limits:
        if size > most:
            return severity, (
                f"the search index is {-(-size // _KILOBYTE):,} kB compressed, over the limit of {most // _KILOBYTE:,} kB"
                f" (search_budget: {limit}), and {who} loads all of it; with `search: pagefind`, who searches loads some"
                f" {_PAGEFIND_LOADS} kB, and nobody else any; or raise the limit"
            )
    return None


def lean(index: str, *, marked: bool) -> str:
    """Write an index of a host's plugin for our dialog: each page by its address, with its sections.

    A section is its title, its text and its id, which is left out where `_plain_id` makes it of the title. Where the texts
    are ``marked`` up, they lose their markup, and each block becomes a line; one of no paragraph and no list, as of a table
    or of code, begins with a tab.
    """
    pages: dict[str, list[list[str]]] = {}
    for doc in json.loads(index)["docs"]:
        url, _, section = doc["location"].partition("#")
        title, text = (_plain(doc["title"]), _lines(doc["text"])) if marked else (doc["title"], doc["text"])
        told = [title, text] if section == _plain_id(title) else [title, text, section]
        pages.setdefault(url, []).append(told)
    return json.dumps(pages, ensure_ascii=False, separators=(",", ":"))


def _plain_id(title: str) -> str:
    """Make the id that most headings have, as the dialog's script does."""
    return _NOT_IN_IDS.sub("", title.lower()).replace(" ", "-")


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_BLOCK.sub("", markup)).split())


def _lines(markup: str) -> str:
    """Write the blocks of a text as lines; where it has no blocks, it was written without markup, as prose."""
    lines: list[str] = []
    parts = _BLOCK.split(markup)
    marked = any(parts[2::3])
    prose, text = not marked, parts[0]
    for closes, block, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if block:
            lines.append(_line(text, prose=prose))
            prose = block in _PROSE and not closes
            text = ""
        text += after
    lines.append(_line(text, prose=prose))
    return "\n".join(filter(None, lines))


def _line(text: str, *, prose: bool) -> str:
    words = " ".join(html.unescape(text).split())
    return words if prose or not words else f"\t{words}"


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
