"""What a host says of the files of a content set: which it publishes, where, and which one it takes for a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

Lookup = Callable[[PurePosixPath, PurePosixPath], PurePosixPath]
"""Answers the file that is taken where a link in a second file names a first; the first where there is no other."""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """How a content set is published; the defaults are those of one that nobody publishes.

    ``unpublished`` are the files that are left out, each with the reason; ``None`` where there is no host to ask.
    ``addresses`` are those of pages that are published elsewhere than the layout says, and ``names`` are those by which
    the host knows pages that it does not name as their files. ``home`` is the folder of the site in which this edition of
    it lies, such as ``fr/``. ``lookup`` is ``None`` where a link leads to the file that it names.
    """

    unpublished: Mapping[PurePosixPath, str] | None = None
    addresses: Mapping[PurePosixPath, str] = field(default_factory=dict)
    names: Mapping[PurePosixPath, str] = field(default_factory=dict)
    home: str = ""
    lookup: Lookup | None = field(default=None, compare=False)
