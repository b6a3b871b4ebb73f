"""Rules on front matter: readable YAML, the keys that a page needs, dates that are dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidekit.diagnostics import Fix, Related, Severity
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax import header_repair
from guidekit.syntax.dates import recognize_date
from guidekit.syntax.document import Document
from guidekit.syntax.header_problem import ProblemKind
from guidekit.syntax.heading import Heading
from guidekit.text import likeness
from guidekit.text.edits import Edit
from guidekit.text.paths import close_match
from guidekit.text.source import Source, Span

DATE_KEYS = ("ms.date",)

_ON_ONE_LINE = re.compile(r"[^ ]+:[ ]+[\"'\w(]")
_NEXT_ENTRY = re.compile(r"[\w.-]+[ \t]*:|---|\.\.\.|#")

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
        "featureFlags",
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


@document_rule(Severity.WARNING, mends="safely")
def yaml_header_syntax_error(document: Document, queries: Queries) -> Iterator[Finding]:
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
    yield from _problems(document, "syntax")


@document_rule(Severity.WARNING)
def yaml_header_not_object(document: Document, queries: Queries) -> Iterator[Finding]:
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
    yield from _problems(document, "not-object")


@document_rule(Severity.WARNING, mends="safely")
def duplicate_key(document: Document, queries: Queries) -> Iterator[Finding]:
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
    yield from _problems(document, "duplicate-key")


@document_rule(Severity.WARNING, mends="unsafely", policy=True)
def unknown_key(document: Document, queries: Queries) -> Iterator[Finding]:
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
        the header, most often the second line of a description. In a docfx project without a publish configuration of
        Learn's nothing is found, for the templates of such a project have keys of their own.
    """
    known = KNOWN_KEYS | set(queries.settings.known_keys)
    for key, span in document.front_matter.keys.items():
        if " " in key:
            fixed = key.replace(" ", "")
            hint = f"did you mean '{fixed}'?" if fixed in known else "indent it to make it part of the value above"
            fix = _rename(document, key, fixed) if fixed in known else None
            yield Finding(message=f"'{key}' is no key: a key holds no blanks", span=span, hint=hint, fix=fix)
        elif key not in known:
            near = close_match(key, known)
            hint = likeness.did_you_mean(key, near) if near else "list it in the setting 'known_keys' if it is yours"
            fix = _rename(document, key, near) if near else None
            yield Finding(message=f"unknown key '{key}'", span=span, hint=hint, fix=fix)


@page_rule(Severity.WARNING, mends="unsafely", policy=True)
def title_missing(page: Page, queries: Queries) -> Iterator[Finding]:
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
        The title is what a search result, a browser tab and a bookmark show. In a docfx
        project without a publish configuration of Learn's nobody has to write one, and nothing is found.
    """
    heading = next(page.document.of(Heading), None)
    fix = _with_title(page.document, heading.text) if heading and heading.level == 1 else None
    yield from _missing(page.document, "title", fix)


@page_rule(Severity.WARNING, policy=True)
def description_missing(page: Page, queries: Queries) -> Iterator[Finding]:
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
        Search engines show the description below the title; without one they show whatever stands first. In a docfx
        project without a publish configuration of Learn's nobody has to write one, and nothing is found.
    """
    if not page.moved_to:
        yield from _missing(page.document, "description")


@document_rule(Severity.WARNING, mends="safely")
def date_format_invalid(document: Document, queries: Queries) -> Iterator[Finding]:
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
            day = recognize_date(value)
            fix = fix_edits.header_value(document, key, f"{day:%m/%d/%Y}") if day else None
            yield Finding(message=message, span=header.places[key], fix=fix)


def _problems(document: Document, kind: ProblemKind) -> Iterator[Finding]:
    for problem in document.front_matter.problems:
        if problem.kind == kind:
            related = (Related(message="first here", span=problem.related),) if problem.related else ()
            hint = f"write\n{problem.mended}" if problem.mended else ""
            fix = Fix(message="write the front matter as YAML", edits=problem.edits) if problem.edits else None
            if kind == "duplicate-key" and problem.related:
                fix = _without_repetition(document.source, problem.related, problem.span)
            yield Finding(message=problem.message, span=problem.span, hint=hint, related=related, fix=fix)


def _without_repetition(source: Source, first: Span, again: Span) -> Fix | None:
    """Take out a line that says the same as an earlier one, if each of them is all of its entry."""
    lines = [source.lines[span.start.line - 1].strip() for span in (first, again)]
    below = [source.lines[span.start.line] if span.start.line < len(source.lines) else "" for span in (first, again)]
    whole = all(map(_NEXT_ENTRY.match, below)) and _ON_ONE_LINE.match(lines[1])
    if not whole or lines[0] != lines[1]:
        return None
    return fix_edits.without_lines(source, again.start.line, again.start.line, "take out the line that says it again")


def _rename(document: Document, key: str, wanted: str) -> Fix | None:
    """Give a key another name, if none has it yet and it stands there plainly."""
    header = document.front_matter
    span = header.keys[key]
    if wanted in header.keys or document.source.cut(span) != key:
        return None
    return Fix(message=f"write '{wanted}'", edits=(Edit(span=span, text=wanted),), safe=False)


def _with_title(document: Document, title: str) -> Fix | None:
    """Add a title to a sound header, or a header to a page that has none."""
    header = document.front_matter
    if document.yaml_kind or "title" in header.keys or header.problems or not title.isprintable() or not title.strip():
        return None
    entry = f"title: {header_repair.value(title)}\n"
    row, text = (1, entry) if header.body_line else (0, f"---\n{entry}---\n\n")
    edit = Edit(span=document.source.span((row, 0)), text=text)
    return Fix(message="take the title from the heading", edits=(edit,), safe=False)


def _missing(document: Document, key: str, fix: Fix | None = None) -> Iterator[Finding]:
    header = document.front_matter
    if document.is_unread or (not header.body_line and any(problem.kind == "syntax" for problem in header.problems)):
        return  # there is a header that is none, and that is told
    if not header.text(key):
        span = header.keys.get(key) or document.source.line_span(0)
        value = header.values.get(key)
        wrong = "empty" if value in (None, "") else "not text"
        where = "'metadata'" if document.yaml_kind else "front matter"
        state = f"'{key}' is {wrong}" if key in header.values else f"{where} has no '{key}'"
        yield Finding(message=state, span=span, fix=fix)
