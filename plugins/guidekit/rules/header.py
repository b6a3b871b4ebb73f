"""Rules on front matter: readable YAML, the keys that a page needs, dates that are dates."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Related, Severity
from guidekit.document import Document
from guidekit.library import Library, Page
from guidekit.paths import close_match
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.front_matter import FrontMatter, ProblemKind

DATE_KEYS = ("ms.date",)

KNOWN_KEYS = frozenset(
    [
        "title",
        "titleSuffix",
        "description",
        "author",
        "manager",
        "learn",
        "uid",
        "keywords",
        "services",
        "products",
        "tags",
        "recommendations",
        "robots",
        "hideEdit",
        "feedback_system",
        "feedback_help_link_url",
        "feedback_product_url",
        "ai-usage",
        "content_well_notification",
        "layout",
        "page_type",
        "no-loc",
        "monikerRange",
        "zone_pivot_groups",
        "zone_pivot_group_filename",
        "redirect_url",
        "redirect_document_id",
        "breadcrumb_path",
        "tilde_path",
        "toc_rel",
        "search.appverid",
        "audience",
        "ROBOTS",
        "f1_keywords",
        "helpviewer_keywords",
        "azure.category",
        "ms.author",
        "ms.reviewer",
        "ms.date",
        "ms.topic",
        "ms.service",
        "ms.subservice",
        "ms.custom",
        "ms.devlang",
        "ms.collection",
        "ms.update-cycle",
        "ms.assetid",
        "ms.tool",
        "ms.product",
        "ms.prod",
        "ms.technology",
        "ms.uid",
        "ms.assessment_question",
        "ms.localizationpriority",
        "ms.contributors",
        "ms.tgt_pltfrm",
        "ms.workload",
        "ms.suite",
        "ms.manager",
        "ms.version",
        "ms.review.date",
        "ms.lastreviewed",
        "severity",
        "waf",
        "service",
        "template",
        "hide",
        "icon",
        "status",
        "search",
        "subtitle",
        "date",
        "authors",
        "categories",
        "slug",
        "draft",
        "comments",
        "social",
        "render_macros",
    ]
)
"""The keys that Learn's pages, the checklists and MkDocs's themes use (counted in three Learn repositories)."""


@document_rule(Severity.WARNING)
def yaml_header_syntax_error(document: Document, library: Library) -> Iterator[Finding]:
    """Front matter must be valid YAML.

    Bad:
        content/guide.md
            ---
            title: Backup
            description: *Backup* keeps a copy.
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            description: "*Backup* keeps a copy."
            ---
            # Backup

    Why:
        Learn drops the whole header of such a page, title and date included. Here its values are recovered line by
        line; other tools that read the file will not do so.
    """
    yield from _problems(document.front_matter, "syntax")


@document_rule(Severity.WARNING)
def yaml_header_not_object(document: Document, library: Library) -> Iterator[Finding]:
    """Front matter must be keys with values.

    Bad:
        content/guide.md
            ---
            - Backup
            - Recovery
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ---
            # Backup

    Why:
        A list or a plain text has no title, no date and no author that anyone could find.
    """
    yield from _problems(document.front_matter, "not-object")


@document_rule(Severity.WARNING)
def duplicate_key(document: Document, library: Library) -> Iterator[Finding]:
    """A key must stand in the front matter once.

    Bad:
        content/guide.md
            ---
            title: Backup
            title: Recovery
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ---
            # Backup

    Why:
        The last value wins without a word, and the author who mends the first one sees no change.
    """
    yield from _problems(document.front_matter, "duplicate-key")


@document_rule(Severity.WARNING)
def unknown_key(document: Document, library: Library) -> Iterator[Finding]:
    """A front matter key should be one that Learn, the checklists or MkDocs know, or that `known_keys` names.

    Bad:
        content/guide.md
            ---
            title: Backup
            ms. service: backup
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ms.service: backup
            ---
            # Backup

    Why:
        A misspelled key is a value that is never used. A key with a blank in it is a line of text that slipped into
        the header, most often the second line of a description.
    """
    known = KNOWN_KEYS | set(library.settings.known_keys)
    for key, span in document.front_matter.keys.items():
        if " " in key:
            fixed = key.replace(" ", "")
            hint = f"did you mean '{fixed}'?" if fixed in known else "indent it to make it part of the value above"
            yield Finding(message=f"'{key}' is no key: a key holds no blanks", span=span, hint=hint)
        elif key not in known:
            near = close_match(key, known)
            hint = f"did you mean '{near}'?" if near else "list it in the setting 'known_keys' if it is yours"
            yield Finding(message=f"unknown key '{key}'", span=span, hint=hint)


@page_rule(Severity.WARNING)
def title_missing(page: Page, library: Library) -> Iterator[Finding]:
    """A page must have a `title` in its front matter.

    Bad:
        content/guide.md
            ---
            description: How to keep a copy.
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            description: How to keep a copy.
            ---
            # Backup

    Why:
        The title is what a search result, a browser tab and a bookmark show.
    """
    yield from _missing(page.document, "title")


@page_rule(Severity.WARNING)
def description_missing(page: Page, library: Library) -> Iterator[Finding]:
    """A page must have a `description` in its front matter.

    Bad:
        content/guide.md
            ---
            title: Backup
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            description: How to keep a copy.
            ---
            # Backup

    Why:
        Search engines show the description below the title; without one they show whatever stands first.
    """
    yield from _missing(page.document, "description")


@document_rule(Severity.WARNING)
def date_format_invalid(document: Document, library: Library) -> Iterator[Finding]:
    """`ms.date` must be a date, written MM/DD/YYYY or YYYY-MM-DD.

    Bad:
        content/guide.md
            ---
            title: Backup
            ms.date: 31/12/2025
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ms.date: 12/31/2025
            ---
            # Backup

    Why:
        Readers judge guidance by its date, and reviews are planned by it.
    """
    header = document.front_matter
    for key in DATE_KEYS:
        if key in header.values and header.date(key) is None:
            value = header.text(key)
            shown = f"'{value}'" if value else "empty"
            message = f"'{key}' is {shown}, not a date written MM/DD/YYYY or YYYY-MM-DD"
            yield Finding(message=message, span=header.places[key])


def _problems(header: FrontMatter, kind: ProblemKind) -> Iterator[Finding]:
    for problem in header.problems:
        if problem.kind == kind:
            related = (Related(message="first here", span=problem.related),) if problem.related else ()
            hint = f"write\n{problem.mended}" if problem.mended else ""
            yield Finding(message=problem.message, span=problem.span, hint=hint, related=related)


def _missing(document: Document, key: str) -> Iterator[Finding]:
    header = document.front_matter
    if not header.text(key):
        span = header.keys.get(key) or document.source.line_span(0)
        value = header.values.get(key)
        wrong = "empty" if value in (None, "") else "not text"
        state = f"'{key}' is {wrong}" if key in header.values else f"front matter has no '{key}'"
        yield Finding(message=state, span=span)
