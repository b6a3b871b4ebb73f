"""A page of a content set with the fragments that it shows, and a fragment by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from guidekit.library import checklist, guidance, includes, outline
from guidekit.library.checklist import Checklist
from guidekit.library.failure import Failure
from guidekit.library.guidance import Review
from guidekit.library.includes import Expansion, Placed
from guidekit.library.outline import Outline
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.syntax.raw_html import Anchor
from guidekit.text.digests import digest


class PageContext(Protocol):
    """What a page asks the content set that it belongs to."""

    def url(self, path: PurePosixPath) -> str:
        """Make the address of a page or file, counted from the site's root."""

    def shown(self, include: Include, base: PurePosixPath) -> Document | None:
        """Find the fragment that an include in ``base`` shows."""

    def expand(self, document: Document) -> Expansion:
        """Follow all includes of a document."""


class Page:
    """A file that becomes a URL, written in Markdown or in YAML."""

    def __init__(self, context: PageContext, path: PurePosixPath, document: Document, *, learn: bool) -> None:
        self.path = path
        self.document = document
        self.learn = learn
        self._context = context

    def __repr__(self) -> str:
        return f"Page({str(self.path)!r})"

    def copy_cached_values(self, previous: Page) -> None:
        """Copy cached values from the page's previous revision, which was made of the same texts."""
        self.__dict__ |= {name: value for name, value in previous.__dict__.items() if name in _CACHED}

    @property
    def url(self) -> str:
        """The page's address, counted from the site's root."""
        return self._context.url(self.path)

    @property
    def title(self) -> str:
        """The title in the front matter, else the first heading of level 1 to 3, else the file's name in words."""
        return self.outline.title or self.path.stem.replace("-", " ").replace("_", " ")

    @property
    def metadata(self) -> Mapping[str, object]:
        """The front matter's values, and those that a docfx.json gives to the page."""
        header = self.document.front_matter
        return {**header.inherited, **header.values} if header.inherited else header.values

    @property
    def moved_to(self) -> str:
        """The address at which its header says that the page is now (``redirect_url``); empty where it is here."""
        return self.document.front_matter.text("redirect_url")

    @cached_property
    def expansion(self) -> Expansion:
        """The page with all its fragments."""
        return self._context.expand(self.document)

    @cached_property
    def facts(self) -> tuple[Placed, ...]:
        """The facts of the whole page, fragments included, as a reader meets them."""
        return tuple(includes.facts(self.expansion))

    @cached_property
    def checklist(self) -> Checklist | None:
        """The page's checklist, ``None`` where it has no items."""
        return checklist.read(self.document, lambda include: self._context.shown(include, self.path))

    @cached_property
    def outline(self) -> Outline:
        """The headings as they are published."""
        return outline.read(self.document.front_matter.text("title"), self.facts)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """All places of the published page that a link can lead to."""
        ids = {heading.id for heading in self.outline.headings}
        ids |= {placed.fact.id for placed in self.facts if isinstance(placed.fact, Anchor)}
        ids |= {item.guid for item in self.checklist.items if item.guid} if self.checklist else set()
        return frozenset(ids)

    @property
    def files_read(self) -> tuple[PurePosixPath, ...]:
        """The files that the page is made of, itself first, each once."""
        return tuple(dict.fromkeys((*includes.files(self.expansion), *includes.code_files(self.expansion))))

    @cached_property
    def failures(self) -> tuple[tuple[Include | CodeSnippet, Failure], ...]:
        """What on the page, or in its fragments, shows nothing."""
        return tuple(includes.failures(self.expansion))

    @cached_property
    def files_named(self) -> frozenset[PurePosixPath]:
        """The files that the page is made of or would be, if all its includes showed something."""
        return frozenset(named_files(self.expansion))

    @cached_property
    def review(self) -> Review:
        """When the page with its fragments was last reviewed, and when it is due again."""
        return guidance.review(includes.documents(self.expansion))

    @cached_property
    def digest(self) -> str:
        """A hash of the whole page: with the same hash, it has the same facts, outline, anchors and checklist.

        The checklist may name a fragment that the page does not show, because there is no room for it.
        """
        parts = self.expansion.parts.items()
        named = (self._context.shown(include, self.path) for include, part in parts if isinstance(part, Failure))
        return digest(self.expansion.digest, *(document.digest if document else "" for document in named))


class Fragment:
    """A Markdown file that pages include; never a URL of its own."""

    def __init__(self, context: PageContext, path: PurePosixPath, document: Document) -> None:
        self.path = path
        self.document = document
        self._context = context

    def __repr__(self) -> str:
        return f"Fragment({str(self.path)!r})"

    def copy_cached_values(self, previous: Fragment) -> None:
        """Copy cached values from the fragment's previous revision, which was made of the same texts."""
        self.__dict__ |= {name: value for name, value in previous.__dict__.items() if name in _CACHED}

    @cached_property
    def expansion(self) -> Expansion:
        """The fragment with all the fragments that it includes."""
        return self._context.expand(self.document)

    @cached_property
    def words(self) -> int | None:
        """How many words it says as guidance, ``None`` for nothing."""
        return guidance.words(self.expansion)

    @cached_property
    def files_named(self) -> frozenset[PurePosixPath]:
        """The files that the fragment is made of or would be, if all its includes showed something."""
        return frozenset(named_files(self.expansion))


_CACHED = frozenset(
    name for kind in (Page, Fragment) for name, value in vars(kind).items() if isinstance(value, cached_property)
)


def named_files(part: Expansion | Failure) -> Iterator[PurePosixPath]:
    """List the files that an include shows, and those that it would show if nothing failed."""
    for one in includes.distinct(part) if isinstance(part, Expansion) else ():
        yield one.document.source.path
        yield from (failed.target for failed in one.parts.values() if isinstance(failed, Failure) and failed.target)
        yield from (path for shown in one.code.values() if (path := includes.file_of_code(shown)))
    if isinstance(part, Failure) and part.target is not None:
        yield part.target
