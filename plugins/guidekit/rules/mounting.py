"""Rules on other repositories: those of which pages show something are there."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Related, Severity
from guidekit.library import mount_uses
from guidekit.library.queries import LibraryQueries
from guidekit.mount import Mount
from guidekit.rules.rule import Finding, library_rule
from guidekit.text.source import Span

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
