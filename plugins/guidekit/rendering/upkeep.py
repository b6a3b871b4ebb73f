"""How an item's guidance is kept true: when it was reviewed, where it is changed, and where to say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.library.checklist import Item
from guidekit.rendering import new_tokens


def _nowhere(_: object) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """Where a host lets readers change a file and give feedback on an item: addresses, empty where there is none."""

    edit: Callable[[PurePosixPath], str] = _nowhere
    feedback: Callable[[Item], str] = _nowhere


def line(item: Item, upkeep: Upkeep) -> list[Token]:
    """Make the line below an item's guidance; no line where there is nothing to tell."""
    parts = list(_parts(item, upkeep))
    if not parts:
        return []
    run = new_tokens.run(*(token for part in parts for token in part))
    return new_tokens.element("paragraph", "p", run, class_="guidekit-upkeep", data_search_exclude="")


def _parts(item: Item, upkeep: Upkeep) -> Iterator[list[Token]]:
    if item.guidance and (day := item.guidance.reviewed):
        text = f"{day:%B} {day.day}, {day.year}"
        time = _inline("time", new_tokens.text(text), datetime=day.isoformat())
        yield _inline("span", new_tokens.text("Last reviewed "), *time)
    name = item.heading or item.title
    if item.fragment and (address := upkeep.edit(item.fragment)):
        yield _link("Edit this guidance", address, name)
    if address := upkeep.feedback(item):
        yield _link("Feedback on this item", address, name)


def _link(text: str, address: str, name: str) -> list[Token]:
    """Make a link; sixteen of them on a page need names of their own where they are read out alone."""
    return _inline("a", new_tokens.text(text), href=address, aria_label=f"{text}: {name}")


def _inline(tag: str, *content: Token, **attrs: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {key.replace("_", "-"): value for key, value in attrs.items()}
    return [Token(f"{tag}_open", tag, 1, attrs=attributes), *content, Token(f"{tag}_close", tag, -1)]
