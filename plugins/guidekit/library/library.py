"""All pages and fragments of one content set, who includes whom, and where their links lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Self

from guidekit import garbage_collection
from guidekit.layout import OF_FOLDERS, TABLES_OF_CONTENTS, FileKind, Layout, is_yaml
from guidekit.library import (
    base_path,
    checklist,
    code_snippets,
    cross_references,
    failure,
    glossary,
    guidance,
    includes,
    learn_pages,
    moved_files,
    navigation,
    output_paths,
    pivots,
    previous_catalogue,
    sources,
)
from guidekit.library.breadcrumbs import Breadcrumb, Breadcrumbs
from guidekit.library.checklist import Checklist
from guidekit.library.code_snippets import Code
from guidekit.library.cross_references import CrossReferenceMap, CrossReferences, Resolved
from guidekit.library.destinations import Destination, Destinations
from guidekit.library.failure import Failure
from guidekit.library.file_index import FileIndex
from guidekit.library.glossary import Glossary
from guidekit.library.includes import Expansion, Found
from guidekit.library.learn_pages import Dialect
from guidekit.library.moved_files import MovedFile
from guidekit.library.navigation import Navigation
from guidekit.library.page import Fragment, Page, named_files
from guidekit.library.pivots import PivotGroup
from guidekit.library.previous_catalogue import PreviousCatalogue
from guidekit.library.publication import Lookup, Publication
from guidekit.library.yaml_files import YamlFiles
from guidekit.settings import Settings, SettingsError
from guidekit.syntax import cross_reference, table_of_contents, yaml_document
from guidekit.syntax.code_file import CodeFile
from guidekit.syntax.code_snippet import CodeSnippet, Selection
from guidekit.syntax.cross_reference import Reference
from guidekit.syntax.document import Document, parse
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image, Link
from guidekit.syntax.redirections import Redirection
from guidekit.syntax.table_of_contents import TableOfContents
from guidekit.syntax.yaml_page.page_kinds import KINDS
from guidekit.text import paths
from guidekit.text.globs import Globs
from guidekit.text.guid import is_guid
from guidekit.text.source import Reader, Source, Span, Unreadable

_HTML = re.compile(r"\.html(?=[?#]|\Z)")


class ChangedError(Exception):
    """A file that is no longer the one that was read; the message names it."""


Owners = Callable[[PurePosixPath], str]
"""Answers who owns a file, counted from the library's root; empty where nobody is named."""


def owned_by_nobody(_: PurePosixPath) -> str:
    """Name no owner of any file."""
    return ""


def passing_over_nothing(_: PurePosixPath) -> bool:
    """Pass over no file."""
    return False


class Library:
    """A content set, read through ``read``; ``files`` names every file that lies in it, from its root.

    ``outside`` are those of them, and the links to folders, that lead out of it: nothing of these is published.
    ``publication`` tells what the host makes of them.
    Files that are ``passed_over`` are neither pages nor fragments of their own; links and includes still lead to them.
    """

    def __init__(
        self,
        *,
        read: Reader,
        files: Iterable[PurePosixPath],
        layout: Layout,
        settings: Settings,
        owners: Owners = owned_by_nobody,
        redirections: Mapping[PurePosixPath, Redirection] | None = None,
        outside: Mapping[PurePosixPath, Unreadable] | None = None,
        publication: Publication | None = None,
        passed_over: Callable[[PurePosixPath], bool] = passing_over_nothing,
    ) -> None:
        self.files = frozenset(files)
        self.outside = outside or {}
        self._publication = publication or Publication()
        self.layout = layout
        self._extensions = frozenset(layout.markdown_extensions)
        self.settings = settings
        self._read_at_first = read
        self._texts: Mapping[PurePosixPath, str | Unreadable | None] = {}
        self._owners = owners
        self.redirections = redirections or {}
        self._loaded: dict[tuple[PurePosixPath, bool], Document | Unreadable | None] = {}
        self._code_files: dict[PurePosixPath, CodeFile | Unreadable | None] = {}
        self._resolved: dict[Reference, Resolved | None] = {}
        self._maps: dict[tuple[PurePosixPath, str | Unreadable | None], CrossReferenceMap] = {}
        self._tables: dict[tuple[PurePosixPath, str | Unreadable | None], TableOfContents] = {}
        self._code: dict[tuple[Selection, PurePosixPath], Code | Failure] = {}
        self._pages: dict[PurePosixPath, Page] = {}
        self._previous_pages: Mapping[PurePosixPath, Page] = {}
        self._previous_fragments: Mapping[PurePosixPath, Fragment] = {}
        self._wholes: includes.Wholes = {}
        self._located: dict[tuple[str, PurePosixPath], Found | Failure] = {}
        self._learn = None if settings.learn is None else _globs("learn", settings.learn)
        self._ignores = [
            (_globs("per_file_ignores", (glob,)), codes) for glob, codes in settings.per_file_ignores.items()
        ]
        self._ignored: dict[PurePosixPath, frozenset[str]] = {}
        self._passed_over = passed_over
        self._yaml_files = YamlFiles(read)
        self._index = self._index_of_files()
        self._lookup = self._publication.lookup or self._lookup_of_translations()
        self._limits = includes.Limits(
            depth=settings.max_include_depth, includes=settings.max_includes, characters=settings.max_file_size
        )
        self._glossary = self._chosen("glossary", settings.glossary)
        self.overview = self._chosen("overview", settings.overview)
        self._sources = self._chosen("sources", settings.sources)

    def _index_of_files(self) -> FileIndex:
        return FileIndex(
            self.files,
            self.layout,
            _globs("fragments", self.settings.fragments),
            self._publication.unpublished,
            self._passed_over,
            self._yaml_files,
        )

    # What there is

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages, by path; one that cannot be read is in `unreadable` instead."""
        pages = tuple(self._page_at(*loaded) for loaded in self._load_all(FileKind.PAGE, FileKind.YAML_PAGE))
        self._previous_pages = {}
        return pages

    def _page_at(self, path: PurePosixPath, document: Document) -> Page:
        """Make the page of a file, once."""
        if path not in self._pages:
            previous = self._previous_pages.get(path)
            page = Page(self, path, document, learn=previous.learn if previous else self.is_learn(document))
            if previous:
                page.copy_cached_values(previous)
            self._pages[path] = page
        return self._pages[path]

    @cached_property
    def fragments(self) -> tuple[Fragment, ...]:
        """The fragments, by path; one that cannot be read is in `unreadable` instead.

        Where pages tell by themselves how they are read, a text that no Learn page shows and that shows no sign of the
        dialect is none: it belongs to whatever else the site is made with. What drafts alone show belongs to these.
        """
        fragments = []
        for path, document in self._load_all(FileKind.FRAGMENT):
            if self._is_of_drafts(path) or not self._is_learn_fragment(document):
                continue
            fragment = Fragment(self, path, document)
            if previous := self._previous_fragments.get(path):
                fragment.copy_cached_values(previous)
            fragments.append(fragment)
        self._previous_fragments = {}
        return tuple(fragments)

    @property
    def documents(self) -> Iterator[Document]:
        """The files that are written in the Learn dialect: those of pages, then fragments."""
        yield from (page.document for page in self.pages if page.learn)
        yield from (fragment.document for fragment in self.fragments)

    @cached_property
    def unreadable(self) -> Mapping[PurePosixPath, Unreadable]:
        """The files that are there but cannot be read or published, and why."""
        loaded = ((path, self.load(path)) for path in self.texts)
        return {**{path: answer for path, answer in loaded if isinstance(answer, Unreadable)}, **self.outside}

    @cached_property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists of all guides, by page."""
        return tuple(page.checklist for page in self.pages if page.learn and page.checklist)

    @cached_property
    def guidance(self) -> frozenset[PurePosixPath]:
        """The fragments that stand behind a checklist item."""
        return frozenset(item.fragment for guide in self.checklists for item in guide.items if item.fragment)

    @cached_property
    def glossary(self) -> Glossary | None:
        """The terms of the page that the settings name, ``None`` where they name none or it cannot be read."""
        document = self.load(self._glossary) if self._glossary else None
        if not isinstance(document, Document):
            return None
        page = self._page_at(document.source.path, document)
        return glossary.read(page.path, page.expansion, page.outline)

    @cached_property
    def sources(self) -> Mapping[str, date]:
        """The dates of the sources that the page of the settings lists, by whole addresses; none where it names no page."""
        document = self.load(self._sources) if self._sources else None
        if not isinstance(document, Document):
            return {}
        listed = sources.read(includes.documents(self.expand(document)))
        return {url: day for address, day in listed.items() if (url := self._source(address, document))}

    def sources_of(self, document: Document) -> Mapping[str, date]:
        """Find the listed sources to which a file links, with their dates."""
        addresses = (self._source(link.address, document) for link in document.of(Link))
        return {address: self.sources[address] for address in addresses if address in self.sources}

    def _source(self, href: str, document: Document) -> str:
        return sources.without_anchor(self.follow(href, document.source.path).url)

    @cached_property
    def published(self) -> frozenset[PurePosixPath]:
        """The files that are made for the site: checklists and reports; none where a file of the author's stands."""
        made = set(output_paths.of_reports(self.settings.reports, self.layout))
        if self.settings.publish_catalogue and self.checklists:
            of_guides = (path for guide in self.checklists for _, path in self.outputs_of(guide.page))
            made.update(output_paths.of_site(self.layout), of_guides)
        return frozenset(made) - self.files

    def _is_published(self, path: PurePosixPath) -> bool:
        return path in self.published or (self.layout.brings_sites and self._is_brought(path))

    def _is_brought(self, path: PurePosixPath) -> bool:
        """May a file lie in another site that a build brings in? It does not lie in a folder that is here."""
        inside = self.layout.inside(path)
        return inside != path and len(inside.parts) > 1 and inside.parts[0] not in self._topmost_folders

    @cached_property
    def _topmost_folders(self) -> frozenset[str]:
        return frozenset(self.layout.inside(file).parts[0] for file in self.files)

    def outputs_of(self, guide: PurePosixPath) -> Iterator[tuple[str, PurePosixPath]]:
        """List the files of a guide: their formats and their paths, beside the page as the host names it."""
        name = self._publication.names.get(guide)
        return output_paths.of_guide(guide.with_name(f"{name}.md") if name else guide, self.layout)

    @cached_property
    def shown_from_outside(self) -> frozenset[PurePosixPath]:
        """The files outside the content folder that pages show or link to through their fragments."""
        facts = (placed.fact for page in self.pages if page.learn for placed in page.facts)
        shown = (self.follow(fact.address, fact.span.path) for fact in facts if isinstance(fact, (Link, Image)))
        found = {leads.path for leads in shown if leads.kind == "file" and leads.path}
        return frozenset(path for path in found if not self.layout.is_content(path)) - self.outside.keys()

    @cached_property
    def previous_catalogue(self) -> PreviousCatalogue | None:
        """The catalogue that was published before, ``None`` where the settings name none."""
        if not self.settings.published:
            return None
        source = self.source(PurePosixPath(self.settings.published))
        if source is None:
            return PreviousCatalogue(problem="does not exist", exists=False)
        return (
            previous_catalogue.read(source) if isinstance(source, Source) else PreviousCatalogue(problem=source.detail)
        )

    @cached_property
    def tables_of_contents(self) -> tuple[TableOfContents, ...]:
        """The tables of contents, by path, those of breadcrumbs too; none in a repository that is not Learn's."""
        return tuple(self._table_of_contents(path) for path in self._index.of_kind(FileKind.TABLE_OF_CONTENTS))

    def _table_of_contents(self, path: PurePosixPath) -> TableOfContents:
        """Read a table of contents, once for all libraries that come from one another while its text is the same."""
        source = self.source(path)
        key = (path, source.text if isinstance(source, Source) else source)
        if key not in self._tables:
            self._tables[key] = table_of_contents.read(path, source)
        return self._tables[key]

    @cached_property
    def navigation(self) -> Navigation:
        """What the tables of contents say of the order of the pages, and where their entries lead."""
        return navigation.build(
            self.tables_of_contents,
            layout=self.layout,
            follow=self.follow,
            find=self._find_uid,
            title_of=self._title_of,
            undrawn={path for path, kind in self.yaml_kinds.items() if kind not in KINDS},
        )

    def breadcrumbs_of(self, page: Page) -> tuple[Breadcrumb, ...]:
        """Find the pages above a page, as the table of contents says that it names; the topmost first."""
        named = page.metadata.get("breadcrumb_path")
        return self._breadcrumbs.of(page.path, named) if isinstance(named, str) else ()

    @cached_property
    def _breadcrumbs(self) -> Breadcrumbs:
        return Breadcrumbs(self.tables_of_contents, layout=self.layout, at=self.base_path, follow=self.follow)

    def _find_uid(self, uid: str) -> Destination | None:
        found = self.referenced(Reference(uid=uid))
        return found.leads if found else None

    def pivot_groups(self) -> tuple[PivotGroup, ...] | None:
        """Find the groups of pivots that the content set declares; ``None`` where it has no file of them."""
        return self._pivot_groups

    @cached_property
    def _pivot_groups(self) -> tuple[PivotGroup, ...] | None:
        file = pivots.file_of(self.files)
        source = self.source(file) if file else None
        return pivots.read(source.text) if isinstance(source, Source) else None

    def page(self, path: PurePosixPath | str) -> Page | None:
        """Find a page by its path from the root."""
        return self._pages_by_path.get(PurePosixPath(path))

    def anchors_of(self, path: PurePosixPath) -> frozenset[str] | None:
        """Find all places of a Learn page that a link can lead to; ``None`` where there is no such page, or nobody knows them.

        Learn gives the cards of a page in YAML names of its own, but for questions.
        """
        page = self.page(path)
        is_known = page is not None and page.learn and page.document.yaml_kind in ("", "FAQ")
        return page.anchors if page and is_known else None

    def expansion(self, path: PurePosixPath) -> Expansion | None:
        """Find all that a file shows, its fragments included; ``None`` where it cannot be read."""
        if fragment := self._fragments_by_path.get(path):
            return fragment.expansion
        document = self.load(path)
        return self.expand(document) if isinstance(document, Document) else None

    def words(self, path: PurePosixPath) -> int | None:
        """Count the words that a file says as guidance; ``None`` where it says nothing, or cannot be read."""
        if fragment := self._fragments_by_path.get(path):
            return fragment.words
        expansion = self.expansion(path)
        return guidance.words(expansion) if expansion else None

    def is_whole(self, path: PurePosixPath) -> bool:
        """Can all be read that a file shows, itself included?"""
        expansion = self.expansion(path)
        if expansion is None or expansion.document.is_unread:
            return False
        return not any(includes.failures(expansion))

    def is_guidance(self, path: PurePosixPath) -> bool:
        """Does this file stand behind a checklist item?"""
        return path in self.guidance

    def is_guidance_fragment(self, path: PurePosixPath) -> bool:
        """Is this fragment the guidance of an item, or meant to be?"""
        if self.is_guidance(path):
            return self.is_fragment(path)
        document = self.load(path) if self.is_fragment(path) else None
        return isinstance(document, Document) and checklist.is_guidance(document)

    def claims_to(self, uid: str, beside: PurePosixPath | None = None) -> tuple[Document, ...]:
        """Find the fragments that claim a ``ms.uid``, in whatever letter case.

        ``beside`` leaves out those that are shown in other languages only than that fragment: they are translations of it.
        """
        found = self._fragments_by_uid.get(uid.lower(), ())
        own = self._languages(beside) if beside else frozenset()
        if not own:
            return found
        languages = ((one, self._languages(one.source.path)) for one in found)
        return tuple(one for one, shown in languages if not shown or own & shown)

    def _languages(self, fragment: PurePosixPath) -> frozenset[str]:
        """The languages of the pages that show a fragment, where the names of the pages tell them."""
        known = self.layout.translations
        if known is None:
            return frozenset()
        users = self.used_by(fragment)
        return frozenset(known.language(self.layout.inside(page)) or known.default for page in users)

    def used_by(self, fragment: PurePosixPath | str) -> tuple[PurePosixPath, ...]:
        """Find the pages that show a fragment, directly or through other fragments, in order."""
        return tuple(self._users.get(PurePosixPath(fragment), {}))

    def shown_at(self, fragment: PurePosixPath) -> tuple[Span, ...]:
        """Find the includes through which pages show a fragment: the first one of each page, in order."""
        return tuple(self._users.get(fragment, {}).values())

    def owner(self, path: PurePosixPath) -> str:
        """Find who answers for a file: its ``ms.author``, else its ``author``, else whom the repository names, else nobody."""
        document = self.load(path) if self.is_text(path) else None
        header = document.front_matter if isinstance(document, Document) else None
        own = (header.text("ms.author") or header.text("author")) if header else ""
        return own or self._owners(path)

    def ignores(self, path: PurePosixPath, code: str) -> bool:
        """Do the settings say that a rule says nothing about this file?"""
        if path not in self._ignored:
            found = (codes for globs, codes in self._ignores if globs.match(path))
            self._ignored[path] = frozenset(chain.from_iterable(found))
        return code in self._ignored[path]

    def page_of(self, path: PurePosixPath, text: str, front_matter: FrontMatter | None = None) -> Page:
        """Make a page of a text that is not (or not so) on disk; ``front_matter`` if it was taken off before."""
        document = parse(Source.of(path, text), header=front_matter is None, extensions=self._extensions)
        if front_matter is not None:
            document = replace(document, front_matter=replace(front_matter, body_line=0))
        is_yaml_page = self.kind(path) is FileKind.YAML_PAGE
        return Page(self, path, document, learn=is_yaml_page or self.is_learn(document))

    def kind(self, path: PurePosixPath) -> FileKind:
        """Tell what a file is, whether or not it is there."""
        return self._index.kind(path)

    @property
    def yaml_kinds(self) -> Mapping[PurePosixPath, str]:
        """The YAML files that say which kind of page they are, by path: drawn or not."""
        return self._index.yaml_kinds

    def in_its_place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find the page in Markdown that has the address of a page in YAML; ``None`` where there is none."""
        return self._index.in_its_place(path)

    def is_text(self, path: PurePosixPath) -> bool:
        """Is this a page, a fragment, or another file in Markdown?"""
        kind = self.kind(path)
        return kind.is_markdown or kind.is_page

    def is_fragment(self, path: PurePosixPath) -> bool:
        """Is this a Markdown file that pages include?"""
        return self.kind(path) is FileKind.FRAGMENT

    def file_at(self, place: PurePosixPath) -> PurePosixPath:
        """Find the file that is published at a place counted from the site's root, whether or not it is there."""
        return self._index.at(place)

    def lies_with_fragments(self, path: PurePosixPath) -> bool:
        """Does this file, whatever it is, lie where the settings say that fragments lie?"""
        return self._index.lies_with_fragments(path)

    def dialect(self, document: Document) -> Dialect:
        """Tell whether a page is written in the Learn dialect, and why."""
        return learn_pages.read(document, self._learn, self.layout)

    def _is_learn_fragment(self, document: Document) -> bool:
        if self._learn is not None or self.layout.learn_repository:
            return True
        path = document.source.path
        return is_guid(path.stem) or path in self._users or bool(learn_pages.sign(document, self.layout))

    def is_learn(self, document: Document) -> bool:
        """Is this page written in the Learn dialect?"""
        return self.dialect(document).learn

    # Reading

    @property
    def texts(self) -> tuple[PurePosixPath, ...]:
        """The files that pages and fragments are made of, whether or not they can be read."""
        kinds = (FileKind.PAGE, FileKind.YAML_PAGE, FileKind.FRAGMENT)
        return tuple(chain.from_iterable(map(self._index.of_kind, kinds)))

    @property
    def passed_over(self) -> frozenset[PurePosixPath]:
        """The Markdown files that are there, but are neither pages nor fragments of their own."""
        return self._index.passed_over

    def revised(self, texts: Mapping[PurePosixPath, str | Unreadable | None]) -> Self:
        """Open the same content set with other texts for some of its files; what was read before stays as it is.

        ``None`` takes a file away, and a path that is not there yet is a new one.
        """
        files = (self.files | texts.keys()) - {path for path, text in texts.items() if text is None}
        after = self._succeeded(files, texts.keys())
        after._texts = {**self._texts, **texts}
        return after

    def reread(self, files: Iterable[PurePosixPath], changed: Collection[PurePosixPath]) -> Self:
        """Open the same content set after it changed on disk: these are its files now, and those are read anew."""
        after = self._succeeded(frozenset(files), changed)
        after._texts = {path: text for path, text in self._texts.items() if path not in changed}
        return after

    def _succeeded(self, files: frozenset[PurePosixPath], changed: Collection[PurePosixPath]) -> Self:
        """Make the library that comes after this one; what cannot have changed is not worked out again.

        Of files that are read but not listed nobody tells whether they have changed: they are always read again.
        """
        after = type(self)(
            read=self._read_at_first,
            files=files,
            layout=self.layout,
            settings=self.settings,
            owners=self._owners,
            redirections=self.redirections,
            outside=self.outside,
            publication=self._publication,
            passed_over=self._passed_over,
        )
        unchanged = (self.files & files).difference(changed)
        after._loaded = {key: document for key, document in self._loaded.items() if key[0] in unchanged}
        after._code_files = {path: file for path, file in self._code_files.items() if path in unchanged}
        after._maps = self._maps
        after._tables = self._tables
        after._yaml_files = self._yaml_files.succeeded(after._read, changed)
        if files == self.files and not any(map(is_yaml, changed)):
            after._index = self._index
        else:
            after._index = after._index_of_files()
        if files == self.files and files.issuperset(changed):
            after._located = {
                key: found for key, found in self._located.items() if isinstance(found, Found) and found.path in files
            }
            pages = {page.path: page for page in self.__dict__.get("pages", ()) if "expansion" in page.__dict__}
            previous = (pages or self._previous_pages).items()
            after._previous_pages = {path: page for path, page in previous if page.files_named <= unchanged}
            expanded = {one.path: one for one in self.__dict__.get("fragments", ()) if "expansion" in one.__dict__}
            fragments = (expanded or self._previous_fragments).items()
            after._previous_fragments = {path: one for path, one in fragments if one.files_named <= unchanged}
        return after

    @property
    def unlisted(self) -> frozenset[PurePosixPath]:
        """The paths that were looked for so far but are not listed: of files that are hidden, linked to, or missing."""
        return frozenset((*(path for path, _ in self._loaded), *self._code_files)) - self.files

    def _read(self, path: PurePosixPath) -> str | Unreadable | None:
        return self._texts[path] if path in self._texts else self._read_at_first(path)

    def raw(self, path: PurePosixPath) -> str:
        """Read a file's text as it is on disk; it must be the one that was parsed. Raises `ChangedError`."""
        text, document = self._read(path), self.load(path)
        if not isinstance(text, str) or not isinstance(document, Document):
            raise ChangedError(f"'{path}' can no longer be read")
        if Source.of(path, text).text != document.source.text:
            raise ChangedError(f"'{path}' changed while it was checked")
        return text

    def _load_all(self, *kinds: FileKind) -> list[tuple[PurePosixPath, Document]]:
        """Load the files of some kinds, by path."""
        found = sorted(chain.from_iterable(map(self._index.of_kind, kinds)))
        with garbage_collection.paused():
            loaded = [(path, self.load(path)) for path in found]
        return [(path, document) for path, document in loaded if isinstance(document, Document)]

    def source(self, path: PurePosixPath) -> Source | Unreadable | None:
        """Read a file that is no Markdown; it is not kept."""
        text = self._read(path)
        return Source.of(path, text) if isinstance(text, str) else text

    def load(self, path: PurePosixPath, inline: bool = False) -> Document | Unreadable | None:
        """Read and parse a file once; ``inline`` as for a fragment within a line."""
        key = (path, inline)
        if key not in self._loaded:
            text = self._read(path)
            self._loaded[key] = self._document(path, text, inline) if isinstance(text, str) else text
        return self._loaded[key]

    def _document(self, path: PurePosixPath, text: str, inline: bool) -> Document:
        """Parse a file; a page has what a docfx.json says of it."""
        document = self._parse(Source.of(path, text), inline)
        if not self.layout.docsets or not self.kind(path).is_page:
            return document
        return self._with_inherited(document)

    def _with_inherited(self, document: Document) -> Document:
        inherited = self.layout.metadata(document.source.path)
        return replace(document, front_matter=replace(document.front_matter, inherited=inherited))

    def _parse(self, source: Source, inline: bool) -> Document:
        if not inline and self.kind(source.path) is FileKind.YAML_PAGE:
            return yaml_document.parse(source, extensions=self._extensions)
        return parse(source, inline=inline, extensions=self._extensions)

    def locate(self, include: Include, base: PurePosixPath) -> Found | Failure:
        """Find the file that an include in ``base`` names."""
        key = (include.path, base)
        if key not in self._located:
            self._located[key] = self._locate(include, base)
        return self._located[key]

    def _locate(self, include: Include, base: PurePosixPath) -> Found | Failure:
        named = includes.named_file(include, base, self.layout.home(base))
        if isinstance(named, Failure):
            return named
        path = self._index.spelled(named)
        if path in self.files:
            return Found(path=path)
        if actual := self._index.like(path):
            return Found(path=actual, case=True)
        answer = self.load(path)
        if isinstance(answer, Unreadable):
            return Failure(kind=failure.kind_of(answer, "invalid"), detail=answer.detail, target=path)
        return Found(path=path) if answer else Failure(kind="not-found", target=path)

    def shown(self, include: Include, base: PurePosixPath) -> Document | None:
        """Find the fragment that an include in ``base`` shows."""
        found = self.locate(include, base)
        document = self.load(found.path, not include.block) if isinstance(found, Found) else None
        return document if isinstance(document, Document) else None

    def expand(self, document: Document) -> Expansion:
        """Follow all includes of a document."""
        return includes.expand(
            document,
            locate=self.locate,
            load=self.load,
            show_code=self._show_code,
            limits=self._limits,
            wholes=self._wholes,
        )

    def code_failure(self, selection: Selection, base: PurePosixPath) -> Failure | None:
        """Find why a snippet in the file ``base`` shows no code; ``None`` where it shows some."""
        shown = self._show(selection, base)
        return shown if isinstance(shown, Failure) else None

    def _show_code(self, snippet: CodeSnippet, base: PurePosixPath) -> Code | Failure:
        return self._show(snippet.selection, base)

    def _show(self, selection: Selection, base: PurePosixPath) -> Code | Failure:
        key = (selection, base)
        if key not in self._code:
            self._code[key] = code_snippets.show(
                selection, base, self.layout.home(base), self._load_code, self._limits.characters
            )
        return self._code[key]

    def _load_code(self, path: PurePosixPath) -> CodeFile | Unreadable | None:
        if path not in self._code_files:
            source = self.source(self._index.spelled(path))
            self._code_files[path] = CodeFile(text=source.text) if isinstance(source, Source) else source
        return self._code_files[path]

    # Addresses

    @property
    def home(self) -> str:
        """The folder of the site in which this edition of it lies, such as ``fr/``; empty for the site's root."""
        return self._publication.home

    def url(self, path: PurePosixPath) -> str:
        """Make the address of a page or file, counted from the site's root."""
        if (elsewhere := self._elsewhere(path)) is not None:
            return elsewhere
        return self.layout.page_url(path) if self.kind(path) is FileKind.YAML_PAGE else self.layout.url(path)

    def file_url(self, path: PurePosixPath) -> str:
        """Make the address of a file that is published as it is, whatever its name ends in."""
        elsewhere = self._elsewhere(path)
        return paths.as_url(str(self.layout.inside(path))) if elsewhere is None else elsewhere

    def markdown_url(self, page: PurePosixPath) -> str:
        """Make the address at which a page lies as Markdown: under its path, or beside where the host publishes it."""
        elsewhere = self._elsewhere(page)
        if elsewhere is None:
            inside = self.layout.inside(page)
            return paths.as_url(str(inside.with_suffix(".md") if self.kind(page) is FileKind.YAML_PAGE else inside))
        name = self._publication.names.get(page, page.stem)
        whole = f"{elsewhere}index" if name in ("index", "README") else elsewhere.removesuffix("/")
        return f"{elsewhere.removesuffix('.html') if elsewhere.endswith('.html') else whole}.md"

    def _elsewhere(self, path: PurePosixPath) -> str | None:
        """Find the address of a file that the host publishes elsewhere than the layout says."""
        found = self._publication.addresses.get(path)
        return self._addresses_of_outputs.get(path) if found is None else found

    @cached_property
    def _addresses_of_outputs(self) -> Mapping[PurePosixPath, str]:
        """The addresses of the files that are made for the site, where the host publishes what belongs to them elsewhere."""
        addresses, home = self._publication.addresses, self._publication.home
        if not (addresses or home):
            return {}
        of_reports = output_paths.of_reports(self.settings.reports, self.layout)
        found = {path: home + self.layout.url(path) for path in (*output_paths.of_site(self.layout), *of_reports)}
        for guide in self.checklists:
            if guide.page in addresses:
                folder = output_paths.beside(addresses[guide.page])
                found |= {path: folder + paths.as_url(path.name) for _, path in self.outputs_of(guide.page)}
        return found

    def follow(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link or image in the file ``base`` leads."""
        return self._destinations.follow(href, base)

    @cached_property
    def moved_files(self) -> tuple[MovedFile, ...]:
        """The files that moved, by path, and what becomes of their addresses."""
        return tuple(self._moved_file(redirection) for _, redirection in sorted(self.redirections.items()))

    def _moved_file(self, redirection: Redirection) -> MovedFile:
        leads = self._destinations.follow_redirection(redirection.file)
        return MovedFile(
            redirection=redirection,
            leads=leads,
            is_there=redirection.file in self.files and not self._index.unpublished(redirection.file),
            is_gap=leads.kind == "elsewhere" and self._destinations.is_gap(leads.redirect),
        )

    def new_place(self, page: Page) -> Destination | None:
        """Find where the readers of a page get on whose header says that it has moved; ``None`` where that is unknown."""
        address = page.moved_to
        leads = self.follow(address, page.path) if address else None
        if leads and leads.kind == "missing":
            leads = self.follow(_HTML.sub(".md", address), page.path)  # docfx counts with the files that it writes
        return leads if leads and leads.kind != "missing" else None

    def old_url(self, file: PurePosixPath) -> str | None:
        """Make the address of the site that a moved file had as a page; ``None`` for one that was no page of it."""
        is_page = moved_files.is_page(file) and self.layout.is_content(file) and not self.lies_with_fragments(file)
        return self.url(file.with_suffix(".md")) if is_page else None

    def lead(self, href: str, base: PurePosixPath) -> Destination:
        """Find where a link, an image or a cross reference in the file ``base`` leads."""
        if cross_reference.is_reference(href):
            found = self.referenced(cross_reference.read_address(href))
            return found.leads if found else Destination(kind="elsewhere", url=href)
        return self.follow(href, base)

    def referenced(self, reference: Reference) -> Resolved | None:
        """Find where a cross reference leads; ``None`` where nobody knows its name."""
        if reference not in self._resolved:
            self._resolved[reference] = self._cross_references.find(reference)
        return self._resolved[reference]

    @property
    def xref_maps(self) -> tuple[CrossReferenceMap, ...]:
        """The maps of cross references that the settings name."""
        return self._cross_references.maps

    @cached_property
    def _cross_references(self) -> CrossReferences:
        return CrossReferences(
            page_of=self._page_of_uid,
            title_of=self._title_of,
            follow=self.follow,
            maps=tuple(self._map(PurePosixPath(name)) for name in self.settings.xref_maps),
            prefixes=self.settings.xref_prefixes,
        )

    def _page_of_uid(self, uid: str) -> PurePosixPath | None:
        return self._pages_by_uid.get(uid)

    def _title_of(self, path: PurePosixPath) -> str:
        page = self._pages_by_path.get(path)
        return page.title if page else path.stem

    def _map(self, path: PurePosixPath) -> CrossReferenceMap:
        """Read a map of cross references, once for all libraries that come from one another while its text is the same."""
        source = self.source(path)
        key = (path, source.text if isinstance(source, Source) else source)
        if key not in self._maps:
            self._maps[key] = cross_references.read_map(path, source)
        return self._maps[key]

    @cached_property
    def _pages_by_uid(self) -> Mapping[str, PurePosixPath]:
        """The pages that have a ``uid``; of two, the first one has it."""
        named = ((page.document.front_matter.text("uid"), page.path) for page in reversed(self.pages))
        return {uid: path for uid, path in named if uid}

    def in_any_case(self, file: PurePosixPath) -> PurePosixPath | None:
        """Find the file of this name in whatever letter case; ``None`` where there is none, or several."""
        return self._index.only_one_like(file)

    def nearest(self, file: PurePosixPath, base: PurePosixPath, *, fragments: bool) -> PurePosixPath | None:
        """Find the file that an author most likely meant in ``base``: a fragment, or anything but one.

        Costs a look at all files.
        """
        return self._index.nearest(file, base, fragments=fragments)

    @cached_property
    def base_path(self) -> str:
        """The address from the root at which the content folder lies on Learn, such as ``/azure/``; empty if nobody knows it."""
        if not self.layout.learn_repository:
            return ""
        addresses = [moved.address for moved in self.redirections.values()]
        places = {str(place) for path in self.files if (place := self._place(path))} if addresses else set()
        return base_path.told_by_redirections(addresses, places) or self._base_path_of_breadcrumbs

    @property
    def _base_path_of_breadcrumbs(self) -> str:
        docset = self.layout.docsets[0] if self.layout.docsets else None
        address = docset.global_metadata.get("breadcrumb_path") if docset else None
        if docset is None or not isinstance(address, str):
            return ""
        tables = (path for path in sorted(self.files) if path.name.lower() in TABLES_OF_CONTENTS)
        return base_path.told_by_breadcrumbs(address, filter(None, map(docset.place, tables)))

    def _place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Count a page from the content folder, without the ending of its file; ``None`` for what is no page."""
        if not self.kind(path).is_page:
            return None
        inside = self.layout.inside(path)
        return inside.parent if inside.stem in OF_FOLDERS else inside.with_suffix("")

    @cached_property
    def _destinations(self) -> Destinations:
        return Destinations(
            index=self._index,
            layout=self.layout,
            roots=self.settings.roots,
            root_links=self.settings.root_links,
            base_path=self.base_path,
            redirections={file: moved.address for file, moved in self.redirections.items()},
            is_published=self._is_published,
            lookup=self._lookup,
        )

    def _lookup_of_translations(self) -> Lookup | None:
        """Make what finds the file of a language, where the names of the files alone tell it."""
        layout = self.layout
        translations = layout.translations
        if translations is None:
            return None

        def lookup(file: PurePosixPath, base: PurePosixPath) -> PurePosixPath:
            inside = layout.inside(file)
            if inside == file or not inside.name:
                return file
            named = [PurePosixPath(layout.content, one) for one in translations.candidates(inside, layout.inside(base))]
            there = next((one for one in named if one in self.files), None)
            return there or next(filter(self._is_published, named), file)

        return lookup

    # Indexes

    def _chosen(self, key: str, name: str) -> PurePosixPath | None:
        """Find the page that a setting names; ``None`` where it names none."""
        path = self._index.spelled(self._index.at(PurePosixPath(name)))
        if name and self._lookup:
            path = self._lookup(path, path)
        if name and not (path in self.files and self.kind(path).is_page):
            raise SettingsError(key, f"there is no page '{name}' in '{self.layout.content}'")
        return path if name else None

    @cached_property
    def failures(self) -> tuple[tuple[PurePosixPath, Include | CodeSnippet, Failure], ...]:
        """What shows nothing, each with the page, or the fragment that no page shows, to which it belongs."""
        pages = ((page.path, page.failures) for page in self.pages if page.learn)
        unused = (fragment for fragment in self.fragments if fragment.path not in self._users)
        alone = ((fragment.path, includes.failures(fragment.expansion)) for fragment in unused)
        return tuple((path, *failure) for path, failures in chain(pages, alone) for failure in failures)

    def fragments_named(self, guid: str) -> tuple[PurePosixPath, ...]:
        """Find the fragments whose file is named by a GUID."""
        return self._index.fragments_named(guid)

    @cached_property
    def _fragments_by_uid(self) -> Mapping[str, tuple[Document, ...]]:
        """The fragments that claim each ``ms.uid`` (in lower case)."""
        claims: dict[str, list[Document]] = {}
        for fragment in self.fragments:
            if uid := fragment.document.front_matter.text("ms.uid").lower():
                claims.setdefault(uid, []).append(fragment.document)
        return {uid: tuple(documents) for uid, documents in claims.items()}

    @cached_property
    def _pages_by_path(self) -> Mapping[PurePosixPath, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def _fragments_by_path(self) -> Mapping[PurePosixPath, Fragment]:
        return {fragment.path: fragment for fragment in self.fragments}

    def _is_of_drafts(self, path: PurePosixPath) -> bool:
        return path in self._shown_by_drafts and path not in self._users

    @cached_property
    def _shown_by_drafts(self) -> frozenset[PurePosixPath]:
        """The fragments that are shown by pages which the site leaves out."""
        documents = (document for _, document in self._load_all(FileKind.UNPUBLISHED))
        return frozenset(path for document in documents for path in named_files(self.expand(document)))

    @cached_property
    def _users(self) -> Mapping[PurePosixPath, Mapping[PurePosixPath, Span]]:
        """The pages that show each fragment, or try to, each with its own include that leads there."""
        users: dict[PurePosixPath, dict[PurePosixPath, Span]] = {}
        for page in self.pages:
            if page.learn:
                for include, part in page.expansion.parts.items():
                    for path in named_files(part):
                        users.setdefault(path, {}).setdefault(page.path, include.span)
        return users


def _globs(key: str, lines: Iterable[str]) -> Globs:
    try:
        return Globs(lines)
    except ValueError as error:
        raise SettingsError(key, str(error)) from None
