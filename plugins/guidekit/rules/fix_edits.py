"""How rules mend what they find: each function makes the edits for one kind of fault, and none where it is not certain."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath

from guidekit.diagnostics import Fix
from guidekit.library.queries import NameQueries
from guidekit.syntax import include as includes
from guidekit.syntax import link as links
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.raw_html import Comment, is_for_tools
from guidekit.text import paths
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

_CONTAINERS = re.compile(r"(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*")
_LIST_MARK = re.compile(r"[-*+]|\d{1,9}[.)]")
_LEADING_MARKS = re.compile(r"[->]|.*(?:-->|--!>|<!--)", re.DOTALL)
_UNSAFE_SUFFIX = re.compile(r"[()<>\s\\\"'|`]|&#?\w+;")
_LONGEST_STATEMENT = 1_000
_IN_DESTINATION = str.maketrans({"(": "%28", ")": "%29", "&": "%26", "'": "%27", "*": "%2A", "|": "%7C"})


def include_title(document: Document, include: Include, title: str) -> Fix | None:
    """Give an include another title."""
    found = _directive(document, include)
    if found is None or not re.fullmatch(r"[\w-]+", title, re.ASCII):
        return None
    return _fix(f"title the include '{title}'", Edit(span=_within(document, include, found.title_at), text=title))


def include_path(document: Document, include: Include, file: PurePosixPath) -> Fix | None:
    """Lead an include to another file; where only the letter case differs, the path stays else as it is written."""
    base = document.source.path
    path = paths.in_case_of(include.path, file)
    if paths.follow_include(path, base) != file:
        path = paths.relative(file, base)
    found = _directive(document, include)
    if found is None or paths.follow_include(path, base) != file:
        return None
    written = includes.as_path(path)
    start, end = found.path_at
    text = document.source.cut(include.span)
    changed = text[:start] + written + text[end:]
    again = includes.match(changed, 0, len(changed), "+" if include.block else "-")
    if again is None or (again.path, again.title, again.end) != (path, include.title, len(changed)):
        return None
    return _fix(f"include '{path}'", Edit(span=_within(document, include, found.path_at), text=written))


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
    if not is_statement(text) or not _CONTAINERS.fullmatch(prefix) or _directive(document, include) is None:
        return None
    below = _LIST_MARK.sub(lambda mark: " " * len(mark[0]), prefix)
    span = Span(path=include.span.path, start=include.span.start, end=include.span.start)
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
    document: Document, queries: NameQueries, fact: Link | Image, href: str, *, safe: bool = True
) -> Fix | None:
    """Lead a link or an image to another address; one that names a reference changes where that is defined."""
    cut = re.search(r"[?#]|$", href)
    at = cut.start() if cut else len(href)
    address = href[:at].translate(_IN_DESTINATION) + href[at:]
    there = queries.follow(href, document.source.path)
    if there.path != queries.follow(address, document.source.path).path or _UNSAFE_SUFFIX.search(href, at):
        return None
    span = _address(document, fact)
    return Fix(message=f"lead it to '{address}'", edits=(Edit(span=span, text=address),), safe=safe) if span else None


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


def without_lines(source: Source, first: int, last: int, message: str) -> Fix:
    """Take whole lines out, counted from 1, ``last`` included."""
    span = source.span((first - 1, 0), (last, 0))
    return _fix(message, Edit(span=span, text=""))


def _fix(message: str, *edits: Edit) -> Fix:
    return Fix(message=message, edits=edits)


def _directive(document: Document, include: Include) -> includes.Directive | None:
    """Read an include where it is written; nothing where marks of a quote or a cell make it another one there."""
    text = document.source.cut(include.span)
    found = includes.match(text, 0, len(text), "+" if include.block else "-")
    if found is None or (found.path, found.title, found.end) != (include.path, include.title, len(text)):
        return None
    return found


def _within(document: Document, include: Include, at: tuple[int, int]) -> Span:
    start = document.source.offset(include.span.start)
    return document.source.stretch(start + at[0], start + at[1])


def _address(document: Document, fact: Link | Image) -> Span | None:
    """Find where the address of a link is written: in its own brackets, or in the one definition that it names."""
    href = fact.href if isinstance(fact, Link) else fact.src
    source = document.source
    if fact.target is None:
        return None
    if fact.target == fact.span:  # an attribute of raw HTML
        written = source.cut(fact.target)
        return fact.target if unescape(written) == href and written else None
    if not fact.label:
        start, text = source.offset(fact.target.start), source.cut(fact.target)
        at = links.destination(text, 1) if text.startswith("(") else None
    elif fact.label in document.references:
        first, last = document.references[fact.label]
        start, text = source.offset(source.span((first, 0)).start), "\n".join(source.lines[first:last])
        at = links.destination(text, text.find("]:") + 2)
    else:
        return None
    return source.stretch(start + at[0], start + at[1]) if at and links.address(text, at) == href else None
