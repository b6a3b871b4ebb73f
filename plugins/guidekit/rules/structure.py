"""Rules on a page's structure: one H1, no level skipped, no heading without content."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

from guidekit.diagnostics import Related, Severity
from guidekit.library import includes
from guidekit.library.includes import Placed
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules.items.item_guidance import guidance_empty
from guidekit.rules.rule import Finding, document_rule, page_rule
from guidekit.syntax.alert import FailedAlert
from guidekit.syntax.cross_reference import ReferenceName
from guidekit.syntax.document import Document
from guidekit.syntax.fact import Condition, Fact, can_meet
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.link import Image
from guidekit.syntax.near_miss import LostMarker
from guidekit.syntax.prose import Prose
from guidekit.syntax.quote import ALERTS
from guidekit.syntax.raw_html import Banner, Comment
from guidekit.text.paths import close_match

T = TypeVar("T")

_NAMED = 20
"""How many headings of a page are named where there should be one: a fragment with many may be on many pages."""


@page_rule(Severity.WARNING)
def h1_missing(page: Page, queries: Queries) -> Iterator[Finding]:
    """A page must have a level-1 heading.

    Bad:
        content/guide.md
            ---
            title: Backup
            ---
            ## Copies

            Keep three.

    Good:
        content/guide.md
            ---
            title: Backup
            ---
            # Backup

            Keep three copies.

    Why:
        The level-1 heading tells readers, and their screen readers, what the page is about. Without one, the page is
        published with its title as heading.
    """
    has_one = any(isinstance(placed.fact, Heading) and placed.fact.level == 1 for placed in page.facts)
    if not has_one and not page.moved_to and not includes.lost(page.expansion):
        line = page.document.front_matter.body_line
        yield Finding(message="page has no level-1 heading", span=page.document.source.line_span(line))


@page_rule(Severity.WARNING)
def multiple_h1s(page: Page, queries: Queries) -> Iterator[Finding]:
    """A page must have only one level-1 heading.

    Bad:
        content/guide.md
            # Backup

            Keep copies.

            # Recovery

            Use them.

    Good:
        content/guide.md
            # Backup and recovery

            ## Backup

            Keep copies.

            ## Recovery

            Use them.

    Why:
        A page about two things has no title that fits. Such a page is published with its title as level-1 heading and
        every other heading one level down.
    """
    tops = [placed for placed in page.facts if isinstance(placed.fact, Heading) and placed.fact.level == 1]
    seen = [top for top in tops[1:] if can_meet(top.condition, tops[0].condition)]
    if seen:
        others = [tops[0], *seen[1 : _NAMED - 1]]
        related = tuple(Related(message="level 1 here", span=placed.fact.span) for placed in others)
        yield _after_expansion(f"page has {len(seen) + 1} level-1 headings", seen[0], related)


@page_rule(Severity.SUGGESTION)
def heading_skipped(page: Page, queries: Queries) -> Iterator[Finding]:
    """Headings should go down one level at a time.

    Bad:
        content/guide.md
            # Backup

            Keep copies.

            ### Where

            In another region.

    Good:
        content/guide.md
            # Backup

            Keep copies.

            ## Where

            In another region.

    Why:
        Screen reader users move by heading levels; a level that is not there reads like a section that went missing.
    """
    lost = includes.lost(page.expansion)
    nearest: _Nearest[Placed] = _Nearest()
    told: set[tuple[Fact, int]] = set()  # of several tabs below one heading, the first is told of
    for placed in page.facts:
        if lost and placed.fact in lost:
            nearest = _Nearest()  # the level that is skipped may be in there
        if not isinstance(placed.fact, Heading):
            continue
        before = nearest.to(placed.condition)
        nearest.add(placed, placed.condition)
        above, heading = before.fact if before else None, placed.fact
        if before and isinstance(above, Heading) and isinstance(heading, Heading) and heading.level > above.level + 1:
            if (above, heading.level) in told:
                continue
            told.add((above, heading.level))
            message = (
                f"level-{above.level} heading '{above.text}' is followed by"
                f" level-{heading.level} heading '{heading.text}'"
            )
            if before.chain == placed.chain:
                yield Finding(message=message, span=heading.span)
            else:
                yield _after_expansion(message, placed)


_MOST_APART = 50
"""Past how many things that others see one is looked for: the tabs or zones between two headings are few."""


class _Nearest(Generic[T]):
    """The last of some things that the same reader sees: others are passed over, as those in the other tabs of a set."""

    def __init__(self) -> None:
        self._last: dict[Condition, T] = {}

    def to(self, condition: Condition) -> T | None:
        """Find the thing that was added last among those that whoever sees something else sees, too."""
        near = islice(reversed(self._last.items()), _MOST_APART)
        met = (thing for shown, thing in near if can_meet(shown, condition))
        return next(met, None)

    def add(self, thing: T, condition: Condition) -> None:
        """Add a thing, and for whom it is shown."""
        self._last.pop(condition, None)
        self._last[condition] = thing


@document_rule(Severity.SUGGESTION)
def heading_empty(document: Document, queries: Queries) -> Iterator[Finding]:
    """A heading must have text.

    Bad:
        content/guide.md
            # Backup

            Keep copies.

            ##

            In another region.

    Good:
        content/guide.md
            # Backup

            Keep copies.

            ## Where

            In another region.

    Why:
        It is an entry in the table of contents that nobody can read or hear.
    """
    shown = {fact.span.start.line for kind in (Include, Image, ReferenceName) for fact in document.of(kind)}
    for heading in document.of(Heading):
        if not heading.text and heading.span.start.line not in shown:
            yield Finding(message=f"level-{heading.level} heading has no text", span=heading.span)


@document_rule(Severity.SUGGESTION)
def heading_no_content(document: Document, queries: Queries) -> Iterator[Finding]:
    """A heading should have content below it before the next heading of the same or a higher level.

    Bad:
        content/guide.md
            # Backup

            Keep copies.

            ## Code

            ## Data

            In another region.

    Good:
        content/guide.md
            # Backup

            Keep copies.

            ## Code

            It is in the repository, and the repository is mirrored.

            ## Data

            In another region.

    Why:
        It promises a topic and says nothing about it. Headings below it count as content; an empty guidance fragment is
        reported as guidance-empty instead.
    """
    if document.is_unread or any(True for _ in guidance_empty.check(document, queries)):
        return
    heading_lines = {heading.span.start.line for heading in document.of(Heading)}
    nearest: _Nearest[Fact] = _Nearest()  # what stands next below a heading's own line
    empty: list[Heading] = []
    for fact in reversed(document.facts):
        if isinstance(fact, Heading):
            below = nearest.to(fact.condition)
            if below is None or (isinstance(below, Heading) and below.level <= fact.level):
                empty.append(fact)
            nearest.add(fact, fact.condition)
        elif fact.is_content or (isinstance(fact, Comment) and fact.is_placeholder):
            line = fact.line if isinstance(fact, Prose) else fact.span.start.line
            if line not in heading_lines:
                nearest.add(fact, fact.condition)
    for heading in reversed(empty):
        named = f"heading '{heading.text}'" if heading.text else f"level-{heading.level} heading"
        yield Finding(message=f"{named} has no content", span=heading.span)


@document_rule(Severity.WARNING)
def invalid_note_section(document: Document, queries: Queries) -> Iterator[Finding]:
    """The marker of an alert, a box or a video must stand alone on its line.

    Bad:
        content/guide.md
            # Backup

            > [!NOTE] Keep three copies.

    Good:
        content/guide.md
            # Backup

            > [!NOTE]
            > Keep three copies.

    Why:
        Learn shows such a block as an ordinary quote with the marker as text.
    """
    for alert in document.of(FailedAlert):
        word = alert.marker[2:-1].split()[0].lower()
        meant = {"div": "box", "video": "video"}.get(word, "alert")
        message = f"text stands beside '{alert.marker}', so this is a quote and no {meant}"
        yield Finding(message=message, span=alert.span, hint="move the text to the next line, behind a '>'")
    told = {alert.span.start for alert in document.of(FailedAlert)}
    for marker in document.of(LostMarker):
        if marker.span.start not in told:
            yield from _lost(marker)


def _lost(marker: LostMarker) -> Iterator[Finding]:
    """Tell what keeps a marker from making an alert, if it is one of Learn's or was meant to be."""
    written = f"[!{marker.word}]"
    kind = marker.word.upper()
    if kind not in ALERTS:
        near = close_match(kind, ALERTS)
        if near or marker.in_quote:
            hint = f"did you mean '[!{near}]'?" if near else f"there are {', '.join(ALERTS)}"
            yield Finding(message=f"there is no alert '{written}', so it is text", span=marker.span, hint=hint)
    elif marker.in_cell:
        message = f"'{written}' stands in a table, which holds no alert, so it is text"
        yield Finding(message=message, span=marker.span, hint="put the alert below the table")
    elif not marker.in_quote:
        message = f"'{written}' stands in no quote, so it is text"
        yield Finding(message=message, span=marker.span, hint="begin its line and those below it with '> '")
    elif marker.has_text_beside:
        message = f"text stands beside '{written}', so this is a quote and no alert"
        yield Finding(message=message, span=marker.span, hint="move the text to the next line, behind a '>'")
    else:
        message = f"'{written}' does not begin its quote, so it is text"
        yield Finding(message=message, span=marker.span)


@document_rule(Severity.SUGGESTION)
def legacy_banner(document: Document, queries: Queries) -> Iterator[Finding]:
    """A page should not carry the old hand-made preview banner.

    Bad:
        content/guide.md
            # Backup

            <div id="banner-holder">
              <section id="preview-banner">This is a preview.</section>
            </div>

            Keep copies.

    Good:
        content/guide.md
            # Backup

            Keep copies.

    Why:
        It is raw HTML for style sheets of another site. It is left out of the published page; a site's own
        announcement belongs into its settings.
    """
    for banner in document.of(Banner):
        yield Finding(message="hand-made preview banner is left out; delete it", span=banner.span)


def _after_expansion(message: str, placed: Placed, related: tuple[Related, ...] = ()) -> Finding:
    """Report what only the whole page shows: at the page's own include, with the chain that leads to the place."""
    if not placed.chain:
        return Finding(message=message, span=placed.fact.span, related=related)
    steps = " -> ".join([str(include.span) for include in placed.chain] + [str(placed.fact.span)])
    here = Related(message="this is where it stands", span=placed.fact.span)
    return Finding(message=f"{message} ({steps})", span=placed.chain[0].span, related=(here, *related))
