"""guidekit's own format, `catalogue.json`, as `catalogue.schema.json` describes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from guidekit.exports.catalogue.items import Catalogue, CatalogueGuide, CatalogueItem
from guidekit.text.escaping import as_json

VERSION = 2
"""The version of the format; it grows with each new key, and when a reader of the old one would go wrong."""


def write(catalogue: Catalogue) -> bytes:
    """Write a catalogue as JSON; the same content gives the same bytes."""
    data = {
        "$schema": catalogue.schema,
        "schemaVersion": VERSION,
        "updated": _day(catalogue.updated),
        "guides": [_guide(guide) for guide in catalogue.guides],
        "items": {guid: _item(entry) for guid, entry in catalogue.items.items()},
        "aliases": dict(catalogue.aliases),
        "services": dict(catalogue.labels),
    }
    return (as_json(data) + "\n").encode()


def _guide(guide: CatalogueGuide) -> dict[str, Any]:
    return {
        "id": guide.id,
        "url": guide.url,
        "title": guide.title,
        "question": guide.question,
        "description": guide.description,
        "source": str(guide.source),
        "reviewed": _day(guide.reviewed),
        "due": _day(guide.due),
        "items": list(guide.items),
    }


def _item(entry: CatalogueItem) -> dict[str, Any]:
    return {
        "guid": entry.guid,
        "text": entry.text,
        "heading": entry.heading,
        "summary": entry.summary,
        "severity": entry.severity,
        "waf": entry.pillar or None,
        "service": entry.service or None,
        "services": list(entry.services),
        "links": list(entry.links),
        "source": str(entry.source),
        "reviewed": _day(entry.reviewed),
        "due": _day(entry.due),
        "hash": entry.fingerprint,
        "aliases": list(entry.aliases),
        "urls": list(entry.urls),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
