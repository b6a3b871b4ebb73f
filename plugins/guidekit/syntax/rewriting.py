"""Another title, path or address written in place of the one that a fact has; nothing where it would be read otherwise."""

from __future__ import annotations

import re
from html import unescape

from guidekit.syntax import code_snippet
from guidekit.syntax import include as includes
from guidekit.syntax import link as links
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.include import Include
from guidekit.syntax.link import Definition, Image, Link
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

_TITLE = re.compile(r"[\w-]+", re.ASCII)
_SUFFIX = re.compile(r"[?#]|\Z")
_UNSAFE_SUFFIX = re.compile(r"[()<>\s\\\"'|`]|&#?\w+;")
_UNQUOTED = re.compile(r"[^\s\"'=<>`]+")


def with_title(include: Include, title: str) -> Edit | None:
    """Give an include another title: a word, or a GUID."""
    if include.title_span is None or not _TITLE.fullmatch(title):
        return None
    return Edit(span=include.title_span, text=title)


def with_path(source: Source, include: Include, path: str) -> Edit | None:
    """Give an include another path; what is special in a directive is escaped."""
    span = include.path_span
    if span is None:
        return None
    before, after = _around(source, span)
    pointed = (before, after) == ("<", ">")
    written = path if pointed else includes.as_path(path)
    directive = f"{includes.KEYWORD}[](<{written}>)]" if pointed else f"{includes.KEYWORD}[]({written})]"
    found = includes.match(directive, 0, len(directive), "")
    length = len(source.cut(include.span)) - len(source.cut(span)) + len(written)
    if found is None or (found.path, found.end) != (path, len(directive)) or length > includes.LONGEST:
        return None
    return None if _parts_cells(source, span, written) else Edit(span=span, text=written)


def with_path_of_code(source: Source, snippet: CodeSnippet, path: str) -> Edit | None:
    """Give code of another file another path; what is special in a directive is escaped."""
    span = snippet.path_span
    if span is None:
        return None
    start = source.offset(span.start) - source.offset(snippet.span.start)
    directive = source.cut(snippet.span)
    for written in (code_snippet.as_path(path), path):
        changed = directive[:start] + written + directive[start + len(source.cut(span)) :]
        if code_snippet.path_in(changed) == path:
            return Edit(span=span, text=written)
    return None


def with_address(source: Source, fact: Link | Image | Definition, address: str) -> Edit | None:
    """Give a link, an image or a definition another address.

    A query and a bookmark that stay the same stay as they are written.
    """
    span = fact.address_span
    if span is None:
        return None
    path, suffix = _parts(address)
    if suffix != _parts(fact.address)[1] and _UNSAFE_SUFFIX.search(suffix):
        return None
    for written in (path + _suffix_as_written(source.cut(span), suffix), path + suffix):
        if _reads_as(source, fact, written, address) and not _parts_cells(source, span, written):
            return Edit(span=span, text=written)
    return None


def _parts(address: str) -> tuple[str, str]:
    """Part an address into its path, and its query and bookmark."""
    cut = _SUFFIX.search(address)
    at = cut.start() if cut else len(address)
    return address[:at], address[at:]


def _suffix_as_written(written: str, suffix: str) -> str:
    return _parts(written)[1] if suffix else ""


def _reads_as(source: Source, fact: Link | Image | Definition, written: str, address: str) -> bool:
    """Is this address read as meant, where that of a fact stands?"""
    span = fact.address_span
    if span is None:
        return False
    before, after = _around(source, span)
    if not isinstance(fact, Definition) and fact.target == fact.span:  # an attribute of raw HTML
        fits = before not in written if before in ("'", '"') else _UNQUOTED.fullmatch(written)
        return bool(fits) and unescape(written) == address
    read = links.read_address(written, pointed=(before, after) == ("<", ">"))
    return read is not None and read == links.normalized(address)


def _parts_cells(source: Source, span: Span, written: str) -> bool:
    """Would a pipe part the cells of a table, or the text of a line be taken for one?"""
    return "|" in written and "|" not in source.cut(span) and "|" in source.lines[span.start.line - 1]


def _around(source: Source, span: Span) -> tuple[str, str]:
    """Find the characters just before and just behind a stretch of a text."""
    start, end = source.offset(span.start), source.offset(span.end)
    return source.text[start - 1 : start], source.text[end : end + 1]
