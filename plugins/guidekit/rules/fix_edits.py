"""How rules mend what they find: each function makes the edits for one kind of fault, and none where it is not certain."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from guidekit.diagnostics import Fix
from guidekit.library.queries import NameQueries
from guidekit.syntax import rewriting
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.raw_html import Comment, is_for_tools
from guidekit.text import containers, paths
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

_LEADING_MARKS = re.compile(r"[->]|.*(?:-->|--!>|<!--)", re.DOTALL)
_LONGEST_STATEMENT = 1_000


def include_title(include: Include, title: str) -> Fix | None:
    """Give an include another title."""
    edit = rewriting.with_title(include, title)
    return _fix(f"title the include '{title}'", edit) if edit else None


def include_path(document: Document, include: Include, file: PurePosixPath) -> Fix | None:
    """Lead an include to another file; where only the letter case differs, the path stays else as it is written."""
    base = document.source.path
    path = paths.in_case_of(include.path, file)
    if paths.follow_include(path, base) != file:
        path = paths.relative(file, base)
    edit = rewriting.with_path(document.source, include, path)
    return _fix(f"include '{path}'", edit) if edit and paths.follow_include(path, base) == file else None


def statement(document: Document, comment: Comment, text: str) -> Fix | None:
    """Make a comment say something else; the blanks around its text stay."""
    written = document.source.cut(comment.span)
    if not is_statement(text) or not re.fullmatch(r"<!--.*-->", written, re.DOTALL):
        return None
    inner = written[4:-3]
    if " ".join(inner.split()) != comment.text:
        return None  # the marks of a quote or a list stand between its lines
    start = document.source.offset(comment.span.start) + 4
    if inner.strip():
        start += len(inner) - len(inner.lstrip())
        span = document.source.stretch(start, start + len(inner.strip()))
        return _fix("take the statement from the fragment", Edit(span=span, text=text))
    span = document.source.stretch(start, start + len(inner))
    return _fix("take the statement from the fragment", Edit(span=span, text=f" {text} "))


def new_statement(document: Document, include: Include, text: str) -> Fix | None:
    """Put a statement as a comment on a line of its own above an include, in the same list item or quote."""
    row, column = include.span.start
    prefix = document.source.lines[row - 1][: column - 1]
    if not is_statement(text) or not containers.are_marks(prefix):
        return None
    span = Span(path=include.span.path, start=include.span.start, end=include.span.start)
    below = containers.continued(prefix)
    return _fix("put the statement above the include", Edit(span=span, text=f"<!-- {text} -->\n{below}"))


def is_statement(text: str) -> bool:
    """Can this text stand in a comment as an item's statement?"""
    return (
        0 < len(text) <= _LONGEST_STATEMENT
        and text.isprintable()
        and not _LEADING_MARKS.match(text)
        and not is_for_tools(text)
    )


def destination(
    document: Document, queries: NameQueries, fact: Link | Image, address: str, *, safe: bool = True
) -> Fix | None:
    """Lead a link or an image to another address; one that names a reference changes where that is defined."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    encoded = paths.in_destination(path) + address[len(path) :]
    edit = rewriting.with_address(document.source, fact, encoded)
    here = document.source.path
    if edit is None or queries.follow(address, here).path != queries.follow(encoded, here).path:
        return None
    return Fix(message=f"lead it to '{encoded}'", edits=(edit,), safe=safe)


def header_value(document: Document, key: str, text: str, *, safe: bool = True) -> Fix | None:
    """Give a key of the front matter another value, plain text that stands on one line; its quotes stay."""
    header = document.front_matter
    place, value = header.places[key], header.text(key)
    written = document.source.cut(place)
    if written not in (value, f"'{value}'", f'"{value}"'):
        return None
    start = document.source.offset(place.start) + written.index(value)
    span = document.source.stretch(start, start + len(value))
    return Fix(message=f"write '{key}: {text}'", edits=(Edit(span=span, text=text),), safe=safe)


def blank_line_above(document: Document, span: Span) -> Fix | None:
    """Put a blank line above a line that begins at the first column: in a list it could part more than it should."""
    first = span.start.line - 1
    if span.start.column != 1 or document.source.lines[first - 1][:1] in (" ", "\t", ">", ""):
        return None
    return _fix("put a blank line above it", Edit(span=document.source.span((first, 0), (first, 0)), text="\n"))


def without_lines(source: Source, first: int, last: int, message: str) -> Fix:
    """Take whole lines out, counted from 1, ``last`` included."""
    span = source.span((first - 1, 0), (last, 0))
    return _fix(message, Edit(span=span, text=""))


def _fix(message: str, *edits: Edit) -> Fix:
    return Fix(message=message, edits=edits)
