"""How much a fragment says as the guidance of a checklist item."""

from __future__ import annotations

from guidekit import includes
from guidekit.checklist import is_guidance
from guidekit.document import Document, Prose
from guidekit.library import Library
from guidekit.syntax.heading import Heading
from guidekit.syntax.link import Image

STUB_WORDS = 20
"""With fewer words than these, guidance is a stub."""


def is_guidance_fragment(document: Document, library: Library) -> bool:
    """Is this file the guidance of an item, or meant to be?"""
    path = document.source.path
    return library.is_fragment(path) and (library.is_guidance(path) or is_guidance(document))


def words(document: Document, library: Library) -> int | None:
    """Count the words below a guidance fragment's heading, fragments within it included; ``None`` for nothing."""
    facts = [placed.fact for placed in includes.facts(library.expand(document))]
    start = next((at for at, fact in enumerate(facts) if isinstance(fact, Heading) and fact.level == 2), -1)
    said = [fact for fact in facts[start + 1 :] if isinstance(fact, (Prose, Image))]
    if not said:
        return None
    return sum(fact.words if isinstance(fact, Prose) else len(fact.alt.split()) for fact in said)
