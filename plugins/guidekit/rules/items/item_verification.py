"""Rules on verification: guidance tells how to find out whether its item is in place."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.library import includes, verification
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading


@document_rule(Severity.WARNING)
def verification_missing(document: Document, queries: Queries) -> Iterator[Finding]:
    """A checklist item's guidance must say how to verify the item, where the setting `verification` names the words.

    Bad:
        mkdocs.yml
            plugins:
              - guidekit:
                  verification: 'Tick if:'
        includes/7e063160-cb53-46c1-b111-380f77a7c848.md
            ## Testing backups

            Restore one backup of every kind each month.

    Good:
        mkdocs.yml
            plugins:
              - guidekit:
                  verification: 'Tick if:'
        includes/7e063160-cb53-46c1-b111-380f77a7c848.md
            ## Testing backups

            Restore one backup of every kind each month.

            **Tick if:** the log has a restore of each kind from the last 31 days.

    Why:
        Two readers answer the same item differently where nothing says what must be true.
    """
    opening, path = queries.settings.verification, document.source.path
    if not opening or not queries.is_guidance_fragment(path) or queries.words(path) is None:
        return
    guidance = queries.expansion(path)
    if guidance is None or any(includes.failures(guidance)) or verification.is_given(guidance, opening):
        return
    heading = next(document.of(Heading), None)
    yield Finding(
        message=f"guidance has no '{opening}' with text behind it",
        span=heading.span if heading else document.source.line_span(document.front_matter.body_line),
        hint=f"write a paragraph or a heading that begins with '{opening}', and below it what must be true",
    )
