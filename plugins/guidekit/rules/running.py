"""A run of rules over a library, and the diagnostics that are made of what they find."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from guidekit.diagnostics import Checked, Diagnostic, Related, Report
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rules.incremental import CachedResult, CodedFinding, ResultCache
from guidekit.rules.recording import RecordingQueries
from guidekit.rules.rule import (
    AnyRule,
    DatedRule,
    DocumentRule,
    ExternalRule,
    Finding,
    LibraryRule,
    PageRule,
    Rule,
    Search,
    SiteRule,
    Subject,
    SuppressionRule,
    SuppressionUse,
)
from guidekit.settings import Settings
from guidekit.syntax.document import Document
from guidekit.syntax.link import Image, Link
from guidekit.syntax.suppression import Suppression

if TYPE_CHECKING:
    from guidekit.built_site.links.external import Inquiry  # only a check of links needs these
    from guidekit.built_site.links.survey import Survey

_SPECIAL_IN_YAML = re.compile(r"[\n\"'\\]|:(?:[ ]|$)|[ ]#")
_SHOWN_BY = 5
_FINGERPRINT = 32
_LONGEST = 1_000
_HINTS = 200
"""How many findings get a hint that costs a look at all files: where more is missing, there is another trouble."""


Used = dict[PurePosixPath, set[tuple[Suppression, str]]]
"""The suppressions of each file, of which each is named with the rules that it kept silent."""

Kind = TypeVar("Kind")


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What all cached results rest on: where any of it has changed, all rules run on all files.

    Layout, owners and redirections are the same for all libraries that come from one.
    """

    codes: tuple[str, ...]
    today: date
    settings: Settings
    files: frozenset[PurePosixPath]
    published: frozenset[PurePosixPath]
    yaml_kinds: Mapping[PurePosixPath, str]


@dataclass(frozen=True, kw_only=True)
class Run:
    """The report of a run over a library, and the results by file that the next run may reuse."""

    report: Report
    results: Mapping[PurePosixPath, CachedResult]
    basis: Basis


def is_on(rule: AnyRule, settings: Settings) -> bool:
    """Is a rule switched on?"""
    return settings.severity.get(rule.code, rule.severity) is not None


def _is_foreign(rule: AnyRule, library: Library) -> bool:
    """Does a rule ask for what Learn wants, of a project of docfx's that nobody publishes on Learn? Settings can say so."""
    return rule.policy and library.layout.is_plain_docfx and rule.code not in library.settings.severity


def run(library: Library, rules: Sequence[AnyRule], today: date, previous: Run | None, codes: Collection[str]) -> Run:
    """Run the rules over a library, as of a day; ``codes`` are those of all rules that there are."""
    active = [rule for rule in rules if is_on(rule, library.settings) and not _is_foreign(rule, library)]
    of_library = _of_kind(active, LibraryRule)
    basis = Basis(
        codes=tuple(rule.code for rule in rules),
        today=today,
        settings=library.settings,
        files=library.files,
        published=library.published,
        yaml_kinds=library.yaml_kinds,
    )
    cache = ResultCache(previous.results if previous and previous.basis == basis else {}, library)
    results = dict(_results(library, active, today, cache))
    findings = chain(
        chain.from_iterable(result.findings for result in results.values()),
        chain.from_iterable(_run(rule, library) for rule in of_library),
    )
    order = {rule.code: number for number, rule in enumerate(active)}
    found = _diagnostics(sorted(findings, key=lambda one: order[one[0]]), library, active)
    left, used = _suppress(found, library.documents)
    ran = [rule.code for rule in active if isinstance(rule, (DocumentRule, PageRule, DatedRule, LibraryRule))]
    left += _diagnostics(_on_suppressions(active, used, ran, codes, library), library, active)
    left.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Run(report=Report(diagnostics=tuple(left), checked=_count(library)), results=results, basis=basis)


def run_on_site(survey: Survey, library: Library, rules: Sequence[AnyRule]) -> Sequence[Diagnostic]:
    """Run the rules of built sites; ``library`` holds their sources."""
    active = [rule for rule in rules if is_on(rule, library.settings)]
    findings = chain.from_iterable(_run(rule, survey) for rule in _of_kind(active, SiteRule))
    return _beside(findings, library, active)


def run_on_answers(inquiry: Inquiry, library: Library, rules: Sequence[AnyRule]) -> Sequence[Diagnostic]:
    """Run the rules of other sites on what these answered; ``library`` holds the links that lead there."""
    active = [rule for rule in rules if is_on(rule, library.settings)]
    findings = chain.from_iterable(_run(rule, inquiry) for rule in _of_kind(active, ExternalRule))
    return _beside(findings, library, active)


def _beside(findings: Iterable[CodedFinding], library: Library, rules: Sequence[AnyRule]) -> Sequence[Diagnostic]:
    """Make diagnostics of findings that do not come from the library, but for those that its files suppress."""
    found = _diagnostics(findings, library, rules)
    loaded = (library.load(path) for path in {one.span.path for one in found if library.is_text(one.span.path)})
    return _suppress(found, (document for document in loaded if isinstance(document, Document)))[0]


def _of_kind(rules: Sequence[AnyRule], kind: type[Kind]) -> Sequence[Kind]:
    return [rule for rule in rules if isinstance(rule, kind)]


def _run(rule: Rule[Subject], *subject: Subject.args, **named: Subject.kwargs) -> Iterator[CodedFinding]:
    """Run one rule on what it looks at."""
    return ((rule.code, finding) for finding in rule.check(*subject, **named))


def _results(
    library: Library, rules: Sequence[AnyRule], today: date, cache: ResultCache
) -> Iterator[tuple[PurePosixPath, CachedResult]]:
    """Run the rules on each file by itself, or reuse the cached result."""
    for page in library.pages:
        if page.learn:
            cached = cache.find(page.path, page.digest)
            yield page.path, cached or _result(page.document, page, library, rules, today)
    for fragment in library.fragments:
        cached = cache.find(fragment.path, fragment.document.digest)
        yield fragment.path, cached or _result(fragment.document, None, library, rules, today)


def _result(
    document: Document, page: Page | None, library: Library, rules: Sequence[AnyRule], today: date
) -> CachedResult:
    queries = RecordingQueries(library)
    found: list[CodedFinding] = []
    for rule in rules:
        if isinstance(rule, DocumentRule):
            found += _run(rule, document, queries)
        elif isinstance(rule, DatedRule):
            found += _run(rule, document, today)
        elif isinstance(rule, PageRule) and page:
            found += _run(rule, page, queries)
    if document.yaml_kind:
        found = [(code, _in_yaml(finding)) for code, finding in found]
    digest = page.digest if page else document.digest
    return CachedResult(digest=digest, findings=tuple(found), answers=queries.answers)


def _in_yaml(finding: Finding) -> Finding:
    """Take its fix from a finding in a YAML page where the text that it writes could mean something else to YAML."""
    unfit = finding.fix and any(_SPECIAL_IN_YAML.search(edit.text) for edit in finding.fix.edits)
    return replace(finding, fix=None) if unfit else finding


def _diagnostics(findings: Iterable[CodedFinding], library: Library, rules: Sequence[AnyRule]) -> list[Diagnostic]:
    """Make diagnostics of findings, in order and each once, but for those that the settings do not want to see."""
    severities = {rule.code: library.settings.severity.get(rule.code) or rule.severity for rule in rules}
    first: dict[object, CodedFinding] = {}
    for code, finding in findings:
        own = not library.layout.mount_of(finding.span.path)  # nobody here can mend what another repository says
        if own and not library.ignores(finding.span.path, code):
            first.setdefault((code, finding.span, finding.message), (code, finding))
    shown_by = _ShowingPages(library)
    found = [
        (
            finding.hint,
            Diagnostic(
                code=code,
                severity=severities[code],
                message=_cut(finding.message),
                span=finding.span,
                related=finding.related + shown_by(finding.span.path),
                fix=finding.fix,
            ),
        )
        for code, finding in first.values()
    ]
    found.sort(key=lambda pair: pair[1].sort_key)
    return list(_with_owners_and_fingerprints(_with_hints(found, library), library))


def _with_hints(found: Iterable[tuple[str | Search, Diagnostic]], library: Library) -> Iterator[Diagnostic]:
    """Give findings their hints, as long as there is time for those that have to be looked for."""
    left = _HINTS
    for hint, diagnostic in found:
        if isinstance(hint, str):
            yield replace(diagnostic, hint=hint) if hint else diagnostic
        else:
            left -= 1
            yield replace(diagnostic, hint=hint.hint(library)) if left >= 0 else diagnostic


def _suppress(found: Sequence[Diagnostic], documents: Iterable[Document]) -> tuple[list[Diagnostic], Used]:
    """Take out the findings that a comment in their file keeps silent, and tell which comments did so."""
    understood = {
        document.source.path: [one for one in document.suppressions if not one.problem]
        for document in documents
        if document.suppressions
    }
    used: Used = {path: set() for path in understood}
    left = []
    for diagnostic in found:
        path = diagnostic.span.path
        by = [one for one in understood.get(path, ()) if one.covers(diagnostic.code, diagnostic.span)]
        if by:
            used[path].update((one, diagnostic.code) for one in by)
        else:
            left.append(diagnostic)
    return left, used


def _on_suppressions(
    rules: Sequence[AnyRule], used: Used, ran: Sequence[str], codes: Collection[str], library: Library
) -> Iterator[CodedFinding]:
    """Run the rules on suppressions, on the files that have any."""
    for document in library.documents:
        path = document.source.path
        if path in used:
            in_file = frozenset(code for code in ran if not library.ignores(path, code))
            use = SuppressionUse(rules=codes, ran=in_file, used=used[path])
            for rule in _of_kind(rules, SuppressionRule):
                yield from _run(rule, document, use)


def _with_owners_and_fingerprints(diagnostics: Iterable[Diagnostic], library: Library) -> Iterator[Diagnostic]:
    """Give each finding its owner, and a fingerprint of rule, file, message and how often these came before."""
    seen: Counter[tuple[str, ...]] = Counter()
    for diagnostic in diagnostics:
        path = diagnostic.span.path
        key = (diagnostic.code, str(path), diagnostic.message)
        digest = sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
        yield replace(diagnostic, owner=library.owner(path), fingerprint=digest[:_FINGERPRINT])


def _cut(text: str) -> str:
    """Shorten what a finding says: a statement of a thousand words may be named in a thousand places."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class _ShowingPages:
    """The pages that show a fragment in which faults lie: the first few, and how many more there are."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[PurePosixPath, tuple[Related, ...]] = {}

    def __call__(self, path: PurePosixPath) -> tuple[Related, ...]:
        if path not in self._known:
            self._known[path] = self._related(path)
        return self._known[path]

    def _related(self, path: PurePosixPath) -> tuple[Related, ...]:
        places = [place for place in self._library.shown_at(path) if place.path != path]
        related = [Related(message="shown by this page", span=place) for place in places[:_SHOWN_BY]]
        if len(places) > _SHOWN_BY:
            related[-1] = replace(related[-1], message=f"shown by this page and {len(places) - _SHOWN_BY} more")
        return tuple(related)


def _count(library: Library) -> Checked:
    return Checked(
        pages=sum(page.learn for page in library.pages),
        fragments=len(library.fragments),
        items=sum(len(checklist.items) for checklist in library.checklists),
        links=sum(len([*document.of(Link), *document.of(Image)]) for document in library.documents),
    )
