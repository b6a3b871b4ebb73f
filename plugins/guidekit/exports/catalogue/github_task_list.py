"""The checklists as Markdown task lists, for an issue or a wiki."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.exports.catalogue.items import Catalogue, CatalogueGuide, CatalogueItem
from guidekit.text.escaping import in_markdown

_NOT_IN_URLS = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"}


def write(catalogue: Catalogue) -> bytes:
    """Write a section for each guide, with its question and its items as tasks."""
    return ("\n\n".join("\n".join(_section(catalogue, guide)) for guide in catalogue.guides) + "\n").encode()


def _section(catalogue: Catalogue, guide: CatalogueGuide) -> Iterator[str]:
    yield f"# {_link(guide.title, guide.url)}"
    if guide.question:
        yield f"\n{in_markdown(guide.question)}"
    yield ""
    for entry in catalogue.entries(guide):
        yield _task(entry, guide)


def _task(entry: CatalogueItem, guide: CatalogueGuide) -> str:
    facts = ", ".join(in_markdown(fact) for fact in (entry.severity, entry.pillar, entry.service) if fact)
    summary = f": {in_markdown(entry.summary)}" if entry.summary else ""
    return f"- [ ] {_link(entry.text, guide.url_of(entry.guid))} ({facts}){summary}"


def _link(text: str, url: str) -> str:
    return f"[{in_markdown(text)}]({''.join(_NOT_IN_URLS.get(char, char) for char in url)})"
