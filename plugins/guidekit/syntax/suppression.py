"""``<!-- guidekit: ignore[rule] reason -->``: findings that an author wants silent, on which lines, and why.

In front matter the same stands in a comment of YAML: ``# guidekit: ignore[rule] reason``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal, NamedTuple

import yaml
from markdown_it.token import Token

from guidekit.syntax.raw_html import Comment, is_comments, without_comments
from guidekit.text import containers
from guidekit.text.source import Source, Span

Word = Literal["ignore", "ignore-start", "ignore-end", "ignore-file"]
WORDS: tuple[Word, ...] = ("ignore", "ignore-start", "ignore-end", "ignore-file")

_PREFIX = re.compile(r"guidekit\s*:\s*", re.IGNORECASE)
_DIRECTIVE = re.compile(r"(?P<word>[^\s\[]*)\s*(?:\[(?P<codes>[^\]]*)\])?(?P<reason>.*)", re.DOTALL)
_YAML_COMMENT = re.compile(r"(?<![^ \t])#[ \t]*(?=guidekit[ \t]*:)", re.IGNORECASE)
_MOST = 500
"""How many a file may hold: each of its findings is compared with all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suppression:
    """A comment that keeps findings of some rules silent: in which lines, and why.

    ``first`` and ``last`` are lines counted from 1, both included; where there is nothing to speak of, ``last`` is less.
    ``problem`` says why it cannot be understood; such a comment silences nothing.
    """

    word: str
    codes: tuple[str, ...] = ()
    reason: str = ""
    span: Span
    first: int = 1
    last: int = 0
    problem: str = ""

    def covers(self, code: str, span: Span) -> bool:
        """Does it silence a finding of this rule at this place?"""
        return code in self.codes and self.first <= span.end.line and span.start.line <= self.last


class _Block(NamedTuple):
    """A block of the text: its lines, counted from 0, the last one left out, and the number of its token."""

    start: int
    end: int
    token: int


def mentioned(source: Source) -> bool:
    """May this text hold a suppression? Most texts do not, and are read no further."""
    return _PREFIX.search(source.text) is not None


def is_directive(text: str) -> bool:
    """Does a comment with this text speak to guidekit?"""
    return _PREFIX.match(text) is not None


def cut(html: str) -> str:
    """Cut the comments that speak to guidekit out of raw HTML: they are for authors alone."""
    return without_comments(html, is_directive) if _PREFIX.search(html) else html


def read(
    source: Source, body_line: int, tokens: Sequence[Token], comments: Iterable[Comment]
) -> tuple[Suppression, ...]:
    """Read the suppressions of a file in the order of the text; ``body_line`` is where its front matter is over."""
    every = chain(_in_header(source, body_line), _in_body(source, tokens, comments))
    found = list(islice(every, _MOST + 1))
    if len(found) > _MOST:
        problem = f"a file may hold {_MOST} suppressions; this one and those below it silence nothing"
        found[-1] = Suppression(word=found[-1].word, span=found[-1].span, problem=problem)
    return tuple(_paired(found, len(source.lines)))


def _understand(text: str, span: Span, lines: tuple[int, int]) -> Suppression:
    """Read what a comment says; ``lines`` are those that a plain ``ignore`` would silence, counted from 1."""
    parts = _DIRECTIVE.match(_PREFIX.sub("", text, count=1))
    assert parts is not None  # it matches any text
    word, reason = parts["word"], parts["reason"].strip()
    codes = tuple(dict.fromkeys(code.strip() for code in (parts["codes"] or "").split(",") if code.strip()))
    if word not in WORDS:
        return Suppression(
            word=word, span=span, problem=f"'{word}' means nothing to guidekit; there are {', '.join(WORDS)}"
        )
    if word == "ignore-end":
        problem = "'ignore-end' names no rules: it ends what was started last" if parts["codes"] is not None else ""
        return Suppression(word=word, span=span, problem=problem)
    if not codes:
        return Suppression(word=word, span=span, problem=f"'{word}' names no rules; write them as '{word}[rule]'")
    first, last = lines
    return Suppression(word=word, codes=codes, reason=reason, span=span, first=first, last=last)


def _paired(found: Sequence[Suppression], length: int) -> Iterator[Suppression]:
    """Give each its lines that depend on others: a start reaches to its end, else to the end of the file."""
    ends: dict[int, Suppression] = {}
    open_starts: list[int] = []
    for at, one in enumerate(found):
        if one.problem:
            continue
        if one.word == "ignore-start":
            open_starts.append(at)
        elif one.word == "ignore-end":
            if open_starts:
                ends[open_starts.pop()] = one
            else:
                ends[at] = replace(one, problem="'ignore-end' ends nothing: no 'ignore-start' stands above it")
    for at, one in enumerate(found):
        if one.problem or one.word == "ignore":
            yield one
        elif one.word == "ignore-file":
            yield replace(one, first=1, last=length)
        elif one.word == "ignore-end":
            yield ends.get(at, one)
        elif at in ends:
            yield replace(one, first=one.span.start.line, last=ends[at].span.end.line)
        else:
            problem = "'ignore-start' is never ended; write '<!-- guidekit: ignore-end -->' where it is over"
            yield replace(one, first=1, last=0, problem=problem)


# In the text


def _in_body(source: Source, tokens: Sequence[Token], comments: Iterable[Comment]) -> Iterator[Suppression]:
    spoken = [comment for comment in comments if comment.closed and is_directive(comment.text)]
    blocks = _Blocks(tokens) if spoken else None
    for comment in spoken:
        own, end = (comment.span.start.line, comment.span.end.line), comment.span.end
        before = source.lines[own[0] - 1][: comment.span.start.column - 1]
        behind = source.lines[end.line - 1][end.column - 1 :]
        lines = own
        if blocks and containers.are_marks(before) and not cut(behind).strip():
            lines = blocks.below(*own)
        yield _understand(comment.text, comment.span, lines)


class _Blocks:
    """The blocks of a text, and which of them a comment on a line of its own speaks of."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._blocks = [
            _Block(token.map[0], token.map[1], number)
            for number, token in enumerate(tokens)
            if token.map and token.nesting >= 0 and token.block and not _is_spoken(token)
        ]
        self._starts = [block.start for block in self._blocks]
        self._groups = self._grouped(tokens)

    def below(self, first: int, last: int) -> tuple[int, int]:
        """Find the lines of the next block, the comment's own ones included; an item is one block with its statement."""
        at = bisect_left(self._starts, last)
        if at == len(self._blocks):
            return first, last
        start, end = self._groups[at]
        return min(first, start + 1), end

    def _grouped(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Tell the lines of each block; comments and the include below them are one."""
        groups = [(block.start, block.end) for block in self._blocks]
        comments = 0
        for at, block in enumerate(self._blocks):
            if _is_comment(tokens[block.token]):
                comments += 1
                continue
            if tokens[block.token].type == "include":
                groups[at - comments : at] = [(self._blocks[at - comments].start, block.end)] * comments
                groups[at] = (self._blocks[at - comments].start, block.end)
            comments = 0
        return groups


def _is_spoken(token: Token) -> bool:
    return token.type == "html_block" and not cut(token.content).strip()


def _is_comment(token: Token) -> bool:
    return token.type == "html_block" and is_comments(token.content)


# In front matter


def _in_header(source: Source, body_line: int) -> Iterator[Suppression]:
    """Read the comments of front matter, which lies between the first line and the one above ``body_line``."""
    lines = source.lines[1 : max(body_line - 1, 1)]
    text = "\n".join(lines) + "\n"
    if not _PREFIX.search(text):
        return
    values = _scalars(text)
    ends = _ends_of_entries(lines)
    start = 0
    for row, line in enumerate(lines):
        found = _YAML_COMMENT.search(line)
        if found and not _is_value(start + found.start(), values, line):
            span = source.span((row + 1, found.start()), (row + 1, len(line.rstrip())))
            last = row if line[: found.start()].strip() else ends[row]
            yield _understand(line[found.end() :], span, (row + 2, last + 2))
        start += len(line) + 1


def _scalars(text: str) -> list[tuple[int, int]] | None:
    """Find where values stand in YAML, by offsets; ``None`` where it cannot be read."""
    try:
        tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
        return [
            (token.start_mark.index, token.end_mark.index) for token in tokens if isinstance(token, yaml.ScalarToken)
        ]
    except (yaml.YAMLError, ValueError):
        return None


def _is_value(at: int, values: Sequence[tuple[int, int]] | None, line: str) -> bool:
    """Does the mark of a comment stand within a value? Where YAML cannot tell, it is one unless it begins its line."""
    if values is None:
        return not line.lstrip().startswith("#")
    before = bisect_left(values, (at, 0)) - 1
    return before >= 0 and at < values[before][1]


def _ends_of_entries(lines: Sequence[str]) -> list[int]:
    """Find for each line where the next entry below it ends: the line that says something, and those indented below it."""
    ends = list(range(len(lines)))
    below: list[tuple[int, int]] = []  # indentation and row of the lines below that say something, the nearest one last
    end = None
    for row in range(len(lines) - 1, -1, -1):
        ends[row] = row if end is None else end
        indent = len(lines[row]) - len(lines[row].lstrip())
        if lines[row].strip() and lines[row][indent] != "#":
            while below and below[-1][0] > indent:
                below.pop()
            end = below[-1][1] - 1 if below else len(lines) - 1
            below.append((indent, row))
    return ends
