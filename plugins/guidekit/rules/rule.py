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
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING, Generic, Literal, ParamSpec, Protocol

from guidekit.diagnostics import Fix, Related, Severity
from guidekit.library.page import Page
from guidekit.library.queries import LibraryQueries, NameQueries, Queries
from guidekit.syntax.document import Document
from guidekit.syntax.include import as_path
from guidekit.syntax.suppression import Suppression
from guidekit.text import likeness, paths
from guidekit.text.source import Span

if TYPE_CHECKING:
    from guidekit.built_site.links.external import Inquiry  # only a check of links needs these
    from guidekit.built_site.links.survey import Survey

Mends = Literal["never", "safely", "unsafely"]

MENDED: Mapping[Mends, str] = {
    "never": "",
    "safely": "`--fix` mends it where there is no doubt how.",
    "unsafely": "`--fix --unsafe-fixes` mends it where there is a good guess.",
}
"""What a rule's documentation says about its fixes."""


class Search(Protocol):
    """A hint that takes a look at all names: a value that says what to look for, so that few have to be looked for."""

    def hint(self, names: NameQueries, /) -> str:
        """Look for it; empty where there is nothing to say."""


@dataclass(frozen=True, kw_only=True)
class NearestFile:
    """A hint at the file that was most likely meant by ``missing`` in the file ``base``: a fragment, or anything but one."""

    missing: PurePosixPath
    base: PurePosixPath
    fragment: bool

    def hint(self, names: NameQueries, /) -> str:
        """Name the file as it is written in a link or an include."""
        near = names.nearest(self.missing, self.base, fragments=self.fragment)
        if near is None:
            return ""
        written = as_path if self.fragment else paths.as_url
        missing, path = paths.relative(self.missing, self.base), paths.relative(near, self.base)
        return likeness.did_you_mean(written(missing), written(path))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found: one sentence without a full stop, its place, and what may help to mend it."""

    message: str
    span: Span
    hint: str | Search = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True, kw_only=True)
class SuppressionUse:
    """What became of a file's suppressions: which rules there are, which of them ran, and what was kept silent.

    ``used`` holds each suppression that was of use, with the code of the rule for which it was.
    """

    rules: Collection[str]
    ran: Collection[str]
    used: Collection[tuple[Suppression, str]]


Subject = ParamSpec("Subject")


@dataclass(frozen=True, kw_only=True)
class Rule(Generic[Subject]):
    """One rule; its kind says what ``check`` looks at, and what it may ask.

    ``mends`` says whether its findings may come with a fix, and of which kind. ``policy`` tells that Learn asks for it, and
    docfx by itself does not.
    """

    code: str
    severity: Severity
    mends: Mends = "never"
    policy: bool = False
    check: Callable[Subject, Iterator[Finding]] = field(repr=False)
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


class DocumentRule(Rule[[Document, Queries]]):
    """A rule that looks at one file, page or fragment, on its own."""


class PageRule(Rule[[Page, Queries]]):
    """A rule that looks at one page with all its fragments."""


class DatedRule(Rule[[Document, date]]):
    """A rule that looks at one file on its own, and at the day on which it does."""


class LibraryRule(Rule[[LibraryQueries]]):
    """A rule that looks at all files together."""


class SuppressionRule(Rule[[Document, SuppressionUse]]):
    """A rule that looks at one file's suppressions, once all other rules have run."""


class SiteRule(Rule[["Survey"]]):
    """A rule that looks at the links of a built site."""


class ExternalRule(Rule[["Inquiry"]]):
    """A rule that looks at what other sites answered."""


AnyRule = DocumentRule | PageRule | DatedRule | LibraryRule | SuppressionRule | SiteRule | ExternalRule
"""A rule of some kind: ask with ``isinstance`` of which one before you run it."""


def document_rule(
    severity: Severity, *, mends: Mends = "never", policy: bool = False
) -> Callable[[Callable[[Document, Queries], Iterator[Finding]]], DocumentRule]:
    """Make a `DocumentRule` of a function."""
    return lambda check: DocumentRule(
        code=_code(check), severity=severity, mends=mends, policy=policy, check=check, doc=inspect.getdoc(check) or ""
    )


def page_rule(
    severity: Severity, *, mends: Mends = "never", policy: bool = False
) -> Callable[[Callable[[Page, Queries], Iterator[Finding]]], PageRule]:
    """Make a `PageRule` of a function."""
    return lambda check: PageRule(
        code=_code(check), severity=severity, mends=mends, policy=policy, check=check, doc=inspect.getdoc(check) or ""
    )


def dated_rule(severity: Severity) -> Callable[[Callable[[Document, date], Iterator[Finding]]], DatedRule]:
    """Make a `DatedRule` of a function."""
    return lambda check: DatedRule(code=_code(check), severity=severity, check=check, doc=inspect.getdoc(check) or "")


def library_rule(severity: Severity) -> Callable[[Callable[[LibraryQueries], Iterator[Finding]]], LibraryRule]:
    """Make a `LibraryRule` of a function."""
    return lambda check: LibraryRule(code=_code(check), severity=severity, check=check, doc=inspect.getdoc(check) or "")


def suppression_rule(
    severity: Severity,
) -> Callable[[Callable[[Document, SuppressionUse], Iterator[Finding]]], SuppressionRule]:
    """Make a `SuppressionRule` of a function."""
    return lambda check: SuppressionRule(
        code=_code(check), severity=severity, check=check, doc=inspect.getdoc(check) or ""
    )


def site_rule(severity: Severity) -> Callable[[Callable[[Survey], Iterator[Finding]]], SiteRule]:
    """Make a `SiteRule` of a function."""
    return lambda check: SiteRule(code=_code(check), severity=severity, check=check, doc=inspect.getdoc(check) or "")


def external_rule(severity: Severity) -> Callable[[Callable[[Inquiry], Iterator[Finding]]], ExternalRule]:
    """Make an `ExternalRule` of a function."""
    return lambda check: ExternalRule(
        code=_code(check), severity=severity, check=check, doc=inspect.getdoc(check) or ""
    )


def _code(check: Callable[..., Iterator[Finding]]) -> str:
    return check.__name__.replace("_", "-")
