"""A run of rules over a library, and the diagnostics that are made of what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath

from guidekit.diagnostics import Checked, Diagnostic, Related, Report
from guidekit.layout import is_markdown
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rules.incremental import Kept, Trace, Unit
from guidekit.rules.rule import Finding, Hint, Rule, Scope, Verdict
from guidekit.settings import Settings
from guidekit.syntax.document import Document
from guidekit.syntax.link import Image, Link
from guidekit.syntax.suppression import Suppression

_SHOWN_BY = 5
_FINGERPRINT = 32
_LONGEST = 1_000
_HINTS = 200
"""How many findings get a hint that costs a look at all files: where more is missing, there is another trouble."""


Used = dict[PurePosixPath, set[tuple[Suppression, str]]]
"""The suppressions of each file, of which each is named with the rules that it kept silent."""


@dataclass(frozen=True, kw_only=True)
class Judgment:
    """What a run over a library came to, and what of it the next run need not find again.

    ``basis`` is what all of it rests on: the rules, the day, the settings, the names of all files, and what is published.
    Layout, owners and redirections are the same for all that come from one library.
    """

    report: Report
    units: Mapping[PurePosixPath, Unit]
    basis: object


def is_on(rule: Rule, settings: Settings) -> bool:
    """Is a rule switched on?"""
    return settings.severity.get(rule.code, rule.severity) is not None


def judge(
    library: Library, rules: Sequence[Rule], today: date, before: Judgment | None, codes: Collection[str]
) -> Judgment:
    """Run the rules over a library, as of a day; ``codes`` are those of all rules that there are."""
    active = [rule for rule in rules if is_on(rule, library.settings)]
    judged = [rule for rule in active if rule.scope in ("document", "page", "library", "dated")]
    basis = (tuple(rules), today, library.settings, library.files, library.published)
    kept = Kept(before.units if before and before.basis == basis else {}, library)
    units = {unit.document.source.path: unit for unit in _units(library, judged, today, kept)}
    of_all = [(rule, found) for rule in judged if rule.scope == "library" for found in rule.check(library)]
    order = {rule.code: number for number, rule in enumerate(judged)}
    findings = sorted(
        chain(chain.from_iterable(unit.found for unit in units.values()), of_all), key=lambda pair: order[pair[0].code]
    )
    left, used = _silenced(_diagnosed(findings, library), library.documents)
    verdicts = {
        path: Verdict(
            rules=codes,
            judges=frozenset(rule.code for rule in judged if not library.ignores(path, rule.code)),
            silenced=silenced,
        )
        for path, silenced in used.items()
    }
    police = [rule for rule in active if rule.scope == "suppression"]
    left += _diagnosed(_on_suppressions(police, verdicts, library), library)
    left.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Judgment(report=Report(diagnostics=tuple(left), checked=_count(library)), units=units, basis=basis)


def judge_facts(scope: Scope, facts: object, library: Library, rules: Sequence[Rule]) -> Sequence[Diagnostic]:
    """Run the rules of one scope on facts that do not come from the library; ``library`` holds their sources."""
    active = [rule for rule in rules if rule.scope == scope and is_on(rule, library.settings)]
    found = _diagnosed(((rule, finding) for rule in active for finding in rule.check(facts, library)), library)
    loaded = (library.load(path) for path in {one.span.path for one in found if is_markdown(one.span.path)})
    return _silenced(found, (document for document in loaded if isinstance(document, Document)))[0]


def _units(library: Library, rules: Sequence[Rule], today: date, kept: Kept) -> Iterator[Unit]:
    """Judge each file by itself, but for those of which all that was found before still stands."""
    for page in library.pages:
        if page.learn:
            yield kept.find(page.document, page.expansion) or _unit(page.document, page, library, rules, today)
    for fragment in library.fragments:
        yield kept.find(fragment.document, None) or _unit(fragment.document, None, library, rules, today)


def _unit(document: Document, page: Page | None, library: Library, rules: Sequence[Rule], today: date) -> Unit:
    trace = Trace(library)
    found: list[tuple[Rule, Finding]] = []
    for rule in rules:
        if rule.scope == "document":
            found += ((rule, finding) for finding in rule.check(document, trace))
        elif rule.scope == "dated":
            found += ((rule, finding) for finding in rule.check(document, trace, today))
        elif rule.scope == "page" and page:
            found += ((rule, finding) for finding in rule.check(page, trace))
    return Unit(document=document, expansion=page.expansion if page else None, found=found, asked=trace.asked)


def _diagnosed(findings: Iterable[tuple[Rule, Finding]], library: Library) -> list[Diagnostic]:
    """Make diagnostics of findings, in order and each once, but for those that the settings do not want to see."""
    first: dict[object, tuple[Rule, Finding]] = {}
    for rule, finding in findings:
        if not library.ignores(finding.span.path, rule.code):
            first.setdefault((rule.code, finding.span, finding.message), (rule, finding))
    shown_by = _Pages(library)
    found = [
        (
            finding.hint,
            Diagnostic(
                code=rule.code,
                severity=library.settings.severity.get(rule.code) or rule.severity,
                message=_cut(finding.message),
                span=finding.span,
                related=finding.related + shown_by(finding.span.path),
                fix=finding.fix,
            ),
        )
        for rule, finding in first.values()
    ]
    found.sort(key=lambda pair: pair[1].sort_key)
    return list(_signed(_helped(found, library), library))


def _helped(found: Iterable[tuple[Hint, Diagnostic]], library: Library) -> Iterator[Diagnostic]:
    """Give findings their hints, as long as there is time for those that have to be looked for."""
    left = _HINTS
    for hint, diagnostic in found:
        if isinstance(hint, str):
            yield replace(diagnostic, hint=hint) if hint else diagnostic
        else:
            left -= 1
            yield replace(diagnostic, hint=hint(library)) if left >= 0 else diagnostic


def _silenced(found: Sequence[Diagnostic], documents: Iterable[Document]) -> tuple[list[Diagnostic], Used]:
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
    rules: Sequence[Rule], verdicts: Mapping[PurePosixPath, Verdict], library: Library
) -> Iterator[tuple[Rule, Finding]]:
    for document in library.documents:
        if verdict := verdicts.get(document.source.path):
            for rule in rules:
                yield from ((rule, finding) for finding in rule.check(document, verdict))


def _signed(diagnostics: Iterable[Diagnostic], library: Library) -> Iterator[Diagnostic]:
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


class _Pages:
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
