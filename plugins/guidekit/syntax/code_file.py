"""A file of code: its lines, the stretches between the marks in its comments, and the cells of a notebook.

Which comments hold marks in which language is docfx's choice (``HtmlCodeSnippetRenderer.cs``, ``CodeSnippetExtractor.cs``):
``// <name>`` up to ``// </name>``, and ``#region name`` up to ``#endregion``. Names and words are read in any letter case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.syntax.code_snippet import Selection

TAB = 4
"""How many columns apart the stops of a tab are."""

_MARK = r"<[ \t]*+(?P<end>/)?[ \t]*+(?P<name>[\w.-]++)[ \t]*+>"


_BASIC = re.compile(rf"\s*+'[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_SLASHES = re.compile(rf"\s*+//[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_MARKUP = re.compile(rf"\s*+<!--[ \t]*+{_MARK}[ \t]*+-->\s*+", re.IGNORECASE)
_DASHES = re.compile(rf"\s*+--[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_HASH = re.compile(rf"\s*+\#[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_REM = re.compile(rf"\s*+rem[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_PERCENT = re.compile(rf"\s*+%[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_SEMICOLON = re.compile(rf"\s*+;[ \t]*+{_MARK}\s*+", re.IGNORECASE)
_STARS = re.compile(rf"\s*+/\*[ \t]*+{_MARK}[ \t]*+\*/\s*+", re.IGNORECASE)
_REGION = re.compile(
    r"""\s*+\#[ \t]*+(?:(?P<end>end[ \t]*+region\b.*+)|region\b[ \t]*+"?+(?P<name>[^"]*+)"?+\s*+)""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"[\w.-]++")

_ALL = (_BASIC, _SLASHES, _MARKUP, _DASHES, _HASH, _REM, _REGION, _PERCENT, _SEMICOLON, _STARS)
"""What is tried where the marks of the language hold nothing of a name, or nobody knows the language; in this order."""

_STYLES: Mapping[tuple[re.Pattern[str], ...], str] = {
    (_BASIC, _REGION): "vb vbnet vbscript bas vbs vba",
    (_BASIC, _MARKUP, _REGION): "vbhtml aspx-vb",
    (
        _SLASHES,
    ): "actionscript as arduino ino assembly nasm asm cpp c c++ objective-c obj-c objc objectivec h hpp cc m cuda cu"
    " cuh d dlang fsharp fs fsi fsx go golang java gradle javascript js node json pascal pas processing pde rust rs scala"
    " smalltalk st swift typescript ts",
    (_SLASHES, _REGION): "csharp cs",
    (_SLASHES, _MARKUP, _REGION): "cshtml aspx-cs aspx-csharp",
    (_SLASHES, _MARKUP): "php react tsx",
    (_MARKUP,): "xml xsl xslt xsd wsdl csdl edmx xaml handlebars hbs html jsp asp aspx ascx",
    (_MARKUP, _HASH): "ruby ru erb rb",
    (_DASHES,): "haskell hs lua sql",
    (_HASH,): "perl pl powershell posh ps1 python py r shell sh bash",
    (_REM,): "batchfile bat cmd",
    (_PERCENT,): "erlang erl matlab",
    (_SEMICOLON,): "lisp lsp",
    (_STARS,): "css",
}
_STYLES_OF = {language: styles for styles, languages in _STYLES.items() for language in languages.split()}

_LANGUAGES: Mapping[str, str] = {
    **{
        ending: language
        for language, endings in {
            "csharp": "cs csx",
            "vb": "bas vbs vba",
            "cpp": "h hpp cc cxx hxx",
            "fsharp": "fs fsi fsx",
            "python": "py",
            "powershell": "ps1 psm1 psd1",
            "javascript": "js mjs cjs",
            "typescript": "ts",
            "html": "htm jsp asp aspx ascx",
            "xml": "csproj vbproj props targets config xsl xslt xsd wsdl csdl edmx resx",
            "yaml": "yml",
            "bash": "sh",
            "batch": "bat cmd",
            "ruby": "rb ru",
            "rust": "rs",
            "perl": "pl",
            "haskell": "hs",
            "erlang": "erl",
            "go": "golang",
            "java": "gradle",
            "terraform": "tf tfvars",
            "kusto": "kql csl",
            "markdown": "md",
            "output": "txt log",
            "cshtml": "razor",
        }.items()
        for ending in endings.split()
    },
}
"""The languages whose names are not the endings of their files."""


def language_of(path: str) -> str:
    """Tell the language of a file by the ending of its name; empty for one without an ending."""
    ending = PurePosixPath(path).suffix.lower().removeprefix(".")
    return _LANGUAGES.get(ending, ending if _NAME.fullmatch(ending) else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Why there is nothing to show, as the end of a sentence that begins with the file."""

    why: str


@dataclass(frozen=True, kw_only=True)
class _Marked:
    """The stretches between the marks of one style, as lines counted from 0, and the lines that hold marks."""

    stretches: Mapping[str, tuple[int, int | None]]
    marks: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class CodeFile:
    """A text of code, with what was found in it so far."""

    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without the empty one behind the last line feed."""
        return tuple(self.text.removesuffix("\n").split("\n"))

    @cached_property
    def _marked(self) -> dict[re.Pattern[str], _Marked]:
        return {}

    @cached_property
    def _cells(self) -> Mapping[str, str] | None:
        return _cells(self.text)

    def shown(self, selection: Selection, most: int) -> str | Missing | None:
        """Cut out what is shown, without common indentation; ``None`` where that is more than ``most`` characters."""
        found = self._chosen(selection)
        if isinstance(found, Missing):
            return found
        text = _written(found, selection, most)
        return Missing(why="has nothing there") if text == "" else text

    def _chosen(self, selection: Selection) -> Iterable[str] | Missing:
        if selection.notebook:
            return self._cell(selection.name)
        if selection.name:
            return self._between_marks(selection.name, _languages(selection))
        if not self.text.strip():
            return Missing(why="is empty")
        if not selection.ranges:
            return self.lines
        if min(first for first, _ in selection.ranges) > len(self.lines):
            return Missing(why=f"has only {_count(len(self.lines), 'line')}")
        return (line for first, last in selection.ranges for line in self._range(first, last))

    def _range(self, first: int, last: int) -> Sequence[str]:
        return self.lines[max(first - 1, 0) : max(last, 0)]

    def _between_marks(self, name: str, languages: Sequence[str]) -> Iterable[str] | Missing:
        wanted = name.lower()
        styles = (style for language in languages for style in _STYLES_OF.get(language, ()))
        for style in dict.fromkeys((*styles, *_ALL)):
            marked = self._of(style)
            for known in (wanted, f"snippet{wanted}"):
                if known not in marked.stretches:
                    continue
                first, last = marked.stretches[known]
                if last is None:
                    return Missing(why=f"opens '{name}' on line {first} and does not close it")
                return (self.lines[at] for at in range(first, last) if at not in marked.marks)
        return Missing(why=f"has no '{name}' in marks such as '<{name}>'")

    def _of(self, style: re.Pattern[str]) -> _Marked:
        if style not in self._marked:
            self._marked[style] = _marked(style, self.lines)
        return self._marked[style]

    def _cell(self, name: str) -> Sequence[str] | Missing:
        if self._cells is None:
            return Missing(why="is no notebook")
        if not name:
            return Missing(why="is a notebook, and no cell of it is named")
        return self._cells[name].split("\n") if name in self._cells else Missing(why=f"has no cell '{name}'")


def _languages(selection: Selection) -> Sequence[str]:
    """List what the language may be: that which is written, then that of the file."""
    written = selection.language.lower().removesuffix("-interactive")
    return written, PurePosixPath(selection.path).suffix.lower().removeprefix(".")


def _marked(style: re.Pattern[str], lines: Sequence[str]) -> _Marked:
    """Find the stretches of one style: of marks of the same name, the last start counts, and the first end after it."""
    stretches: dict[str, tuple[int, int | None]] = {}
    marks: set[int] = set()
    regions: list[str] = []
    for at, line in enumerate(lines):
        found = style.fullmatch(line)
        if found is None:
            continue
        name = (found["name"] or "").strip().lower()
        if style is _REGION:
            if found["end"]:
                name = regions.pop() if regions else ""
            else:
                regions.append(name)
            if not _NAME.fullmatch(name):
                continue  # a heading for readers of the code, which is shown
        marks.add(at)
        if not found["end"]:
            stretches[name] = (at + 1, None)
        elif name in stretches and stretches[name][1] is None:
            stretches[name] = (stretches[name][0], at)
    return _Marked(stretches=stretches, marks=frozenset(marks))


def _written(lines: Iterable[str], selection: Selection, most: int) -> str | None:
    """Write some lines without the columns that they begin with; ``None`` where they are too long."""
    chosen: list[str] = []
    length = 0
    for line in lines:
        expanded = _expanded(line)
        length += len(expanded) + 1
        if length > most:
            return None
        chosen.append(expanded)
    indents = (len(line) - len(line.lstrip(" ")) for line in chosen if line.strip())
    common = min(indents, default=0)
    dedent = common if selection.dedent is None else selection.dedent
    return "\n".join(_dedented(chosen, dedent)).rstrip()


def _dedented(lines: Sequence[str], columns: int) -> Iterator[str]:
    for line in lines:
        blanks = len(line) - len(line.lstrip(" "))
        yield line[min(columns, blanks) :]


def _expanded(line: str) -> str:
    """Write the tabs at the beginning of a line as blanks."""
    code = line.lstrip(" \t")
    inset = line[: len(line) - len(code)]
    return inset.expandtabs(TAB) + code if "\t" in inset else line


def _cells(text: str) -> Mapping[str, str] | None:
    """Read the cells of a notebook by their names; ``None`` for what is no notebook."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return None
    return dict(_named_cells(cells))


def _named_cells(cells: Sequence[object]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        metadata = cell.get("metadata") if isinstance(cell, dict) else None
        name = metadata.get("name") if isinstance(metadata, dict) else None
        source = cell.get("source") if isinstance(cell, dict) else None
        if isinstance(name, str):
            parts = source if isinstance(source, list) else [source]
            yield name, "".join(part for part in parts if isinstance(part, str)).rstrip()


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("s" if number != 1 else "")
