"""How the path of a file is shown to someone at a terminal: as it counts from the working directory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath, PurePosixPath

from guidekit.cli.terminal import is_terminal


def names(root: Path, *, on_stderr: bool = False) -> Callable[[PurePosixPath], PurePosixPath]:
    """Tell how to print a path that is counted from ``root``: at a terminal as `shown`, elsewhere as it is."""
    return partial(shown, root) if is_terminal(sys.stderr if on_stderr else sys.stdout) else lambda path: path


def shown(root: Path, path: PurePosixPath) -> PurePosixPath:
    """Count a path from the working directory that is counted from ``root``; it is whole where that is shorter."""
    place = Path(os.path.realpath(root), path)
    try:
        relative = PurePath(os.path.relpath(place))
    except ValueError:  # it lies on another drive
        return PurePosixPath(place.as_posix())
    return PurePosixPath(min(relative, place, key=lambda way: len(str(way))).as_posix())
