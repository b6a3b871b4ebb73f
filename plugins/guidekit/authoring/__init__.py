"""What authors do with content, as changes to files: make, retire, move, take in from elsewhere."""

from __future__ import annotations


class RefusedError(Exception):
    """Work that cannot be done as it was asked; each argument is a line that says why, and how to go on."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))
