"""A header that YAML cannot read, read line by line, and how it is mended.

No value is lost: a ``key: value`` line begins a value, every other line and blank line continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import yaml

from guidekit.syntax import header_repair
from guidekit.syntax.header_problem import Problem, duplicate
from guidekit.syntax.header_yaml import UnusableError, compose, load
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

Reading = tuple[dict[str, Any], dict[str, Span], dict[str, Span], list[Problem]]
"""A header's values, the places of its keys and of its values, and what is wrong with it."""

_ENTRY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]++(?P<value>.*))?$")
_MAX_ENTRIES = 1_000
_MOST_MENDED = 20
"""How many problems of a header are each told with all the edits that it takes; of more, the first alone is."""


def is_entry(line: str) -> bool:
    """Does a line begin with a key?"""
    return _ENTRY.match(line) is not None


class BrokenHeader:
    """The lines between the marks of a file's header; the first of them is the file's second."""

    def __init__(self, source: Source, lines: Sequence[str]) -> None:
        self._source = source
        self._lines = lines
        self._text = "\n".join(lines) + "\n"

    def read(self, why: UnusableError, where: Span) -> Reading:
        """Read line by line.

        Reports the entries that are no YAML, or where none is to blame, why the header is none, and where.
        """
        values: dict[str, Any] = {}
        keys: dict[str, Span] = {}
        places: dict[str, Span] = {}
        problems: list[Problem] = []
        duplicates: list[Problem] = []
        broken: list[_Entry] = []
        entries = list(islice(_entries(self._lines), _MAX_ENTRIES))
        for entry in entries:
            text = "\n".join(entry.lines)
            span = self._source.span((entry.line + 1, 0), (entry.line + 1, len(entry.key)))
            place = self._source.span(
                (entry.line + 1, entry.column), (entry.line + len(entry.lines), len(entry.lines[-1].rstrip()))
            )
            try:
                compose(text)
                value = load(text)[entry.key]
            except (UnusableError, KeyError, TypeError) as error:
                value = entry.paragraphs
                message = f"the value of '{entry.key}' is not valid YAML: {_plain(error, text)}"
                problems.append(Problem(kind="syntax", message=message, span=place, mended=_mend(entry.key, value)))
                broken.append(entry)
            if entry.key in keys:
                duplicates.append(duplicate(entry.key, span, keys[entry.key]))
            values[entry.key], keys[entry.key], places[entry.key] = value, span, place
        if not problems or len(entries) == _MAX_ENTRIES:
            problems.append(Problem(kind="syntax", message=f"the front matter is not valid YAML: {why}", span=where))
        elif edits := tuple(self._repairs(broken, values)):
            first, rest = (problems, []) if len(problems) <= _MOST_MENDED else (problems[:1], problems[1:])
            problems = [*(replace(problem, edits=edits) for problem in first), *rest]
        return values, keys, places, problems + duplicates

    def _repairs(self, broken: list[_Entry], values: Mapping[str, Any]) -> list[Edit]:
        """Mend the broken entries; all of them or none, as the header is YAML only then, with the values of now."""
        expected = dict(values)
        lines = list(self._lines)
        edits: list[Edit] = []
        for entry in reversed(broken):
            mended = self._repaired(entry, expected)
            if mended is None:
                return []
            last = entry.line + len(entry.lines) - 1
            lines[entry.line : last + 1] = mended.split("\n")
            span = self._source.span((entry.line + 1, 0), (last + 1, len(entry.lines[-1])))
            edits.append(Edit(span=span, text=mended))
        header = "\n".join(lines) + "\n"
        try:
            sound = isinstance(compose(header), yaml.MappingNode) and load(header) == expected
        except UnusableError:
            return []
        return edits[::-1] if sound and header_repair.is_read_elsewhere(header, expected) else []

    def _repaired(self, entry: _Entry, expected: dict[str, Any]) -> str | None:
        """Write an entry as YAML; ``expected`` gets the value that it then has, where that is no text."""
        spaced = header_repair.without_tabs(entry.lines)
        if spaced != entry.lines:
            text = "\n".join(spaced)
            try:
                if header_repair.is_plain(compose(text), entry.paragraphs):
                    expected[entry.key] = load(text)[entry.key]
                    return text
            except UnusableError:
                pass
        first = entry.lines[0][entry.column :]
        if not header_repair.is_certain([first, *entry.lines[1:]], self._text):
            return None
        if len(entry.lines) == 1:
            behind = first[len(first.rstrip()) :]
            return f"{entry.lines[0][: entry.column]}{header_repair.quoted(first.strip())}{behind}"
        return f"{entry.key}: {header_repair.folded([first, *entry.lines[1:]])}"


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for number, line in enumerate(lines):
        if found := _ENTRY.match(line):
            if entry:
                yield entry.trimmed()
            column = found.start("value") if found["value"] else len(line)
            entry = _Entry(found[1], number, column, [line])
        elif entry:
            entry.lines.append(line)
    if entry:
        yield entry.trimmed()


@dataclass
class _Entry:
    """A key of a header that is read line by line, and the lines of its value."""

    key: str
    line: int
    column: int
    lines: list[str]

    def trimmed(self) -> _Entry:
        while len(self.lines) > 1 and (not self.lines[-1].strip() or self.lines[-1].startswith("#")):
            self.lines.pop()
        return self

    @property
    def paragraphs(self) -> str:
        first = self.lines[0][self.column :]
        text = "\n".join(line.strip() for line in [first, *self.lines[1:]])
        folded = (" ".join(part.split("\n")) for part in re.split(r"\n{2,}", text))
        return "\n\n".join(part.strip() for part in folded if part.strip())


def _plain(error: Exception, text: str) -> str:
    """Say what is wrong in words for people who write, not for people who know YAML's grammar."""
    value = text.partition(":")[2].lstrip()
    if value.startswith("*"):
        return "a value that begins with '*' is an alias in YAML, and must be quoted or indented below '>-'"
    if value[:1] in ("&", "!", "%", "@", "`", "|", ">", "[", "{"):
        return f"a value that begins with '{value[0]}' has a meaning of its own in YAML, and must be quoted"
    if "\n" in text and isinstance(error, UnusableError) and "mapping values" not in str(error):
        return "a value that goes on over several lines must be indented below '>-'"
    if ": " in value:
        return "a value that holds a colon and a blank must be quoted"
    return str(error) or "it cannot be read"


def _mend(key: str, value: str) -> str:
    if "\n" not in value:
        return f"{key}: {header_repair.quoted(value)}"
    lines = [line for paragraph in value.split("\n\n") for line in (f"  {paragraph}", "", "")]
    return "\n".join([f"{key}: >-", *lines[:-2]])
