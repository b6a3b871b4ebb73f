"""Rules on zones: a page names the groups among whose pivots its readers choose, and these are declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidekit.diagnostics import Severity
from guidekit.library import pivots
from guidekit.library.includes import Placed
from guidekit.library.page import Page
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, page_rule
from guidekit.syntax.zone import Zone
from guidekit.text.paths import close_match
from guidekit.text.source import Span


@page_rule(Severity.SUGGESTION)
def zone_pivot_group_missing(page: Page, queries: Queries) -> Iterator[Finding]:
    """A page with zones for pivots should name their groups.

    Bad:
        content/guide.md
            # Backup

            ::: zone pivot="linux"
            Use a script.
            ::: zone-end

    Good:
        content/guide.md
            ---
            zone_pivot_groups: systems
            ---
            # Backup

            ::: zone pivot="linux"
            Use a script.
            ::: zone-end

    Why:
        The group has the titles among which readers choose. Without it they are offered the names of the pivots.
    """
    zones = [placed for placed, zone in _zones(page) if zone.pivots]
    if zones and not _groups(page):
        yield Finding(message="page has zones for pivots, but no 'zone_pivot_groups'", span=_on_page(zones[0]))


@page_rule(Severity.SUGGESTION)
def pivot_group_not_found(page: Page, queries: Queries) -> Iterator[Finding]:
    """A group of pivots that a page names should be declared.

    Bad:
        content/guide.md
            ---
            zone_pivot_groups: system
            ---
            # Backup

            ::: zone pivot="linux"
            Use a script.
            ::: zone-end
        content/zone-pivot-groups.yml
            groups:
            - id: systems
              title: Systems
              pivots:
              - id: linux
                title: Linux

    Good:
        content/guide.md
            ---
            zone_pivot_groups: systems
            ---
            # Backup

            ::: zone pivot="linux"
            Use a script.
            ::: zone-end
        content/zone-pivot-groups.yml
            groups:
            - id: systems
              title: Systems
              pivots:
              - id: linux
                title: Linux

    Why:
        The titles among which readers choose are those of the group. Without a file of groups nothing is found.
    """
    groups = queries.pivot_groups()
    if groups is None:
        return
    known = [group.id for group in groups]
    for name in _groups(page):
        if name not in known:
            document = page.document
            span = document.front_matter.places.get("zone_pivot_groups") or document.source.line_span(0)
            yield Finding(message=f"group of pivots '{name}' is declared nowhere", span=span, hint=_near(name, known))


@page_rule(Severity.SUGGESTION)
def pivot_id_not_found(page: Page, queries: Queries) -> Iterator[Finding]:
    """A pivot of a zone should be one of the groups that the page names.

    Bad:
        content/guide.md
            ---
            zone_pivot_groups: systems
            ---
            # Backup

            ::: zone pivot="linus"
            Use a script.
            ::: zone-end
        content/zone-pivot-groups.yml
            groups:
            - id: systems
              title: Systems
              pivots:
              - id: linux
                title: Linux

    Good:
        content/guide.md
            ---
            zone_pivot_groups: systems
            ---
            # Backup

            ::: zone pivot="linux"
            Use a script.
            ::: zone-end
        content/zone-pivot-groups.yml
            groups:
            - id: systems
              title: Systems
              pivots:
              - id: linux
                title: Linux

    Why:
        On Learn nobody sees such a zone, as nobody can choose its pivot.
    """
    groups = {group.id: group for group in queries.pivot_groups() or ()}
    known = sorted({pivot for name in _groups(page) if name in groups for pivot in groups[name].pivots})
    for placed, zone in _zones(page) if known else ():
        for pivot in zone.pivots:
            if pivot not in known:
                message = f"pivot '{pivot}' is in no group of the page"
                yield Finding(message=message, span=_on_page(placed), hint=_near(pivot, known))


def _zones(page: Page) -> Iterator[tuple[Placed, Zone]]:
    return ((placed, placed.fact) for placed in page.facts if isinstance(placed.fact, Zone))


def _groups(page: Page) -> tuple[str, ...]:
    """List the groups of pivots that a page names."""
    return pivots.named(page.metadata.get("zone_pivot_groups"))


def _on_page(placed: Placed) -> Span:
    """Find the place of a zone on the page itself: that of the include that shows it, if one does."""
    return placed.chain[0].span if placed.chain else placed.fact.span


def _near(name: str, known: Sequence[str]) -> str:
    near = close_match(name, known)
    return f"did you mean '{near}'?" if near else ""
