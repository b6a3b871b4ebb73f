"""What a fragment tells as the guidance of a checklist item: how severe, reviewed when, in how many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import dropwhile, takewhile
from typing import NamedTuple

from guidekit.library import services
from guidekit.library.includes import Expansion
from guidekit.syntax.document import Document
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.prose import Prose
from guidekit.syntax.visible_text import plain_text

SEVERITIES = ("High", "Medium", "Low")
"""How much an item matters, the most severe first: the words of the Azure review checklists."""

PILLARS = ("Reliability", "Security", "Cost", "Operations", "Performance")
"""The pillars of the Well-Architected Framework, in the words of the Azure review checklists."""

DEFAULT_SEVERITY = "Medium"

STUB_WORDS = 20
"""With fewer words than these, guidance is a stub."""

_CYCLE = re.compile(r"(\d{1,5})-days?")
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")
_DIGITS = 8


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """The guidance of an item.

    ``summary`` is the first sentence below the heading, ``first_step`` that of the first step of the first numbered list, empty
    where there is none. ``links`` are the addresses as they are written. ``severity`` is
    one of `SEVERITIES`, ``pillar`` one of `PILLARS` or empty, ``services`` are names. ``fingerprint`` changes with the text that readers see.
    """

    heading: str
    summary: str
    first_step: str
    severity: str
    pillar: str
    services: tuple[str, ...]
    links: tuple[str, ...]
    reviewed: date | None
    due: date | None
    fingerprint: str


def read(document: Document) -> Guidance:
    """Read the guidance off a fragment."""
    header = document.front_matter
    return Guidance(
        heading=heading(document),
        summary=_first_sentence(next(_paragraphs(document), "")),
        first_step=_first_sentence(_first_step(document)),
        severity=one_of(header.text("severity"), SEVERITIES) or DEFAULT_SEVERITY,
        pillar=one_of(header.text("waf"), PILLARS),
        services=services.read(header),
        links=tuple(dict.fromkeys(link.address for link in document.of(Link))),
        reviewed=header.date("ms.date"),
        due=due(header),
        fingerprint=_fingerprint(document),
    )


def heading(document: Document) -> str:
    """Find the heading of a fragment's guidance: its first level-2 heading's text, else empty."""
    return next((fact.text for fact in document.of(Heading) if fact.level == 2), "")


def due(header: FrontMatter) -> date | None:
    """Work out when a text must be reviewed next: ``ms.date`` and the days of ``ms.update-cycle`` (``180-days``)."""
    reviewed, days = header.date("ms.date"), cycle(header)
    try:
        return reviewed + timedelta(days=days) if reviewed and days else None
    except OverflowError:
        return None


def cycle(header: FrontMatter) -> int | None:
    """Read the days of ``ms.update-cycle``; ``None`` where there is none or it is no such number."""
    found = _CYCLE.fullmatch(header.text("ms.update-cycle"))
    return int(found[1]) or None if found else None


@dataclass(frozen=True, kw_only=True)
class Review:
    """The day of the last review and the day by which the next one is due, ``None`` where nothing tells."""

    reviewed: date | None
    due: date | None


def review(documents: Iterable[Document]) -> Review:
    """Work out the review of a text made of several files: as old as the oldest of them, due when the first is due."""
    headers = [document.front_matter for document in documents]
    reviewed = [day for header in headers if (day := header.date("ms.date"))]
    days_due = [day for header in headers if (day := due(header))]
    return Review(reviewed=min(reviewed, default=None), due=min(days_due, default=None))


def words(expansion: Expansion) -> int | None:
    """Count the words below a fragment's heading, fragments within it included; ``None`` for nothing."""
    said = _said(expansion, {})
    return said.below if said.heading else said.above


def one_of(written: str, words: tuple[str, ...]) -> str:
    """Find a word of a list in any letter case; empty where the list has none such."""
    return next((word for word in words if word.lower() == written.lower()), "")


def _paragraphs(document: Document) -> Iterator[str]:
    before = ""
    for token in document.tokens:
        if token.type == "inline" and before == "paragraph_open":
            yield " ".join(plain_text(token.children).split())
        before = token.type


def _first_step(document: Document) -> str:
    steps = dropwhile(lambda token: token.type != "ordered_list_open", document.tokens)
    first = takewhile(lambda token: token.type != "list_item_close", steps)
    return next((" ".join(plain_text(token.children).split()) for token in first if token.type == "inline"), "")


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return found[0] if found else text


def _fingerprint(document: Document) -> str:
    """Hash the words of a text; its markup, its line breaks and its addresses may change without a trace."""
    blocks = (plain_text(token.children) if token.type == "inline" else token.content for token in document.tokens)
    return sha256(" ".join(" ".join(blocks).split()).encode()).hexdigest()[:_DIGITS]


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
