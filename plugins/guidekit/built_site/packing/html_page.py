"""Which stylesheets and scripts a page loads, where it says so, and the page with others in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from html.parser import HTMLParser
from itertools import accumulate, groupby
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Literal
from urllib.parse import unquote, urlsplit

from guidekit.text import paths

Kind = Literal["style", "script"]
_PLAIN = {"style": {"rel", "href", "type"}, "script": {"src"}}
"""The attributes of an element that loads a file at once and for all media."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """An element that loads a file of the site: from ``start`` up to ``end`` in the page's text.

    Elements with one ``run`` have nothing between them that has to stay between them: no other style, or no other script.
    """

    kind: Kind
    file: PurePosixPath
    run: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class HtmlPage:
    """A page's text, and what it loads, in order; ``path`` counts from the site's root, which is at ``base``."""

    path: PurePosixPath
    text: str
    base: str

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """The plain stylesheets and scripts of the site that the page loads."""
        return tuple(_Reader(self).read())

    def runs(self, kind: Kind) -> tuple[tuple[PurePosixPath, ...], ...]:
        """List the files of one kind, run by run."""
        loads = [load for load in self.loads if load.kind == kind]
        return tuple(tuple(load.file for load in run) for _, run in groupby(loads, key=lambda load: load.run))

    def address(self, file: PurePosixPath) -> str:
        """Make the page's own address of a file, relative to the page as its other addresses are."""
        if self.path == PurePosixPath("404.html"):  # answers any address, at any depth
            return f"{self.base}{file}"
        return paths.relative(file, self.path)

    def file(self, address: str) -> PurePosixPath | None:
        """Find the file of the site to which an address leads, ``None`` for another host's."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path:
            return None
        if path.startswith("/"):
            return PurePosixPath(path.removeprefix(self.base)) if path.startswith(self.base) else None
        found = normpath(self.path.parent / path)
        return None if found.startswith("..") else PurePosixPath(found)


@dataclass(frozen=True, kw_only=True)
class Swap:
    """Files of a kind, and the one that holds them all."""

    kind: Kind
    files: frozenset[PurePosixPath]
    into: PurePosixPath


def with_swaps(page: HtmlPage, swaps: Iterable[Swap]) -> str:
    """Let a page load what swaps lead to, where it loads the last of their files, and none of these files."""
    edits: list[tuple[int, int, str]] = []
    for swap in swaps:
        inside = [load for load in page.loads if load.kind == swap.kind and load.file in swap.files]
        edits += ((load.start, load.end, _element(page, swap) if load is inside[-1] else "") for load in inside)
    text = page.text
    for start, end, element in sorted(edits, reverse=True):
        text = text[:start] + element + text[end:]
    return text


def _element(page: HtmlPage, swap: Swap) -> str:
    address = escape(page.address(swap.into))
    if swap.kind == "style":
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script src="{address}"></script>'


class _Reader(HTMLParser):
    def __init__(self, page: HtmlPage) -> None:
        super().__init__()
        self._page = page
        self._starts = tuple(accumulate((len(line) + 1 for line in page.text.split("\n")), initial=0))
        self._found: list[Load] = []
        self._script: tuple[PurePosixPath, int] | None = None
        self._runs: dict[Kind, int] = {"style": 0, "script": 0}

    def read(self) -> Iterator[Load]:
        self.feed(self._page.text)
        self.close()
        yield from self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script":
            self._note(values, "script", values.get("src"))
        elif tag == "style" or (tag == "link" and "stylesheet" in (values.get("rel") or "").lower()):
            self._note(values, "style", values.get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script:
            file, start = self._script
            self._add("script", file, start, self._page.text.index(">", self._offset()) + 1)
        self._script = None

    def _note(self, values: Mapping[str, str | None], kind: Kind, address: str | None) -> None:
        file = self._page.file(address or "")
        if not file or not values.keys() <= _PLAIN[kind]:
            self._runs[kind] += 1
        elif kind == "script":
            self._script = file, self._offset()
        else:
            self._add(kind, file, self._offset(), self._offset() + len(self.get_starttag_text() or ""))

    def _add(self, kind: Kind, file: PurePosixPath, start: int, end: int) -> None:
        self._found.append(Load(kind=kind, file=file, run=self._runs[kind], start=start, end=end))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
