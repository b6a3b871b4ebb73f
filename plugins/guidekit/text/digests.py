"""Hashes of texts, by which one tells whether something is still the same."""

from __future__ import annotations

from hashlib import sha256


def digest(*parts: str) -> str:
    """Hash texts in their order, in 64 hexadecimal digits; where one ends and the next begins counts."""
    hashed = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(f"{len(data)}:".encode())
        hashed.update(data)
    return hashed.hexdigest()
