"""Content tabs: the elements of pymdownx.tabbed, in the style that the site has chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.rendering.markdown_writer import TextEdit, TextPlace
from guidekit.syntax.heading import slug
from guidekit.syntax.heading_tabs import TabTitle
from guidekit.syntax.tab_set import CLOSE, LABEL_CLOSE, OPEN, TAB_CLOSE, TAB_OPEN, Tab
from guidekit.syntax.visible_text import plain_text
from guidekit.text.escaping import as_markdown

EXTENSION = "pymdownx.tabbed"


def draw_open(token: Token, place: Place) -> Iterator[Token]:
    """Open a set of tabs, with the control of each."""
    number = place.drawing.count("tabs")
    ids = _ids(place, number, token)
    place.drawing.tab_ids.append(ids)
    attrs: dict[str, str | int | float] = {
        "class": "tabbed-set tabbed-alternate",
        "data-tabs": f"{number}:{token.meta['count']}",
    }
    yield new_tokens.changed(token, attrs=attrs)
    selected = token.meta["selected"]
    for index, (name, tab) in enumerate(zip(ids, token.meta["tabs"], strict=True)):
        checked = {"checked": "checked"} if index == selected else {}
        yield new_tokens.leaf("input", **checked, id=name, name=f"__tabbed_{number}", type="radio", **_names(tab))


def _names(tab: Tab) -> dict[str, str]:
    """Name a tab for the script that opens all tabs of a name together."""
    known = {"data_tab": " ".join(tab.ids), "data_tab_needs": tab.needs}
    return {name: value for name, value in known.items() if value}


def draw_close(token: Token, place: Place) -> Iterator[Token]:
    """Close a set of tabs."""
    place.drawing.tab_ids.pop()
    yield token


def draw_label(token: Token, place: Place) -> Iterator[Token]:
    """Open the label of a tab."""
    yield new_tokens.changed(token, attrs={"for": place.drawing.tab_ids[-1][token.meta["number"]]})


def draw_content(token: Token, _place: Place) -> Iterator[Token]:
    """Open the content of a tab."""
    yield new_tokens.changed(token, attrs={"class": "tabbed-block"})


def _ids(place: Place, number: int, token: Token) -> list[str]:
    """Name the controls: by their number, or by their titles where the site's options make addresses of them."""
    if not place.drawing.options(EXTENSION).get("slugify"):
        return [f"__tabbed_{number}_{index}" for index in range(1, token.meta["count"] + 1)]
    return [place.drawing.unique_id(slug(plain_text(tab.label.children))) for tab in token.meta["tabs"]]


def arranged(body: Sequence[Token]) -> Sequence[Token]:
    """Put the labels of each set of tabs above the contents, as the theme's styles expect them."""
    if not any(token.type == OPEN for token in body):
        return body
    return list(_arranged(body))


def _arranged(body: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(body):
        if body[at].type != OPEN:
            yield body[at]
            at += 1
            continue
        end = _end(body, at, OPEN, CLOSE)
        yield from _set(body[at:end])
        at = end


def _set(tokens: Sequence[Token]) -> Iterator[Token]:
    """Arrange one set, and those within it."""
    first = next(at for at, token in enumerate(tokens) if token.type == TAB_OPEN)
    labels: list[Sequence[Token]] = []
    contents: list[Sequence[Token]] = []
    at = first
    while tokens[at].type == TAB_OPEN:
        end = _end(tokens, at, TAB_OPEN, TAB_CLOSE)
        behind = next(place + 1 for place in range(at, end) if tokens[place].type == LABEL_CLOSE)
        labels.append(tokens[at + 1 : behind])
        contents.append([tokens[at], *_arranged(tokens[behind : end - 1]), tokens[end - 1]])
        at = end
    yield from tokens[:first]
    yield from new_tokens.element("labels", "div", *chain.from_iterable(labels), class_="tabbed-labels")
    yield from new_tokens.element("contents", "div", *chain.from_iterable(contents), class_="tabbed-content")
    yield from tokens[at:]


def _end(tokens: Sequence[Token], start: int, opens: str, closes: str) -> int:
    """Find the place behind the token that closes what ``start`` opens."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at].type == opens) - (tokens[at].type == closes)
        if not depth:
            return at + 1
    return len(tokens)


def write_title(title: TabTitle, place: TextPlace) -> Iterator[TextEdit]:
    """Write the title of a tab as a line of its own, in place of its heading."""
    edit = place.edit(title.span)
    text = place.document.source.text
    line = text.rfind("\n", 0, edit.start) + 1
    marks = text.find("#", line, edit.start)
    end = _end_of_line(text, edit.end)
    below = text[end + 1 : _end_of_line(text, end + 1)].strip("> \t")
    if marks < 0 and not below.strip("=-"):
        end = _end_of_line(text, end + 1)
        below = ""
    broken = "\\" if below else ""
    start = edit.start if marks < 0 else marks
    yield TextEdit(start=start, end=end, text=f"**{as_markdown(title.text)}**{broken}")


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
