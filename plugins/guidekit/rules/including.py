"""Rules on includes: every one shows a fragment of this content set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from guidekit.diagnostics import Severity
from guidekit.library import includes
from guidekit.library.failure import Failure, FailureKind
from guidekit.library.includes import Found
from guidekit.library.queries import LibraryQueries, Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, NearestFile, document_rule, library_rule
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include, as_path
from guidekit.syntax.raw_html import BuriedInclude
from guidekit.text import paths
from guidekit.text.guid import is_guid
from guidekit.text.source import Reason, Source, Span


@document_rule(Severity.ERROR, mends="safely")
def include_not_found(document: Document, queries: Queries) -> Iterator[Finding]:
    """An include must name a file that exists.

    Bad:
        content/guide.md
            [!include[Prerequisites](../includes/prerequisite.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Good:
        content/guide.md
            [!include[Prerequisites](../includes/prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Why:
        Learn does not publish a page with such an include. Here the page shows a note to its author, and no guidance.
    """
    for include, failure in _failures(document, queries, "not-found"):
        if failure.target is None:
            yield Finding(message=f"this include {failure.detail}", span=include.span)
            continue
        hint = NearestFile(missing=failure.target, base=document.source.path, fragment=True)
        there = _named(include, document, queries)
        fix = fix_edits.include_path(document, include, there) if there else None
        yield Finding(message=f"included file '{failure.target}' does not exist", span=include.span, hint=hint, fix=fix)


@document_rule(Severity.ERROR, mends="safely")
def include_case_mismatch(document: Document, queries: Queries) -> Iterator[Finding]:
    """An include must name its file in the letter case that the file has.

    Bad:
        content/guide.md
            [!include[Prerequisites](../Includes/Prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Good:
        content/guide.md
            [!include[Prerequisites](../includes/prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Why:
        It works on the author's Windows or Mac and fails on the Linux machine that publishes.
    """
    for include in document.of(Include):
        found = queries.locate(include, document.source.path)
        if isinstance(found, Found) and found.case:
            message = f"included file is named '{found.path}', in other letter case"
            hint = f"write '{as_path(paths.relative(found.path, document.source.path))}'"
            only = queries.in_any_case(found.path)
            fix = fix_edits.include_path(document, include, only) if only else None
            yield Finding(message=message, span=include.span, hint=hint, fix=fix)


@document_rule(Severity.WARNING)
def include_invalid(document: Document, queries: Queries) -> Iterator[Finding]:
    """An include must name a Markdown file, without a query or an anchor, and must not stand within raw HTML.

    Bad:
        content/guide.md
            [!include[Limits](../includes/limits.txt)]
        includes/limits.txt
            At most 100 vaults.

    Good:
        content/guide.md
            [!include[Limits](../includes/limits.md)]
        includes/limits.md
            At most 100 vaults.

    Why:
        Learn includes files whose name ends with .md and nothing else; it leaves the rest out.
    """
    for include, failure in _failures(document, queries, "invalid"):
        yield Finding(message=f"included '{include.path}' {failure.detail}", span=include.span)
    for buried in document.of(BuriedInclude):
        message = "this include is part of raw HTML, where nothing is included"
        yield Finding(
            message=message, span=buried.span, hint="put it on a line of its own, below a blank line or '-->'"
        )


@library_rule(Severity.ERROR)
def include_outside_roots(library: LibraryQueries) -> Iterator[Finding]:
    """An include must stay within the content folder and the folders that `roots` names.

    Bad:
        content/guide.md
            [!include[Secrets](../../secrets/passwords.md)]

    Good:
        content/guide.md
            [!include[Prerequisites](../includes/prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Why:
        What an include names is published. A path that leaves the content set, by `..`, by a symbolic link, by a drive
        or as a URL, could publish any file of the machine that builds the site. So could a symbolic link to an image or
        another file: one in the content folder may lead to the repository's own files, hidden ones excepted, one in
        another root to what may be read alone.
    """
    for document in library.documents:
        for include, failure in _failures(document, library, "outside-roots"):
            target, base = failure.target, document.source.path
            hint = NearestFile(missing=target, base=base, fragment=True) if target else ""
            yield Finding(message=f"included path '{include.path}' {failure.detail}", span=include.span, hint=hint)
    yield from _unreadable(library, ("outside-roots",))


@library_rule(Severity.ERROR)
def circular_reference(library: LibraryQueries) -> Iterator[Finding]:
    """Files must not include each other in a circle.

    Bad:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            [!include[B](b.md)]
        includes/b.md
            [!include[A](a.md)]

    Good:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            [!include[B](b.md)]
        includes/b.md
            The end of the chain.

    Why:
        A circle has no end, so there is nothing to publish. The same fragment twice on one page is no circle.
    """
    seen: set[frozenset[PurePosixPath]] = set()
    for _, include, failure in library.failures:
        if failure.kind == "circular" and frozenset(failure.chain) not in seen:
            seen.add(frozenset(failure.chain))
            circle = " --> ".join(map(str, failure.chain))
            yield Finding(message=f"files include each other: {circle}", span=include.span)


@library_rule(Severity.ERROR)
def include_too_deep(library: LibraryQueries) -> Iterator[Finding]:
    """Includes must not lead deeper than `max_include_depth` allows.

    Bad:
        mkdocs.yml
            plugins: [{guidekit: {max_include_depth: 1}}]
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            [!include[B](b.md)]
        includes/b.md
            The end of the chain.

    Good:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            [!include[B](b.md)]
        includes/b.md
            The end of the chain.

    Why:
        Nobody can follow such a chain, and the limit keeps a mistake from filling the memory of the machine that builds.
    """
    limit = library.settings.max_include_depth
    for span in _first_of_each_page(library, "too-deep"):
        yield Finding(message=f"this include is more than {limit} fragments deep", span=span)


@library_rule(Severity.ERROR)
def include_too_large(library: LibraryQueries) -> Iterator[Finding]:
    """A file, and all that one page includes, must stay below `max_file_size` bytes and `max_includes` fragments.

    Bad:
        mkdocs.yml
            plugins: [{guidekit: {max_includes: 1}}]
        content/guide.md
            [!include[A](../includes/a.md)]

            [!include[A](../includes/a.md)]
        includes/a.md
            Shown twice.

    Good:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            Shown once.

    Why:
        Ten fragments that each include the next one ten times make a page of gigabytes out of a few lines.
    """
    settings = library.settings
    yield from _unreadable(library, ("too-large",))
    for span in _first_of_each_page(library, "too-many"):
        message = f"page shows more than {settings.max_includes:,} fragments; this one and those after it are left out"
        yield Finding(message=message, span=span)
    for span in _first_of_each_page(library, "too-large"):
        size = f"{settings.max_file_size:,} characters"
        message = f"page includes more than {size} in all; this one and those after it are left out"
        yield Finding(message=message, span=span)


@library_rule(Severity.SUGGESTION)
def fragment_unused(library: LibraryQueries) -> Iterator[Finding]:
    """A fragment should be shown by a page.

    Bad:
        content/guide.md
            Nothing is included here.
        includes/a.md
            Nobody reads this.

    Good:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            Readers of the guide read this.

    Why:
        It is guidance that was written and that nobody sees, or a leftover that misleads the next author.
    """
    for fragment in library.fragments:
        if not library.used_by(fragment.path):
            yield Finding(message="no page shows this fragment", span=fragment.document.source.span((0, 0)))


@library_rule(Severity.ERROR)
def file_unreadable(library: LibraryQueries) -> Iterator[Finding]:
    """A page or fragment must be readable text in UTF-8.

    Bad:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            Größe, saved as Latin-1.

    Good:
        content/guide.md
            [!include[A](../includes/a.md)]
        includes/a.md
            Größe, saved as UTF-8.

    Why:
        What cannot be read is not published. The rest of the site is.
    """
    yield from _unreadable(library, ("not-text", "denied", "directory"))


def _named(include: Include, document: Document, queries: Queries) -> PurePosixPath | None:
    """Find the one fragment with the GUID that an include asks for, if showing it would close no circle."""
    stem = PurePosixPath(include.path).stem
    guid = stem if is_guid(stem) else include.title
    found = queries.fragments_named(guid) if is_guid(guid) else ()
    there = queries.expansion(found[0]) if len(found) == 1 else None
    if there is None or document.source.path in includes.files(there):
        return None
    return there.document.source.path


def _failures(document: Document, queries: Queries, kind: FailureKind) -> Iterator[tuple[Include, Failure]]:
    for include in document.of(Include):
        found = queries.locate(include, document.source.path)
        if isinstance(found, Failure) and found.kind == kind:
            yield include, found


def _first_of_each_page(library: LibraryQueries, kind: FailureKind) -> Iterator[Span]:
    seen: set[PurePosixPath] = set()
    for page, failed, failure in library.failures:
        if failure.kind == kind and page not in seen:
            seen.add(page)
            yield failed.span


def _unreadable(library: LibraryQueries, reasons: tuple[Reason, ...]) -> Iterator[Finding]:
    for path, answer in library.unreadable.items():
        if answer.reason in reasons:
            yield Finding(message=f"file {answer.detail}", span=_top(path))


def _top(path: PurePosixPath) -> Span:
    return Source(path=path, text="").span((0, 0))
