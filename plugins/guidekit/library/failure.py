"""Why an include, or code of another file, shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

FailureKind = Literal[
    "not-found", "invalid", "outside-roots", "unreadable", "circular", "too-deep", "too-many", "too-large"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What shows nothing, and why; ``chain`` are the files of a circle, first and last the same."""

    kind: FailureKind
    detail: str = ""
    target: PurePosixPath | None = None
    chain: tuple[PurePosixPath, ...] = ()
