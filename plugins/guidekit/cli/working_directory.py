"""How the path of a file is shown to someone at a terminal: as it counts from the working directory."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath


def shown(root: Path, path: PurePosixPath) -> PurePosixPath:
    """Count a path from the working directory that is counted from ``root``; it is whole where that is shorter."""
    place = Path(os.path.realpath(root), path)
    try:
        relative = PurePath(os.path.relpath(place))
    except ValueError:  # it lies on another drive
        return PurePosixPath(place.as_posix())
    return PurePosixPath(min(relative, place, key=lambda way: len(str(way))).as_posix())
