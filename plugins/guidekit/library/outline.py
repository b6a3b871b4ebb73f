"""The headings of a page as they are published: levels, ids, and the one H1.

A page with several level-1 headings is published with its title as the one H1 and every heading one level down; a
page with none gets its title as H1. Ids are unique over the page, the page's own first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guidekit.library.includes import Chain, Placed
from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.heading import Heading, renumber, slug, unique


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedHeading:
    """A heading as readers get it; ``condition`` tells for whom it is shown."""

    level: int
    text: str
    id: str
    condition: Condition = EVERYONE


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A page's headings in order; the first is the page's title where ``added`` tells so."""

    title: str
    headings: tuple[PublishedHeading, ...]
    added: bool
    by_place: Mapping[tuple[Chain, Heading], PublishedHeading] = field(default_factory=dict, repr=False)
    """The published heading of each heading in the page's files, found by the includes that lead to it."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A heading of a table of contents, and those below it."""

    level: int
    text: str
    id: str
    children: tuple[Entry, ...]


def read(title: str, facts: Sequence[Placed]) -> Outline:
    """Work out a page's headings from the title in its front matter (may be empty) and its facts."""
    found = [(placed, placed.fact) for placed in facts if isinstance(placed.fact, Heading)]
    ids = renumber((not placed.chain, heading.id) for placed, heading in found)
    tops = sum(heading.level == 1 for _, heading in found)
    added = bool(title) and tops != 1
    down = 1 if added and tops > 1 else 0
    headings = [
        PublishedHeading(
            level=min(heading.level + down, 6), text=heading.text, id=unique_id, condition=placed.condition
        )
        for (placed, heading), unique_id in zip(found, ids, strict=True)
    ]
    by_place = {
        (placed.chain, heading): published for (placed, heading), published in zip(found, headings, strict=True)
    }
    if added:
        headings.insert(0, PublishedHeading(level=1, text=title, id=unique(slug(title), set(ids))))
    first = next((heading.text for heading in headings if heading.level <= 3), "")
    return Outline(title=title or first, headings=tuple(headings), added=added, by_place=by_place)


def contents(headings: Sequence[PublishedHeading]) -> tuple[Entry, ...]:
    """Nest headings into a table of contents: each below the last one of a lesser level."""
    entries: list[Entry] = []
    at = 0
    while at < len(headings):
        end = at + 1
        while end < len(headings) and headings[end].level > headings[at].level:
            end += 1
        top = headings[at]
        entries.append(Entry(level=top.level, text=top.text, id=top.id, children=contents(headings[at + 1 : end])))
        at = end
    return tuple(entries)
