"""What the site's extensions find in the text of a line: icons, keys, references of other plugins.

Python-Markdown's own patterns, and those of extensions that write its own otherwise, are left out: on a Learn page the
text of a line has been parsed, and what is left of it is text.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor as InlineParser
from markdown.util import Registry

_PARSED_BEFORE = (
    "markdown.",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.escapeall",
    "pymdownx.inlinehilite",
    "pymdownx.mark",
    "pymdownx.tilde",
)
"""The modules whose patterns have nothing left to find on a Learn page."""

_WIKI_LINKS = "markdown.extensions.wikilinks"


def of_extensions(md: Markdown) -> Registry[Pattern]:
    """Find the patterns that extensions have added to those of Python-Markdown, in their order."""
    found: Registry[Pattern] = Registry()
    for number, pattern in enumerate(md.inlinePatterns):
        module = type(pattern).__module__
        if module == _WIKI_LINKS or not module.startswith(_PARSED_BEFORE):
            found.register(pattern, f"{number}", -number)
    return found


def with_patterns(md: Markdown, patterns: Registry[Pattern]) -> InlineParser:
    """Make Python-Markdown's parser of lines for some patterns only."""
    parser = InlineParser(md)
    parser.inlinePatterns = patterns  # type: ignore[assignment]
    return parser
