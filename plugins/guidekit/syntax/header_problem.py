"""What is wrong with front matter, or with a page that is written in YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guidekit.text.edits import Edit
from guidekit.text.source import Span

ProblemKind = Literal["syntax", "not-object", "duplicate-key", "page-syntax", "missing-attribute", "unexpected-type"]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a header or a YAML page, where, and the value's text mended.

    ``edits`` make a sound header of it, and leave every value as it is read now; none where that is not certain.
    """

    kind: ProblemKind
    message: str
    span: Span
    mended: str = ""
    edits: tuple[Edit, ...] = ()
    related: Span | None = None


def duplicate(key: str, span: Span, first: Span) -> Problem:
    """Make the problem of a key that stands in a header a second time; ``first`` is where it stands before."""
    message = f"the key '{key}' stands here again; this value counts, the one on line {first.start.line} does not"
    return Problem(kind="duplicate-key", message=message, span=span, related=first)
