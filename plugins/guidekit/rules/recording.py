"""The queries that the rules of one file ask, recorded with their answers, so that they can be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol, TypeVar

from guidekit.library import includes
from guidekit.library.destinations import Destination
from guidekit.library.failure import Failure
from guidekit.library.includes import Expansion, Found
from guidekit.library.pivots import PivotGroup
from guidekit.library.queries import Queries
from guidekit.settings import Settings
from guidekit.syntax.code_snippet import Selection
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text.source import Unreadable

Answer_co = TypeVar("Answer_co", covariant=True)


class Query(Protocol[Answer_co]):
    """A question to the library: a value that can be compared, and sent to another process."""

    def ask(self, queries: Queries) -> Answer_co:
        """Ask it."""


def comparable(answer: object) -> object:
    """Make a value of an answer that is small, and equal only to that of the same answer: documents become digests."""
    if isinstance(answer, (Document, Expansion)):
        return answer.digest
    return tuple(map(comparable, answer)) if isinstance(answer, tuple) else answer


class RecordingQueries:
    """The `Queries` that the rules of one file ask; ``answers`` holds what has to be compared later.

    First come the queries that the names of the files, the settings, what is published and what YAML files are answer. They are not recorded:
    where any of these changes, no finding is reused. The others are each recorded with the answer, by a class below.
    """

    def __init__(self, library: Queries) -> None:
        self._library = library
        self.answers: dict[Query[object], object] = {}

    # Answered by names and settings

    @property
    def settings(self) -> Settings:
        """The settings of the content set."""
        return self._library.settings

    @property
    def files(self) -> frozenset[PurePosixPath]:
        """The names of all files that are listed."""
        return self._library.files

    def is_fragment(self, path: PurePosixPath) -> bool:
        """Is this Markdown file a fragment?"""
        return self._library.is_fragment(path)

    def follow(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link or image in the file ``base`` leads."""
        return self._library.follow(href, base)

    def in_any_case(self, file: PurePosixPath) -> PurePosixPath | None:
        """Find the file of this name in whatever letter case; ``None`` where there is none, or several."""
        return self._library.in_any_case(file)

    def fragments_named(self, guid: str) -> tuple[PurePosixPath, ...]:
        """Find the fragments whose file is named by a GUID."""
        return self._library.fragments_named(guid)

    def nearest(self, file: PurePosixPath, base: PurePosixPath, *, fragments: bool) -> PurePosixPath | None:
        """Find the file that an author most likely meant in ``base``: a fragment, or anything but one."""
        return self._library.nearest(file, base, fragments=fragments)

    # Recorded

    def load(self, path: PurePosixPath, inline: bool = False) -> Document | Unreadable | None:
        """Read and parse a file; ``inline`` as for a fragment within a line."""
        return self._record(Load(path=path, inline=inline))

    def locate(self, include: Include, base: PurePosixPath) -> Found | Failure:
        """Find the file that an include in ``base`` names."""
        found = self._library.locate(include, base)
        if isinstance(found, Found) and found.path in self.files:
            return found  # the names of the files tell
        return self._record(Locate(include=include, base=base))

    def shown(self, include: Include, base: PurePosixPath) -> Document | None:
        """Find the fragment that an include in ``base`` shows."""
        return includes.shown(include, base, self.locate, self.load)

    def code_failure(self, selection: Selection, base: PurePosixPath) -> Failure | None:
        """Find why a snippet in the file ``base`` shows no code; ``None`` where it shows some."""
        return self._record(CodeFailure(selection=selection, base=base))

    def expansion(self, path: PurePosixPath) -> Expansion | None:
        """Find all that a file shows, its fragments included; ``None`` where it cannot be read."""
        return self._record(ExpansionOf(path=path))

    def words(self, path: PurePosixPath) -> int | None:
        """Count the words that a file says as guidance; ``None`` where it says nothing, or cannot be read."""
        return self._record(Words(path=path))

    def is_whole(self, path: PurePosixPath) -> bool:
        """Can all be read that a file shows, itself included?"""
        return self._record(IsWhole(path=path))

    def anchors_of(self, path: PurePosixPath) -> frozenset[str] | None:
        """Find all places of a Learn page that a link can lead to; ``None`` where there is no such page."""
        return self._record(AnchorsOf(path=path))

    def is_guidance(self, path: PurePosixPath) -> bool:
        """Does this file stand behind a checklist item?"""
        return self._record(IsGuidance(path=path))

    def is_guidance_fragment(self, path: PurePosixPath) -> bool:
        """Is this fragment the guidance of an item, or meant to be?"""
        return self._record(IsGuidanceFragment(path=path))

    def claims_to(self, uid: str, beside: PurePosixPath | None = None) -> tuple[Document, ...]:
        """Find the fragments that claim a ``ms.uid``, in whatever letter case, in a language of the one ``beside``."""
        return self._record(ClaimsTo(uid=uid, beside=beside))

    def pivot_groups(self) -> tuple[PivotGroup, ...] | None:
        """Find the groups of pivots that the content set declares; ``None`` where it has no file of them."""
        return self._record(PivotGroups())

    def _record(self, query: Query[Answer_co]) -> Answer_co:
        answer = query.ask(self._library)
        self.answers[query] = comparable(answer)
        return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """Asks for a parsed file."""

    path: PurePosixPath
    inline: bool

    def ask(self, queries: Queries) -> Document | Unreadable | None:
        """Ask it."""
        return queries.load(self.path, self.inline)


@dataclass(frozen=True, kw_only=True, slots=True)
class Locate:
    """Asks for the file that an include names: one that is not listed may come and go, and no name tells."""

    include: Include
    base: PurePosixPath

    def ask(self, queries: Queries) -> Found | Failure:
        """Ask it."""
        return queries.locate(self.include, self.base)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeFailure:
    """Asks why a snippet shows no code."""

    selection: Selection
    base: PurePosixPath

    def ask(self, queries: Queries) -> Failure | None:
        """Ask it."""
        return queries.code_failure(self.selection, self.base)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpansionOf:
    """Asks for all that a file shows."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> Expansion | None:
        """Ask it."""
        return queries.expansion(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Asks how many words a file says as guidance."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> int | None:
        """Ask it."""
        return queries.words(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class IsWhole:
    """Asks whether all can be read that a file shows."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> bool:
        """Ask it."""
        return queries.is_whole(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnchorsOf:
    """Asks for the places of a page that a link can lead to."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> frozenset[str] | None:
        """Ask it."""
        return queries.anchors_of(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class IsGuidance:
    """Asks whether a file stands behind a checklist item."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> bool:
        """Ask it."""
        return queries.is_guidance(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class IsGuidanceFragment:
    """Asks whether a fragment is the guidance of an item, or meant to be."""

    path: PurePosixPath

    def ask(self, queries: Queries) -> bool:
        """Ask it."""
        return queries.is_guidance_fragment(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimsTo:
    """Asks for the fragments that claim a ``ms.uid``."""

    uid: str
    beside: PurePosixPath | None

    def ask(self, queries: Queries) -> tuple[Document, ...]:
        """Ask it."""
        return queries.claims_to(self.uid, self.beside)


@dataclass(frozen=True, kw_only=True, slots=True)
class PivotGroups:
    """Asks for the groups of pivots."""

    def ask(self, queries: Queries) -> tuple[PivotGroup, ...] | None:
        """Ask it."""
        return queries.pivot_groups()
