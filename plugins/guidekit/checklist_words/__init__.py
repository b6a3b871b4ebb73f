"""The words of a checklist, in one place: in English here, in other languages in a module each."""

from __future__ import annotations

from collections.abc import Mapping

from guidekit.checklist_words.german import GERMAN
from guidekit.checklist_words.japanese import JAPANESE

LANGUAGES: Mapping[str, Mapping[str, str]] = {"de": GERMAN, "ja": JAPANESE}
"""The languages into which all words are translated, by their tags."""

TEXTS = tuple(GERMAN)
"""All that a checklist says, in English; a test holds this to what the code says."""
