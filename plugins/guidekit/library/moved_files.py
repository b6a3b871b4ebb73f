"""What becomes of the addresses of files that moved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.library.destinations import Destination
from guidekit.syntax.redirections import Redirection

_ENDINGS = (".md", ".yml", ".yaml")


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedFile:
    """A file that moved, as its redirection says, and where one gets by it in the end.

    ``is_there`` tells that the file has not gone, and ``is_gap`` that the new address is one of a page that this site lacks.
    """

    redirection: Redirection
    leads: Destination
    is_there: bool
    is_gap: bool


def is_page(file: PurePosixPath) -> bool:
    """Did a file that moved have an address of a page?"""
    return file.suffix.lower() in _ENDINGS
