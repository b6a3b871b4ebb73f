"""What is broken on a built site: each fault once, at the place where it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.built_site.links.link_index import LinkTarget, Site
from guidekit.built_site.links.markup import Reference
from guidekit.built_site.links.origin import Origins
from guidekit.library.library import Library
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True)
class Fault:
    """An address that leads nowhere.

    ``span`` is where it is written: in a source, else in the site's own ``file``. ``built`` is where it stands in HTML,
    if ``span`` is only the source of that page. ``files`` are the files of the site on which it was found; several are
    named only where no source is known, as with what the theme writes.
    """

    reference: Reference
    lead: LinkTarget
    span: Span
    built: Span | None = None
    files: Sequence[str]


class Survey:
    """The addresses of a built site that lead nowhere; the site lies in ``folder``, counted from the library's root."""

    def __init__(self, site: Site, library: Library, folder: PurePosixPath) -> None:
        self.site = site
        self._origins = Origins(library, site, folder)

    @cached_property
    def followed(self) -> int:
        """How many addresses lead to this site, and so were followed."""
        return sum(lead.kind != "elsewhere" for _, _, lead in self._leads)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, those with a source first."""
        broken = {
            (file, reference): lead for file, reference, lead in self._leads if lead.kind not in ("elsewhere", "there")
        }
        return tuple(self._place(broken))

    @cached_property
    def _leads(self) -> tuple[tuple[str, Reference, LinkTarget], ...]:
        follow = self.site.follow
        return tuple((file, reference, follow(reference, file)) for file, reference in self.site.references)

    def _place(self, broken: Mapping[tuple[str, Reference], LinkTarget]) -> Iterator[Fault]:
        unknown: dict[tuple[str, str], list[tuple[str, Reference, LinkTarget]]] = {}
        for (file, reference), lead in broken.items():
            spans = self._origins.in_sources(file, reference.address, lead)
            for span in spans:
                yield Fault(reference=reference, lead=lead, span=span, files=(file,))
            if not spans:
                same = (reference.what, str(lead.place) if lead.place else reference.address)
                unknown.setdefault(same, []).append((file, reference, lead))
        for group in unknown.values():
            yield self._without_source(group)

    def _without_source(self, group: Sequence[tuple[str, Reference, LinkTarget]]) -> Fault:
        """Place what is on one page only with that page's source, and what is on several in the site's own file."""
        file, reference, lead = group[0]
        built = self._origins.in_site(file, reference.address)
        files = tuple(_each(file for file, _, _ in group))
        page = self._origins.page(file) if len(files) == 1 else None
        if page is None:
            return Fault(reference=reference, lead=lead, span=built, files=files)
        top = page.document.source.span((0, 0))
        return Fault(reference=reference, lead=lead, span=top, built=built, files=files)


def _each(files: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(files))
