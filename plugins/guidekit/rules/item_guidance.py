"""Rules on checklists: every item says what it asks, and has guidance that says something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from guidekit.diagnostics import Related, Severity
from guidekit.library import guidance
from guidekit.library.checklist import Item, identity, is_guid
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image
from guidekit.syntax.prose import Prose
from guidekit.syntax.raw_html import Comment
from guidekit.text.source import Span

_NAMED = 5
"""How many others with the same GUID are named: all of them, by each of them, would be a square."""

_PLACEHOLDER = re.compile(
    r"set ?me|tb[dc]|placeholder|lorem ipsum.*|(?:checklist )?(?:statement|question|item)|fill (?:me )?in|[.?x_\s-]*",
    re.IGNORECASE,
)


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
    if queries.is_guidance_fragment(document.source.path) and queries.words(document.source.path) is None:
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
    said = queries.words(document.source.path) if queries.is_guidance_fragment(document.source.path) else None
    if said is not None and said < guidance.STUB_WORDS:
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


@document_rule(Severity.WARNING, mends="unsafely")
def uid_mismatch(document: Document, queries: Queries) -> Iterator[Finding]:
    """A fragment's `ms.uid` and its file's name must be the same GUID.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: 33fe1493-7dbd-48de-ab6a-d6635c9c7c68
            ---
            ## Recovery plan

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: 78b95e10-acc0-4749-8f1f-efa8cfb5eb89
            ---
            ## Recovery plan

    Why:
        The GUID is the item's identity. Where two of them differ, one was copied from another item, and nobody can
        tell which.
    """
    stem = document.source.path.stem
    uid = document.front_matter.text("ms.uid")
    if is_guid(uid) and queries.is_fragment(document.source.path) and uid.lower() != stem.lower():
        message = f"'ms.uid' is '{uid}', but the file is named '{stem}'"
        unclaimed = is_guid(stem) and not queries.claims_to(stem)
        fix = fix_edits.header_value(document, "ms.uid", stem, safe=False) if unclaimed else None
        yield Finding(message=message, span=document.front_matter.places["ms.uid"], fix=fix)


@document_rule(Severity.WARNING, mends="safely")
def include_label_mismatch(document: Document, queries: Queries) -> Iterator[Finding]:
    """An include that is titled with a GUID must show the fragment of that GUID.

    Bad:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[33fe1493-7dbd-48de-ab6a-d6635c9c7c68](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        The path decides what is shown. A title that says something else was copied from another item, and misleads
        whoever looks for the item by its GUID.
    """
    for include in document.of(Include):
        shown = queries.shown(include, document.source.path)
        target = shown.source.path.stem if shown is not None else include.path.rpartition("/")[2].removesuffix(".md")
        if is_guid(include.title) and include.title.lower() != target.lower():
            message = f"include is titled '{include.title}', but shows '{target}'"
            certain = shown is not None and is_guid(target) and not queries.fragments_named(include.title)
            fix = fix_edits.include_title(document, include, target) if certain else None
            yield Finding(message=message, span=include.span, fix=fix)


@document_rule(Severity.SUGGESTION, mends="safely")
def guid_case_mismatch(document: Document, queries: Queries) -> Iterator[Finding]:
    """A GUID should be written as in the name of its file, in a fragment's `ms.uid` and in the titles of includes.

    Bad:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78B95E10-ACC0-4749-8F1F-EFA8CFB5EB89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Good:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        Here both name the same item. Whoever searches the files for a GUID, or joins lists by it, finds only one.
    """
    header = document.front_matter
    stem, uid = document.source.path.stem, header.text("ms.uid")
    if is_guid(uid) and queries.is_fragment(document.source.path) and uid != stem and uid.lower() == stem.lower():
        message = f"'ms.uid' is '{uid}', the file's name in other letter case"
        fix = fix_edits.header_value(document, "ms.uid", stem)
        yield Finding(message=message, span=header.places["ms.uid"], fix=fix)
    for include in document.of(Include):
        shown = queries.shown(include, document.source.path)
        stem = shown.source.path.stem if shown is not None else include.title
        if is_guid(stem) and include.title != stem and include.title.lower() == stem.lower():
            message = f"include is titled '{include.title}', the file's name in other letter case"
            fix = fix_edits.include_title(document, include, stem)
            yield Finding(message=message, span=include.span, fix=fix)


@document_rule(Severity.ERROR)
def uid_duplicate(document: Document, queries: Queries) -> Iterator[Finding]:
    """A `ms.uid` must belong to one fragment.

    Bad:
        includes/33fe1493-7dbd-48de-ab6a-d6635c9c7c68.md
            ---
            ms.uid: 33fe1493-7dbd-48de-ab6a-d6635c9c7c68
            ---
            ## Dependency failures
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: 33fe1493-7dbd-48de-ab6a-d6635c9c7c68
            ---
            ## Recovery plan

    Good:
        includes/33fe1493-7dbd-48de-ab6a-d6635c9c7c68.md
            ---
            ms.uid: 33fe1493-7dbd-48de-ab6a-d6635c9c7c68
            ---
            ## Dependency failures
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: 78b95e10-acc0-4749-8f1f-efa8cfb5eb89
            ---
            ## Recovery plan

    Why:
        Answers are kept under the GUID. Two items with one GUID would share one answer.
    """
    holders = queries.claims_to(document.front_matter.text("ms.uid"))
    if len(holders) > 1 and queries.is_fragment(document.source.path):
        others = list(islice((holder for holder in holders if holder.source.path != document.source.path), _NAMED))
        more = f" and {len(holders) - 1 - _NAMED} more" if len(holders) - 1 > _NAMED else ""
        message = f"'ms.uid' is also used in {', '.join(str(other.source.path) for other in others)}{more}"
        places = [other.front_matter.places["ms.uid"] for other in others]
        related = tuple(Related(message="used here too", span=place) for place in places)
        yield Finding(message=message, span=document.front_matter.places["ms.uid"], related=related)


@document_rule(Severity.WARNING)
def uid_invalid(document: Document, queries: Queries) -> Iterator[Finding]:
    """A fragment's `ms.uid` must be a GUID, and guidance behind a checklist item must have one.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: recovery-plan
            ---
            ## Recovery plan

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            ms.uid: 78b95e10-acc0-4749-8f1f-efa8cfb5eb89
            ---
            ## Recovery plan

    Why:
        A word is soon used twice, and soon changed. A GUID is neither.
    """
    header = document.front_matter
    if queries.is_fragment(document.source.path) and "ms.uid" in header.keys and not is_guid(header.text("ms.uid")):
        message = f"'ms.uid' is '{header.text('ms.uid')}', which is no GUID"
        yield Finding(message=message, span=header.places["ms.uid"])
    elif queries.is_guidance(document.source.path) and not identity(document, None):
        message = "guidance has no GUID: neither its file's name nor an 'ms.uid' is one"
        yield Finding(message=message, span=document.source.line_span(0))


@page_rule(Severity.WARNING)
def item_duplicate(page: Page, queries: Queries) -> Iterator[Finding]:
    """A guide must not hold the same item twice.

    Bad:
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]

            <!-- You have a recovery plan -->
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
        Readers would answer one question twice. Most often the second include was meant to be another one.
    """
    first: dict[str, Span] = {}
    for item in page.checklist.items if page.checklist else ():
        if item.guid in first:
            place = item.include.span if item.include else item.span
            related = (Related(message="first here", span=first[item.guid]),)
            yield Finding(message=f"item '{item.guid}' is already on this page", span=place, related=related)
        elif item.guid and item.include:
            first[item.guid] = item.include.span


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
