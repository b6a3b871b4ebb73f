"""Where a text names a file, in links, images, includes and snippets of code, and how it names another one there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.layout import Layout
from guidekit.library import code_snippets
from guidekit.library.includes import Found
from guidekit.library.library import Library
from guidekit.syntax import rewriting
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.link import Definition, Image, Link
from guidekit.text import paths
from guidekit.text.edits import Edit
from guidekit.text.source import Source


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A file that a text names, whether it exists or not, and the fact that names it."""

    fact: Include | CodeSnippet | Link | Image | Definition
    file: PurePosixPath

    @property
    def written(self) -> str:
        """The path or the address that names the file, with escapes undone."""
        if isinstance(self.fact, CodeSnippet):
            return self.fact.selection.path
        return self.fact.path if isinstance(self.fact, Include) else self.fact.address


def find(library: Library, document: Document) -> Iterator[Mention]:
    """Find all files that a document names; one that a link names by a reference, in the reference's definition."""
    for include in document.of(Include):
        found = library.locate(include, document.source.path)
        file = found.path if isinstance(found, Found) else found.target
        if file is not None:
            yield Mention(fact=include, file=file)
    for snippet in document.of(CodeSnippet):
        named = code_snippets.named_file(
            snippet.selection, document.source.path, library.layout.home(document.source.path)
        )
        if isinstance(named, PurePosixPath):
            yield Mention(fact=snippet, file=named)
    for fact in _with_address(document):
        file = _named(library, fact.address, document)
        if file is not None:
            yield Mention(fact=fact, file=file)


def _with_address(document: Document) -> Iterator[Link | Image | Definition]:
    """Go through definitions, links and images; those that name a definition, or have an address as text, are left out."""
    yield from document.definitions
    defined = {definition.address_span for definition in document.definitions} - {None}
    links: list[Link | Image] = [*document.of(Link), *document.of(Image)]
    for link in links:
        if link.target is not None and link.address_span not in defined:
            yield link


def lead(library: Library, mention: Mention, base: PurePosixPath, file: PurePosixPath) -> str | None:
    """Find the path or the address that names ``file`` in ``base``, in the manner of the one before.

    Answers ``None`` where none would name it.
    """
    if isinstance(mention.fact, (Include, CodeSnippet)):
        layout = library.layout
        path = layout.from_home(file, base) if mention.written.startswith("~") else paths.relative(file, base)
        return path if paths.follow_include(path, base, layout.home(base)) == file else None
    cut = re.search(r"[?#]|$", mention.written)
    at = cut.start() if cut else len(mention.written)
    path, suffix = mention.written[:at], mention.written[at:]
    address = (_rooted(library, path, file) or _relative(library.layout, path, base, file)) + suffix
    leads = library.follow(address, base)
    target = paths.follow_link(address, base, library.layout.home(base))
    named = target.file if isinstance(target, paths.Target) else None
    return address if file in (leads.path, named) else None


def edit(mention: Mention, source: Source, written: str) -> Edit | None:
    """Write another path or address where a mention stands; nothing where it would be read otherwise."""
    if isinstance(mention.fact, Include):
        return rewriting.with_path(source, mention.fact, written)
    if isinstance(mention.fact, CodeSnippet):
        return rewriting.with_path_of_code(source, mention.fact, written)
    return rewriting.with_address(source, mention.fact, written)


def _named(library: Library, href: str, document: Document) -> PurePosixPath | None:
    target = paths.follow_link(href, document.source.path, library.layout.home(document.source.path))
    if isinstance(target, paths.Refused):
        return None
    if target.url is not None and target.url.startswith("/"):
        leads = library.follow(href, document.source.path)
        return leads.path if leads.kind in ("page", "file") else None
    return target.file


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


def _relative(layout: Layout, path: str, base: PurePosixPath, file: PurePosixPath) -> str:
    if path.startswith("~"):
        return _encoded(layout.from_home(file, base))
    led = _encoded(paths.relative(file, base))
    here = "./" if path.startswith("./") and not led.startswith("../") else ""
    return f"{here}{led}{'/' if path.endswith('/') else ''}"


def _encoded(path: str) -> str:
    return paths.in_destination(paths.as_url(path))
