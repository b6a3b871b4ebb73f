"""Rules on the guidance of an item: it is there, and says something below its heading."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.library import guidance
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.syntax.link import Image
from guidekit.syntax.prose import Prose


@page_rule(Severity.ERROR)
def guidance_missing(page: Page, queries: Queries) -> Iterator[Finding]:
    """A checklist item's comment must have an include of its guidance below it.

    Bad:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]

            <!-- Backups are stored securely -->
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

            Name an owner.

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

            Name an owner.

    Why:
        A comment is not shown. Readers would never learn that the item is on the list.
    """
    for item in page.checklist.items if page.checklist else ():
        if item.include is None:
            message = f"checklist item '{item.statement}' has no guidance"
            yield Finding(message=message, span=item.span, hint="include its fragment on the line below the comment")


@document_rule(Severity.ERROR)
def guidance_empty(document: Document, queries: Queries) -> Iterator[Finding]:
    """A guidance fragment must say something below its heading; comments and blank lines are nothing.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

            <!-- to be written -->

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

            Start with a plan that names its owner, the order in which systems come back, and who declares a disaster.
            Print it: the wiki may be down as well.

    Why:
        The checklist looks complete, and the reader who follows the item finds a heading with nothing below it.
    """
    path = document.source.path
    if queries.is_guidance_fragment(path) and queries.words(path) is None and queries.is_whole(path):
        heading = next((heading for heading in document.of(Heading)), None)
        span = heading.span if heading else document.source.line_span(0)
        what = f"nothing stands below the heading '{heading.text}'" if heading else "the fragment says nothing"
        yield Finding(message=f"guidance is empty: {what}", span=span)


@document_rule(Severity.WARNING)
def guidance_stub(document: Document, queries: Queries) -> Iterator[Finding]:
    """A guidance fragment should have at least 20 words below its heading.

    Bad:
        includes/7e063160-cb53-46c1-b111-380f77a7c848.md
            ## Testing backups

            Test them.

    Good:
        includes/7e063160-cb53-46c1-b111-380f77a7c848.md
            ## Testing backups

            Restore one backup of every kind each month into an empty subscription. Time the restore, compare the time with
            the recovery time objective, and write down what was missing.

    Why:
        One sentence names a topic. It tells nobody what to do, nor how to verify that it is done.
    """
    path = document.source.path
    said = queries.words(path) if queries.is_guidance_fragment(path) else None
    if said is not None and said < guidance.STUB_WORDS and queries.is_whole(path):
        span = next((fact.span for fact in document.facts if isinstance(fact, (Prose, Image))), None)
        message = f"guidance is a stub of {said} word{'s' * (said != 1)}; expected at least {guidance.STUB_WORDS}"
        yield Finding(message=message, span=span or document.source.line_span(0))


@document_rule(Severity.WARNING)
def guidance_heading_missing(document: Document, queries: Queries) -> Iterator[Finding]:
    """A guidance fragment must have a level-2 heading.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            Start with a plan that names its owner and the order in which systems come back.

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

            Start with a plan that names its owner and the order in which systems come back.

    Why:
        The heading is the item's entry in the table of contents, and what separates it from the item before it.
    """
    if queries.is_guidance_fragment(document.source.path) and not guidance.heading(document):
        span = next((fact.span for fact in document.facts), None)
        if span and queries.words(document.source.path) is not None:
            yield Finding(message="guidance has no level-2 heading", span=span, hint="begin it with '## '")
