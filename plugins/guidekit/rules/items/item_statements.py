"""Rules on what a checklist asks: the page has a question, and a comment says the statement of each item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from guidekit.diagnostics import Related, Severity
from guidekit.library.checklist import Item
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.document import Document
from guidekit.syntax.raw_html import Comment

_PLACEHOLDER = re.compile(
    r"set ?me|tb[dc]|placeholder|lorem ipsum.*|(?:checklist )?(?:statement|question|item)|fill (?:me )?in|[.?x_\s-]*",
    re.IGNORECASE,
)


@document_rule(Severity.ERROR)
def comment_unclosed(document: Document, queries: Queries) -> Iterator[Finding]:
    """An HTML comment must be closed with `-->`.

    Bad:
        content/guide.md
            <!-- You have a recovery plan

            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        Everything after it is part of the comment: the rest of the page disappears.
    """
    for comment in document.of(Comment):
        if not comment.closed:
            yield Finding(message="comment is not closed; add '-->'", span=comment.span)


@page_rule(Severity.WARNING, mends="safely")
def statement_missing(page: Page, queries: Queries) -> Iterator[Finding]:
    """A checklist item's include must have its statement as a comment directly above it.

    Bad:
        content/guide.md
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        An author sees a page of GUIDs. The comment tells which item each of them is.
    """
    for item in page.checklist.items if page.checklist else ():
        if item.comment is None:
            hint = f"write '<!-- {item.statement} -->' above it" if item.statement else ""
            written = _written(item, queries)
            fix = fix_edits.new_statement(page.document, item.include, written) if item.include and written else None
            message = "guidance is included without its statement in a comment"
            yield Finding(message=message, span=item.span, hint=hint, fix=fix)


@page_rule(Severity.WARNING, mends="safely")
def statement_placeholder(page: Page, queries: Queries) -> Iterator[Finding]:
    """A checklist item's statement must be a statement, not a placeholder.

    Bad:
        content/guide.md
            <!-- SetMe -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        The statement is what a reader ticks.
    """
    for item in page.checklist.items if page.checklist else ():
        if item.comment and _PLACEHOLDER.fullmatch(item.comment.text):
            shown = f"is the placeholder '{item.comment.text}'" if item.comment.text else "is empty"
            written = _written(item, queries)
            fix = fix_edits.statement(page.document, item.comment, written) if written else None
            yield Finding(message=f"checklist item's statement {shown}", span=item.comment.span, fix=fix)


@page_rule(Severity.WARNING, mends="safely")
def statement_drift(page: Page, queries: Queries) -> Iterator[Finding]:
    """An item's comment must say the same as its fragment's `ms.assessment_question`.

    Bad:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.assessment_question: You have a tested recovery plan
            ---
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a tested recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.assessment_question: You have a tested recovery plan
            ---
            ## Recovery plan

    Why:
        The statement is written twice. Whoever changes one of them means both.
    """
    for item in page.checklist.items if page.checklist else ():
        fragment = queries.load(item.fragment) if item.fragment else None
        if item.comment and isinstance(fragment, Document):
            written = " ".join(fragment.front_matter.text("ms.assessment_question").split())
            if written and item.comment.text and written != item.comment.text:
                message = f"statement '{item.comment.text}' differs from the fragment's '{written}'"
                place = fragment.front_matter.places["ms.assessment_question"]
                related = (Related(message="the fragment's ms.assessment_question", span=place),)
                wanted = _written(item, queries)
                fix = fix_edits.statement(page.document, item.comment, wanted) if wanted else None
                yield Finding(message=message, span=item.comment.span, related=related, fix=fix)


@page_rule(Severity.WARNING)
def question_missing(page: Page, queries: Queries) -> Iterator[Finding]:
    """A page with a checklist must ask a question: `ms.custom`, a sentence with a question mark.

    Bad:
        content/guide.md
            ---
            title: Recovery
            ---
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            ---
            title: Recovery
            ms.custom: How would this workload come back after a disaster?
            ---
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        The items are answers. Without the question, a reader cannot tell what the answers add up to.
    """
    if page.checklist and not page.checklist.question:
        header = page.document.front_matter
        span = header.keys.get("ms.custom") or page.document.source.line_span(0)
        count = Counter(bool(item.include) for item in page.checklist.items)[True]
        message = f"page has {count} checklist item{'s' * (count != 1)} but asks no question"
        hint = "write it as 'ms.custom', a sentence with a question mark"
        yield Finding(message=message, span=span, hint=hint)


def _written(item: Item, queries: Queries) -> str:
    """Read the statement that an item's fragment has in its header; empty where it has none worth to be copied."""
    fragment = queries.load(item.fragment) if item.fragment else None
    if not isinstance(fragment, Document):
        return ""
    written = " ".join(fragment.front_matter.text("ms.assessment_question").split())
    return "" if _PLACEHOLDER.fullmatch(written) else written
