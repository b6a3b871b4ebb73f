"""Files that moved: where Learn's ``.openpublishing.redirection.json`` says that they are now."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from guidekit.text import lenient_json
from guidekit.text.source import Source, Span

FILES = ".openpublishing.redirection*.json"
"""How the files that say so are named."""

_LIST = re.compile(r'"redirections"\s*:\s*\[')
_ADDRESS = re.compile(r'"redirect_url"\s*:\s*')
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, kw_only=True)
class Home:
    """From where a file of redirections counts: its own folder, and that of the repository; both absolute."""

    folder: PurePosixPath
    repository: PurePosixPath


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirection:
    """A file that moved, counted from the root of the content set, the address that it has now, and where this is said.

    ``instead_of`` is what was said of the same file before, if that is another address.
    """

    file: PurePosixPath
    address: str
    span: Span
    instead_of: Redirection | None = None


def read(source: Source, home: Home, root: PurePosixPath) -> Iterator[Redirection]:
    """Go through the files that moved, each counted from ``root``, an absolute path.

    Entries on files outside the root, on a place within a page, and those without both of their parts, say nothing about a
    file of the content set and are left out. Raises ``ValueError`` for a text that is no list of redirections.
    """
    listed = entries(source.text)
    for entry, span in zip(listed, _spans(source, listed), strict=True):
        file = _place(entry, home) if isinstance(entry, dict) else None
        address = entry.get("redirect_url") if isinstance(entry, dict) else None
        if file is not None and file.is_relative_to(root) and isinstance(address, str) and address:
            yield Redirection(file=file.relative_to(root), address=address, span=span)


def _place(entry: Mapping[str, Any], home: Home) -> PurePosixPath | None:
    """Find where the file lay that an entry says has moved: beside the file of redirections, or in the repository."""
    named = file_of(entry)
    base = home.folder if entry.get("source_path") else home.repository
    if named is None or "#" in named.name:
        return None
    return PurePosixPath(posixpath.normpath(base / named))


def entries(text: str) -> list[Any]:
    """Read the list of a file of redirections, each entry as it is. Raises ``ValueError`` for a text that is none."""
    document = lenient_json.load(text)
    found = document.get("redirections") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise ValueError("expected an object with a list 'redirections'")
    return found


def file_of(entry: Mapping[str, Any]) -> PurePosixPath | None:
    """Find the file that an entry says has moved, as it is named there; ``None`` where it names none."""
    named = entry.get("source_path") or entry.get("source_path_from_root")
    return PurePosixPath(named.replace("\\", "/").lstrip("/")) if isinstance(named, str) else None


def opening(text: str) -> int | None:
    """Find where the list of a file of redirections begins, behind its bracket; ``None`` where that is not seen."""
    found = _LIST.search(text)
    return found.end() if found else None


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Go through the entries of a file of redirections as stretches of its text, as far as they are strict JSON."""
    start = opening(text)
    at = len(text) if start is None else _skip(text, start)
    while at < len(text) and text[at] != "]":
        try:
            _, end = json.JSONDecoder().raw_decode(text, at)
        except ValueError:
            return
        yield at, end
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _spans(source: Source, listed: list[Any]) -> list[Span]:
    """Find the place of each entry: its new address; the beginning of the file where the entries are not seen."""
    found = list(stretches(source.text))
    if [json.loads(source.text[start:end]) for start, end in found] != listed:
        return [source.span((0, 0))] * len(listed)
    return [_span(source, start, end) for start, end in found]


def _span(source: Source, start: int, end: int) -> Span:
    name = _ADDRESS.search(source.text, start, end)
    if name is None:
        return source.stretch(start, end)
    _, behind = json.JSONDecoder().raw_decode(source.text, name.end())
    return source.stretch(name.end(), behind)
