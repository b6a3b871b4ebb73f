"""Rules on cross references: each names something that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from guidekit.diagnostics import Related, Severity
from guidekit.library.cross_references import namespace
from guidekit.library.destinations import Destination
from guidekit.library.queries import LibraryQueries
from guidekit.rules.rule import Finding, library_rule
from guidekit.syntax.cross_reference import is_reference, read_address
from guidekit.syntax.link import Link
from guidekit.text.source import Source, Span

_NAMED = 5
"""How many further places of a namespace are named."""

_FROM_CODE = "where docfx makes its page from code, name a map of such pages in the setting 'xref_maps'"


def _missing_bookmark(leads: Destination, library: LibraryQueries) -> str:
    """Find the place of a page that a cross reference asks for, and that is not there; empty where it is."""
    anchors = library.anchors_of(leads.path) if leads.path and leads.bookmark else None
    if anchors is None or leads.bookmark in anchors or not (leads.path and library.is_whole(leads.path)):
        return ""
    return leads.bookmark


@library_rule(Severity.WARNING)
def xref_not_found(library: LibraryQueries) -> Iterator[Finding]:
    """A cross reference must name the `uid` of a page, something in a map of `xref_maps`, or a prefix of `xref_prefixes`.

    Bad:
        content/guide.md
            See <xref:recovery-pan>.
        content/plan.md
            ---
            uid: recovery-plan
            ---
            # Recovery plan

    Good:
        content/guide.md
            See <xref:recovery-plan>.
        content/plan.md
            ---
            uid: recovery-plan
            ---
            # Recovery plan

    Why:
        Readers get its name as text, and no link. What lacks a whole namespace is told once, at its first place. Where the
        page is there, and what is asked for on it (`<xref:recovery-plan#drill>`) is not, readers land at its top.
    """
    for one in library.xref_maps:
        if one.problem:
            span = Source(path=PurePosixPath(library.layout.settings_file), text="").span((0, 0))
            yield Finding(message=f"the map of cross references '{one.path}' {one.problem}", span=span)
    lost: dict[str, list[tuple[str, Span]]] = {}
    for document in library.documents:
        for link in document.of(Link):
            if is_reference(link.address):
                reference = read_address(link.address)
                found = library.referenced(reference)
                if found is None:
                    lost.setdefault(namespace(reference.uid), []).append((reference.uid, link.span))
                elif missing := _missing_bookmark(found.leads, library):
                    message = f"cross reference '{reference.uid}' leads to a page without '#{missing}'"
                    yield Finding(message=message, span=link.span)
    for name, places in lost.items():
        (uid, span), others = places[0], places[1:]
        verb = "does" if len(others) == 1 else "do"
        more = f", as {verb} {len(others):,} more in '{name}'" if others else ""
        related = tuple(Related(message=f"'{other}'", span=place) for other, place in others[:_NAMED])
        hint = _FROM_CODE if any(docset.made_from_code for docset in library.layout.docsets) else ""
        message = f"cross reference '{uid}' leads nowhere{more}"
        yield Finding(message=message, span=span, hint=hint, related=related)
