"""Globs as in ``.gitignore`` and CODEOWNERS, matched in one go: what one costs grows with glob and path, never faster.

A usual translation to a regular expression tries every way to spread a path over several stars. It is enough to take the
first place where what follows a star fits: so each star, and each ``**``, is a group that is never entered again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

_MOST = 1_000
"""How many globs a setting may hold: each of them is compared with each file."""

_LONGEST = 1_000
"""How many characters one may have."""

_ANY = "**"
_ONE = "[^/]"
_STAR = ""  # no token of a segment is empty


class Globs:
    """Globs as in ``.gitignore``: the last one that fits decides, and one that begins with ``!`` takes files out again.

    A glob that fits a file itself counts more than one that fits a folder above it. Raises ``ValueError`` with the glob.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._globs = tuple(glob for line in lines if (glob := _read(line)))
        if len(self._globs) > _MOST:
            raise ValueError(f"there are {len(self._globs):,} globs, more than the {_MOST:,} that there may be")

    def match(self, path: object) -> bool:
        """Is a file, by its path with slashes, one of those that the globs mean?"""
        text = str(path)
        by_folder: bool | None = None
        for glob in reversed(self._globs):
            if not glob.fits.match(text):
                continue
            if glob.itself is None or glob.itself.match(text):
                return glob.include
            by_folder = glob.include if by_folder is None else by_folder
        return bool(by_folder)


class IgnoreFile:
    """The lines of one .gitignore, asked for one file or folder at a time, as git does; lines that are no glob say nothing.

    Of a longer file than git would be used with, the first lines count.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(islice(filter(None, map(_read_ignored, lines)), _MOST))

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Is a file or folder left out? ``None`` where no line fits it; ``path`` counts from the folder of the .gitignore.

        What stands in a folder that is left out is left out with it: ask for the folders above first.
        """
        for line in reversed(self._lines):
            if (is_folder or not line.only_folders) and line.fits.match(path):
                return line.leaves_out
        return None


class _IgnoreLine(NamedTuple):
    leaves_out: bool
    only_folders: bool
    fits: re.Pattern[str]


def _read_ignored(line: str) -> _IgnoreLine | None:
    text = _stripped(line)
    written = text.removeprefix("!")
    if not text or text.startswith("#") or not written.strip("/"):
        return None
    segments = written.removeprefix("/").removesuffix("/").split("/")
    if len(segments) == 1 and not written.startswith("/"):
        segments.insert(0, _ANY)
    try:
        fits = below(segments, even_at_the_top=True) if segments[-1] == _ANY else compiled(segments, r"\Z")
    except ValueError:
        return None
    return _IgnoreLine(not text.startswith("!"), written.endswith("/"), fits)


class _Glob(NamedTuple):
    """One glob: whether it takes files in, what it fits, and what it fits itself, if not all of that."""

    include: bool
    fits: re.Pattern[str]
    itself: re.Pattern[str] | None


def _read(line: str) -> _Glob | None:
    """Read a line of ``.gitignore``; ``None`` for one that says nothing."""
    text = _stripped(line)
    if not text or text.startswith("#") or text == "/":
        return None
    include = not text.startswith("!")
    written = text.removeprefix("!")
    of_folders = written.endswith("/")
    segments = written.removeprefix("/").removesuffix("/").split("/")
    if len(segments) == 1 and not written.startswith("/"):
        segments.insert(0, _ANY)
    try:
        if not written.strip("/"):
            raise ValueError("it names nothing")
        if of_folders or segments[-1] == _ANY:
            return _Glob(include, below(segments, even_at_the_top=not of_folders), _NOTHING if of_folders else None)
        return _Glob(include, compiled(segments, r"(?:/|\Z)"), compiled(segments, r"\Z"))
    except ValueError as error:
        raise ValueError(f"'{line}' is no glob: {error}") from None


def _stripped(line: str) -> str:
    """Take off the blanks at the end of a line, unless a backslash keeps them."""
    return line if line.endswith("\\ ") else line.rstrip()


_NOTHING = re.compile(r"(?!)")


def below(segments: Sequence[str], *, even_at_the_top: bool) -> re.Pattern[str]:
    """Make a pattern for what lies in the folders that globs mean; without a name in them, that is any folder at all."""
    named = [*segments]
    while named and named[-1] == _ANY:
        named.pop()
    return compiled(named, "/") if named else re.compile("" if even_at_the_top else "[^/]++/")


def compiled(segments: Sequence[str], end: str) -> re.Pattern[str]:
    """Make a pattern for the beginning of a path: the globs of its segments, ``**`` for any number, then ``end``.

    The last one is not ``**``. Raises ``ValueError``, with a reason, for what is no glob.
    """
    if sum(map(len, segments)) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST:,} characters")
    groups: list[list[str]] = [[]]
    for segment in segments:
        if segment != _ANY:
            groups[-1].append(_segment(segment))
        elif groups[-1] or len(groups) == 1:
            groups.append([])
    parts = []
    for number, group in enumerate(groups, start=1):
        text = "/".join(group) + (end if number == len(groups) else "/" if group else "")
        parts.append(text if number == 1 else f"(?>(?:[^/]++/)*?{text})")
    return re.compile("".join(parts))


def _segment(glob: str) -> str:
    """Translate a glob without slashes; what comes between two stars is taken where it fits first."""
    pieces: list[list[str]] = [[]]
    for token in _tokens(glob):
        if token != _STAR:
            pieces[-1].append(token)
        elif pieces[-1] or len(pieces) == 1:
            pieces.append([])
    first, *rest = ("".join(piece) for piece in pieces)
    if not rest:
        return first
    *inner, last = rest
    ending = rf"(?>{_ONE}*?{last}(?=/|\Z))" if last else f"{_ONE}*+"
    return first + "".join(f"(?>{_ONE}*?{piece})" for piece in inner) + ending


def _tokens(glob: str) -> Iterator[str]:
    """Go through a glob: a pattern of one character each, or the star."""
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*":
            yield _STAR
        elif char == "?":
            yield _ONE
        elif char == "[":
            end = glob.find("]", at + 1 + (glob[at : at + 1] in ("!", "^")))
            yield _class(glob[at : end if end >= 0 else None], closed=end >= 0)
            at = end + 1
        elif char == "\\":
            if at == len(glob):
                raise ValueError("a backslash ends it")
            yield re.escape(glob[at])
            at += 1
        else:
            yield re.escape(char)


def _class(written: str, *, closed: bool) -> str:
    """Translate what stands between brackets: one of some characters, or with ``!`` any other; never a slash."""
    if not closed:
        raise ValueError(f"nothing closes '[{written}'")
    if "[:" in written:
        raise ValueError(f"'[{written}]' names a class of characters, which means nothing here")
    negated = written[:1] in ("!", "^")
    members = written[negated:]
    found = []
    at = 0
    while at < len(members):
        first, dash, last = members[at], members[at + 1 : at + 2], members[at + 2 : at + 3]
        if dash == "-" and last:
            if last < first:
                raise ValueError(f"'{first}-{last}' is no range")
            found.append(f"{re.escape(first)}-{re.escape(last)}")
            at += 3
        else:
            found.append(re.escape(first))
            at += 1
    return f"(?!/)[{'^' * negated}{''.join(found)}]"
