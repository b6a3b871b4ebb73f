"""Rules on the GUID of an item: file, `ms.uid` and include agree on it, and it belongs to one item alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guidekit.diagnostics import Related, Severity
from guidekit.library.checklist import identity
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text.guid import is_guid
from guidekit.text.source import Span

_NAMED = 5
"""How many others with the same GUID are named: all of them, by each of them, would be a square."""


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
            fix = fix_edits.include_title(include, target) if certain else None
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
            fix = fix_edits.include_title(include, stem)
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
    holders = queries.claims_to(document.front_matter.text("ms.uid"), document.source.path)
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
