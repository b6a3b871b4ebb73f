"""When a text was last reviewed, and when it is due again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guidekit.library import guidance
from guidekit.syntax.document import Document


@dataclass(frozen=True, kw_only=True)
class Review:
    """The day of the last review and the day by which the next one is due, ``None`` where nothing tells."""

    reviewed: date | None
    due: date | None


def of(documents: Iterable[Document]) -> Review:
    """Work out the review of a text made of several files: as old as the oldest of them, due when the first is due."""
    headers = [document.front_matter for document in documents]
    reviewed = [day for header in headers if (day := header.date("ms.date"))]
    due = [day for header in headers if (day := guidance.due(header))]
    return Review(reviewed=min(reviewed, default=None), due=min(due, default=None))
