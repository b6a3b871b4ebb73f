"""Rules on redirections: each leads from a page that is gone to one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from guidekit.diagnostics import Related, Severity
from guidekit.library.queries import LibraryQueries
from guidekit.rules.rule import Finding, library_rule


@library_rule(Severity.WARNING)
def redirect_url_not_found(library: LibraryQueries) -> Iterator[Finding]:
    """A redirection must lead to a page that is there.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-pan"}]}
        content/recovery-plan.md
            # Recovery plan

    Good:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/recovery-plan.md
            # Recovery plan

    Why:
        Whoever has kept the old address gets nothing. Several moves are followed to their end. Below the address that the
        repository has on Learn, others may have pages too, so only a folder of which this site has pages is looked into.
    """
    gone = [file for file in library.moved_files if not file.is_there]
    failing = {file.redirection.file: file for file in gone if file.is_gap or file.leads.kind == "missing"}
    for name, file in failing.items():
        leads = file.leads
        if leads.circle or (len(leads.moved) > 1 and leads.moved[1] in failing):  # the last of several is told of
            continue
        detail = f"it is redirected to '{leads.redirect}', which is not there" if file.is_gap else leads.detail
        yield Finding(message=f"'{name}' {detail.removeprefix('it ')}", span=file.redirection.span)


@library_rule(Severity.WARNING)
def circular_redirection(library: LibraryQueries) -> Iterator[Finding]:
    """Redirections must not lead to each other in a circle.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [
              {"source_path": "content/plan.md", "redirect_url": "recovery"},
              {"source_path": "content/recovery.md", "redirect_url": "plan"}
            ]}

    Good:
        .openpublishing.redirection.json
            {"redirections": [
              {"source_path": "content/plan.md", "redirect_url": "recovery"},
              {"source_path": "content/recovery.md", "redirect_url": "recovery-plan"}
            ]}
        content/recovery-plan.md
            # Recovery plan

    Why:
        A browser gives up on a circle. Each is told once.
    """
    seen: set[frozenset[PurePosixPath]] = set()
    for file in library.moved_files:
        circle = file.leads.circle
        if file.redirection.file in circle and frozenset(circle) not in seen:
            seen.add(frozenset(circle))
            yield Finding(
                message=f"files are redirected in a circle: {' --> '.join(map(str, circle))}",
                span=file.redirection.span,
            )


@library_rule(Severity.WARNING)
def redirection_conflict(library: LibraryQueries) -> Iterator[Finding]:
    """A file must be redirected to one address alone.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [
              {"source_path": "content/plan.md", "redirect_url": "recovery-plan"},
              {"source_path": "content/plan.md", "redirect_url": "drill"}
            ]}
        content/recovery-plan.md
            # Recovery plan
        content/drill.md
            # Drill

    Good:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/recovery-plan.md
            # Recovery plan

    Why:
        Only one of the two can hold. Here it is the last one; on Learn it is an error.
    """
    for file in library.moved_files:
        one, before = file.redirection, file.redirection.instead_of
        if before:
            message = f"'{one.file}' is redirected to '{one.address}' here, and to '{before.address}' elsewhere"
            related = (Related(message="the other redirection", span=before.span),)
            yield Finding(message=message, span=one.span, related=related)


@library_rule(Severity.WARNING)
def redirected_file_not_removed(library: LibraryQueries) -> Iterator[Finding]:
    """A file that is redirected must be gone.

    Bad:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/plan.md
            # Plan
        content/recovery-plan.md
            # Recovery plan

    Good:
        .openpublishing.redirection.json
            {"redirections": [{"source_path": "content/plan.md", "redirect_url": "recovery-plan"}]}
        content/recovery-plan.md
            # Recovery plan

    Why:
        Two things cannot have one address. Here the file keeps it; on Learn the redirection wins, and nobody sees the file.
    """
    for file in library.moved_files:
        if file.is_there:
            message = f"'{file.redirection.file}' is still there, so that nothing redirects its readers"
            yield Finding(message=message, span=file.redirection.span)
