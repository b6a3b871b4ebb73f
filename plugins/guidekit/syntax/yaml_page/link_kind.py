"""What kind of page a link leads to, in the words that readers see."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "architecture": "Architecture",
    "concept": "Concept",
    "deploy": "Deploy",
    "download": "Download",
    "get-started": "Get started",
    "how-to-guide": "How-to guide",
    "learn": "Learn",
    "overview": "Overview",
    "quickstart": "Quickstart",
    "reference": "Reference",
    "sample": "Sample",
    "training": "Training",
    "tutorial": "Tutorial",
    "video": "Video",
    "whats-new": "What's new",
}
"""The kinds that Learn's schemas name (``linkListType``, ``itemType``), and what they are called."""


def words(kind: str) -> str:
    """Say what kind of page it is; one that nobody knows is called what it is written as."""
    return WORDS.get(kind.lower(), kind.replace("-", " ").capitalize())
