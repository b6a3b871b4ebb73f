"""Rules on what lies elsewhere: repositories of which pages show something are there, and pages are not made from code."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Related, Severity
from guidekit.docset import Docset
from guidekit.library import mount_uses
from guidekit.library.queries import LibraryQueries
from guidekit.mount import Mount
from guidekit.rules.rule import Finding, library_rule
from guidekit.text.source import Source, Span

_NAMED = 5
"""How many places are named that show nothing of a repository."""


@library_rule(Severity.WARNING)
def mount_missing(library: LibraryQueries) -> Iterator[Finding]:
    """A repository must be there of which pages show something, as `.openpublishing.publish.config.json` names it.

    Bad:
        .openpublishing.publish.config.json
            {"dependent_repositories": [{"path_to_root": "shared", "url": "https://github.com/contoso/shared"}]}
        content/guide.md
            [!include[Trial](~/shared/trial.md)]

    Good:
        .openpublishing.publish.config.json
            {"dependent_repositories": [{"path_to_root": "shared", "url": "https://github.com/contoso/shared"}]}
        content/guide.md
            [!include[Trial](~/shared/trial.md)]
        shared/trial.md
            A trial takes a month.

    Why:
        Pages lack what they show of it. It is told once for all places, and nothing else is said of these. One of which
        no page shows anything is not missed.
    """
    uses: dict[Mount, list[Span]] = {}
    for mount, span in mount_uses.lost(library):
        uses.setdefault(mount, []).append(span)
    for mount, spans in uses.items():
        source = f" ({mount.url})" if mount.url else ""
        count = f"{len(spans):,} places want something of it" if len(spans) > 1 else "one place wants something of it"
        yield Finding(
            message=f"repository '{mount.path}'{source} is not there, and {count}",
            span=mount.span,
            hint=f"put it at '{mount.path}', or name its folder in the setting 'mounts'",
            related=tuple(Related(message="wanted here", span=span) for span in spans[:_NAMED]),
        )


@library_rule(Severity.SUGGESTION)
def generated_page_not_drawn(library: LibraryQueries) -> Iterator[Finding]:
    """A link should lead to pages that are drawn here, and not to those that docfx makes from code.

    Bad:
        docfx.json
            {"metadata": [{"src": "src", "dest": "api"}], "build": {"content": [{"files": ["content/**.md"]}]}}
        content/guide.md
            See [the client](../api/Vaults.Client.yml).

    Good:
        docfx.json
            {"metadata": [{"src": "src", "dest": "api"}], "build": {"content": [{"files": ["content/**.md"]}]}}
        content/guide.md
            See [the client](https://api.example.com/Vaults.Client).

    Why:
        Such pages are not there, and their links lead nowhere. It is told once a `docfx.json`, for all of them. Cross
        references lead to where these pages are published, if a map in `xref_maps` names them.
    """
    wanted: dict[Docset, list[Span]] = {}
    for docset, span in mount_uses.made_from_code(library):
        wanted.setdefault(docset, []).append(span)
    for docset, spans in wanted.items():
        count = f"{len(spans):,} links lead" if len(spans) > 1 else "one link leads"
        yield Finding(
            message=f"{count} to pages that docfx makes from code, which are not drawn",
            span=Source(path=docset.file, text="").span((0, 0)),
            hint="lead them to where these pages are published",
            related=tuple(Related(message="to such a page", span=span) for span in spans[:_NAMED]),
        )
