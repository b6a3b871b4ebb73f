"""Rules on other sites: the pages that links lead to are still there, as far as one can know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from guidekit.diagnostics import Severity
from guidekit.rules.rule import Finding, external_rule

if TYPE_CHECKING:
    from guidekit.built_site.links.external import Inquiry  # only those who ask other sites need it


@external_rule(Severity.WARNING)
def external_link_broken(inquiry: Inquiry) -> Iterator[Finding]:
    """A link to another site must lead to something that answers, this time or the time before.

    Bad:
        content/guide.md
            See [the plan](https://www.contoso.com/gone).

    Good:
        content/guide.md
            See [the plan](https://www.contoso.com/plan).

    Why:
        Readers follow links when they need help. Sites have bad days, so a link is called broken only when it failed in
        two runs of `guidekit check-links --external`.
    """
    for url, answer in inquiry.answers.items():
        if answer.kind == "failed" and answer.since:
            for span in inquiry.mentions.get(url, ()):
                yield Finding(message=f"'{url}' {answer.detail}", span=span, hint=f"it has failed since {answer.since}")


@external_rule(Severity.SUGGESTION)
def external_link_doubtful(inquiry: Inquiry) -> Iterator[Finding]:
    """Somebody should try a link to another site that failed for the first time, or whose answer tells nothing.

    Bad:
        content/guide.md
            See [the portal](https://www.contoso.com/login).

    Good:
        content/guide.md
            See [the plan](https://www.contoso.com/plan).

    Why:
        Some sites answer no programs, or only those who have signed in. Whether readers get the page, only a person sees.
    """
    for url, answer in inquiry.answers.items():
        first = answer.kind == "failed" and not answer.since
        if first or answer.kind == "unknown":
            hint = "it is called broken if it fails in the next run too" if first else "try it in a browser"
            for span in inquiry.mentions.get(url, ()):
                yield Finding(message=f"'{url}' {answer.detail}", span=span, hint=hint)
