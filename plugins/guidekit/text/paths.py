"""The paths that Learn Markdown writes in includes and links, and what they lead to.

Pure text: nothing here asks a disk. Files are named from the library's root.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath, PurePosixPath
from urllib.parse import quote, unquote

from guidekit.text.file_names import in_one_case

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_ANY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:")
_LONG = 32
_ENCODED = re.compile(r"[^\w/~@!$&'()*+,;=:.-]")
_IN_DESTINATION = str.maketrans({"(": "%28", ")": "%29", "&": "%26", "'": "%27", "*": "%2A", "|": "%7C"})
_FORBIDDEN = re.compile("[\x00-\x1f\x7f\ufffd]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A path that may not be followed, and why, as the end of a sentence."""

    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a link points at: a place elsewhere, or a file of the content set.

    ``url`` is set for a place elsewhere, ``file`` for a file (``None``: the page itself). ``suffix`` is the
    ``?query`` and ``#fragment`` as written.
    """

    url: str | None = None
    file: PurePosixPath | None = None
    suffix: str = ""

    @property
    def bookmark(self) -> str:
        """The decoded fragment without ``#`` and without a text directive; empty for the top of the page."""
        bookmark = unquote(self.suffix.partition("#")[2].partition(":~:")[0])
        return "" if bookmark == "top" else bookmark


ROOT = PurePosixPath()
"""The root of a content set, from which its files are counted."""


def follow_include(path: str, base: PurePosixPath, home: PurePosixPath = ROOT) -> PurePosixPath | Refused:
    r"""Resolve an include's path as it stands in the file ``base``.

    ``~/`` is the folder ``home``, ``\`` counts as ``/``, percent signs are not decoded (as on Learn).
    """
    if not path:
        return Refused(why="names no file")
    if refusal := _refuse(path):
        return refusal
    return _join(path, base, home)


def follow_link(href: str, base: PurePosixPath, home: PurePosixPath = ROOT) -> Target | Refused:
    """Resolve a link's or image's destination as it stands in the file ``base``; ``~/`` is the folder ``home``.

    Links are percent-decoded before the file is looked up; a link that begins with ``/`` is left to the
    ``root_links`` setting and comes back as ``url``.
    """
    cut = re.search(r"[?#]", href)
    path, suffix = (href[: cut.start()], href[cut.start() :]) if cut else (href, "")
    path = unquote(path).replace("\\", "/")
    if not path:
        return Target(suffix=suffix)
    if (_SCHEME.match(path) and not _DRIVE.fullmatch(path[:2])) or path.startswith("//"):
        return Target(url=href)
    if path.startswith("/"):
        return Target(url=href, suffix=suffix)
    if refusal := _refuse(path):
        return refusal
    file = _join(path, base, home)
    return file if isinstance(file, Refused) else Target(file=file, suffix=suffix)


def is_on_the_web(address: str) -> bool:
    """Does an address lead to a page, of this site or another, and not to a script, to data or to a file?"""
    if _FORBIDDEN.search(address) or address != address.strip():
        return False  # browsers leave such characters out, and see another scheme
    schemes = filter(None, map(_ANY_SCHEME.match, (address, unquote(address))))
    return all(scheme[0].lower() in ("http:", "https:") for scheme in schemes)


def _refuse(path: str) -> Refused | None:
    if _FORBIDDEN.search(path):
        return Refused(why="holds a character that no file name may hold")
    if path.startswith(("//", "\\\\")):
        return Refused(why="is a network path")
    if _DRIVE.match(path):
        return Refused(why="begins with a drive letter")
    if _SCHEME.match(path):
        return Refused(why="is a URL")
    if path.startswith(("/", "\\")):
        return Refused(why="is absolute")
    return None


def _join(path: str, base: PurePosixPath, home: PurePosixPath) -> PurePosixPath | Refused:
    parts = path.replace("\\", "/").split("/")
    if parts[0] == "~":
        folder = list(home.parts)
        parts = parts[1:]
    else:
        folder = list(base.parent.parts)
    for part in parts:
        if part in ("", "."):
            continue
        if part != "..":
            folder.append(part)
        elif folder:
            folder.pop()
        else:
            return Refused(why="leads out of the content set")
    return PurePosixPath(*folder)


def counted_from(root: PurePath, path: PurePath) -> PurePosixPath | None:
    """Count a path of the system from a folder; ``None`` where it does not lie below that."""
    return PurePosixPath(path.relative_to(root).as_posix()) if path.is_relative_to(root) else None


def relative(file: PurePosixPath, base: PurePosixPath) -> str:
    """Write ``file`` as a path relative to the folder that holds the file ``base``."""
    return _way(file.parts, base.parent.parts)


def in_case_of(written: str, file: PurePosixPath, *, encoded: bool = False) -> str:
    """Write a path in the letter case of ``file``, to which it leads but for that; all else in it stays as written."""
    parts = written.replace("\\", "/").split("/")
    names = [at for at, part in enumerate(parts) if part not in ("", ".")]
    for at, actual in zip(reversed(names), reversed(file.parts), strict=False):
        plain = unquote(parts[at]) if encoded else parts[at]
        if plain.lower() != actual.lower():
            break
        if plain != actual:
            parts[at] = as_url(actual) if encoded else actual
    return "/".join(parts)


def as_url(path: str) -> str:
    """Percent-encode a path for a link, leaving slashes and letters of any script alone."""
    if path.isascii() and not _ENCODED.search(path):
        return path
    return "".join(char if ord(char) > 127 and char.isprintable() else _percent_encoded(char) for char in path)


def in_destination(url: str) -> str:
    """Percent-encode in the path of a URL what would mean something else in Markdown or HTML."""
    return url.translate(_IN_DESTINATION)


def _percent_encoded(char: str) -> str:
    """Encode a character, or a byte of a file's name that is none."""
    return quote(char, safe="/~@!$&'()*+,;=:-._", errors="surrogateescape")


def nearest(wanted: PurePosixPath, files: Iterable[PurePosixPath]) -> PurePosixPath | None:
    """Find the existing file most likely meant: one of the same name, else of a similar one, the nearest of several."""
    by_name: dict[str, list[str]] = {}
    for file in files:
        if file.suffix.lower() == wanted.suffix.lower():
            by_name.setdefault(file.stem.lower(), []).append(str(file))
    name = close_match(unquote(wanted.stem).lower(), by_name)
    matches = get_close_matches(str(wanted), by_name[name], n=1, cutoff=0.0) if name else []
    return PurePosixPath(matches[0]) if matches else None


def close_match(wanted: str, known: Iterable[str]) -> str | None:
    """Find the known word most likely meant, if any is near."""
    by_lower_case = {in_one_case(word): word for word in sorted(known)}
    cutoff = 0.75 if len(wanted) < _LONG else 0.9  # two GUIDs are never quite unlike each other
    matches = get_close_matches(in_one_case(wanted), by_lower_case, n=1, cutoff=cutoff)
    return by_lower_case[matches[0]] if matches else None


def relative_url(url: str, base: str) -> str:
    """Write a URL relative to another, both counted from the site's root; ``./`` for the page itself."""
    return _way(url.split("/"), base.split("/")[:-1]) or "./"


def _way(there: Sequence[str], here: Sequence[str]) -> str:
    """Write the way from a folder to a file, both by their parts."""
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join([*[".."] * (len(here) - common), *there[common:]])
