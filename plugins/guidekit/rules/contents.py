"""Rules on tables of contents: each can be read, its entries lead somewhere, and each page is in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guidekit.diagnostics import Severity
from guidekit.library.navigation import Lost
from guidekit.library.queries import LibraryQueries
from guidekit.rules.rule import Finding, NearestFile, Search, library_rule
from guidekit.syntax.table_of_contents import Entry, all_entries

_WITHOUT_ENTRY = ("", "index.html", "404/", "404.html")
"""The addresses of pages to which readers come without a link: the home page, and that for an address that is not there."""

_BOUNDS: Mapping[str, str] = {
    "too-deep": "'{}' lies deeper in tables of contents than may be",
    "too-many": "from '{}' on, there are more entries in tables of contents than may be",
}


@library_rule(Severity.ERROR)
def invalid_toc_syntax(library: LibraryQueries) -> Iterator[Finding]:
    """A table of contents must be YAML that can be read.

    Bad:
        content/TOC.yml
            - name: Backup
              href: guide.md
            name: Recovery
        content/guide.md
            # Backup

    Good:
        content/TOC.yml
            - name: Backup
              href: guide.md
            - name: Recovery
              href: recovery.md
        content/guide.md
            # Backup
        content/recovery.md
            # Recovery

    Why:
        The navigation is made of the tables of contents in a repository of Learn's. Nothing is left of one that cannot
        be read.
    """
    for table in library.tables_of_contents:
        for problem in table.problems:
            if problem.whole:
                yield Finding(message=problem.message, span=problem.span)


@library_rule(Severity.WARNING)
def invalid_toc_entry(library: LibraryQueries) -> Iterator[Finding]:
    """An entry of a table of contents must have a name, and a page or further entries.

    Bad:
        content/TOC.yml
            - Backup
            - name: Recovery
              href: guide.md
        content/guide.md
            # Recovery

    Good:
        content/TOC.yml
            - name: Backup
              items:
              - name: Recovery
                href: guide.md
        content/guide.md
            # Recovery

    Why:
        The navigation leaves out what it can neither name nor lead to.
    """
    for table in library.tables_of_contents:
        for problem in table.problems:
            if not problem.whole:
                yield Finding(message=problem.message, span=problem.span)
        for entry in _idle(table.entries):
            yield Finding(message=f"entry '{entry.name}' leads nowhere and has no entries below it", span=entry.span)


def _idle(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Find the entries that have nothing but a name."""
    for entry in all_entries(entries):
        addresses = (entry.href, entry.toc_href, entry.topic_href, entry.homepage, entry.uid)
        if entry.name and not entry.has_items and not any(addresses):
            yield entry


@library_rule(Severity.WARNING)
def toc_file_not_found(library: LibraryQueries) -> Iterator[Finding]:
    """An entry of a table of contents must lead to a page, a file or a table of contents that exists.

    Bad:
        content/TOC.yml
            - name: Recovery plan
              href: recovery-pan.md
        content/recovery-plan.md
            # Recovery plan

    Good:
        content/TOC.yml
            - name: Recovery plan
              href: recovery-plan.md
        content/recovery-plan.md
            # Recovery plan

    Why:
        The navigation leaves out an entry that leads nowhere. Names of pages that nobody knows are told once a table of
        contents.
    """
    of_uids: dict[object, list[Lost]] = {}
    for lost in library.navigation.lost:
        if lost.kind == "file":
            yield _of_file(lost)
        elif lost.kind == "toc":
            message = f"there is no table of contents at '{lost.address.text}'"
            yield Finding(message=message, span=lost.address.span)
        elif lost.kind == "uid":
            of_uids.setdefault(lost.address.span.path, []).append(lost)
        elif lost.kind in _BOUNDS:
            yield Finding(message=_BOUNDS[lost.kind].format(lost.address.text), span=lost.address.span)
    for unknown in of_uids.values():
        first, others = unknown[0].address, len(unknown) - 1
        more = f", and neither {'does another' if others == 1 else f'do {others:,} more'}" if others else ""
        yield Finding(message=f"uid '{first.text}' names no page{more}", span=first.span)


def _of_file(lost: Lost) -> Finding:
    leads, address = lost.leads, lost.address
    if leads is None or leads.kind != "missing":
        return Finding(message=f"'{address.text}' is no address of a page", span=address.span)
    named = f" ('{leads.path}')" if leads.path and str(leads.path) != address.text else ""
    hint: str | Search = leads.detail
    if not hint and leads.path:
        hint = NearestFile(missing=leads.path, base=address.span.path, fragment=False)
    return Finding(message=f"entry to '{address.text}'{named} leads nowhere", span=address.span, hint=hint)


@library_rule(Severity.SUGGESTION)
def toc_redirected_link(library: LibraryQueries) -> Iterator[Finding]:
    """An entry of a table of contents should lead to where a page is now, not to where it was before it moved.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/TOC.yml
            - name: Recovery plan
              href: plan.md
        content/recovery-plan.md
            # Recovery plan

    Good:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/TOC.yml
            - name: Recovery plan
              href: recovery-plan.md
        content/recovery-plan.md
            # Recovery plan

    Why:
        Redirections are dropped one day, and the navigation loses the entry with them.
    """
    for address, leads in library.navigation.redirected:
        message = f"entry to '{address.text}' is redirected to '{leads.path or leads.redirect}'"
        yield Finding(message=message, span=address.span)


@library_rule(Severity.WARNING)
def toc_circular_reference(library: LibraryQueries) -> Iterator[Finding]:
    """A table of contents must not hold itself, directly or through others.

    Bad:
        content/TOC.yml
            - name: Backup
              href: backup/TOC.yml
        content/backup/TOC.yml
            - name: Everything
              href: ../TOC.yml
            - name: Backup
              href: guide.md
        content/backup/guide.md
            # Backup

    Good:
        content/TOC.yml
            - name: Backup
              href: backup/TOC.yml
        content/backup/TOC.yml
            - name: Backup
              href: guide.md
        content/backup/guide.md
            # Backup

    Why:
        There would be no end to it. The navigation leaves out the entry that closes the circle.
    """
    for lost in library.navigation.lost:
        if lost.kind == "circular":
            circle = " → ".join(f"'{path}'" for path in lost.chain)
            yield Finding(message=f"tables of contents hold themselves: {circle}", span=lost.address.span)


@library_rule(Severity.SUGGESTION)
def toc_missing(library: LibraryQueries) -> Iterator[Finding]:
    """A page should be in a table of contents, where its folder or one above has one.

    Bad:
        content/TOC.yml
            - name: Backup
              href: guide.md
        content/guide.md
            # Backup
        content/recovery.md
            # Recovery

    Good:
        content/TOC.yml
            - name: Backup
              href: guide.md
            - name: Recovery
              href: recovery.md
        content/guide.md
            # Backup
        content/recovery.md
            # Recovery

    Why:
        The page is published, but readers come to it only by a link or a search. Nothing is said while a table of
        contents cannot be read.
    """
    if any(problem.whole for table in library.tables_of_contents for problem in table.problems):
        return
    navigation = library.navigation
    for page in library.pages:
        if page.path in navigation.places or page.url in _WITHOUT_ENTRY or page.moved_to:
            continue
        if page.learn and navigation.home(page.path):
            yield Finding(message="page is in no table of contents", span=page.document.source.span((0, 0)))
