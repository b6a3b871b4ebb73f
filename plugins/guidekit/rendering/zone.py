"""Zones: blocks of which readers see those of the pivot that they have chosen.

The choice needs no script: a style sheet hides the zones of other pivots. Where it does not work, all zones are seen, each
with the name of its pivot, which is what is on paper too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    made: list[Token] = []
    for number, group in enumerate(groups, 1):
        choices = {pivot: title for pivot, title in group.pivots.items() if pivot in used}
        made += _selector(f"{SELECTOR}-{number}", group.prompt, choices) if len(choices) > 1 else []
    return made


def _selector(name: str, prompt: str, choices: Mapping[str, str]) -> list[Token]:
    legend = new_tokens.element("legend", "legend", new_tokens.run(new_tokens.text(prompt)))
    boxes = (token for number, one in enumerate(choices.items()) for token in _choice(name, *one, first=not number))
    fieldset = new_tokens.element("pivots", "fieldset", *legend, *boxes, class_=SELECTOR)
    return [*fieldset, new_tokens.raw_block(f"<style>{_style(choices)}</style>")]


def _choice(name: str, pivot: str, title: str, *, first: bool) -> list[Token]:
    checked = {"checked": "checked"} if first else {}
    box = new_tokens.leaf("input", type="radio", name=name, id=f"pivot-{pivot}", value=pivot, **checked)
    label = new_tokens.inline("label", new_tokens.text(title), for_=f"pivot-{pivot}")
    return [new_tokens.run(*new_tokens.inline("span", box, *label))]


def _style(choices: Mapping[str, str]) -> str:
    """Write the style sheet that hides the zones of the pivots that are not chosen."""
    return "".join(
        f":root:has(#pivot-{pivot}:checked) .{ZONE}:is({_any(choices, pivot)}):not({_is(pivot)}){{display:none}}"
        for pivot in choices
    )


def _any(choices: Mapping[str, str], chosen: str) -> str:
    return ",".join(_is(pivot) for pivot in choices if pivot != chosen)


def _is(pivot: str) -> str:
    return f'[data-pivot~="{pivot}"]'


def write(zone: Zone, place: TextPlace) -> Iterator[TextEdit]:
    """Write for whom a zone is in place of the line that opens it."""
    yield place.edit(zone.span, f"*{as_markdown(', '.join(zone.pivots))}:*\n" if zone.pivots else "")


def write_elsewhere(zone: ElsewhereZone, place: TextPlace) -> Iterator[TextEdit]:
    """Leave out a zone for another medium."""
    yield place.edit(zone.span)
