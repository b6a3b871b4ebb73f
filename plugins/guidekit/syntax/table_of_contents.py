"""Tables of contents: ``TOC.yml``, a list of entries that nest, or the older ``toc.md``, whose headings are its entries.

The keys are docfx's (``TocLoader.cs``, ``TableOfContentsNode.cs``); those that nothing here reads are let stand. In Markdown,
a heading is an entry, with one link, one cross reference or a text alone (``TableOfContentsMarkup.cs``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import yaml

from guidekit.layout import is_markdown
from guidekit.syntax import header_yaml
from guidekit.syntax.header_yaml import UnusableError
from guidekit.text.source import Source, Span, Unreadable

_MOST_CHARACTERS = 10_000_000
_MOST_NODES = 500_000
_LEVELS = range(1, 7)
_NULL = "tag:yaml.org,2002:null"
_ADDRESSES = ("href", "tocHref", "topicHref", "homepage", "uid", "topicUid")
_HEADING = re.compile(r"(?P<marks>#{1,6}+)[ \t]++(?P<text>[^ \t].*+)")
_LINK = re.compile(r"\[(?P<name>[^\[\]]*)\]\((?P<href>[^\s()]*)(?:[ \t]+[\"'][^\"']*[\"'])?[ \t]*\)$")
_REFERENCE = re.compile(r"<xref:(?P<pointed>[^<>\s]+)>$|@(?P<short>[\w.*()-]+)$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where an entry leads, as it is written, and where that stands."""

    text: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Entry:
    """An entry of a table of contents; ``span`` is the place of its name, or that of the entry where it has none.

    ``href`` leads to a page, to an address or to a further table of contents. ``toc_href`` and ``topic_href`` tell the two
    apart, and ``homepage`` stands in for the page of a table of contents. ``uid`` names a page. ``display_name`` are words by
    which readers look for the entry.
    """

    name: str
    span: Span
    href: Address | None = None
    toc_href: Address | None = None
    topic_href: Address | None = None
    homepage: Address | None = None
    uid: Address | None = None
    display_name: str = ""
    expanded: bool = False
    items: tuple[Entry, ...] = ()
    has_items: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TocProblem:
    """What is wrong with a table of contents, and where; ``whole`` where nothing of it can be read."""

    message: str
    span: Span
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TableOfContents:
    """A table of contents: its topmost entries, and what is wrong with it."""

    path: PurePosixPath
    entries: tuple[Entry, ...]
    problems: tuple[TocProblem, ...] = ()


def read(path: PurePosixPath, source: Source | Unreadable | None) -> TableOfContents:
    """Read a table of contents. Never raises over content."""
    problems: list[TocProblem] = []
    if not isinstance(source, Source):
        message = f"the table of contents {source.detail if source else 'does not exist'}"
        span = Source(path=path, text="").span((0, 0))
        return TableOfContents(path=path, entries=(), problems=(TocProblem(message=message, span=span, whole=True),))
    if is_markdown(source.path):
        entries = _nested(list(_headings(source, problems)))
    else:
        entries = _Reader(source, problems).read()
    return TableOfContents(path=path, entries=entries, problems=tuple(problems))


def all_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Go through entries and those below them, each before its own."""
    for entry in entries:
        yield entry
        yield from all_entries(entry.items)


class _Reader:
    """Reads a table of contents in YAML; what is wrong goes into ``problems``."""

    def __init__(self, source: Source, problems: list[TocProblem]) -> None:
        self._source = source
        self._problems = problems

    def read(self) -> tuple[Entry, ...]:
        try:
            text = self._source.text
            node = header_yaml.compose(text, most_characters=_MOST_CHARACTERS, most_nodes=_MOST_NODES)
        except UnusableError as error:
            span = self._source.stretch(error.at, error.at)
            self._problems.append(TocProblem(message=f"this is no YAML: {error}", span=span, whole=True))
            return ()
        if isinstance(node, yaml.MappingNode):
            return tuple(self._entries(self._pairs(node).get("items")))
        if node is None or isinstance(node, yaml.SequenceNode):
            return tuple(self._entries(node))
        message = "a table of contents must be a list of entries, but this is text"
        self._problems.append(TocProblem(message=message, span=self._span(node), whole=True))
        return ()

    def _entries(self, node: yaml.Node | None) -> Iterator[Entry]:
        if node is None or node.tag == _NULL:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._tell("the entries must be a list, each with a '-'", node)
            return
        for one in node.value:
            if isinstance(one, yaml.MappingNode):
                yield self._entry(one)
            elif one.tag != _NULL:
                self._tell("an entry must be keys with values, such as 'name' and 'href'", one)

    def _entry(self, node: yaml.MappingNode) -> Entry:
        pairs = self._pairs(node)
        addresses = {key: self._address(pairs.get(key)) for key in _ADDRESSES}
        name = self._text(pairs.get("name"))
        if not name and not any(addresses.values()):
            self._tell("the entry has no 'name'", node)
        return Entry(
            name=name,
            span=self._span(pairs["name"] if name else node),
            href=addresses["href"],
            toc_href=addresses["tocHref"],
            topic_href=addresses["topicHref"],
            homepage=addresses["homepage"],
            uid=addresses["uid"] or addresses["topicUid"],
            display_name=self._text(pairs.get("displayName")),
            expanded=self._text(pairs.get("expanded")).lower() == "true",
            items=tuple(self._entries(pairs.get("items"))),
            has_items="items" in pairs and pairs["items"].tag != _NULL and bool(pairs["items"].value),
        )

    def _pairs(self, node: yaml.MappingNode) -> Mapping[str, yaml.Node]:
        pairs: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name in pairs:
                self._tell(f"the key '{name}' stands in this entry again; the last one counts", key)
            pairs[name] = value
        return pairs

    def _address(self, node: yaml.Node | None) -> Address | None:
        text = self._text(node)
        return Address(text=text, span=self._span(node)) if node is not None and text else None

    def _text(self, node: yaml.Node | None) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag == _NULL:
            return ""
        return " ".join(node.value.split())

    def _tell(self, message: str, node: yaml.Node) -> None:
        self._problems.append(TocProblem(message=message, span=self._span(node)))

    def _span(self, node: yaml.Node) -> Span:
        """Find the place of a node: all of it where it stands on one line, else the rest of its first line."""
        start = node.start_mark.index
        text = self._source.text[start : node.end_mark.index]
        return self._source.stretch(start, start + len(text.partition("\n")[0].rstrip()))


def _headings(source: Source, problems: list[TocProblem]) -> Iterator[tuple[int, Entry]]:
    """Read the entries of a table of contents in Markdown, each with its level."""
    level = strays = 0
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source.text)
    for number, line in enumerate(text.split("\n")):
        heading = _HEADING.match(line)
        if heading is None:
            strays += bool(line.strip())
            if line.strip() and strays == 1:
                message = "a line must be a heading with a link, such as '# [Name](page.md)'"
                problems.append(TocProblem(message=message, span=source.line_span(number)))
            continue
        depth = len(heading["marks"])
        if depth > level + 1:
            message = f"the heading is of level {depth} below one of level {level}; a level may not be skipped"
            problems.append(TocProblem(message=message, span=source.line_span(number)))
        level = depth
        yield depth, _of_heading(source, number, heading)


def _without_closing_marks(text: str) -> str:
    """Take the blanks and the marks off the end of a heading: ``# Text ##``."""
    text = text.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:] in (" ", "\t") else text


def _of_heading(source: Source, number: int, heading: re.Match[str]) -> Entry:
    at, text = heading.start("text"), _without_closing_marks(heading["text"])
    span = source.span((number, at), (number, at + len(text)))
    link, reference = _LINK.match(text), _REFERENCE.match(text)
    if link:
        place = source.span((number, at + link.start("href")), (number, at + link.end("href")))
        return Entry(name=link["name"].strip(), span=span, href=Address(text=link["href"], span=place))
    if reference:
        return Entry(name="", span=span, uid=Address(text=reference["pointed"] or reference["short"], span=span))
    return Entry(name=text, span=span)


def _nested(headings: list[tuple[int, Entry]]) -> tuple[Entry, ...]:
    """Nest entries by their levels: each belongs to the nearest one before it of a higher level."""
    below: dict[int, list[Entry]] = {level: [] for level in _LEVELS}
    for level, entry in reversed(headings):
        deeper = tuple(one for depth in _LEVELS if depth > level for one in reversed(below[depth]))
        for depth in _LEVELS[level:]:
            below[depth].clear()
        below[level].append(replace(entry, items=deeper, has_items=bool(deeper)))
    return tuple(one for level in _LEVELS for one in reversed(below[level]))
