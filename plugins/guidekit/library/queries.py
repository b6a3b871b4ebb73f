"""What rules may ask the library: three groups of questions, by what an answer depends on.

What is not in the group that a rule gets, it cannot ask: it does not type-check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol

from guidekit.layout import Layout
from guidekit.library.checklist import Checklist
from guidekit.library.cross_references import CrossReferenceMap, Resolved
from guidekit.library.destinations import Destination
from guidekit.library.failure import Failure
from guidekit.library.includes import Expansion, Found
from guidekit.library.moved_files import MovedFile
from guidekit.library.navigation import Navigation
from guidekit.library.page import Fragment, Page
from guidekit.library.pivots import PivotGroup
from guidekit.library.previous_catalogue import PreviousCatalogue
from guidekit.settings import Settings
from guidekit.syntax.code_snippet import CodeSnippet, Selection
from guidekit.syntax.cross_reference import Reference
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.table_of_contents import TableOfContents
from guidekit.text.source import Unreadable


class NameQueries(Protocol):
    """Questions that the settings, the names of the files, what is published and what YAML files are answer.

    Nothing else that files say does.
    """

    @property
    def settings(self) -> Settings:
        """The settings of the content set."""

    @property
    def files(self) -> frozenset[PurePosixPath]:
        """The names of all files that are listed."""

    def is_fragment(self, path: PurePosixPath) -> bool:
        """Is this Markdown file a fragment?"""

    def follow(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link or image in the file ``base`` leads."""

    def in_any_case(self, file: PurePosixPath) -> PurePosixPath | None:
        """Find the file of this name in whatever letter case; ``None`` where there is none, or several."""

    def fragments_named(self, guid: str) -> tuple[PurePosixPath, ...]:
        """Find the fragments whose file is named by a GUID."""

    def nearest(self, file: PurePosixPath, base: PurePosixPath, *, fragments: bool) -> PurePosixPath | None:
        """Find the file that an author most likely meant in ``base``: a fragment, or anything but one."""


class Queries(NameQueries, Protocol):
    """What a rule of one file or page may ask: names, and what single other files say.

    Each answer to a question that is added here is recorded, so that a cached finding is known to be stale.
    """

    def load(self, path: PurePosixPath, inline: bool = False) -> Document | Unreadable | None:
        """Read and parse a file; ``inline`` as for a fragment within a line."""

    def locate(self, include: Include, base: PurePosixPath) -> Found | Failure:
        """Find the file that an include in ``base`` names."""

    def shown(self, include: Include, base: PurePosixPath) -> Document | None:
        """Find the fragment that an include in ``base`` shows."""

    def code_failure(self, selection: Selection, base: PurePosixPath) -> Failure | None:
        """Find why a snippet in the file ``base`` shows no code; ``None`` where it shows some."""

    def expansion(self, path: PurePosixPath) -> Expansion | None:
        """Find all that a file shows, its fragments included; ``None`` where it cannot be read."""

    def words(self, path: PurePosixPath) -> int | None:
        """Count the words that a file says as guidance; ``None`` where it says nothing, or cannot be read."""

    def is_whole(self, path: PurePosixPath) -> bool:
        """Can all be read that a file shows, itself included?"""

    def anchors_of(self, path: PurePosixPath) -> frozenset[str] | None:
        """Find all places of a Learn page that a link can lead to; ``None`` where there is no such page."""

    def is_guidance(self, path: PurePosixPath) -> bool:
        """Does this file stand behind a checklist item?"""

    def is_guidance_fragment(self, path: PurePosixPath) -> bool:
        """Is this fragment the guidance of an item, or meant to be?"""

    def pivot_groups(self) -> tuple[PivotGroup, ...] | None:
        """Find the groups of pivots that the content set declares; ``None`` where it has no file of them."""

    def claims_to(self, uid: str, beside: PurePosixPath | None = None) -> tuple[Document, ...]:
        """Find the fragments that claim a ``ms.uid``, in whatever letter case, in a language of the one ``beside``."""


class LibraryQueries(Queries, Protocol):
    """What a rule of the whole library may ask: everything, as it is run again after each edit."""

    @property
    def layout(self) -> Layout:
        """Where the content set has its files."""

    @property
    def documents(self) -> Iterator[Document]:
        """The files that are written in the Learn dialect: those of pages, then fragments."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages, by path."""

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """The fragments, by path."""

    @property
    def unreadable(self) -> Mapping[PurePosixPath, Unreadable]:
        """The files that are there but cannot be read or published, and why."""

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists of all guides, by page."""

    @property
    def yaml_kinds(self) -> Mapping[PurePosixPath, str]:
        """The YAML files that say which kind of page they are, by path: drawn or not."""

    def in_its_place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find the page in Markdown that has the address of a page in YAML; ``None`` where there is none."""

    @property
    def failures(self) -> tuple[tuple[PurePosixPath, Include | CodeSnippet, Failure], ...]:
        """What shows nothing, each with the page, or the fragment that no page shows, to which it belongs."""

    @property
    def previous_catalogue(self) -> PreviousCatalogue | None:
        """The catalogue that was published before, ``None`` where the settings name none."""

    @property
    def xref_maps(self) -> tuple[CrossReferenceMap, ...]:
        """The maps of cross references that the settings name."""

    @property
    def tables_of_contents(self) -> tuple[TableOfContents, ...]:
        """The tables of contents, by path, those of breadcrumbs too."""

    @property
    def navigation(self) -> Navigation:
        """What the tables of contents say of the order of the pages, and where their entries lead."""

    @property
    def moved_files(self) -> tuple[MovedFile, ...]:
        """The files that moved, by path, and what becomes of their addresses."""

    def referenced(self, reference: Reference) -> Resolved | None:
        """Find where a cross reference leads; ``None`` where nobody knows its name."""

    def used_by(self, fragment: PurePosixPath | str) -> tuple[PurePosixPath, ...]:
        """Find the pages that show a fragment, directly or through other fragments, in order."""
