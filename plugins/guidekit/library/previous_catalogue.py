"""The catalogue that was published before: the GUIDs to which readers tied their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidekit.text.guid import GUID
from guidekit.text.source import Source, Span

_KEY = re.compile(rf'"({GUID})"\s*:')


@dataclass(frozen=True, kw_only=True)
class PublishedItem:
    """An item that was published: its GUID, its statement (may be empty), and where the catalogue names it."""

    guid: str
    statement: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class PreviousCatalogue:
    """A catalogue that was published before; ``problem`` says why it cannot be used, and is empty where it can; ``exists`` if it is there."""

    items: tuple[PublishedItem, ...] = ()
    problem: str = ""
    exists: bool = True


def read(source: Source) -> PreviousCatalogue:
    """Read a catalogue that was published before: the GUIDs of its items and of its aliases."""
    try:
        data = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        return PreviousCatalogue(
            problem=f"is not valid JSON: {error}" if isinstance(error, ValueError) else "is nested too deep"
        )
    items = data.get("items") if isinstance(data, dict) else None
    aliases = data.get("aliases", {}) if isinstance(data, dict) else None
    if not isinstance(items, dict) or not isinstance(aliases, dict):
        return PreviousCatalogue(problem="is no catalogue: it has no items by GUID")
    places = dict(_places(source))
    return PreviousCatalogue(
        items=tuple(
            PublishedItem(
                guid=guid.lower(), statement=_statement(value), span=places.get(guid.lower(), source.line_span(0))
            )
            for guid, value in {**aliases, **items}.items()
        )
    )


def _places(source: Source) -> Iterator[tuple[str, Span]]:
    for number, line in reversed(list(enumerate(source.lines))):
        for found in _KEY.finditer(line):
            yield found[1].lower(), source.span((number, found.start(1)), (number, found.end(1)))


def _statement(value: Any) -> str:
    text = value.get("text") if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""
