"""The links of the sources to other sites: where each stands, and what was learned when they were asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal
from urllib.parse import urlsplit

from guidekit.built_site.links import site_addresses
from guidekit.built_site.links.site_addresses import Home
from guidekit.library.library import Library
from guidekit.syntax.document import Document
from guidekit.syntax.link import Image, Link
from guidekit.text.source import Span

EXAMPLES = ("example", "invalid", "localhost", "test", "example.com", "example.net", "example.org")
"""Names that stand for no real server, see RFC 2606, and the own machine; those below them are meant too."""

WALLED = ("portal.azure.com", "ms.portal.azure.com", "linkedin.com")
"""Servers that answer nobody who has not signed in; those below them are meant too."""

Mentions = Mapping[str, Sequence[Span]]
"""The addresses of other sites, each with the places at which it stands."""


class UnknownMemoryError(Exception):
    """A memory of earlier runs that cannot be read; the message says why, as the end of a sentence."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back from an address.

    ``failed`` is nothing, or that there is nothing; ``unknown`` is an answer that does not tell whether readers get the
    page. ``detail`` says it in words. ``since`` is the day on which it failed in an earlier run, and in each one since.
    """

    kind: Literal["fine", "failed", "unknown"]
    detail: str = ""
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """Where links lead to other sites, and what these answered."""

    mentions: Mentions
    answers: Mapping[str, Answer]


def mentions(library: Library, home: Home) -> Mentions:
    """Collect the addresses of other sites that the sources name, but for examples and those behind a login.

    ``home`` is where the site itself is published.
    """
    found: dict[str, list[Span]] = {}
    documents = chain((page.document for page in library.pages), (item.document for item in library.fragments))
    for document in documents:
        for url, span in _addresses(document, library):
            host = _host(url)
            is_own = site_addresses.follow(url, home.base(""), home) is not None
            if host and not is_own and not _is_below(host, (*EXAMPLES, *WALLED)):
                found.setdefault(url, []).append(span)
    return found


def remember(answers: Mapping[str, Answer], earlier: Mapping[str, date], today: date) -> Mapping[str, date]:
    """Work out what the next run has to know: since when each address has failed.

    One that failed before, and whose answer tells nothing this time, is not forgotten.
    """
    failing = {url for url, answer in answers.items() if answer.kind == "failed"}
    unclear = {url for url, answer in answers.items() if answer.kind == "unknown" and url in earlier}
    return {url: earlier.get(url, today) for url in sorted(failing | unclear)}


def write_memory(failing: Mapping[str, date]) -> str:
    """Write what the next run has to know."""
    return json.dumps({"failing": {url: day.isoformat() for url, day in failing.items()}}, indent=2) + "\n"


def read_memory(text: str) -> Mapping[str, date]:
    """Read what an earlier run wrote. Raises `UnknownMemoryError`."""
    try:
        return {str(url): date.fromisoformat(day) for url, day in json.loads(text)["failing"].items()}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise UnknownMemoryError("is not what check-links wrote; remove it to begin anew") from None


def _addresses(document: Document, library: Library) -> Iterator[tuple[str, Span]]:
    for fact in document.facts:
        if isinstance(fact, (Link, Image)):
            leads = library.follow(fact.address, document.source.path)
            if leads.kind == "elsewhere":
                yield (f"https:{leads.url}" if leads.url.startswith("//") else leads.url), fact.span


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme.lower() in ("http", "https") else ""


def _is_below(host: str, names: Sequence[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
