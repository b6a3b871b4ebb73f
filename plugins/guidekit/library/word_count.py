"""How much a fragment says as the guidance of a checklist item."""

from __future__ import annotations

from typing import NamedTuple

from guidekit.library.checklist import is_guidance
from guidekit.library.includes import Expansion
from guidekit.library.library import Library
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image
from guidekit.syntax.prose import Prose

STUB_WORDS = 20
"""With fewer words than these, guidance is a stub."""


def is_guidance_fragment(document: Document, library: Library) -> bool:
    """Is this file the guidance of an item, or meant to be?"""
    path = document.source.path
    return library.is_fragment(path) and (library.is_guidance(path) or is_guidance(document))


def words(document: Document, library: Library) -> int | None:
    """Count the words below a guidance fragment's heading, fragments within it included; ``None`` for nothing."""
    said = _said(library.expand(document), {})
    return said.below if said.heading else said.above


class _Said(NamedTuple):
    """What a text says above its first level-2 heading and below it, in words; ``None`` for nothing."""

    heading: bool = False
    above: int | None = None
    below: int | None = None

    def then(self, more: _Said) -> _Said:
        """Put what follows behind it."""
        if self.heading:
            return self._replace(below=_sum(self.below, more.above, more.below))
        return _Said(more.heading, _sum(self.above, more.above), more.below)


def _said(expansion: Expansion, known: dict[int, _Said]) -> _Said:
    """Read what a text says, each fragment in it once, however often it is shown."""
    if id(expansion) not in known:
        said = _Said()
        for fact in expansion.document.facts:
            if isinstance(fact, Prose):
                said = said.then(_Said(above=fact.words))
            elif isinstance(fact, Image):
                said = said.then(_Said(above=len(fact.alt.split())))
            elif isinstance(fact, Heading) and fact.level == 2:
                said = said.then(_Said(heading=True))
            elif isinstance(fact, Include) and isinstance(part := expansion.parts[fact], Expansion):
                said = said.then(_said(part, known))
        known[id(expansion)] = said
    return known[id(expansion)]


def _sum(*counts: int | None) -> int | None:
    there = [count for count in counts if count is not None]
    return sum(there) if there else None
