"""A page written in YAML: its kind, its metadata, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from guidekit.syntax import header_yaml
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.header_problem import Problem
from guidekit.syntax.header_yaml import UnusableError
from guidekit.syntax.yaml_page import faq, hub, landing, marketing, mime
from guidekit.syntax.yaml_page.entries import Entries, span_of
from guidekit.syntax.yaml_page.parts import Part, Title
from guidekit.text.source import Source, Span

_MAX_CHARACTERS = 250_000
_MAX_VALUES = 20_000

_KINDS: Mapping[str, Callable[[Entries], Iterator[Part]]] = {
    "FAQ": faq.read,
    "Hub": hub.read,
    "Landing": landing.read,
    "Marketing": marketing.read,
}

KINDS = frozenset(_KINDS)
"""The kinds of pages that are drawn."""


@dataclass(frozen=True, kw_only=True)
class YamlPage:
    """A page's kind, its ``metadata`` with all that is wrong with the page, and its ``parts``: ``None`` where it is no YAML."""

    kind: str
    metadata: FrontMatter
    parts: tuple[Part, ...] | None = None


def read(file: Source) -> YamlPage:
    """Read a page; its first line says which kind it is of."""
    kind = mime.read(file.text)
    try:
        node = header_yaml.compose(file.text, most_characters=_MAX_CHARACTERS, most_nodes=_MAX_VALUES)
        if not isinstance(node, yaml.MappingNode):
            what = "is empty" if node is None else "is a list" if isinstance(node, yaml.SequenceNode) else "is a text"
            raise UnusableError(f"a page is keys with values, but this one {what}")
        if _length(node) > _MAX_CHARACTERS:
            raise UnusableError(f"its aliases (*name) multiply to more than {_MAX_CHARACTERS:,} characters")
        return _read(kind, node, file)
    except UnusableError as error:
        problem = Problem(kind="page-syntax", message=f"the page is not valid YAML: {error}", span=_place(file, error))
        return YamlPage(kind=kind, metadata=FrontMatter(problems=(problem,), stock=False))


def _length(node: yaml.Node) -> int:
    """Count the characters of all texts, those of an alias as often as it stands."""
    if isinstance(node, yaml.MappingNode):
        return sum(_length(value) for _, value in node.value)
    return sum(map(_length, node.value)) if isinstance(node, yaml.SequenceNode) else len(node.value)


def _read(kind: str, node: yaml.MappingNode, file: Source) -> YamlPage:
    problems: list[Problem] = []
    page = Entries.of(node, file, problems)
    below = page.entries("metadata")
    metadata = _metadata(below) if below else FrontMatter(stock=False)
    title = page.text("title")
    top = (Title(level=1, text=title),) if title else ()
    made_of = (*top, *_KINDS[kind](page))
    return YamlPage(kind=kind, metadata=replace(metadata, problems=tuple(problems)), parts=made_of)


def _metadata(entries: Entries) -> FrontMatter:
    keys: dict[str, Span] = {}
    places: dict[str, Span] = {}
    for key, value in entries.node.value:
        keys[str(key.value)], places[str(key.value)] = span_of(key, entries.file), span_of(value, entries.file)
    values: dict[str, Any] = header_yaml.construct(entries.node)
    return FrontMatter(values=values, keys=keys, places=places, stock=False)


def _place(file: Source, error: UnusableError) -> Span:
    at = min(error.at, len(file.text))
    line = file.text.count("\n", 0, at)
    return file.stretch(at, at) if file.lines[line].strip() else file.line_span(line)
