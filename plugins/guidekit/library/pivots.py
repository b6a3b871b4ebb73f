"""The pivots of zones: what a repository's ``zone-pivot-groups.yml`` says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from guidekit.syntax import header_yaml

_FILES = ("zone-pivot-groups.yml", "zone-pivot-groups.yaml")


@dataclass(frozen=True, kw_only=True)
class PivotGroup:
    """A group of pivots, of which a reader chooses one: what readers are asked, and the title of each pivot by its id."""

    id: str
    prompt: str
    pivots: Mapping[str, str]


def file_of(files: Iterable[PurePosixPath]) -> PurePosixPath | None:
    """Find the file that declares groups of pivots: the one that lies highest."""
    found = (path for path in files if path.name.lower() in _FILES)
    return min(found, key=lambda path: (len(path.parts), path), default=None)


def read(text: str) -> tuple[PivotGroup, ...] | None:
    """Read the groups of a file, ``None`` where it is none; what is not written as Learn has it is left out."""
    try:
        data = header_yaml.load(text) if header_yaml.compose(text) else None
    except header_yaml.UnusableError:
        return None
    groups = data.get("groups") if isinstance(data, dict) else None
    return tuple(filter(None, map(_group, groups))) if isinstance(groups, list) else None


def named(value: object) -> tuple[str, ...]:
    """Read the ids of groups that a page's ``zone_pivot_groups`` names: a list, or a text with commas."""
    ids = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(filter(None, (str(one).strip() for one in ids)))


def _group(data: Any) -> PivotGroup | None:
    if not isinstance(data, dict) or not isinstance(data.get("id"), str) or not isinstance(data.get("pivots"), list):
        return None
    pivots = {
        pivot["id"]: str(pivot.get("title") or pivot["id"])
        for pivot in data["pivots"]
        if isinstance(pivot, dict) and isinstance(pivot.get("id"), str)
    }
    prompt = str(data.get("prompt") or data.get("title") or data["id"])
    return PivotGroup(id=data["id"], prompt=prompt, pivots=pivots)
