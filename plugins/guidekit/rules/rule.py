"""What a rule is: a code, a severity, and a function that finds.

A rule's docstring is its documentation. First what it asks for, then `Bad:` and `Good:`, each with files to write down
(a path alone on its line, the text below it indented), then `Why:`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from textwrap import dedent
from typing import TYPE_CHECKING, Literal

from guidekit.diagnostics import Fix, Related, Severity
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.syntax.suppression import Suppression
from guidekit.text.source import Span

if TYPE_CHECKING:
    from guidekit.built_site.links.external import Inquiry  # only a check of links needs these
    from guidekit.built_site.links.survey import Survey

Scope = Literal["document", "page", "library", "dated", "suppression", "site", "external"]
Mends = Literal["never", "safely", "unsafely"]

MENDED: Mapping[Mends, str] = {
    "never": "",
    "safely": "`--fix` mends it where there is no doubt how.",
    "unsafely": "`--fix --unsafe-fixes` mends it where there is a good guess.",
}
"""What a rule's documentation says about its fixes."""


Hint = str | Callable[[Library], str]
"""What may help, or a function that finds it out: one that costs a look at all files is called only a few hundred times."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found: one sentence without a full stop, its place, and what may help to mend it."""

    message: str
    span: Span
    hint: Hint = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


DocumentCheck = Callable[[Document, Library], Iterator[Finding]]
PageCheck = Callable[[Page, Library], Iterator[Finding]]
LibraryCheck = Callable[[Library], Iterator[Finding]]
DatedCheck = Callable[[Document, Library, date], Iterator[Finding]]
SuppressionCheck = Callable[[Document, "Verdict"], Iterator[Finding]]
SiteCheck = Callable[["Survey", Library], Iterator[Finding]]
ExternalCheck = Callable[["Inquiry", Library], Iterator[Finding]]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What all other rules made of a file: which rules there are, which of them judged it, and what was kept silent.

    ``silenced`` holds each suppression that was of use, with the rule for which it was.
    """

    rules: Collection[str]
    judges: Collection[str]
    silenced: Collection[tuple[Suppression, str]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    ``scope`` says what ``check`` is called with: each file, each whole page, the library once, each file and the day,
    each file and what became of its suppressions, the survey of a built site, or what other sites answered.
    ``mends`` says whether its findings may come with a fix, and of which kind.
    """

    code: str
    severity: Severity
    scope: Scope
    mends: Mends
    check: Callable[..., Iterator[Finding]] = field(repr=False)
    doc: str = field(repr=False)

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The docstring's parts: ``what``, ``Bad``, ``Good`` and ``Why``, dedented."""
        parts: dict[str, list[str]] = {"what": []}
        part = "what"
        for line in self.doc.splitlines():
            if line in ("Bad:", "Good:", "Why:"):
                part = line[:-1]
                parts[part] = []
            else:
                parts[part].append(line)
        return {name: dedent("\n".join(lines)).strip("\n") for name, lines in parts.items()}

    @property
    def summary(self) -> str:
        """What the rule asks for, in one sentence."""
        return self.sections["what"].partition("\n\n")[0].replace("\n", " ")

    def example(self, which: Literal["Bad", "Good"]) -> Mapping[str, str]:
        """The files of an example: path to text."""
        files: dict[str, list[str]] = {}
        name = ""
        for line in self.sections[which].splitlines():
            if line and not line.startswith(" "):
                name = line
                files[name] = []
            else:
                files[name].append(line)
        return {name: dedent("\n".join(lines)).strip("\n") + "\n" for name, lines in files.items()}


def document_rule(severity: Severity, *, mends: Mends = "never") -> Callable[[DocumentCheck], Rule]:
    """Make a rule of a function that looks at one file, page or fragment, on its own."""
    return lambda check: _rule(check, severity, "document", mends)


def page_rule(severity: Severity, *, mends: Mends = "never") -> Callable[[PageCheck], Rule]:
    """Make a rule of a function that looks at one page with all its fragments."""
    return lambda check: _rule(check, severity, "page", mends)


def library_rule(severity: Severity, *, mends: Mends = "never") -> Callable[[LibraryCheck], Rule]:
    """Make a rule of a function that looks at all files together."""
    return lambda check: _rule(check, severity, "library", mends)


def dated_rule(severity: Severity, *, mends: Mends = "never") -> Callable[[DatedCheck], Rule]:
    """Make a rule of a function that looks at one file on its own, and at the day on which it does."""
    return lambda check: _rule(check, severity, "dated", mends)


def suppression_rule(severity: Severity) -> Callable[[SuppressionCheck], Rule]:
    """Make a rule of a function that looks at one file's suppressions, once all other rules have judged."""
    return lambda check: _rule(check, severity, "suppression", "never")


def site_rule(severity: Severity) -> Callable[[SiteCheck], Rule]:
    """Make a rule of a function that looks at the links of a built site."""
    return lambda check: _rule(check, severity, "site", "never")


def external_rule(severity: Severity) -> Callable[[ExternalCheck], Rule]:
    """Make a rule of a function that looks at what other sites answered."""
    return lambda check: _rule(check, severity, "external", "never")


def _rule(check: Callable[..., Iterator[Finding]], severity: Severity, scope: Scope, mends: Mends) -> Rule:
    code = check.__name__.replace("_", "-")
    return Rule(code=code, severity=severity, scope=scope, mends=mends, check=check, doc=inspect.getdoc(check) or "")
