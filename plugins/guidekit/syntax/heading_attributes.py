"""``## Heading { #id .class }``: the attributes of a heading, where the site's ``attr_list`` extension is on.

The grammar is that of ``markdown/extensions/attr_list.py``. Headings are read here because contents, links and bookmarks
need their ids; all other attribute lists are left to the extension, which finds them in the finished tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_LIST = re.compile(r"(?<! )[ ]++\{:?[ ]*+(?P<list>[^{}\n ][^{}\n]*+)\}[ ]*+$")
_NAME = r"[^\s={}.#\"']+"
_ENTRY = re.compile(
    rf"\s*+(?:#(?P<id>{_NAME})|\.(?P<class>{_NAME})|(?P<key>{_NAME})=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'=]+)))(?=\s|$)"
)


def attributes(written: str) -> Mapping[str, str] | None:
    """Read a list of attributes; ``None`` for a text that is none."""
    found: dict[str, str] = {}
    at, end = 0, len(written.rstrip())
    while at < end:
        entry = _ENTRY.match(written, at)
        if entry is None:
            return None
        if entry["id"]:
            found["id"] = entry["id"]
        elif entry["class"]:
            found["class"] = f"{found.get('class', '')} {entry['class']}".strip()
        else:
            value = next(value for value in (entry["double"], entry["single"], entry["plain"]) if value is not None)
            found[entry["key"]] = value
        at = entry.end()
    return found


def _read(state: StateCore) -> None:
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.children and inline.children[-1].type == "text":
            _take(opening, inline.children[-1])


def _take(opening: Token, last: Token) -> None:
    """Take the attributes off a heading's last text."""
    found = _LIST.search(last.content)
    read = attributes(found["list"]) if found else None
    if found and read is not None:
        opening.attrs = {**opening.attrs, **read}
        last.content = last.content[: found.start()]


def install(md: MarkdownIt) -> None:
    """Read attributes before headings get their ids."""
    md.core.ruler.push("heading_attributes", _read)
