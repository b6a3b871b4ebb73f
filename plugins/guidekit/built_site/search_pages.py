"""What the dialog of the search is told of a site: its pages, which names mean one thing, and what stands last or later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAME = "assets/search-pages"
"""The file without its ending, counted from the site's folder."""

VARIABLE = "__pages"
"""The name that the same data has in a script."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class SearchedPage:
    """A page of a site: its address from the site's root, and its ``place``, the sections above it from the top down.

    ``headings`` are the texts of its headings; ``boost`` says how much more it counts than another page.
    """

    url: str
    title: str
    description: str
    place: tuple[str, ...]
    boost: float
    headings: tuple[str, ...]


def as_json(
    pages: Sequence[SearchedPage],
    *,
    engine: str,
    synonyms: Iterable[Sequence[str]],
    last: Iterable[str],
    later: Iterable[str],
) -> str:
    """Write what the dialog is told. Pagefind's index tells nobody which words it has, so the headings' go along."""
    told: dict[str, Any] = {
        "engine": engine,
        "pages": [_told(page) for page in pages],
        "synonyms": [list(names) for names in synonyms],
        "last": list(last),
        "later": list(later),
    }
    if engine == "pagefind":
        words = (_WORD.findall(heading.lower()) for page in pages for heading in page.headings)
        told["words"] = " ".join(dict.fromkeys(word for found in words for word in found))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _told(page: SearchedPage) -> Mapping[str, Any]:
    told = {"url": page.url, "title": page.title, "description": page.description, "place": page.place}
    return told if page.boost == 1 else {**told, "boost": page.boost}
