"""Other repositories of which a content set shows something: each lies at a folder of it, or should."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A repository at the folder ``path`` of a content set, counted from the root.

    ``place`` is the folder of this machine in which its files are looked for, an absolute path, and ``is_there`` tells
    whether they are. ``url`` and ``branch`` say where it comes from, ``span`` where it is named.
    """

    path: PurePosixPath
    place: str
    is_there: bool
    span: Span
    url: str = ""
    branch: str = ""
