"""Files that moved: where Learn's ``.openpublishing.redirection.json`` says that they are now."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

FILES = ".openpublishing.redirection*.json"
"""How the files that say so are named."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """From where a file of redirections counts: its own folder, and that of the repository; both absolute."""

    folder: PurePosixPath
    repository: PurePosixPath


def read(text: str, home: Home, root: PurePosixPath) -> Mapping[PurePosixPath, str]:
    """Read the address that each moved file has now, the file counted from ``root``, an absolute path.

    Entries on files outside the root, and those without both of their parts, say nothing about it and are left out. Raises
    ``ValueError`` for a text that is no list of redirections.
    """
    found = ((_place(entry, home), entry.get("redirect_url")) for entry in entries(text) if isinstance(entry, dict))
    moved = ((file, url) for file, url in found if file is not None and file.is_relative_to(root))
    return {file.relative_to(root): url for file, url in moved if isinstance(url, str) and url}


def _place(entry: Mapping[str, Any], home: Home) -> PurePosixPath | None:
    """Find where the file lay that an entry says has moved: beside the file of redirections, or in the repository."""
    named = source(entry)
    base = home.folder if entry.get("source_path") else home.repository
    return None if named is None else PurePosixPath(posixpath.normpath(base / named))


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
    """Find the file that an entry says has moved, as it is named there; ``None`` where it names none."""
    named = entry.get("source_path") or entry.get("source_path_from_root")
    return PurePosixPath(named.replace("\\", "/").lstrip("/")) if isinstance(named, str) else None
