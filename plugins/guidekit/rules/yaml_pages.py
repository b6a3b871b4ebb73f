"""Rules on YAML pages: readable YAML, the keys that a page needs, an address of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from guidekit.diagnostics import Severity
from guidekit.library.queries import LibraryQueries, Queries
from guidekit.rules.rule import Finding, document_rule, library_rule
from guidekit.syntax.document import Document
from guidekit.syntax.header_problem import ProblemKind
from guidekit.syntax.yaml_page.mime import MACHINERY
from guidekit.syntax.yaml_page.page_kinds import KINDS
from guidekit.text.source import Position, Span


@document_rule(Severity.ERROR)
def yaml_syntax_error(document: Document, queries: Queries) -> Iterator[Finding]:
    """A YAML page must be valid YAML.

    Bad:
        content/faq.yml
            ### YamlMime:FAQ
            title: Questions: all of them

    Good:
        content/faq.yml
            ### YamlMime:FAQ
            title: "Questions: all of them"
            metadata:
              title: Questions
              description: What readers ask.

    Why:
        Learn publishes nothing of such a page. Here its text is published as it is, so that nothing is lost, but no reader
        can use it.
    """
    yield from _problems(document, "page-syntax")


@document_rule(Severity.WARNING)
def missing_attribute(document: Document, queries: Queries) -> Iterator[Finding]:
    """A link of a YAML page must have a text and an address, a question an answer, and a card a title.

    Bad:
        content/index.yml
            ### YamlMime:Landing
            title: Backup
            landingContent:
              - title: Get started
                linkLists:
                  - linkListType: overview
                    links:
                      - text: What is a backup?

    Good:
        content/index.yml
            ### YamlMime:Landing
            title: Backup
            landingContent:
              - title: Get started
                linkLists:
                  - linkListType: overview
                    links:
                      - text: What is a backup?
                        url: what-is-a-backup.md
        content/what-is-a-backup.md
            # What is a backup?

    Why:
        Readers see a text that leads nowhere, or a question that nobody answers.
    """
    yield from _problems(document, "missing-attribute")


@document_rule(Severity.WARNING)
def unexpected_type(document: Document, queries: Queries) -> Iterator[Finding]:
    """A key of a YAML page must have a value of the right shape: a text, a list, or keys with values.

    Bad:
        content/faq.yml
            ### YamlMime:FAQ
            title: Questions
            sections:
              name: General
              questions: []

    Good:
        content/faq.yml
            ### YamlMime:FAQ
            title: Questions
            sections:
              - name: General
                questions: []

    Why:
        What stands there is not shown, as nobody can tell what it means.
    """
    yield from _problems(document, "unexpected-type")


@library_rule(Severity.WARNING)
def publish_url_conflict(library: LibraryQueries) -> Iterator[Finding]:
    """A YAML page must not have the address of a page in Markdown.

    Bad:
        content/index.md
            # Backup
        content/index.yml
            ### YamlMime:Landing
            title: Backup

    Good:
        content/start.md
            # Backup
        content/index.yml
            ### YamlMime:Landing
            title: Backup

    Why:
        Only one of them can be published. That is the page in Markdown.
    """
    for path, kind in library.yaml_kinds.items():
        other = library.in_its_place(path) if kind in KINDS else None
        if other is not None:
            message = f"'{other.name}' beside it has its address, so this page is not published"
            yield Finding(message=message, span=_first_line(path))


@library_rule(Severity.SUGGESTION)
def yaml_page_not_drawn(library: LibraryQueries) -> Iterator[Finding]:
    """A YAML page should be of a kind that is drawn: FAQ, Hub, Landing or Marketing.

    Bad:
        content/api/backup.yml
            ### YamlMime:ManagedReference
            items: []

    Good:
        content/faq.yml
            ### YamlMime:FAQ
            title: Questions

    Why:
        Reference pages that a program has made are drawn by templates of Learn's. They are left out of the site, and
        links to them lead nowhere. Of all pages of a kind, the first one is told.
    """
    kinds: dict[str, list[PurePosixPath]] = {}
    for path, kind in library.yaml_kinds.items():
        if kind not in KINDS and kind not in MACHINERY:
            kinds.setdefault(kind, []).append(path)
    yield from _left_out(kinds)


def _left_out(kinds: Mapping[str, list[PurePosixPath]]) -> Iterator[Finding]:
    for kind, paths in kinds.items():
        message = f"this page of the kind '{kind}' is left out of the site: it is not drawn"
        if len(paths) > 1:
            message = f"{len(paths):,} pages of the kind '{kind}', this one first, are left out of the site: they are not drawn"
        yield Finding(message=message, span=_first_line(paths[0]))


def _first_line(path: PurePosixPath) -> Span:
    place = Position(line=1, column=1)
    return Span(path=path, start=place, end=place)


def _problems(document: Document, kind: ProblemKind) -> Iterator[Finding]:
    for problem in document.front_matter.problems:
        if problem.kind == kind:
            yield Finding(message=problem.message, span=problem.span)
