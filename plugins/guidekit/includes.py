"""Who shows whom: a page with all its fragments, as a tree, and the facts of that whole page in reading order.

Nothing is pasted: every fragment stays the document that was parsed on its own, hung in where it is included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from guidekit.document import Document, Fact
from guidekit.paths import Refused, follow_include
from guidekit.source import Unreadable
from guidekit.syntax.include import Include

FailureKind = Literal[
    "not-found", "invalid", "outside-roots", "unreadable", "circular", "too-deep", "too-many", "too-large"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """An include that shows nothing, and why; ``chain`` are the files of a circle, first and last the same."""

    kind: FailureKind
    detail: str = ""
    target: PurePosixPath | None = None
    chain: tuple[PurePosixPath, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The file that an include names; ``case`` tells that its name differs from the one written in letter case."""

    path: PurePosixPath
    case: bool = False


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How far includes may lead on one page; ``characters`` bounds the text of all fragments together."""

    depth: int
    includes: int
    characters: int


Locate = Callable[[Include, PurePosixPath], Found | Failure]
Load = Callable[[PurePosixPath, bool], "Document | Unreadable | None"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Expansion:
    """A document with what each of its includes shows, in the order of the text."""

    document: Document
    parts: Sequence[Expansion | Failure]


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A fact of a page with the includes that lead to it from the page, outermost first."""

    fact: Fact
    chain: tuple[Include, ...]


def named_file(include: Include, base: PurePosixPath) -> PurePosixPath | Failure:
    """Find the file that an include names, without asking whether it exists."""
    path = follow_include(include.path, base)
    if isinstance(path, Refused):
        kind: FailureKind = "outside-roots" if include.path else "not-found"
        return Failure(kind=kind, detail=path.why)
    if cut := re.search(r"\.md([#?].*)$", include.path, re.IGNORECASE):
        return Failure(kind="invalid", detail=f"names more than a file; leave out '{cut[1]}'", target=path)
    if path.suffix.lower() != ".md":
        return Failure(kind="invalid", detail="is not a Markdown file (.md)", target=path)
    return path


def expand(page: Document, *, locate: Locate, load: Load, limits: Limits) -> Expansion:
    """Follow all includes of a page, to any depth within the limits. Never fails: what shows nothing says why."""
    return _Walk(locate, load, limits).expand(page, (page.source.path,))


class _Walk:
    def __init__(self, locate: Locate, load: Load, limits: Limits) -> None:
        self._locate = locate
        self._load = load
        self._limits = limits
        self._includes = 0
        self._characters = 0

    def expand(self, document: Document, stack: tuple[PurePosixPath, ...]) -> Expansion:
        parts = [self._show(include, stack) for include in document.of(Include)]
        return Expansion(document=document, parts=parts)

    def _show(self, include: Include, stack: tuple[PurePosixPath, ...]) -> Expansion | Failure:
        found = self._locate(include, stack[-1])
        if isinstance(found, Failure):
            return found
        if found.path in stack:
            circle = (*stack[stack.index(found.path) :], found.path)
            return Failure(kind="circular", target=found.path, chain=circle)
        if len(stack) > self._limits.depth:
            return Failure(kind="too-deep", target=found.path)
        if self._includes >= self._limits.includes:
            return Failure(kind="too-many", target=found.path)
        document = self._load(found.path, not include.block)
        if document is None:
            return Failure(kind="not-found", target=found.path)
        if isinstance(document, Unreadable):
            return Failure(kind="unreadable", detail=document.detail, target=found.path)
        self._includes += 1
        self._characters += len(document.source.text)
        if self._characters > self._limits.characters:
            return Failure(kind="too-large", target=found.path)
        return self.expand(document, (*stack, found.path))


def facts(expansion: Expansion, chain: tuple[Include, ...] = ()) -> Iterator[Placed]:
    """Go through the facts of a whole page as a reader meets them; a failed include is the fact that it is."""
    parts = iter(expansion.parts)
    for fact in expansion.document.facts:
        yield Placed(fact=fact, chain=chain)
        if isinstance(fact, Include):
            part = next(parts)
            if isinstance(part, Expansion):
                yield from facts(part, (*chain, fact))


def failures(expansion: Expansion) -> Iterator[tuple[Include, Failure]]:
    """Go through the includes of a whole page that show nothing."""
    for include, part in zip(expansion.document.of(Include), expansion.parts, strict=True):
        if isinstance(part, Failure):
            yield include, part
        else:
            yield from failures(part)


def documents(expansion: Expansion) -> Iterator[Document]:
    """Go through the documents that a page shows, the page itself first."""
    yield expansion.document
    for part in expansion.parts:
        if isinstance(part, Expansion):
            yield from documents(part)


def files(expansion: Expansion) -> Iterator[PurePosixPath]:
    """Go through the files that a page shows, the page itself first."""
    return (document.source.path for document in documents(expansion))
