"""Rules on links and images: each leads somewhere, and an image can be heard as well as seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from guidekit.diagnostics import Fix, Related, Severity
from guidekit.library.destinations import OUTSIDE, Destination
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules import fix_edits
from guidekit.rules.rule import Finding, NearestFile, Search, document_rule, page_rule
from guidekit.syntax.document import Document
from guidekit.syntax.link import Image, Link
from guidekit.syntax.near_miss import MistypedInclude
from guidekit.text import likeness, paths
from guidekit.text.paths import close_match

_MAX_GUESSES = 20
"""How many bookmarks of one page are guessed at; where more are missing, a heading was renamed."""


@document_rule(Severity.WARNING, mends="safely")
def file_not_found(document: Document, queries: Queries) -> Iterator[Finding]:
    """A link or image must lead to a page or file that exists.

    Bad:
        content/guide.md
            See [the plan](recovery-pan.md).
        content/recovery-plan.md
            # Recovery plan

    Good:
        content/guide.md
            See [the plan](recovery-plan.md).
        content/recovery-plan.md
            # Recovery plan

    Why:
        Readers follow links when they need help. A link in a fragment counts from the fragment's folder.
    """
    mistyped = [include.span for include in document.of(MistypedInclude)]
    for fact in document.facts:
        if isinstance(fact, (Link, Image)):
            leads = queries.follow(fact.address, document.source.path)
            lost = leads.kind == "missing" and not leads.not_mounted
            if lost and not any(span.start < fact.span.start < span.end for span in mistyped):
                what = "link to" if isinstance(fact, Link) else "image"
                named = f" ('{leads.path}')" if leads.path and str(leads.path) != fact.address else ""
                hint = _hint(leads, document.source.path)
                fix = _in_right_case(fact, leads, document, queries)
                fails = "cannot be followed" if leads.detail.startswith(OUTSIDE) else "leads nowhere"
                message = f"{what} '{fact.address}'{named} {fails}"
                yield Finding(message=message, span=fact.span, hint=hint, fix=fix)


@document_rule(Severity.SUGGESTION, mends="safely")
def redirected_link(document: Document, queries: Queries) -> Iterator[Finding]:
    """A link should lead to where a file is now, not to where `.openpublishing.redirection.json` says that it was.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/guide.md
            See [the plan](plan.md).
        content/recovery-plan.md
            # Recovery plan

    Good:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/guide.md
            See [the plan](recovery-plan.md).
        content/recovery-plan.md
            # Recovery plan

    Why:
        Redirections are for readers who come from elsewhere. They are dropped one day, and the links break with them.
    """
    for fact in document.facts:
        if isinstance(fact, (Link, Image)):
            leads = queries.follow(fact.address, document.source.path)
            if leads.redirect:
                rooted = fact.address.startswith("/") and leads.redirect.startswith("/")
                there = _address(leads, document) if leads.path and not rooted else leads.redirect
                fix = fix_edits.destination(document, queries, fact, there)
                what = "link to" if isinstance(fact, Link) else "image"
                message = f"{what} '{fact.address}' is redirected to '{there}'"
                hint = _lost_bookmark(leads, queries)
                fix = replace(fix, safe=False) if fix and hint else fix
                yield Finding(message=message, span=fact.span, hint=hint, fix=fix)


def _lost_bookmark(leads: Destination, queries: Queries) -> str:
    """Say that the page to which a link is redirected has not what the link asks for; empty where it has."""
    anchors = queries.anchors_of(leads.path) if leads.path and leads.bookmark else None
    if anchors is None or leads.bookmark in anchors or not (leads.path and queries.is_whole(leads.path)):
        return ""
    return f"no heading or anchor '#{leads.bookmark}' is there"


def _address(leads: Destination, document: Document) -> str:
    here = document.source.path
    return paths.as_url(paths.relative(leads.path, here)) + leads.suffix if leads.path else ""


def _in_right_case(fact: Link | Image, leads: Destination, document: Document, queries: Queries) -> Fix | None:
    """Write a link as its file is named, where nothing but letter case keeps it from leading there."""
    there = queries.in_any_case(leads.path) if leads.path else None
    if there is None or there == leads.path:
        return None
    base = document.source.path
    path = re.split("[?#]", fact.address, maxsplit=1)[0]
    for written in (paths.in_case_of(path, there, encoded=True), paths.as_url(paths.relative(there, base))):
        address = written + fact.address[len(path) :]
        if queries.follow(address, base).path == there and queries.follow(address, base).kind != "missing":
            return fix_edits.destination(document, queries, fact, address)
    return None


def _hint(leads: Destination, base: PurePosixPath) -> str | Search:
    if leads.detail or not leads.path:
        return leads.detail
    return NearestFile(missing=leads.path, base=base, fragment=False)


@page_rule(Severity.WARNING, mends="unsafely")
def bookmark_not_found(page: Page, queries: Queries) -> Iterator[Finding]:
    """A link's `#bookmark` must be a heading or an anchor of the Learn page that it leads to.

    Bad:
        content/guide.md
            See [the plan](#recovery-pan).

            ## Recovery plan

            Name an owner.

    Good:
        content/guide.md
            See [the plan](#recovery-plan).

            ## Recovery plan

            Name an owner.

    Why:
        The reader lands at the top of a page and has to search. In a fragment, a link with nothing but a bookmark leads
        into the page that shows the fragment. The anchors of a page that Python-Markdown renders are known once it is built:
        `site-bookmark-not-found` asks for those. Nothing is said of a page that has lost a fragment, as the heading may
        be in there, nor of a link that `redirected-link` finds: that says so itself.
    """
    guesses = _MAX_GUESSES
    for placed in page.facts:
        if not isinstance(placed.fact, Link):
            continue
        leads = queries.follow(placed.fact.address, placed.fact.span.path)
        if not leads.bookmark or leads.redirect:
            continue
        target = page.path if leads.kind == "here" else leads.path
        anchors = page.anchors if leads.kind == "here" else queries.anchors_of(leads.path) if leads.path else None
        if anchors is None or leads.bookmark in anchors or (target and not queries.is_whole(target)):
            continue
        guesses -= 1
        near = close_match(leads.bookmark, anchors) if guesses >= 0 else None
        fix = _to_bookmark(placed.fact, near, queries) if near else None
        message = f"no heading or anchor '#{leads.bookmark}' in '{target}'"
        hint = likeness.did_you_mean(leads.bookmark, near, before="#") if near else ""
        if leads.kind == "here" and placed.chain:
            related = (Related(message="the link stands here", span=placed.fact.span),)
            yield Finding(message=message, span=placed.chain[0].span, hint=hint, related=related)
        else:
            yield Finding(message=message, span=placed.fact.span, hint=hint, fix=fix)


def _to_bookmark(link: Link, bookmark: str, queries: Queries) -> Fix | None:
    """Lead a link to another bookmark of the same page, the one most like it; a person should look."""
    document = queries.load(link.span.path)
    path, hash_mark, _ = link.address.partition("#")
    if not hash_mark or not isinstance(document, Document):
        return None
    return fix_edits.destination(document, queries, link, f"{path}#{paths.as_url(bookmark)}", safe=False)


@document_rule(Severity.WARNING)
def image_alt_text_missing(document: Document, queries: Queries) -> Iterator[Finding]:
    """An image must have an alternative text.

    Bad:
        content/guide.md
            ![](images/layers.png)
        content/images/layers.png
            (an image)

    Good:
        content/guide.md
            ![Three layers of backup: code, configuration and data](images/layers.png)
        content/images/layers.png
            (an image)

    Why:
        Whoever cannot see the image gets nothing. An image for decoration says so in HTML, with an empty `alt`.
    """
    for image in document.of(Image):
        if not image.alt.strip() and not image.decorative:
            yield Finding(message=f"image '{image.address}' has no alternative text", span=image.span)


@document_rule(Severity.WARNING)
def image_alt_text_is_file_name(document: Document, queries: Queries) -> Iterator[Finding]:
    """An image's alternative text must say what the image shows, not what its file is called.

    Bad:
        content/guide.md
            ![layers.png](images/layers.png)
        content/images/layers.png
            (an image)

    Good:
        content/guide.md
            ![Three layers of backup: code, configuration and data](images/layers.png)
        content/images/layers.png
            (an image)

    Why:
        A screen reader reads the file's name aloud, and the listener knows no more than before.
    """
    for image in document.of(Image):
        name = PurePosixPath(image.address.partition("?")[0]).name.lower()
        alt = image.alt.strip().lower()
        if alt and alt in (name, name.rpartition(".")[0]):
            yield Finding(message=f"alternative text '{image.alt}' is the image's file name", span=image.span)
