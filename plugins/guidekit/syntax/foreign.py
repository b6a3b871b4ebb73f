"""What Python-Markdown and its extensions know, where the site has not switched it on: on a Learn page, it is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from markdown_it.token import Token

from guidekit.syntax.fact import EVERYONE, Condition
from guidekit.syntax.run import Run
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignConstruct:
    """A construct of Python-Markdown: its name, and the extension that draws it.

    ``extension`` is empty where nothing draws it on a Learn page; ``instead`` is what Learn has for it, if anything.
    """

    name: str
    extension: str = ""
    instead: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ForeignSyntax:
    """A place where a text uses a construct that stays text."""

    is_content: ClassVar[bool] = False
    construct: ForeignConstruct
    span: Span
    condition: Condition = EVERYONE


_LINES: Mapping[str, tuple[str, ForeignConstruct]] = {
    "admonition": (
        r"!!![ ]?[\w-]+(?:[ ]+[\w-]+)*+(?:[ ]++\"[^\"\n]*\")?[ ]*$",
        ForeignConstruct(name="admonition (!!!)", extension="admonition", instead="> [!NOTE]"),
    ),
    "details": (
        r"\?\?\?\+?[ ]?(?:[\w-]+(?:[ ]+[\w-]+)*+)?(?:[ ]*+\"[^\"\n]*\")?[ ]*$",
        ForeignConstruct(name="admonition that folds (???)", extension="pymdownx.details", instead="<details>"),
    ),
    "tabs": (
        r"===(?:!\+|\+!|[!+])?[ ]+\"[^\"\n]*\"[ ]*$",
        ForeignConstruct(name="content tab (===)", extension="pymdownx.tabbed"),
    ),
    "footnote": (r"\[\^[^\]\s]+\]:", ForeignConstruct(name="footnote", extension="footnotes")),
    "abbreviation": (r"\*\[[^\]\n]+\]:[ ]", ForeignConstruct(name="abbreviation", extension="abbr")),
    "snippet": (r"-+8<-+[ ]+\S", ForeignConstruct(name="snippet (--8<--)", instead="[!include[title](path)]")),
    "identifier": (
        r":::[ ][A-Za-z_]\w*(?:\.\w+)+[ ]*$",
        ForeignConstruct(name="API documentation (::: identifier)"),
    ),
    "block": (r"/{3,}[ ][\w-]+(?:[ ]\|[^\n]*)?$", ForeignConstruct(name="block of pymdownx.blocks (///)")),
    "definition": (r"(?<=\n):[ ]{1,3}\S", ForeignConstruct(name="definition list", extension="def_list")),
}
"""The constructs that a line begins, each with its pattern."""

_KEYS = "alt|backspace|cmd|command|ctrl|del|delete|enter|esc|escape|f[0-9]{1,2}|fn|option|shift|space|tab|win|windows"
_PLACES: Mapping[str, tuple[str, ForeignConstruct]] = {
    "icon": (
        r"(?<!\w):(?:material|fontawesome|octicons|simple)-[a-z0-9]+(?:-[a-z0-9]+)*+:",
        ForeignConstruct(name="icon", extension="pymdownx.emoji"),
    ),
    "keys": (
        rf"\+\+(?:{_KEYS})(?:\+[a-z0-9-]+)*+\+\+",
        ForeignConstruct(name="key (++key++)", extension="pymdownx.keys"),
    ),
    "task": (
        r"\A\[[ xX]\][ ](?=\S)",
        ForeignConstruct(name="task list", extension="pymdownx.tasklist"),
    ),
    "attributes": (
        r"(?<=[\s)`])\{:?[ ]*[.#][A-Za-z][\w-]*(?:[ ]+[^}\n]*)?\}[ ]*$",
        ForeignConstruct(name="attribute list ({ .class })", extension="attr_list"),
    ),
}
"""The constructs that stand anywhere in a text, each with its pattern."""

_FOREIGN: Mapping[str, ForeignConstruct] = {name: row[1] for name, row in (*_LINES.items(), *_PLACES.items())}
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+$")
_BLOCKS = ("paragraph_open", "heading_open", "td_open", "th_open")
"""The blocks in whose text the constructs stand."""

EXTENSIONS = frozenset(one.extension for one in _FOREIGN.values() if one.extension)
"""The extensions that draw one of these constructs."""

_PATTERN = re.compile(
    "|".join(
        [
            "^[ ]*(?:" + "|".join([f"(?P<{name}>{row[0]})" for name, row in _LINES.items()]) + ")",
            *[f"(?P<{name}>{row[0]})" for name, row in _PLACES.items()],
        ]
    ),
    re.MULTILINE,
)

ReadRun = Callable[[Token, Token, Run], Iterator[ForeignSyntax]]


def reader(extensions: frozenset[str]) -> ReadRun:
    """Make what reads the constructs off a run of text that none of the extensions draws."""

    def read(opening: Token, inline: Token, run: Run) -> Iterator[ForeignSyntax]:
        if opening.type not in _BLOCKS:
            return
        code: list[str] | None = None
        for found in _PATTERN.finditer(inline.content):
            construct = _FOREIGN[found.lastgroup or ""]
            if construct.extension not in extensions and (found.lastgroup != "task" or _begins_item(run)):
                code = _code(inline) if code is None else code
                if not any(found[0].strip() in text for text in code):
                    span = run.span(*found.span(found.lastgroup or 0))
                    yield ForeignSyntax(construct=construct, span=span, condition=run.condition)

    return read


def _begins_item(run: Run) -> bool:
    """Does a text begin an item of a list?"""
    before = run.source.lines[run.first_line][: run.span(0, 1).start.column - 1]
    return _ITEM.search(before) is not None


def _code(inline: Token) -> list[str]:
    """List the texts of code in a line, which means nothing."""
    return [child.content for child in inline.children or () if child.type in ("code_inline", "html_inline")]
