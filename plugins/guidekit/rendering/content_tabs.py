"""Content tabs: the elements of pymdownx.tabbed, in the style that the site has chosen."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.syntax.heading import slug

EXTENSION = "pymdownx.tabbed"


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open a set of tabs, with the control of each."""
    number = place.drawing.count("tabs")
    titles = token.meta["titles"]
    ids = _ids(place, number, titles)
    place.drawing.tab_ids.append(ids)
    attrs: dict[str, str | int | float] = {
        "class": "tabbed-set tabbed-alternate",
        "data-tabs": f"{number}:{len(titles)}",
    }
    yield new_tokens.changed(token, attrs=attrs)
    selected = token.meta["selected"]
    for index, name in enumerate(ids):
        checked = {"checked": "checked"} if index == selected else {}
        yield new_tokens.leaf("input", **checked, id=name, name=f"__tabbed_{number}", type="radio")


def draw_close(token: Token, place: Place) -> Iterator[Token]:
    """Close a set of tabs."""
    place.drawing.tab_ids.pop()
    yield token


def draw_labels(token: Token, _place: Place) -> Iterator[Token]:
    """Open the labels of a set."""
    yield new_tokens.changed(token, attrs={"class": "tabbed-labels"})


def draw_label(token: Token, place: Place) -> Iterator[Token]:
    """Open the label of a tab."""
    yield new_tokens.changed(token, attrs={"for": place.drawing.tab_ids[-1][token.meta["number"]]})


def draw_contents(token: Token, _place: Place) -> Iterator[Token]:
    """Open the contents of a set."""
    yield new_tokens.changed(token, attrs={"class": "tabbed-content"})


def draw_content(token: Token, _place: Place) -> Iterator[Token]:
    """Open the content of a tab."""
    yield new_tokens.changed(token, attrs={"class": "tabbed-block"})


def _ids(place: Place, number: int, titles: list[str]) -> list[str]:
    """Name the controls: by their number, or by their titles where the site's options make addresses of them."""
    if not place.drawing.options(EXTENSION).get("slugify"):
        return [f"__tabbed_{number}_{index}" for index, _ in enumerate(titles, 1)]
    return [place.drawing.unique_id(slug(title)) for title in titles]
