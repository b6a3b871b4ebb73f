"""Rules on upkeep: an item's severity and pillar are known, reviews are not overdue, and no published item is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from guidekit.diagnostics import Severity
from guidekit.library import guidance, services
from guidekit.library.guidance import PILLARS, SEVERITIES
from guidekit.library.queries import LibraryQueries, Queries
from guidekit.rules.rule import Finding, dated_rule, document_rule, library_rule
from guidekit.setting_values import Service
from guidekit.syntax.document import Document
from guidekit.syntax.front_matter import FrontMatter
from guidekit.text import likeness
from guidekit.text.paths import close_match
from guidekit.text.source import Position, Span


@document_rule(Severity.WARNING)
def severity_unknown(document: Document, queries: Queries) -> Iterator[Finding]:
    """A fragment's `severity` must be High, Medium or Low.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            severity: Critical
            ---
            ## Recovery plan

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            severity: High
            ---
            ## Recovery plan

    Why:
        Readers close the worst gaps first. An item whose severity is no such word is listed as Medium.
    """
    if queries.is_fragment(document.source.path):
        yield from _not_one_of(document.front_matter, "severity", SEVERITIES)


@document_rule(Severity.WARNING)
def pillar_unknown(document: Document, queries: Queries) -> Iterator[Finding]:
    """A fragment's `waf` must be Reliability, Security, Cost, Operations or Performance.

    Bad:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            waf: Resiliency
            ---
            ## Recovery plan

    Good:
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            waf: Reliability
            ---
            ## Recovery plan

    Why:
        These are the pillars of the Well-Architected Framework as the Azure review checklists name them. An item with
        another one is listed without a pillar.
    """
    if queries.is_fragment(document.source.path):
        yield from _not_one_of(document.front_matter, "waf", PILLARS)


@document_rule(Severity.WARNING)
def service_unknown(document: Document, queries: Queries) -> Iterator[Finding]:
    """`service` must be names of the setting `services`, where that names any.

    Bad:
        mkdocs.yml
            plugins:
              - guidekit:
                  services: {aks: Kubernetes, key-vault: Key Vault}
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            service: [aks, keyvault]
            ---
            ## Recovery plan

    Good:
        mkdocs.yml
            plugins:
              - guidekit:
                  services: {aks: Kubernetes, key-vault: Key Vault}
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ---
            service: [aks, key-vault]
            ---
            ## Recovery plan

    Why:
        Readers look for the items of their services. An item with a name of its own is not found.
    """
    declared, header = queries.settings.services, document.front_matter
    if declared and "service" in header.values:
        value, place = header.values["service"], header.places["service"]
        for entry in value if isinstance(value, list) else [value]:
            if not services.is_name(entry) or not str(entry).strip():
                yield Finding(message="'service' holds a value that is no name of a service", span=place)
            elif (name := str(entry).strip()) not in declared:
                near = _near(name, declared)
                hint = likeness.did_you_mean(name, near) if near else "declare it in the setting 'services'"
                yield Finding(message=f"there is no service '{name}'", span=place, hint=hint)


@document_rule(Severity.WARNING)
def update_cycle_invalid(document: Document, queries: Queries) -> Iterator[Finding]:
    """`ms.update-cycle` must be a number of days, written like `180-days`.

    Bad:
        content/guide.md
            ---
            title: Backup
            ms.update-cycle: half a year
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ms.update-cycle: 180-days
            ---
            # Backup

    Why:
        The next review is planned by it. Without a number there is no next review, and nobody is told.
    """
    header = document.front_matter
    if "ms.update-cycle" in header.values and guidance.cycle(header) is None:
        message = f"'ms.update-cycle' is {_shown(header, 'ms.update-cycle')}, not a number of days such as '180-days'"
        yield Finding(message=message, span=header.places["ms.update-cycle"])


@dated_rule(Severity.SUGGESTION)
def review_overdue(document: Document, today: date) -> Iterator[Finding]:
    """A text should be reviewed before its `ms.date` is older than its `ms.update-cycle`.

    Bad:
        content/guide.md
            ---
            title: Backup
            ms.date: 11/22/2024
            ms.update-cycle: 180-days
            ---
            # Backup

    Good:
        content/guide.md
            ---
            title: Backup
            ms.date: 11/22/2026
            ms.update-cycle: 180-days
            ---
            # Backup

    Why:
        Cloud services change every month, and old advice about recovery does harm. Compare the text with its sources,
        then set the date to the day on which you did.
    """
    header = document.front_matter
    due = guidance.due(header)
    if due is not None and due < today:
        days = guidance.cycle(header) or 0
        message = f"review was due on {due.isoformat()}, {days} day{'s' * (days != 1)} after 'ms.date'"
        place = header.places.get("ms.date") or document.source.line_span(0)
        yield Finding(message=message, span=place)


@library_rule(Severity.ERROR)
def guid_vanished(library: LibraryQueries) -> Iterator[Finding]:
    """A GUID that was published must stay an item, or have an alias; the setting `published` names the catalogue.

    Bad:
        mkdocs.yml
            plugins:
              - guidekit:
                  published: includes/catalogue.json
        includes/catalogue.json
            {
              "items": {
                "78b95e10-acc0-4749-8f1f-efa8cfb5eb89": {"text": "You have a recovery plan"}
              }
            }

    Good:
        mkdocs.yml
            plugins:
              - guidekit:
                  published: includes/catalogue.json
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan
        includes/catalogue.json
            {
              "items": {
                "78b95e10-acc0-4749-8f1f-efa8cfb5eb89": {"text": "You have a recovery plan"}
              }
            }

    Why:
        Readers' answers and other programs' records are kept under the GUID. Where it vanishes, they are lost, and
        links to its anchor lead nowhere.
    """
    previous = library.previous_catalogue
    if previous is None:
        return
    if previous.problem:
        file = library.settings.published
        message = f"the setting 'published' names '{file}', which {previous.problem}"
        hint = "" if previous.exists else f"write it with 'guidekit catalogue --output {file}'"
        yield Finding(message=message, span=_start(file), hint=hint)
    known = _items(library) | library.settings.aliases.keys()
    for item in previous.items:
        if item.guid not in known:
            named = f" ('{item.statement}')" if item.statement else ""
            message = f"published item '{item.guid}'{named} is gone"
            hint = "bring it back, or name the item that took its place in the setting 'aliases'"
            yield Finding(message=message, span=item.span, hint=hint)


@library_rule(Severity.ERROR)
def alias_dangling(library: LibraryQueries) -> Iterator[Finding]:
    """A retired GUID's alias must be the GUID of an item, and no item may use a retired GUID.

    Bad:
        mkdocs.yml
            plugins:
              - guidekit:
                  aliases:
                    7e063160-cb53-46c1-b111-380f77a7c848: 33fe1493-7dbd-48de-ab6a-d6635c9c7c68

    Good:
        mkdocs.yml
            plugins:
              - guidekit:
                  aliases:
                    7e063160-cb53-46c1-b111-380f77a7c848: 78b95e10-acc0-4749-8f1f-efa8cfb5eb89
        content/guide.md
            <!-- You have a recovery plan -->
            [!include[78b95e10-acc0-4749-8f1f-efa8cfb5eb89](../includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md)]
        includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md
            ## Recovery plan

    Why:
        Answers move along the alias. One that leads to no item loses them, and one from an item that is still there
        gives its answers to another.
    """
    items = _items(library)
    for old, new in library.settings.aliases.items():
        if new not in items:
            message = f"the setting 'aliases' leads from '{old}' to '{new}', which is no item"
            yield Finding(message=message, span=_start(library.layout.settings_file))
        if old in items:
            message = f"the setting 'aliases' retires '{old}', which is still an item"
            yield Finding(message=message, span=_start(library.layout.settings_file))


def _items(library: LibraryQueries) -> set[str]:
    return {item.guid for checklist in library.checklists for item in checklist.items if item.guid}


def _not_one_of(header: FrontMatter, key: str, words: tuple[str, ...]) -> Iterator[Finding]:
    written = header.text(key)
    if key in header.values and not guidance.one_of(written, words):
        near = close_match(written, words)
        message = f"'{key}' is {_shown(header, key)}, not one of {', '.join(words)}"
        yield Finding(
            message=message, span=header.places[key], hint=likeness.did_you_mean(written, near) if near else ""
        )


def _near(name: str, declared: Mapping[str, Service]) -> str | None:
    """Find the declared service most likely meant, by its name or by its label."""
    names = {service.label: key for key, service in declared.items()} | {key: key for key in declared}
    near = close_match(name, names)
    return names[near] if near else None


def _shown(header: FrontMatter, key: str) -> str:
    written, value = header.text(key), header.values[key]
    return f"'{written}'" if written else "empty" if value in (None, "") else "not text"


def _start(file: str) -> Span:
    first = Position(line=1, column=1)
    return Span(path=PurePosixPath(file), start=first, end=first)
