"""A dialect of Markdown that pages are converted to, and a page while it is written in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from guidekit.exports.conversion.marks import Marks


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block that is written: its kind and its lines, and where its tokens begin and end among those of the page.

    ``content`` are the blocks in it, where the block around it decides how it is written, and ``title`` what that has to
    know. ``html`` is the source of raw HTML. ``first`` tells whether a tab begins a set.
    """

    kind: str
    lines: Sequence[str] = ()
    start: int = 0
    end: int = 0
    content: Sequence[Block] = ()
    title: str = ""
    html: str = ""
    first: bool = False


@dataclass(kw_only=True)
class Frame:
    """A block that is open: the token that opened it, its place, the block around it, and the blocks in it so far."""

    opening: Token
    start: int
    parent: Frame | None = None
    blocks: list[Block] = field(default_factory=list)
    end: int = 0
    level: int | None = None
    """The level of the headings in a set of tabs, 0 for none, ``None`` before it is known."""

    @property
    def kind(self) -> str:
        """The name of the block's construct."""
        return self.opening.type.removesuffix("_open")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a dialect writes what dialects differ in.

    Within a line: ``marks`` are the characters to escape; ``nests_emphasis`` tells whether emphasis may stand in emphasis,
    ``has_attributes`` whether braces give links their classes; ``strikethrough`` is a mark, empty where there is none.
    ``code`` writes code, ``code_in_cell`` that in a cell of a table; ``formula`` a formula, ``raw_tag`` raw HTML.

    Blocks: ``width`` is how far items of lists are indented, 0 for as far as their markers reach; ``tight`` are the kinds that
    may follow the text of an item without a blank line; ``merging`` those of which two that follow each other would be one.
    ``frames`` write blocks that hold others, ``leaves`` those that hold none, by their kind. ``settled`` makes out of the
    blocks in one block those that are written.
    """

    marks: Marks
    nests_emphasis: bool
    has_attributes: bool
    strikethrough: str
    code: Callable[[str], str]
    code_in_cell: Callable[[str], str]
    formula: Callable[[str], str]
    raw_tag: Callable[[str], str]
    width: int
    tight: frozenset[str]
    merging: frozenset[str]
    frames: Mapping[str, WriteFrame]
    leaves: Mapping[str, WriteLeaf]
    settled: Callable[[Sequence[Block], Writing], Sequence[Block]]


class Writing:
    """A page while it is written: what is known of it so far.

    ``level`` is that of the last heading. ``notes`` are its footnotes, by number; ``definitions`` of abbreviations.
    """

    def __init__(self, dialect: Dialect, tokens: Sequence[Token]) -> None:
        self.dialect = dialect
        self.tokens = tokens
        self.level = 1
        self.notes: dict[int, Sequence[str]] = {}
        self.definitions: list[str] = []
        self._seen: dict[str, int] = {}

    def count(self, name: str) -> int:
        """Count how often a name was asked for before."""
        self._seen[name] = self._seen.get(name, -1) + 1
        return self._seen[name]


WriteFrame = Callable[[Frame, Writing], Sequence[Block]]
"""Writes a block whose content is written, as one block or as several."""

WriteLeaf = Callable[[Token, Writing], Block]
"""Writes a block that holds no other."""
