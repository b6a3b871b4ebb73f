"""Say on the list of sources what rests on each of them: a column of links, made anew in each build."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from guidekit.library.library import Library
from guidekit.plugin import GuidekitPlugin
from guidekit.syntax.document import Document
from guidekit.syntax.link import Link

SOURCES = "sources.md"
COLUMN = "What rests on it"
ROW = re.compile(r"\| \[[^\]]+\]\((?P<address>[^)\s]+)\) \|.* \|")
HEADER = re.compile(r"\| (?:Page|Other page|Place|Tool|Link) \|.* \|")
DELIMITER = re.compile(r"\|(?: -+ \|)+")


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str | None:
    """Add the column to the list of sources, and leave all other pages alone."""
    if page.file.src_uri != SOURCES:
        return None
    plugin = config.plugins["guidekit"]
    assert isinstance(plugin, GuidekitPlugin)
    usage = uses(plugin.library)
    return "\n".join(with_column(line, usage) for line in markdown.split("\n"))


def with_column(line: str, usage: Mapping[str, Sequence[str]]) -> str:
    """Add a cell to a line of a table: to its head, to the line below, or to a source."""
    if DELIMITER.fullmatch(line):
        return f"{line} --- |"
    if HEADER.fullmatch(line):
        return f"{line} {COLUMN} |"
    row = ROW.fullmatch(line)
    return f"{line} {', '.join(usage.get(row['address'], ()))} |" if row else line


def uses(library: Library) -> Mapping[str, Sequence[str]]:
    """Find for each address outside the site, as it is written, the links to what names it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for document, places in named(library):
        for address in sorted({link.address for link in document.of(Link)}):
            if library.follow(address, document.source.path).kind == "elsewhere":
                found[address] += places
    return {address: tuple(dict.fromkeys(places)) for address, places in found.items()}


def named(library: Library) -> Iterator[tuple[Document, tuple[str, ...]]]:
    """Go through pages and fragments, each with links to where a reader meets it."""
    items = {
        item.fragment: link(item.heading, guide.page, item.guid)
        for guide in library.checklists
        for item in guide.items
        if item.fragment
    }
    titles = {page.path: page.title for page in library.pages}
    for page in library.pages:
        if page.path.name != SOURCES:
            yield page.document, (link(page.title, page.path),)
    for fragment in library.fragments:
        shown = tuple(link(titles[path], path) for path in library.used_by(fragment.path))
        yield fragment.document, (items[fragment.path],) if fragment.path in items else shown


def link(text: str, page: PurePosixPath, anchor: str = "") -> str:
    """Write a link from the list of sources, which lies at the top of the content folder."""
    return f"[{text}]({PurePosixPath(*page.parts[1:])}{f'#{anchor}' if anchor else ''})"
