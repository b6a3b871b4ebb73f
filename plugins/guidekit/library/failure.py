"""Why an include, or code of another file, shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from guidekit.text.source import Reason, Unreadable

FailureKind = Literal[
    "not-found",
    "invalid",
    "outside-roots",
    "not-mounted",
    "unreadable",
    "circular",
    "too-deep",
    "too-many",
    "too-large",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What shows nothing, and why; ``chain`` are the files of a circle, first and last the same."""

    kind: FailureKind
    detail: str = ""
    target: PurePosixPath | None = None
    chain: tuple[PurePosixPath, ...] = ()


def kind_of(answer: Unreadable, otherwise: FailureKind) -> FailureKind:
    """Find the kind of failure of what names a file that cannot be used."""
    kinds: dict[Reason, FailureKind] = {"outside-roots": "outside-roots", "not-mounted": "not-mounted"}
    return kinds.get(answer.reason, otherwise)
