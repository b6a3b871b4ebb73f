"""What authors do with content, as changes to files: make, retire, move, take in from elsewhere."""

from __future__ import annotations


class RefusedError(Exception):
    """Work that cannot be done as it was asked; the message says why, and how to go on."""
