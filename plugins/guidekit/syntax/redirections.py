"""Files that moved: where Learn's ``.openpublishing.redirection.json`` says that they are now."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    found = ((source(entry), entry.get("redirect_url")) for entry in entries(text) if isinstance(entry, dict))
    moved = ((file, url) for file, url in found if file is not None and file.is_relative_to(folder))
    return {file.relative_to(folder): url for file, url in moved if isinstance(url, str) and url}


def entries(text: str) -> list[Any]:
    """Read the list of a file of redirections, each entry as it is. Raises ``ValueError`` for a text that is none."""
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    found = document.get("redirections") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise ValueError("expected an object with a list 'redirections'")
    return found


def source(entry: Mapping[str, Any]) -> PurePosixPath | None:
    """Find the file that an entry says has moved, counted from the repository; ``None`` where it names none."""
    named = entry.get("source_path") or entry.get("source_path_from_root")
    return PurePosixPath(named.replace("\\", "/").lstrip("/")) if isinstance(named, str) else None
