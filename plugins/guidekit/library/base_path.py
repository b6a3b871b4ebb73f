"""The address on Learn at which the pages of a repository lie, such as ``/azure/``: no file of it says that outright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

_FEWEST = 3
"""How many redirections have to agree."""

_LONGEST = 2_000
"""How many characters an address may have that is looked at."""


def told_by_redirections(addresses: Iterable[str], places: Container[str]) -> str:
    """Find the base path of which most redirections tell; empty where too few do, or too many tell of another one.

    A redirection to ``/azure/aks/plan`` tells of ``/azure/`` where the site has a page at the place ``aks/plan``.
    """
    told = Counter(path for address in addresses if (path := _told_by(address, places)))
    path, number = told.most_common(1)[0] if told else ("", 0)
    return path if number >= _FEWEST and 2 * number > told.total() else ""


def told_by_breadcrumbs(address: str, tables: Iterable[PurePosixPath]) -> str:
    """Find the base path of which the address of the breadcrumbs tells, where they are one of the tables of contents.

    ``/azure/breadcrumb/toc.json`` tells of ``/azure/`` where ``breadcrumb/toc.yml`` is published; empty where none fits.
    """
    ends = sorted((f"/{table.with_suffix('.json')}" for table in tables), key=len, reverse=True)
    end = next((end for end in ends if address.startswith("/") and address.lower().endswith(end.lower())), None)
    return address[: len(address) - len(end) + 1] if end and len(end) < len(address) else ""


def _told_by(address: str, places: Container[str]) -> str:
    """Find what stands before the longest end of an address that is the place of a page; empty where none is."""
    path = address.partition("?")[0].partition("#")[0]
    if len(path) > _LONGEST or not path.startswith("/") or path.startswith("//"):
        return ""
    parts = unquote(path).strip("/").split("/")
    known = (number for number in range(1, len(parts)) if "/".join(parts[number:]) in places)
    number = next(known, 0)
    return f"/{'/'.join(parts[:number])}/" if number else ""
