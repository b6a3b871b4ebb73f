"""How the path of a file is shown to someone at a terminal: as it counts from the working directory."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath


def shown(root: Path, path: PurePosixPath) -> PurePosixPath:
    """Count a path from the working directory that is counted from ``root``; on another drive it is whole."""
    place = Path(os.path.realpath(root), path)
    try:
        return PurePosixPath(PurePath(os.path.relpath(place)).as_posix())
    except ValueError:
        return PurePosixPath(place.as_posix())
