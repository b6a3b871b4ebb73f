"""Fragments in which the plugin macros would put something, were they pages: macros renders pages alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Protocol

from jinja2 import Environment, TemplateSyntaxError, meta
from markdown_it.token import Token
from mkdocs.config.defaults import MkDocsConfig

from guidekit.library import includes
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.text.source import Position, Span


class Macros(Protocol):
    """What is asked of the plugin macros."""

    env: Environment
    variables: dict[str, Any]
    macros: dict[str, Any]

    def render(self, markdown: str) -> str:
        """Render a text as one of the page at hand, if that page is rendered."""


def macros_of(config: MkDocsConfig) -> Macros | None:
    """Find the plugin macros; ``None`` where the site has none."""
    found: Any = config.plugins.get("macros")
    return found if all(hasattr(found, name) for name in ("env", "variables", "macros", "render")) else None


class UnrenderedFragments:
    """The fragments of a build with names that macros knows, each told once."""

    def __init__(self, macros: Macros) -> None:
        self._macros = macros
        self._looked_at: set[PurePosixPath] = set()

    def told_of(self, page: Page) -> Iterator[str]:
        """Tell of the fragments of a page that macros has just rendered, which it leaves as they are."""
        new = [one for one in includes.documents(page.expansion) if one.source.path not in self._looked_at]
        fragments = [one for one in new if one is not page.document]
        if not any(map(self._may_hold_any, fragments)) or not self._renders_this_page():
            return
        for document in fragments:
            self._looked_at.add(document.source.path)
            names = self._names(document)
            if names:
                place = self._place(document, names)
                yield (
                    f"{place}: macros does not render fragments, so '{min(names)}' stays as it is written:"
                    " write it on the page, or the text itself"
                )

    def _may_hold_any(self, document: Document) -> bool:
        return any(start in document.source.text for start in self._starts())

    def _starts(self) -> tuple[str, str]:
        return self._macros.env.variable_start_string, self._macros.env.block_start_string

    def _renders_this_page(self) -> bool:
        """Does macros render the page at hand? Settings, paths and the page's own keys decide."""
        env = self._macros.env
        return self._macros.render(f"{env.variable_start_string} 1 {env.variable_end_string}") == "1"

    def _names(self, document: Document) -> frozenset[str]:
        """Find the names in a fragment's text, but not in its code, by which macros would put something."""
        if not self._may_hold_any(document):
            return frozenset()
        text = "\n\n".join(text for _, text in _texts(document))
        try:
            named = meta.find_undeclared_variables(self._macros.env.parse(text))
        except TemplateSyntaxError:
            return frozenset()  # what other tools write between such braces
        return frozenset(named & (self._macros.variables.keys() | self._macros.macros.keys()))

    def _place(self, document: Document, names: frozenset[str]) -> Span:
        starts = self._starts()
        texts = ((line, text) for line, text in _texts(document) if any(start in text for start in starts))
        line = next((line for line, text in texts if any(name in text for name in names)), 0)
        place = Position(line=line + 1, column=1)
        return Span(path=document.source.path, start=place, end=place)


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    """Go through the texts of a file that are no code, each with its first line, from 0."""
    for token in document.tokens:
        if token.type == "inline" and token.map:
            yield token.map[0], "".join(map(_text, token.children or ()))
        elif token.type == "html_block" and token.map:
            yield token.map[0], token.content


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type == "code_inline" else token.content
