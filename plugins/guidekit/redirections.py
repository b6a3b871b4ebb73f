"""Files that moved: where Learn's ``.openpublishing.redirection.json`` says that they are now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

FILES = ".openpublishing.redirection*.json"
"""How the files that say so are named."""


def read(text: str, folder: PurePosixPath) -> Mapping[PurePosixPath, str]:
    """Read the address that each moved file has now, the file counted from ``folder``.

    ``folder`` is the content set's own place below the folder that holds the redirection file. Entries on files
    outside the content set, and those without both of their parts, say nothing about it and are left out. Raises
    ``ValueError`` for a text that is no list of redirections.
    """
    try:
        document = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    entries = document.get("redirections") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ValueError("expected an object with a list 'redirections'")
    moved = ((PurePosixPath(source), url) for source, url in _entries(entries))
    return {source.relative_to(folder): url for source, url in moved if source.is_relative_to(folder)}


def _entries(entries: list[Any]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if isinstance(entry, dict):
            source = entry.get("source_path") or entry.get("source_path_from_root")
            url = entry.get("redirect_url")
            if isinstance(source, str) and isinstance(url, str) and url:
                yield source.replace("\\", "/").lstrip("/"), url
