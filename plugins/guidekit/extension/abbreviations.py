"""The abbreviations of a Learn page, handed to the extension that marks their uses in the finished tree."""

from __future__ import annotations

from collections.abc import Iterable

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension

from guidekit.extension.placeholders import clean
from guidekit.library.page import Page
from guidekit.syntax.abbreviation import Abbreviation, definition


def define_abbreviations(md: Markdown, page: Page, lines: Iterable[str]) -> None:
    """Define the abbreviations of a page and its fragments, and those in ``lines``, which extensions append to every page."""
    for extension in md.registeredExtensions:
        if isinstance(extension, AbbrExtension):
            known: dict[str, str] = extension.abbrs  # type: ignore[attr-defined]
            appended = (found for line in lines if (found := definition(line)))
            own = (
                (placed.fact.name, placed.fact.title) for placed in page.facts if isinstance(placed.fact, Abbreviation)
            )
            for name, title in (*appended, *own):
                if title:
                    known[clean(name)] = clean(title)
                else:
                    known.pop(name, None)
