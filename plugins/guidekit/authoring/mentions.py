"""Where a text names a file, in links, images and includes, and how it names another one there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from typing import Literal

from guidekit.library.includes import Found
from guidekit.library.library import Library
from guidekit.syntax import include as includes
from guidekit.syntax import link as links
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.text import paths
from guidekit.text.source import Span

_OPENING = re.compile(r"\([\s>]*")  # the marks of a quote may stand before the address
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:", re.DOTALL)
_IN_DESTINATION = str.maketrans({"(": "%28", ")": "%29", "&": "%26", "'": "%27", "*": "%2A"})


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A file that a text names, whether it exists or not.

    ``written`` is the address or the path with escapes undone; ``span`` is where it stands, ``None`` where marks of
    a quote or a cell stand between its parts; ``place`` is where to tell of it.
    """

    kind: Literal["link", "include"]
    written: str
    file: PurePosixPath
    span: Span | None
    place: Span


def find(library: Library, document: Document) -> Iterator[Mention]:
    """Find all files that a document names."""
    for include in document.of(Include):
        yield from _of_include(library, document, include)
    defined = list(_definitions(library, document))
    addresses = {mention.written for mention in defined}
    yield from defined
    facts: list[Link | Image] = [*document.of(Link), *document.of(Image)]
    for fact in facts:
        href = fact.href if isinstance(fact, Link) else fact.src
        file = _named(library, href, document)
        if file is None or fact.target is None:
            continue
        attribute = fact.target == fact.span
        if attribute or document.source.cut(fact.target).startswith("("):
            span = _address(document, fact.target, href, attribute=attribute)
            yield Mention(kind="link", written=href, file=file, span=span, place=fact.span)
        elif href not in addresses:
            yield Mention(kind="link", written=href, file=file, span=None, place=fact.span)


def lead(library: Library, mention: Mention, base: PurePosixPath, file: PurePosixPath) -> str | None:
    """Write an address or a path as it must stand in ``base`` to name ``file``, in the manner of the one before.

    Answers ``None`` where none would name it.
    """
    if mention.kind == "include":
        path = f"~/{file}" if mention.written.startswith("~") else paths.relative(file, base)
        return includes.as_path(path) if paths.follow_include(path, base) == file else None
    cut = re.search(r"[?#]|$", mention.written)
    at = cut.start() if cut else len(mention.written)
    path, suffix = mention.written[:at], mention.written[at:]
    address = (_rooted(library, path, file) or _relative(path, base, file)) + suffix
    leads = library.follow(address, base)
    target = paths.follow_link(address, base)
    named = target.file if isinstance(target, paths.Target) else None
    return address if file in (leads.path, named) else None


def _of_include(library: Library, document: Document, include: Include) -> Iterator[Mention]:
    found = library.locate(include, document.source.path)
    file = found.path if isinstance(found, Found) else found.target
    if file is None:
        return
    text = document.source.cut(include.span)
    directive = includes.match(text, 0, len(text), "+" if include.block else "-")
    span = None
    if directive and (directive.path, directive.end) == (include.path, len(text)):
        start = document.source.offset(include.span.start)
        span = document.source.stretch(start + directive.path_at[0], start + directive.path_at[1])
    yield Mention(kind="include", written=include.path, file=file, span=span, place=include.span)


def _definitions(library: Library, document: Document) -> Iterator[Mention]:
    """Find the files that reference definitions name."""
    source = document.source
    for first, last in document.definitions:
        text = "\n".join(source.lines[first:last])
        label = _LABEL.match(text, max(text.find("["), 0))
        at = links.destination(text, label.end()) if label else None
        file = _named(library, links.address(text, at), document) if at else None
        if at and file is not None:
            start = source.offset(source.span((first, 0)).start)
            span = source.stretch(start + at[0], start + at[1])
            yield Mention(kind="link", written=links.address(text, at), file=file, span=span, place=span)


def _named(library: Library, href: str, document: Document) -> PurePosixPath | None:
    target = paths.follow_link(href, document.source.path)
    if isinstance(target, paths.Refused):
        return None
    if target.url is not None and target.url.startswith("/"):
        leads = library.follow(href, document.source.path)
        return leads.path if leads.kind in ("page", "file") else None
    return target.file


def _address(document: Document, target: Span, href: str, *, attribute: bool) -> Span | None:
    """Find where an address stands: in an attribute of raw HTML, or in the brackets behind a link's text."""
    written = document.source.cut(target)
    if attribute:
        return target if unescape(written) == href else None
    opening = _OPENING.match(written)
    at = links.destination(written, opening.end() if opening else 1)
    if at is None or links.address(written, at) != href:
        return None
    start = document.source.offset(target.start)
    return document.source.stretch(start + at[0], start + at[1])


def _rooted(library: Library, path: str, file: PurePosixPath) -> str:
    """Write an address from the site's root, if the one before was such and the file lies there; else nothing."""
    for prefix in sorted(library.settings.root_links, key=len, reverse=True):
        if not f"{path}/".startswith(prefix):
            continue
        folder = PurePosixPath(library.layout.content, library.settings.root_links[prefix])
        if not file.is_relative_to(folder):
            return ""
        inside = file.relative_to(folder)
        if path.endswith(".md") or not library.kind(file).is_markdown:
            return prefix + _encoded(str(inside))
        if inside.stem in ("index", "README"):
            inside = inside.parent
        name = "" if inside == PurePosixPath() else str(inside).removesuffix(".md")
        return prefix + _encoded(name) + ("/" if path.endswith("/") and name else "")
    return ""


def _relative(path: str, base: PurePosixPath, file: PurePosixPath) -> str:
    if path.startswith("~"):
        return f"~/{_encoded(str(file))}"
    led = _encoded(paths.relative(file, base))
    here = "./" if path.startswith("./") and not led.startswith("../") else ""
    return f"{here}{led}{'/' if path.endswith('/') else ''}"


def _encoded(path: str) -> str:
    return paths.as_url(path).translate(_IN_DESTINATION)
