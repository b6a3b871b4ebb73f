"""The YAML header of a page or fragment, as Learn reads it, and what is left of one that is not YAML.

A header begins on the first line with ``---`` and ends with ``---`` or ``...`` (``ExtractYamlHeader.cs``). Scalars are
YAML 1.2's: dates, times and words such as ``on`` stay text. Where YAML fails, the header is read line by line, so that
no value is lost: a ``key: value`` line begins a value, every other line and blank line continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Literal

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.reader import ReaderError

from guidekit import yaml_nodes
from guidekit.diagnostics import Edit
from guidekit.source import Source, Span
from guidekit.syntax import repair

ProblemKind = Literal["syntax", "not-object", "duplicate-key"]

_OPEN = re.compile(r"---[ \t]*$")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_ENTRY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]++(?P<value>.*))?$")
_DATE_FORMS = (
    *("%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%m-%d-%Y", "%d-%m-%Y", "%Y-%m-%d", "%m.%d.%Y", "%d.%m.%Y", "%Y.%m.%d"),
    *("%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"),
    "%Y-%m-%d %H:%M:%S",
)
"""All forms in which a date may be written; one that two of them read differently is certain in neither."""

_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_MAX_CHARACTERS = 65_536
_MAX_DEPTH = 100
_DEEP = re.compile(r"^[ ?:-]{50}", re.MULTILINE)
_MAX_NODES = 10_000
_MAX_ENTRIES = 1_000
_MOST_MENDED = 20
"""How many problems of a header are each told with all the edits that it takes; of more, the first alone is."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a header, where, and the value's text mended.

    ``edits`` make a sound header of it, and leave every value as it is read now; none where that is not certain.
    """

    kind: ProblemKind
    message: str
    span: Span
    mended: str = ""
    edits: tuple[Edit, ...] = ()
    related: Span | None = None


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """A header's values, where its keys and values stand, and what is wrong with it.

    ``body_line`` is the 0-based line on which the text below the header begins; ``stock`` tells whether an ordinary
    YAML reader finds the same header.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Span] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    body_line: int = 0
    stock: bool = True

    def text(self, key: str) -> str:
        """Read a value as text without outer blanks; empty where there is none or it is not a scalar."""
        value = self.values.get(key)
        if value is None or isinstance(value, (Mapping, list)):
            return ""
        return str(value).strip()

    def date(self, key: str) -> date | None:
        """Read a date, written ``MM/DD/YYYY`` or ``YYYY-MM-DD``; ``None`` where there is none or it is neither."""
        return parse_date(self.text(key))

    def switch(self, key: str) -> bool | None:
        """Read a ``true`` or ``false``, in YAML 1.1's words too; ``None`` where it is neither."""
        return _SWITCHES.get(str(self.values.get(key)).lower())


def parse_date(text: str) -> date | None:
    """Parse ``MM/DD/YYYY`` or ``YYYY-MM-DD``; ``None`` where the text is neither or no such day exists."""
    found = re.fullmatch(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d{2})-(?P<D>\d{2})", text)
    if not found:
        return None
    parts = found.groupdict()
    try:
        return date(int(parts["y"] or parts["Y"]), int(parts["m"] or parts["M"]), int(parts["d"] or parts["D"]))
    except ValueError:
        return None


def recognize_date(text: str) -> date | None:
    """Read a date in another form, if it can mean one day only; ``None`` where it cannot, or may mean another."""
    words = " ".join(text.replace(",", " ").split())
    if words.isdigit() and len(words) != len("YYYYMMDD"):
        return None
    read = (_strptime(words, form) for form in _DATE_FORMS)
    found = {day for day in read if day}
    return found.pop() if len(found) == 1 else None


def _strptime(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # a day, whatever the zone
    except ValueError:
        return None


def read(source: Source) -> FrontMatter:
    """Read a file's header; one without a header, or with one that is never closed, has all its lines as body."""
    if not _OPEN.match(source.lines[0]):
        return FrontMatter(problems=tuple(_late_header(source)))
    end = next((number for number, line in enumerate(source.lines) if number and _CLOSE.match(line)), None)
    if end is None:
        if not _looks_like_header(source):
            return FrontMatter()
        message = "the front matter that begins here is never closed; add a line --- below its last key"
        return FrontMatter(problems=(Problem(kind="syntax", message=message, span=source.line_span(0)),))
    header = _Header(source, end)
    values, keys, places, problems = header.read()
    return FrontMatter(
        values=values,
        keys=keys,
        places=places,
        problems=tuple(problems),
        body_line=end + 1,
        stock=not problems and bool(values) and source.lines[end].startswith("---"),
    )


def _late_header(source: Source) -> Iterator[Problem]:
    """Find a header below blank lines, which Learn takes for text."""
    start = next((number for number, line in enumerate(source.lines) if line.strip()), 0)
    if start and _OPEN.match(source.lines[start]) and _looks_like_header(source, start):
        message = "front matter must begin on the first line; delete the blank lines above it"
        yield Problem(kind="syntax", message=message, span=source.line_span(start))


def _looks_like_header(source: Source, start: int = 0) -> bool:
    """Tell a header from a rule (``---``) that happens to open a text."""
    return len(source.lines) > start + 1 and _ENTRY.match(source.lines[start + 1]) is not None


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's scalars only, so that ``ms.date``, ``12:30`` and ``no`` stay what the author wrote, as do all keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("$"), [""])
_Loader.yaml_constructors = {
    tag: construct
    for tag, construct in yaml.CSafeLoader.yaml_constructors.items()
    if tag is None or tag.rpartition(":")[2] in ("null", "bool", "str", "seq", "map")
}
_Loader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))

Reading = tuple[dict[str, Any], dict[str, Span], dict[str, Span], list[Problem]]


class _UnusableError(Exception):
    """A header, or an entry of one, that YAML cannot read; ``at`` is the offset within the text given."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


def _compose(text: str) -> yaml.Node | None:
    if len(text) > _MAX_CHARACTERS:
        raise _UnusableError(f"it is longer than {_MAX_CHARACTERS:,} characters")
    try:
        if text.count("[") + text.count("{") > _MAX_DEPTH or _DEEP.search(text):
            _measure_depth(text)
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise _unusable(error, text) from None
    if node is not None and yaml_nodes.count(node, _MAX_NODES, within_itself=_MAX_NODES) > _MAX_NODES:
        alias = re.search(r"(?<![\w*])\*\w", text)
        raise _UnusableError("its aliases (*name) multiply to more than it may hold", alias.start() if alias else 0)
    return node


def _measure_depth(text: str) -> None:
    """Refuse what is nested too deep, before anything that calls itself for each level reads it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise _UnusableError("it is nested too deep", event.start_mark.index if event.start_mark else 0)


def _load(text: str) -> Any:
    try:
        return YAMLHandler().load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise _unusable(error, text) from None


def _unusable(error: Exception, text: str) -> _UnusableError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return _UnusableError(error.problem or "", mark.index if mark else 0)
    if isinstance(error, ReaderError):
        return _UnusableError(str(error).splitlines()[0], max(text.find(chr(error.character)), 0))
    return _UnusableError(str(error))


class _Header:
    """The lines between the marks of one file."""

    def __init__(self, source: Source, end: int) -> None:
        self.source = source
        self.lines = source.lines[1:end]
        self.text = "\n".join(self.lines) + "\n"

    def read(self) -> Reading:
        try:
            node = _compose(self.text)
            if node is None:
                return {}, {}, {}, []
            if not isinstance(node, yaml.MappingNode):
                kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
                if isinstance(node, yaml.ScalarNode) and any(_ENTRY.match(line) for line in self.lines):
                    return self._recover(_UnusableError("a line is neither a key nor the continuation of a value"))
                message = f"the front matter must be keys with values, but is {kind}"
                return {}, {}, {}, [Problem(kind="not-object", message=message, span=self._span(node))]
            values = _load(self.text)
        except _UnusableError as problem:
            return self._recover(problem)
        keys, places, problems = self._survey(node)
        return values, keys, places, problems

    def _survey(self, node: yaml.MappingNode) -> tuple[dict[str, Span], dict[str, Span], list[Problem]]:
        keys: dict[str, Span] = {}
        places: dict[str, Span] = {}
        problems: list[Problem] = []
        for key_node, value_node in node.value:
            key, span = str(key_node.value), self._span(key_node)
            if key in keys:
                problems.append(_duplicate(key, span, keys[key]))
            keys[key], places[key] = span, self._span(value_node)
        return keys, places, problems

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        return self.source.span(self._place(start), self._place(start + len(self.text[start:end].rstrip())))

    def _place(self, at: int) -> tuple[int, int]:
        """Find line and column of an offset; YAML's own lines end at more characters than a file's."""
        return self.text.count("\n", 0, at) + 1, at - (self.text.rfind("\n", 0, at) + 1)

    def _recover(self, why: _UnusableError) -> Reading:
        """Read line by line; report the entries that are no YAML, or where none is to blame, the header's own error."""
        values: dict[str, Any] = {}
        keys: dict[str, Span] = {}
        places: dict[str, Span] = {}
        problems: list[Problem] = []
        duplicates: list[Problem] = []
        broken: list[_Entry] = []
        entries = list(islice(self._entries(), _MAX_ENTRIES))
        for entry in entries:
            text = "\n".join(entry.lines)
            span = self.source.span((entry.line + 1, 0), (entry.line + 1, len(entry.key)))
            place = self.source.span(
                (entry.line + 1, entry.column), (entry.line + len(entry.lines), len(entry.lines[-1].rstrip()))
            )
            try:
                _compose(text)
                value = _load(text)[entry.key]
            except (_UnusableError, KeyError, TypeError) as error:
                value = entry.paragraphs
                message = f"the value of '{entry.key}' is not valid YAML: {_plain(error, text)}"
                problems.append(Problem(kind="syntax", message=message, span=place, mended=_mend(entry.key, value)))
                broken.append(entry)
            if entry.key in keys:
                duplicates.append(_duplicate(entry.key, span, keys[entry.key]))
            values[entry.key], keys[entry.key], places[entry.key] = value, span, place
        if not problems or len(entries) == _MAX_ENTRIES:
            span = self.source.span(self._place(why.at))
            problems.append(Problem(kind="syntax", message=f"the front matter is not valid YAML: {why}", span=span))
        elif edits := tuple(self._repairs(broken, values)):
            first, rest = (problems, []) if len(problems) <= _MOST_MENDED else (problems[:1], problems[1:])
            problems = [*(replace(problem, edits=edits) for problem in first), *rest]
        return values, keys, places, problems + duplicates

    def _repairs(self, broken: list[_Entry], values: Mapping[str, Any]) -> list[Edit]:
        """Mend the broken entries; all of them or none, as the header is YAML only then, with the values of now."""
        expected = dict(values)
        lines: list[str] = list(self.lines)
        edits: list[Edit] = []
        for entry in reversed(broken):
            mended = self._repaired(entry, expected)
            if mended is None:
                return []
            last = entry.line + len(entry.lines) - 1
            lines[entry.line : last + 1] = mended.split("\n")
            span = self.source.span((entry.line + 1, 0), (last + 1, len(entry.lines[-1])))
            edits.append(Edit(span=span, text=mended))
        header = "\n".join(lines) + "\n"
        try:
            sound = isinstance(_compose(header), yaml.MappingNode) and _load(header) == expected
        except _UnusableError:
            return []
        return edits[::-1] if sound and repair.is_read_elsewhere(header, expected) else []

    def _repaired(self, entry: _Entry, expected: dict[str, Any]) -> str | None:
        """Write an entry as YAML; ``expected`` gets the value that it then has, where that is no text."""
        spaced = repair.without_tabs(entry.lines)
        if spaced != entry.lines:
            text = "\n".join(spaced)
            try:
                if repair.is_plain(_compose(text), entry.paragraphs):
                    expected[entry.key] = _load(text)[entry.key]
                    return text
            except _UnusableError:
                pass
        first = entry.lines[0][entry.column :]
        if not repair.is_certain([first, *entry.lines[1:]], self.text):
            return None
        if len(entry.lines) == 1:
            behind = first[len(first.rstrip()) :]
            return f"{entry.lines[0][: entry.column]}{repair.quoted(first.strip())}{behind}"
        return f"{entry.key}: {repair.folded([first, *entry.lines[1:]])}"

    def _entries(self) -> Iterator[_Entry]:
        entry: _Entry | None = None
        for number, line in enumerate(self.lines):
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


def _duplicate(key: str, span: Span, first: Span) -> Problem:
    message = f"the key '{key}' stands here again; this value counts, the one on line {first.start.line} does not"
    return Problem(kind="duplicate-key", message=message, span=span, related=first)


def _plain(error: Exception, text: str) -> str:
    """Say what is wrong in words for people who write, not for people who know YAML's grammar."""
    value = text.partition(":")[2].lstrip()
    if value.startswith("*"):
        return "a value that begins with '*' is an alias in YAML, and must be quoted or indented below '>-'"
    if value[:1] in ("&", "!", "%", "@", "`", "|", ">", "[", "{"):
        return f"a value that begins with '{value[0]}' has a meaning of its own in YAML, and must be quoted"
    if "\n" in text and isinstance(error, _UnusableError) and "mapping values" not in str(error):
        return "a value that goes on over several lines must be indented below '>-'"
    if ": " in value:
        return "a value that holds a colon and a blank must be quoted"
    return str(error) or "it cannot be read"


def _mend(key: str, value: str) -> str:
    if "\n" not in value:
        return f"{key}: {repair.quoted(value)}"
    lines = [line for paragraph in value.split("\n\n") for line in (f"  {paragraph}", "", "")]
    return "\n".join([f"{key}: >-", *lines[:-2]])
