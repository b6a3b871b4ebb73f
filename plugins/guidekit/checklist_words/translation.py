"""What a checklist says, in the language of its site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Words:
    """Translations by their English text; a text without one stays English. ``{0}`` and ``{1}`` stand for what is filled in."""

    translated: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, english: str, *values: object) -> str:
        """Say something in the language of the site."""
        said = self.translated.get(english, english)
        for place, value in enumerate(values):
            said = said.replace(f"{{{place}}}", str(value))
        return said


ENGLISH = Words()
