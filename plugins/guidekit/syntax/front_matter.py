"""The YAML header of a page or fragment, as Learn reads it, and what is left of one that is not YAML.

A header begins on the first line with ``---`` and ends with ``---`` or ``...`` (``ExtractYamlHeader.cs``). Scalars are
YAML 1.2's: dates, times and words such as ``on`` stay text. Where YAML fails, the header is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from guidekit.syntax.broken_header import BrokenHeader, Reading, is_entry
from guidekit.syntax.dates import parse_date
from guidekit.syntax.header_problem import Problem, duplicate
from guidekit.syntax.header_yaml import UnusableError, compose, load
from guidekit.text.source import Source, Span

_OPEN = re.compile(r"---[ \t]*$")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_UNMARKED = re.compile(
    r"(?:title|description|author|date|tags|keywords|summary|template|status|hide|uid|services|ms\.[\w.-]{1,50})[ \t]*:[ \t]",
    re.IGNORECASE,
)
_MOST_UNMARKED = 50
_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """A header's values, where its keys and values stand, and what is wrong with it.

    ``body_line`` is the 0-based line on which the text below the header begins; ``stock`` tells whether an ordinary
    YAML reader finds the same header. ``inherited`` are values for keys that it does not have, from elsewhere.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Span] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    body_line: int = 0
    stock: bool = True
    inherited: Mapping[str, Any] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        """Find a value, an inherited one where the header does not have the key; ``None`` where there is none."""
        return self.values[key] if key in self.values else self.inherited.get(key)

    def text(self, key: str) -> str:
        """Read a value as text without outer blanks; empty where there is none or it is not a scalar."""
        value = self.value(key)
        if value is None or isinstance(value, (Mapping, list)):
            return ""
        return str(value).strip()

    def date(self, key: str) -> date | None:
        """Read a date, written ``MM/DD/YYYY`` or ``YYYY-MM-DD``; ``None`` where there is none or it is neither."""
        return parse_date(self.text(key))

    def switch(self, key: str) -> bool | None:
        """Read a ``true`` or ``false``, in YAML 1.1's words too; ``None`` where it is neither."""
        return _SWITCHES.get(str(self.value(key)).lower())


def read(source: Source) -> FrontMatter:
    """Read a file's header; one without a header, or with one that is never closed, has all its lines as body."""
    if not _OPEN.match(source.lines[0]):
        return FrontMatter(problems=(*_late_header(source), *_unmarked_header(source)))
    end = next((number for number, line in enumerate(source.lines) if number and _CLOSE.match(line)), None)
    if end is None:
        if not _looks_like_header(source):
            return FrontMatter()
        message = "the front matter that begins here is never closed; add a line --- below its last key"
        return FrontMatter(problems=(Problem(kind="syntax", message=message, span=source.line_span(0)),))
    header = _Header(source, end)
    values, keys, places, problems = header.read()
    return FrontMatter(
        values=values,
        keys=keys,
        places=places,
        problems=tuple(problems),
        body_line=end + 1,
        stock=not problems and bool(values) and source.lines[end].startswith("---") and end + 1 < len(source.lines),
    )


def _late_header(source: Source) -> Iterator[Problem]:
    """Find a header below blank lines, which Learn takes for text."""
    start = next((number for number, line in enumerate(source.lines) if line.strip()), 0)
    if start and _OPEN.match(source.lines[start]) and _looks_like_header(source, start):
        message = "front matter must begin on the first line; delete the blank lines above it"
        yield Problem(kind="syntax", message=message, span=source.line_span(start))


def _unmarked_header(source: Source) -> Iterator[Problem]:
    """Find a header without its marks, as MultiMarkdown has it: two lines of keys that pages have, or more, and a blank one."""
    end = next((number for number, line in enumerate(source.lines) if not line.strip()), len(source.lines))
    lines = source.lines[: min(end, _MOST_UNMARKED + 1)]
    if 1 < len(lines) <= _MOST_UNMARKED and all(map(_UNMARKED.match, lines)):
        message = "front matter must stand between two lines of '---'; this is text"
        yield Problem(kind="syntax", message=message, span=source.line_span(0))


def _looks_like_header(source: Source, start: int = 0) -> bool:
    """Tell a header from a rule (``---``) that happens to open a text."""
    return len(source.lines) > start + 1 and is_entry(source.lines[start + 1])


class _Header:
    """The lines between the marks of one file."""

    def __init__(self, source: Source, end: int) -> None:
        self.source = source
        self.lines = source.lines[1:end]
        self.text = "\n".join(self.lines) + "\n"

    def read(self) -> Reading:
        try:
            node = compose(self.text)
            if node is None:
                return {}, {}, {}, []
            if not isinstance(node, yaml.MappingNode):
                kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
                if isinstance(node, yaml.ScalarNode) and any(map(is_entry, self.lines)):
                    return self._recover(UnusableError("a line is neither a key nor the continuation of a value"))
                message = f"the front matter must be keys with values, but is {kind}"
                return {}, {}, {}, [Problem(kind="not-object", message=message, span=self._span(node))]
            values = load(self.text)
        except UnusableError as problem:
            return self._recover(problem)
        keys, places, problems = self._survey(node)
        return values, keys, places, problems

    def _survey(self, node: yaml.MappingNode) -> tuple[dict[str, Span], dict[str, Span], list[Problem]]:
        keys: dict[str, Span] = {}
        places: dict[str, Span] = {}
        problems: list[Problem] = []
        for key_node, value_node in node.value:
            key, span = str(key_node.value), self._span(key_node)
            if key in keys:
                problems.append(duplicate(key, span, keys[key]))
            keys[key], places[key] = span, self._span(value_node)
        return keys, places, problems

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        return self.source.span(self._place(start), self._place(start + len(self.text[start:end].rstrip())))

    def _place(self, at: int) -> tuple[int, int]:
        """Find line and column of an offset; YAML's own lines end at more characters than a file's."""
        return self.text.count("\n", 0, at) + 1, at - (self.text.rfind("\n", 0, at) + 1)

    def _recover(self, why: UnusableError) -> Reading:
        return BrokenHeader(self.source, self.lines).read(why, self.source.span(self._place(why.at)))
