"""The checklists of a content set as data: each guide, each item once, and the GUIDs that were retired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from guidekit.library import guidance, output_paths, services
from guidekit.library.checklist import Checklist, Item
from guidekit.library.destinations import Destination
from guidekit.library.guidance import Guidance
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import parse
from guidekit.text.source import Source


@dataclass(frozen=True, kw_only=True)
class CatalogueGuide:
    """A page with a checklist.

    ``id`` is its path within the content folder without the suffix, ``url`` its address: a whole one where the site's
    is known, else one that counts from the site's root. ``items`` are the GUIDs of its items, in order.
    """

    id: str
    url: str
    title: str
    question: str
    description: str
    source: PurePosixPath
    reviewed: date | None
    due: date | None
    items: tuple[str, ...]

    def url_of(self, guid: str) -> str:
        """Make the address of an item in this guide."""
        return f"{self.url}#{guid}"


@dataclass(frozen=True, kw_only=True)
class CatalogueItem:
    """An item, once for all guides that hold it.

    ``text`` is the statement. ``services`` are the names of the services, ``service`` their labels as one text. ``links`` are the addresses to which the guidance leads, ``urls`` those of the item in
    its guides, ``aliases`` the retired GUIDs that lead to it. ``fingerprint`` changes with the guidance's words.
    """

    guid: str
    text: str
    heading: str
    summary: str
    severity: str
    pillar: str
    service: str
    services: tuple[str, ...]
    links: tuple[str, ...]
    source: PurePosixPath
    reviewed: date | None
    due: date | None
    fingerprint: str
    aliases: tuple[str, ...]
    urls: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The guides by path, their items by GUID, and the retired GUIDs with those that took their place.

    ``schema`` is the address of the JSON Schema. ``labels`` are those of the items' services, by name. ``left_out`` are the items that have no GUID or no guidance.
    """

    guides: tuple[CatalogueGuide, ...]
    items: Mapping[str, CatalogueItem]
    aliases: Mapping[str, str]
    labels: Mapping[str, str]
    schema: str
    left_out: tuple[Item, ...]

    @property
    def updated(self) -> date | None:
        """The newest review date of all guides and items."""
        days = (*(guide.reviewed for guide in self.guides), *(entry.reviewed for entry in self.items.values()))
        return max(filter(None, days), default=None)

    def entries(self, guide: CatalogueGuide) -> tuple[CatalogueItem, ...]:
        """List the items of a guide, in order."""
        return tuple(self.items[guid] for guid in guide.items)

    def only(self, page: PurePosixPath) -> Catalogue | None:
        """Narrow the catalogue to the guide of one page; ``None`` where the page is no guide."""
        guide = next((guide for guide in self.guides if guide.source == page), None)
        if guide is None:
            return None
        return replace(
            self,
            guides=(guide,),
            items={guid: self.items[guid] for guid in guide.items},
            aliases={old: new for old, new in self.aliases.items() if new in guide.items},
            labels={name: self.labels[name] for name in _services(self.items[guid] for guid in guide.items)},
            left_out=tuple(item for item in self.left_out if item.span.path == page),
        )


def read(library: Library) -> Catalogue:
    """Collect the checklists of a library."""
    checklists = [(page, page.checklist) for page in library.pages if page.learn and page.checklist]
    guides = tuple(_guide(library, page, found) for page, found in checklists)
    items: dict[str, CatalogueItem] = {}
    for guide, (page, found) in zip(guides, checklists, strict=True):
        for item in found.items:
            if item.guid and item.guidance:
                known = items.get(item.guid) or _entry(library, page, item, item.guidance)
                items[item.guid] = replace(known, urls=tuple(dict.fromkeys((*known.urls, guide.url_of(item.guid)))))
    return Catalogue(
        guides=guides,
        items=items,
        aliases={old: new for old, new in sorted(library.settings.aliases.items()) if new in items},
        labels={name: services.label(name, library.settings.services) for name in _services(items.values())},
        schema=address(library, library.url(PurePosixPath(library.layout.content, output_paths.SCHEMA))),
        left_out=tuple(item for _, found in checklists for item in found.items if not _is_complete(item)),
    )


def address(library: Library, url: str) -> str:
    """Make a whole address of one that counts from the site's root, as far as the site's is known."""
    site = library.layout.site_url
    return f"{site.rstrip('/')}/{url}" if site else url or "./"


def _services(entries: Iterable[CatalogueItem]) -> tuple[str, ...]:
    """List the services of items by name, each once."""
    return tuple(sorted({name for entry in entries for name in entry.services}))


def _is_complete(item: Item) -> bool:
    return bool(item.guid and item.guidance)


def _guide(library: Library, page: Page, found: Checklist) -> CatalogueGuide:
    header = page.document.front_matter
    return CatalogueGuide(
        id=str(library.layout.inside(page.path).with_suffix("")),
        url=address(library, page.url),
        title=page.title,
        question=found.question,
        description=parse(Source.of("description", header.text("description")), header=False).opening,
        source=page.path,
        reviewed=header.date("ms.date"),
        due=guidance.due(header),
        items=tuple(dict.fromkeys(item.guid for item in found.items if _is_complete(item))),
    )


def _entry(library: Library, page: Page, item: Item, told: Guidance) -> CatalogueItem:
    source = item.fragment or page.path
    return CatalogueItem(
        guid=item.guid,
        text=item.title,
        heading=told.heading,
        summary=told.summary,
        severity=told.severity,
        pillar=told.pillar,
        service=services.shown(told.services, library.settings.services),
        services=told.services,
        links=tuple(dict.fromkeys(_links(library, page, source, told.links))),
        source=source,
        reviewed=told.reviewed,
        due=told.due,
        fingerprint=told.fingerprint,
        aliases=tuple(sorted(old for old, new in library.settings.aliases.items() if new == item.guid)),
        urls=(),
    )


def _links(library: Library, page: Page, source: PurePosixPath, hrefs: Iterable[str]) -> Iterator[str]:
    """Write links as whole addresses; those that lead nowhere are left out, for rules report them."""
    for href in hrefs:
        leads = library.follow(href, source)
        if url := _url(library, page, leads):
            yield url


def _url(library: Library, page: Page, leads: Destination) -> str:
    if leads.kind == "elsewhere":
        return leads.url
    if leads.kind == "missing":
        return ""
    return address(library, library.url(leads.path or page.path)) + leads.suffix
