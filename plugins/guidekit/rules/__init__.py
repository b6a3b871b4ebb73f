"""All rules, in the order in which they are documented, and the run over a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from guidekit import collector
from guidekit.diagnostics import Checked, Diagnostic, Related, Report
from guidekit.document import Document
from guidekit.library import Library
from guidekit.paths import close_match
from guidekit.rules import guidance, header, including, linking, published, reaching, reviewing, structure, suppressing
from guidekit.rules.rule import Finding, Rule, Scope, Verdict
from guidekit.settings import Settings, SettingsError
from guidekit.source import Span
from guidekit.syntax.link import Image, Link
from guidekit.syntax.suppression import Suppression

if TYPE_CHECKING:
    from guidekit.links.external import Inquiry  # only a check of links needs these
    from guidekit.links.survey import Survey

RULES: tuple[Rule, ...] = (
    including.include_not_found,
    including.include_case_mismatch,
    including.include_invalid,
    including.include_outside_roots,
    including.circular_reference,
    including.include_too_deep,
    including.include_too_large,
    including.fragment_unused,
    including.file_unreadable,
    header.yaml_header_syntax_error,
    header.yaml_header_not_object,
    header.duplicate_key,
    header.unknown_key,
    header.title_missing,
    header.description_missing,
    header.date_format_invalid,
    guidance.guidance_missing,
    guidance.guidance_empty,
    guidance.guidance_stub,
    guidance.guidance_heading_missing,
    guidance.comment_unclosed,
    guidance.statement_missing,
    guidance.statement_placeholder,
    guidance.statement_drift,
    guidance.uid_mismatch,
    guidance.include_label_mismatch,
    guidance.guid_case_mismatch,
    guidance.uid_duplicate,
    guidance.uid_invalid,
    guidance.item_duplicate,
    guidance.question_missing,
    reviewing.severity_unknown,
    reviewing.pillar_unknown,
    reviewing.update_cycle_invalid,
    reviewing.review_overdue,
    reviewing.guid_vanished,
    reviewing.alias_dangling,
    structure.h1_missing,
    structure.multiple_h1s,
    structure.heading_skipped,
    structure.heading_empty,
    structure.heading_no_content,
    structure.invalid_note_section,
    structure.legacy_banner,
    linking.file_not_found,
    linking.redirected_link,
    linking.bookmark_not_found,
    linking.image_alt_text_missing,
    linking.image_alt_text_is_file_name,
    suppressing.suppression_invalid,
    suppressing.suppression_unused,
    published.site_file_not_found,
    published.site_link_not_found,
    published.site_bookmark_not_found,
    reaching.external_link_broken,
    reaching.external_link_doubtful,
)

_IN_SOURCES = ("document", "page", "library", "dated")
_CODES = frozenset(rule.code for rule in RULES)

_SHOWN_BY = 5
_FINGERPRINT = 32


def named(code: str) -> Rule | None:
    """Find a rule by its code."""
    return next((rule for rule in RULES if rule.code == code), None)


def refuse_unknown(settings: Settings) -> None:
    """Raise `SettingsError` where the settings name a rule that does not exist."""
    codes = [rule.code for rule in RULES]
    ignored = ((code, "per_file_ignores") for names in settings.per_file_ignores.values() for code in names)
    for code, key in chain(((code, "severity") for code in settings.severity), ignored):
        if code not in codes:
            near = close_match(code, codes)
            raise SettingsError(key, f"there is no rule '{code}'" + (f"; did you mean '{near}'?" if near else ""))


def judges(code: str, settings: Settings) -> bool:
    """Is there such a rule, and is it switched on?"""
    rule = named(code)
    return rule is not None and settings.severity.get(code, rule.severity) is not None


def check(library: Library, rules: Sequence[Rule] = RULES, *, today: date) -> Report:
    """Run the rules over a library, as of a day; each fault comes once, where it is."""
    with collector.paused():
        return _check(library, rules, today)


def _check(library: Library, rules: Sequence[Rule], today: date) -> Report:
    active = [rule for rule in rules if judges(rule.code, library.settings)]
    judged = [rule for rule in active if rule.scope in _IN_SOURCES]
    found = _diagnosed(((rule, finding) for rule in judged for finding in _findings(rule, library, today)), library)
    left, verdicts = _silenced(found, judged, library)
    police = [rule for rule in active if rule.scope == "suppression"]
    left += _diagnosed(_on_suppressions(police, verdicts, library), library)
    left.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Report(diagnostics=tuple(left), checked=_count(library))


def check_site(survey: Survey, library: Library) -> Report:
    """Run the rules on a built site; ``library`` holds its sources."""
    checked = Checked(pages=len(survey.site.pages), links=survey.followed)
    return Report(diagnostics=tuple(_judged("site", survey, library)), checked=checked)


def check_external(inquiry: Inquiry, library: Library) -> Report:
    """Run the rules on what other sites answered; a link counts once, wherever it stands."""
    checked = Checked(pages=len(library.pages), fragments=len(library.fragments), links=len(inquiry.answers))
    return Report(diagnostics=tuple(_judged("external", inquiry, library)), checked=checked)


def _judged(scope: Scope, facts: Survey | Inquiry, library: Library) -> Sequence[Diagnostic]:
    active = [rule for rule in RULES if rule.scope == scope and judges(rule.code, library.settings)]
    found = _diagnosed(((rule, finding) for rule in active for finding in rule.check(facts, library)), library)
    return _silenced(found, active, library)[0]


def _diagnosed(findings: Iterable[tuple[Rule, Finding]], library: Library) -> list[Diagnostic]:
    """Make diagnostics of findings, in order and each once, but for those that the settings do not want to see."""
    found: dict[object, Diagnostic] = {}
    for rule, finding in findings:
        if library.ignores(finding.span.path, rule.code):
            continue
        diagnostic = Diagnostic(
            code=rule.code,
            severity=library.settings.severity.get(rule.code) or rule.severity,
            message=finding.message,
            span=finding.span,
            hint=finding.hint,
            related=finding.related + _shown_by(finding.span, library),
            fix=finding.fix,
        )
        found.setdefault((rule.code, finding.span, finding.message), diagnostic)
    return list(_signed(sorted(found.values(), key=lambda diagnostic: diagnostic.sort_key), library))


def _silenced(
    found: Sequence[Diagnostic], judged: Sequence[Rule], library: Library
) -> tuple[list[Diagnostic], Mapping[PurePosixPath, Verdict]]:
    """Take out the findings that a comment in their file keeps silent, and tell which comments did so."""
    understood = {
        document.source.path: [one for one in document.suppressions if not one.problem]
        for document in _documents(library)
        if document.suppressions
    }
    used: dict[PurePosixPath, set[tuple[Suppression, str]]] = {path: set() for path in understood}
    left = []
    for diagnostic in found:
        path = diagnostic.span.path
        by = [one for one in understood.get(path, ()) if one.covers(diagnostic.code, diagnostic.span)]
        if by:
            used[path].update((one, diagnostic.code) for one in by)
        else:
            left.append(diagnostic)
    codes = [rule.code for rule in judged]
    verdicts = {
        path: Verdict(
            rules=_CODES,
            judges=frozenset(code for code in codes if not library.ignores(path, code)),
            silenced=silenced,
        )
        for path, silenced in used.items()
    }
    return left, verdicts


def _on_suppressions(
    rules: Sequence[Rule], verdicts: Mapping[PurePosixPath, Verdict], library: Library
) -> Iterator[tuple[Rule, Finding]]:
    for document in _documents(library):
        if verdict := verdicts.get(document.source.path):
            for rule in rules:
                yield from ((rule, finding) for finding in rule.check(document, verdict))


def _signed(diagnostics: Sequence[Diagnostic], library: Library) -> Iterator[Diagnostic]:
    """Give each finding its owner, and a fingerprint of rule, file, message and how often these came before."""
    seen: Counter[tuple[str, ...]] = Counter()
    for diagnostic in diagnostics:
        path = diagnostic.span.path
        key = (diagnostic.code, str(path), diagnostic.message)
        digest = sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
        yield replace(diagnostic, owner=library.owner(path), fingerprint=digest[:_FINGERPRINT])


def _findings(rule: Rule, library: Library, today: date) -> Iterator[Finding]:
    if rule.scope == "library":
        yield from rule.check(library)
    elif rule.scope == "page":
        for page in library.pages:
            if page.learn:
                yield from rule.check(page, library)
    else:
        day = (today,) if rule.scope == "dated" else ()
        for document in _documents(library):
            yield from rule.check(document, library, *day)


def _documents(library: Library) -> Iterator[Document]:
    yield from (page.document for page in library.pages if page.learn)
    yield from (fragment.document for fragment in library.fragments)


def _shown_by(span: Span, library: Library) -> tuple[Related, ...]:
    """Name the pages that show the fragment in which a fault lies: the first few, and how many more there are."""
    places = [place for place in library.shown_at(span.path) if place.path != span.path]
    related = [Related(message="shown by this page", span=place) for place in places[:_SHOWN_BY]]
    if len(places) > _SHOWN_BY:
        related[-1] = replace(related[-1], message=f"shown by this page and {len(places) - _SHOWN_BY} more")
    return tuple(related)


def _count(library: Library) -> Checked:
    return Checked(
        pages=sum(page.learn for page in library.pages),
        fragments=len(library.fragments),
        items=sum(len(checklist.items) for checklist in library.checklists),
        links=sum(isinstance(fact, (Link, Image)) for document in _documents(library) for fact in document.facts),
    )
