"""Zones: blocks of which readers see those of the pivot that they have chosen.

The choice needs no script: a style sheet hides the zones of other pivots. Where it does not work, all zones are seen, each
with the name of its pivot, which is what is on paper too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from markdown_it.token import Token

from guidekit.library import pivots
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.library.pivots import PivotGroup
from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.document import fact_of
from guidekit.syntax.zone import ElsewhereZone, Zone
from guidekit.text.escaping import as_markdown

SELECTOR, ZONE = "guidekit-pivots", "guidekit-zone"


def draw_open(token: Token, _place: Place) -> Iterator[Token]:
    """Open a zone."""
    names = fact_of(token, Zone).pivots
    attrs = {"class": ZONE, "data-pivot": " ".join(names)} if names else {}
    yield new_tokens.changed(token, attrs=attrs)


def draw_elsewhere(_token: Token, _place: Place) -> Iterator[Token]:
    """Draw nothing for a zone of another medium."""
    yield from ()


def selectors(library: Library, page: Page) -> list[Token]:
    """Make the controls by which readers of a page choose among the pivots of its zones; none where it has no zones."""
    used = {pivot: None for placed in page.facts if isinstance(placed.fact, Zone) for pivot in placed.fact.pivots}
    if not used:
        return []
    known = {group.id: group for group in library.pivot_groups() or ()}
    groups = [known[name] for name in pivots.named(page.metadata.get("zone_pivot_groups")) if name in known]
    declared = {pivot for group in groups for pivot in group.pivots}
    others = {pivot: pivot.replace("-", " ").capitalize() for pivot in used if pivot not in declared}
    if others:
        groups.append(PivotGroup(id="", prompt="Choose", pivots=others))
    offered = [
        (group.prompt, {pivot: group.pivots[pivot] for pivot in group.pivots if pivot in used}) for group in groups
    ]
    boxes = [box for box in offered if len(box[1]) > 1]
    if not boxes:
        return []
    controls = [token for number, box in enumerate(boxes, 1) for token in _selector(f"{SELECTOR}-{number}", *box)]
    chosen = {pivot for _, choices in boxes for pivot in choices}
    return [*controls, new_tokens.raw_block(f"<style>{_style(used, chosen)}</style>")]


def _selector(name: str, prompt: str, choices: Mapping[str, str]) -> list[Token]:
    legend = new_tokens.element("legend", "legend", new_tokens.run(new_tokens.text(prompt)))
    boxes = (token for number, one in enumerate(choices.items()) for token in _choice(name, *one, first=not number))
    return new_tokens.element("pivots", "fieldset", *legend, *boxes, class_=SELECTOR)


def _choice(name: str, pivot: str, title: str, *, first: bool) -> list[Token]:
    checked = {"checked": "checked"} if first else {}
    box = new_tokens.leaf("input", type="radio", name=name, id=f"pivot-{pivot}", value=pivot, **checked)
    label = new_tokens.inline("label", new_tokens.text(title), for_=f"pivot-{pivot}")
    return [new_tokens.run(*new_tokens.inline("span", box, *label))]


def _style(used: Iterable[str], offered: Container[str]) -> str:
    """Write the style sheet that shows the zones of chosen pivots alone; where it is not understood, all zones are seen."""
    shown = (
        f'{f":root:has(#pivot-{pivot}:checked) " if pivot in offered else ""}.{ZONE}[data-pivot~="{pivot}"]'
        for pivot in used
    )
    return f"@supports selector(:has(a)){{.{ZONE}[data-pivot]{{display:none}}{','.join(shown)}{{display:block}}}}"


def write(zone: Zone, place: TextPlace) -> Iterator[TextEdit]:
    """Write for whom a zone is in place of the line that opens it."""
    yield place.edit(zone.span, f"*{as_markdown(', '.join(zone.pivots))}:*\n" if zone.pivots else "")


def write_elsewhere(zone: ElsewhereZone, place: TextPlace) -> Iterator[TextEdit]:
    """Leave out a zone for another medium."""
    yield place.edit(zone.span)
