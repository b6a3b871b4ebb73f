"""The names that a site's pages and scripts use, and which stylesheets may therefore ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from math import inf
from pathlib import PurePosixPath

_WORD = re.compile(r"-?[A-Za-z_][\w-]*")
_TABS = re.compile(r"\d+:(\d+)")
"""What pymdownx.tabbed says of a set of tabs: its number on the page, and how many it has."""
_QUOTED = re.compile(r"(?<=[\"'`\s.#=<])[A-Za-z]\w*(?=[\"'`\s\[\]:>/])")


_ASKED_FOR = (
    ("footnote", "class", "footnote"),
    ("md-annotation", "class", "annotate"),
    ("md-search", "class", "md-search"),
    ("md-source__", "data-md-component", "source"),
    ("md-status", "class", "md-status"),
    ("md-tag", "class", "md-tag"),
    ("md-tooltip(?!2)", "class", "annotate"),
    ("mermaid", "class", "mermaid"),
    ("tabbed-", "class", "tabbed-set"),
)
"""How the names begin (a pattern) that Material's script makes only for a feature, and the attribute that asks for it on a page."""
_SET = (
    ("md-tooltip2", re.compile(r'"content\.(?:footnote\.)?tooltips"|"navigation\.instant\.preview"|\bdata-preview\b')),
    ("md-version", re.compile(r'"version":\s*\{')),
)
"""The same for what the settings ask for that a page hands to the script, and a text (a pattern) by which they do."""
ELEMENT = "<"
"""What stands for the attribute where a value is the name of an element."""
_IMPLIED = ("html", "head", "body", "tbody", "colgroup")
"""The elements that a browser adds to a page that leaves them out."""
_SILENT = ("lunr", "workers")
"""The folders of Material's scripts that draw nothing."""


DIAGRAM = ("class", "mermaid")
"""The attribute that makes a diagram of an element, with its value."""


@dataclass(frozen=True, kw_only=True)
class UsedNames:
    """What a stylesheet's selectors are compared with.

    ``values`` are the attributes on pages, each with a value, those of ``class`` one by one, and the names of elements, with
    `ELEMENT` for an attribute; ``scripted`` are the words
    with which scripts may make more of them; ``text`` is everything, where a custom property may be used. No set of content
    tabs has more than ``tabs``.
    """

    values: frozenset[tuple[str, str]]
    scripted: frozenset[str]
    text: str
    tabs: float

    def has(self, attribute: str, value: str) -> bool:
        """May an element have this attribute with this value? A text's direction is none that a script sets."""
        if (attribute, value) in self.values:
            return True
        return attribute != "dir" and (value in self.scripted or value.startswith(self._beginnings))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        """The words that scripts put something behind, as in ``card--${size}``."""
        return tuple(word for word in self.scripted if word.endswith(("-", "_")) and word.strip("-_"))


def collect(pages: Iterable[str], scripts: Mapping[PurePosixPath, str]) -> UsedNames:
    """Collect the names in pages, their inline scripts included, and in scripts, which have their paths."""
    reader = _Reader()
    texts = list(pages)
    for page in texts:
        reader.feed(page)
        reader.close()
        reader.reset()
    code = [*(text for path, text in scripts.items() if not {*path.parts} & {*_SILENT}), *reader.inline]
    idle = [start for start, *sign in _ASKED_FOR if tuple(sign) not in reader.values]
    idle += [start for start, sign in _SET if not any(map(sign.search, texts))]
    is_idle = re.compile("|".join(idle) or "$.").match
    return UsedNames(
        values=frozenset(reader.values),
        scripted=frozenset(word for text in code for word in _scripted(text) if not is_idle(word)),
        text="\n".join((*texts, *code)),
        tabs=reader.tabs,
    )


def _scripted(code: str) -> Iterable[str]:
    """Find the words that may name something: those of several parts anywhere, a plain word only in a string."""
    yield from (word for word in _WORD.findall(code) if "-" in word or "_" in word)
    yield from _QUOTED.findall(code)


class _Reader(HTMLParser):
    """Notes the values of attributes, the text of scripts, and how many tabs a set has at most."""

    def __init__(self) -> None:
        super().__init__()
        self.values = {(ELEMENT, name) for name in _IMPLIED}
        self.inline: list[str] = []
        self.tabs: float = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values.add((ELEMENT, tag))
        for name, value in attrs:
            parts = (value or "").split() if name == "class" else (value or "",)
            self.values.update((name, part) for part in parts)
            if name == "class" and "tabbed-set" in parts:
                count = _TABS.fullmatch(dict(attrs).get("data-tabs") or "") if "tabbed-alternate" in parts else None
                self.tabs = max(self.tabs, int(count[1]) if count else inf)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.inline.append(data)
