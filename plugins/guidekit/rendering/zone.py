"""Zones: blocks of which readers see those of the pivot that they have chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from guidekit.library import pivots
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import choices, new_tokens
from guidekit.rendering.choices import Choice
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.document import fact_of
from guidekit.syntax.zone import ElsewhereZone, Zone
from guidekit.text.escaping import as_markdown


def draw_open(token: Token, _place: Place) -> Iterator[Token]:
    """Open a zone."""
    names = fact_of(token, Zone).pivots
    yield new_tokens.changed(token, attrs=dict(choices.attributes(names)) if names else {})


def draw_elsewhere(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing for a zone of another medium."""
    yield from ()


def offered(library: Library, page: Page) -> Sequence[Choice]:
    """Tell among which pivots readers of a page choose: those of its zones, with the titles of the groups that it names."""
    used = {pivot: None for placed in page.facts if isinstance(placed.fact, Zone) for pivot in placed.fact.pivots}
    known = {group.id: group for group in library.pivot_groups() or ()} if used else {}
    groups = [known[name] for name in pivots.named(page.metadata.get("zone_pivot_groups")) if name in known]
    declared = {pivot for group in groups for pivot in group.pivots}
    others = {pivot: pivot.replace("-", " ").capitalize() for pivot in used if pivot not in declared}
    of_groups = (
        Choice(prompt=group.prompt, values={name: title for name, title in group.pivots.items() if name in used})
        for group in groups
    )
    return [*of_groups, *([Choice(prompt="Choose", values=others)] if others else ())]


def write(zone: Zone, place: TextPlace) -> Iterator[TextEdit]:
    """Write for whom a zone is in place of the line that opens it."""
    yield place.edit(zone.span, f"*{as_markdown(', '.join(zone.pivots))}:*\n" if zone.pivots else "")


def write_elsewhere(zone: ElsewhereZone, place: TextPlace) -> Iterator[TextEdit]:
    """Leave out a zone for another medium."""
    yield place.edit(zone.span)
