"""Rules on foreign syntax: what Python-Markdown knows and Learn does not."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax.document import Document
from guidekit.syntax.foreign import ForeignConstruct, ForeignSyntax


@document_rule(Severity.WARNING)
def foreign_syntax(document: Document, queries: Queries) -> Iterator[Finding]:
    """What only an extension of Python-Markdown draws must be switched on for the site, or written as Learn writes it.

    Bad:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
        content/guide.md
            # Backup

            !!! note

                Keep copies in two regions.

    Good:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
            markdown_extensions:
              - admonition
        content/guide.md
            # Backup

            !!! note

                Keep copies in two regions.

    Why:
        Readers see the marks as text, and what stands below them as code. Each construct is told once for a file.
    """
    told: set[ForeignConstruct] = set()
    for foreign in document.of(ForeignSyntax):
        construct = foreign.construct
        if construct not in told:
            told.add(construct)
            yield Finding(message=_message(construct), span=foreign.span, hint=_hint(construct))


def _message(construct: ForeignConstruct) -> str:
    if construct.extension:
        return f"{construct.name} stays text: the site does not switch on '{construct.extension}'"
    return f"{construct.name} stays text: nothing draws it on a Learn page"


def _hint(construct: ForeignConstruct) -> str:
    ways = []
    if construct.extension:
        ways.append(f"name '{construct.extension}' in markdown_extensions")
    if construct.instead:
        ways.append(f"write '{construct.instead}' instead")
    ways.append("leave the page to Python-Markdown with 'learn: false'")
    return "; or ".join(ways)
