"""Which pages are written in the Learn dialect, and by what that is told.

In this order: the page's own key, the setting where it is given, a repository of Learn's, a sign on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token

from guidekit.layout import Layout
from guidekit.syntax.document import Document
from guidekit.syntax.heading_tabs import TabSet
from guidekit.syntax.visible_text import plain_text
from guidekit.text.globs import Globs

_DIRECTIVE = re.compile(
    r"\[!(?:include|code|video|div|tab|inline)\b"
    r"|:::[ ]*(?:image|zone|zone-end|moniker|moniker-end|row|row-end|column|column-end|code|video|form|no-loc)\b",
    re.IGNORECASE,
)
_SIGNS = {
    "include": "an include",
    "code_snippet": "code of another file",
    "section_open": "a box ([!div])",
    "video": "a video",
    "form": "a form",
}
"""The types of tokens that only Learn's dialect has, and what they stand for."""

_ADDRESSES = ("#tab/", "xref:")
"""How addresses begin that only Learn understands."""


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a page is read: as Learn reads it or as Python-Markdown does, and why."""

    learn: bool
    why: str


def read(document: Document, setting: Globs | None, layout: Layout) -> Dialect:
    """Tell how a page is read; ``setting`` are the globs of Learn pages, ``None`` where the settings name none."""
    if document.yaml_kind:
        return Dialect(learn=True, why=f"it is a page in YAML ({document.yaml_kind})")
    own = document.front_matter.switch("learn")
    if own is not None:
        return Dialect(learn=own, why=f"its front matter says 'learn: {str(own).lower()}'")
    if setting is not None:
        matches = setting.match(layout.inside(document.source.path))
        return Dialect(learn=matches, why=f"the setting 'learn' {'names' if matches else 'does not name'} it")
    if layout.learn_repository:
        return Dialect(learn=True, why=f"'{layout.learn_repository}' says that this is a repository of Learn's")
    found = sign(document, layout)
    return Dialect(learn=bool(found), why=found or "it shows no sign of the Learn dialect")


def sign(document: Document, layout: Layout) -> str:
    """Find what shows that a page is Learn's; empty where nothing does."""
    key = next((key for key in document.front_matter.keys if key.lower().startswith("ms.")), "")
    if key:
        return f"its front matter has '{key}'"
    if tabs := next(document.of(TabSet), None):
        return f"line {tabs.span.start.line} has tabs"
    for token in document.tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.type in _SIGNS:
            return f"line {line} has {_SIGNS[token.type]}"
        if "directive" in token.meta:
            return f"line {line} has a directive ({_beginning(token)})"
        if token.type == "alert_open" and not layout.draws_alerts:
            return f"line {line} has an alert ([!{token.info}])"
        if token.type == "inline" and (found := _directive(token)):
            return f"line {line} has a directive ({found})"
    return ""


def _beginning(token: Token) -> str:
    found = _DIRECTIVE.match(token.content)
    return found[0] if found else token.type


def _directive(inline: Token) -> str:
    """Find a directive of Learn's in a text, a mistyped one too; code is none."""
    for child in inline.children or ():
        if "directive" in child.meta:
            return _beginning(child)
        href = str(child.attrs.get("href", "")) if child.type in ("link_open", "xref_open") else ""
        if href.lower().startswith(_ADDRESSES):
            return href
    text = plain_text([child for child in inline.children or () if child.type != "code_inline"])
    found = _DIRECTIVE.search(text)
    return found[0] if found else ""
