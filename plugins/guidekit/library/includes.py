"""Who shows whom: a page with all its fragments, as a tree, and the facts of that whole page in reading order.

Nothing is pasted: every fragment stays the document that was parsed on its own, hung in where it is included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.layout import is_markdown
from guidekit.library.code_snippets import Code
from guidekit.library.failure import Failure, FailureKind
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.fact import Condition, Fact
from guidekit.syntax.include import Include
from guidekit.text.digests import digest
from guidekit.text.paths import Refused, follow_include
from guidekit.text.source import Unreadable


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
ShowCode = Callable[[CodeSnippet, PurePosixPath], Code | Failure]


@dataclass(frozen=True, kw_only=True, eq=False)
class Expansion:
    """A document with what each of its includes shows; ``parts`` are in the order of the text, and so is ``code``."""

    document: Document
    parts: Mapping[Include, Expansion | Failure]
    code: Mapping[CodeSnippet, Code | Failure] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A hash of all that is shown, and of why the rest is not: with the same hash, the same is shown."""
        parts = (part.digest if isinstance(part, Expansion) else repr(part) for part in self.parts.values())
        code = (repr(shown) if isinstance(shown, Failure) else shown.digest for shown in self.code.values())
        return digest(self.document.digest, *parts, *code)


Chain = tuple[Include, ...]
"""The includes that lead from a page to a fragment, outermost first."""


def shown(include: Include, base: PurePosixPath, locate: Locate, load: Load) -> Document | None:
    """Find the fragment that an include in the file ``base`` shows, ``None`` where it shows nothing."""
    found = locate(include, base)
    document = load(found.path, not include.block) if isinstance(found, Found) else None
    return document if isinstance(document, Document) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A fact of a page with the includes that lead to it from the page, outermost first."""

    fact: Fact
    chain: Chain

    @property
    def condition(self) -> Condition:
        """For whom the fact is shown on the page."""
        return self.fact.condition.union(*(include.condition for include in self.chain))


def named_file(include: Include, base: PurePosixPath, home: PurePosixPath) -> PurePosixPath | Failure:
    """Find the file that an include names, without asking whether it exists; ``~`` in it is the folder ``home``."""
    path = follow_include(include.path, base, home)
    if isinstance(path, Refused):
        kind: FailureKind = "outside-roots" if include.path else "not-found"
        return Failure(kind=kind, detail=path.why)
    if cut := re.search(r"\.md([#?].*)", include.path, re.IGNORECASE | re.DOTALL):
        return Failure(kind="invalid", detail=f"names more than a file; leave out '{cut[1]}'", target=path)
    if not is_markdown(path):
        return Failure(kind="invalid", detail="is not a Markdown file (.md)", target=path)
    return path


def expand(
    page: Document, *, locate: Locate, load: Load, show_code: ShowCode, limits: Limits, wholes: Wholes | None = None
) -> Expansion:
    """Follow all includes of a page, to any depth within the limits. Never fails: what shows nothing says why.

    ``wholes`` keeps what fragments show for the next page: 30 that include each other twice show a billion in all.
    """
    walk = _Walk(locate, load, show_code, limits, {} if wholes is None else wholes)
    return walk.expand(page, (page.source.path,))


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A fragment with all that it includes, where nothing failed for the place at which it is shown.

    ``includes`` and ``characters`` are what it adds to a page, itself counted; ``depth`` is how many fragments deep it
    leads, 0 where it is cut off at the depth that is allowed. ``files`` are those in it, itself and those cut off included.
    """

    expansion: Expansion
    includes: int
    characters: int
    depth: int
    files: frozenset[PurePosixPath]


Wholes = dict[tuple[PurePosixPath, bool, int], Whole]
"""What fragments show: the same object for all that show them.

It is kept by path, whether within a line, and how deep it is shown; that is 0 where it does not matter.
"""

_OF_THE_PAGE: frozenset[FailureKind] = frozenset({"circular", "too-many", "too-large"})
"""The failures that depend on what else is shown."""


class _Walk:
    def __init__(self, locate: Locate, load: Load, show_code: ShowCode, limits: Limits, wholes: Wholes) -> None:
        self._locate = locate
        self._load = load
        self._show_code = show_code
        self._limits = limits
        self._wholes = wholes
        self._includes = 0
        self._characters = 0

    def expand(self, document: Document, stack: tuple[PurePosixPath, ...]) -> Expansion:
        parts = {include: self._show(include, stack) for include in document.of(Include)}
        code = {snippet: self._code(snippet, stack[-1]) for snippet in document.of(CodeSnippet)}
        return Expansion(document=document, parts=parts, code=code)

    def _code(self, snippet: CodeSnippet, base: PurePosixPath) -> Code | Failure:
        shown = self._show_code(snippet, base)
        if isinstance(shown, Code):
            self._characters += len(shown.text)
            if self._characters > self._limits.characters:
                return Failure(kind="too-large", target=shown.path)
        return shown

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
        known = self._known(found.path, not include.block, len(stack))
        if whole := next((whole for whole in known if self._fits(whole, stack)), None):
            self._includes += whole.includes
            self._characters += whole.characters
            return whole.expansion
        self._includes += 1
        self._characters += len(document.source.text)
        if self._characters > self._limits.characters:
            return Failure(kind="too-large", target=found.path)
        expansion = self.expand(document, (*stack, found.path))
        self._keep(expansion, not include.block, len(stack))
        return expansion

    def _known(self, path: PurePosixPath, inline: bool, level: int) -> list[Whole]:
        found = (self._wholes.get((path, inline, where)) for where in (0, level))
        return [whole for whole in found if whole]

    def _fits(self, whole: Whole, stack: tuple[PurePosixPath, ...]) -> bool:
        """Would a fragment show here what it showed elsewhere?"""
        return (
            self._includes + whole.includes <= self._limits.includes
            and self._characters + whole.characters <= self._limits.characters
            and len(stack) + whole.depth - 1 <= self._limits.depth
            and whole.files.isdisjoint(stack)
        )

    def _keep(self, expansion: Expansion, inline: bool, level: int) -> None:
        """Keep what a fragment shows, if that is the same on every page that has room for it."""
        path = expansion.document.source.path
        below: list[Whole] = []
        cut_off: set[PurePosixPath] = set()  # another page may show one of these above, where it closes a circle
        if any(isinstance(shown, Failure) and shown.kind in _OF_THE_PAGE for shown in expansion.code.values()):
            return
        for include, part in expansion.parts.items():
            if isinstance(part, Failure):
                if part.kind in _OF_THE_PAGE:
                    return
                if part.kind == "too-deep" and part.target:
                    cut_off.add(part.target)
                continue
            known = self._known(part.document.source.path, not include.block, level + 1)
            found = next((whole for whole in known if whole.expansion is part), None)
            if found is None:
                return
            below.append(found)
        is_cut_off = bool(cut_off) or any(not whole.depth for whole in below)
        self._wholes[path, inline, level if is_cut_off else 0] = Whole(
            expansion=expansion,
            includes=1 + sum(whole.includes for whole in below),
            characters=_characters(expansion) + sum(whole.characters for whole in below),
            depth=0 if is_cut_off else 1 + max((whole.depth for whole in below), default=0),
            files=frozenset({path, *cut_off}).union(*(whole.files for whole in below)),
        )


def _characters(expansion: Expansion) -> int:
    """Count the characters of a file and of the code that it shows, without its fragments."""
    code = (len(shown.text) for shown in expansion.code.values() if isinstance(shown, Code))
    return len(expansion.document.source.text) + sum(code)


def facts(expansion: Expansion) -> list[Placed]:
    """List the facts of a whole page as a reader meets them; a failed include is the fact that it is."""
    found: list[Placed] = []
    _collect(expansion, (), found)
    return found


def _collect(expansion: Expansion, chain: Chain, found: list[Placed]) -> None:
    for fact in expansion.document.facts:
        found.append(Placed(fact=fact, chain=chain))
        if isinstance(fact, Include) and isinstance(part := expansion.parts[fact], Expansion):
            _collect(part, (*chain, fact), found)


def failures(expansion: Expansion, seen: set[int] | None = None) -> Iterator[tuple[Include | CodeSnippet, Failure]]:
    """Go through what shows nothing on a whole page; what is shown again is not gone through again."""
    known = set() if seen is None else seen
    for snippet, shown in expansion.code.items():
        if isinstance(shown, Failure):
            yield snippet, shown
    for include, part in expansion.parts.items():
        if isinstance(part, Failure):
            yield include, part
        elif id(part) not in known:
            known.add(id(part))
            yield from failures(part, known)


def lost(expansion: Expansion) -> frozenset[Include]:
    """Find the includes of a whole page that show nothing: what they would have shown is not known."""
    return frozenset(include for include, _ in failures(expansion) if isinstance(include, Include))


def distinct(expansion: Expansion) -> Iterator[Expansion]:
    """Go through a page and the fragments that it shows, each once, the page itself first, in reading order."""
    left = [expansion]
    seen: set[int] = set()
    while left:
        one = left.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            left += (part for part in reversed(list(one.parts.values())) if isinstance(part, Expansion))


def documents(expansion: Expansion) -> Iterator[Document]:
    """Go through the documents that a page shows, the page itself first, each at least once."""
    return (one.document for one in distinct(expansion))


def files(expansion: Expansion) -> Iterator[PurePosixPath]:
    """Go through the files that a page shows, the page itself first, each at least once."""
    return (document.source.path for document in documents(expansion))


def code_files(expansion: Expansion) -> Iterator[PurePosixPath]:
    """Go through the files of which a page shows code, each at least once."""
    shown = (shown for one in distinct(expansion) for shown in one.code.values())
    return (code.path for code in shown if isinstance(code, Code))


def file_of_code(shown: Code | Failure) -> PurePosixPath | None:
    """Find the file whose code is shown, or would be."""
    return shown.path if isinstance(shown, Code) else shown.target
