"""Whether someone looks at what is printed."""

from __future__ import annotations

from typing import TextIO


def is_terminal(stream: TextIO | None) -> bool:
    """Is this stream a terminal? It may have been closed before the command began."""
    return stream is not None and stream.isatty()
