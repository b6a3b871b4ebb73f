"""Rules on suppressions: a comment that keeps a finding silent names a rule, says why, and is still needed."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.rules.rule import Finding, SuppressionUse, suppression_rule
from guidekit.syntax.document import Document
from guidekit.text.paths import close_match

_NEVER_SILENT = ("suppression-invalid", "suppression-unused")
"""What no comment silences: one that could would silence itself."""


@suppression_rule(Severity.WARNING)
def suppression_invalid(document: Document, use: SuppressionUse) -> Iterator[Finding]:
    """A suppression must name rules that exist and say why they are to be silent; what is started must be ended.

    Bad:
        content/guide.md
            # Backup

            <!-- guidekit: ignore[file-not-fond] the page comes with the next release -->
            See [the plan](plan.md).

    Good:
        content/guide.md
            # Backup

            <!-- guidekit: ignore[file-not-found] the page comes with the next release -->
            See [the plan](plan.md).

    Why:
        A comment that is not understood silences nothing, and one without a reason can never be taken away: nobody
        remembers what it was for. No comment silences the rules on suppressions themselves.
    """
    for one in document.suppressions:
        if one.problem:
            yield Finding(message=one.problem, span=one.span)
            continue
        for code in one.codes:
            if code in _NEVER_SILENT:
                yield Finding(message=f"no comment silences '{code}'", span=one.span, hint="mend the other comment")
            elif code not in use.rules:
                near = close_match(code, use.rules)
                hint = f"did you mean '{near}'?" if near else ""
                yield Finding(message=f"there is no rule '{code}'", span=one.span, hint=hint)
        if one.codes and not one.reason:
            yield Finding(message="suppression gives no reason", span=one.span, hint="write it behind the bracket")


@suppression_rule(Severity.WARNING)
def suppression_unused(document: Document, use: SuppressionUse) -> Iterator[Finding]:
    """A suppression must still be needed: without it there would be a finding.

    Bad:
        content/plan.md
            # Plan
        content/guide.md
            # Backup

            <!-- guidekit: ignore[file-not-found] the page comes with the next release -->
            See [the plan](plan.md).

    Good:
        content/plan.md
            # Plan
        content/guide.md
            # Backup

            See [the plan](plan.md).

    Why:
        It would hide the next fault of that kind. A rule that is switched off, or not selected, is not held against it.
    """
    for one in document.suppressions:
        for code in one.codes:
            if not one.problem and code in use.ran and (one, code) not in use.used:
                yield Finding(message=f"nothing is found here that 'ignore[{code}]' keeps silent", span=one.span)
