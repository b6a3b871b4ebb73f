"""A page as plain Markdown: one text of the page and its fragments, for readers that are programs.

Cut out are front matter, comments and reference definitions; put in are each fragment in place of its include, and the
addresses as they lead from the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from guidekit.library.checklist import Checklist, Item
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering.constructs import MARKDOWN
from guidekit.rendering.markdown_writer import TextEdit, TextPlace, start_of_line
from guidekit.syntax.document import Document
from guidekit.syntax.heading import Heading
from guidekit.text.escaping import as_markdown


def write(library: Library, page: Page, header: Mapping[str, object]) -> str:
    """Write a page with all its fragments as Markdown, below a front matter of the given keys.

    It is meant to lie where the page lies in the content folder, so that links to other pages lead to their Markdown.
    """
    if page.document.yaml_kind:
        page = library.page_of(page.path, page.document.markdown, page.document.front_matter)
    checklist = page.checklist
    items = {item.include: item for item in checklist.items if item.include} if checklist else {}
    place = TextPlace(library=library, page=page, expansion=page.expansion, writes=MARKDOWN, items=items)
    body = place.text(_listed(page.document, checklist) if checklist else ())
    headings = (placed.fact for placed in page.facts if isinstance(placed.fact, Heading))
    if page.outline.added and not any(heading.level == 1 for heading in headings):
        body = f"# {as_markdown(page.title)}\n\n{body}"
    top = yaml.safe_dump(dict(header), sort_keys=False, allow_unicode=True, width=10_000) if header else ""
    return f"---\n{top}---\n\n{body}\n" if top else f"{body}\n"


def _listed(document: Document, checklist: Checklist) -> Iterator[TextEdit]:
    """List a checklist's items above the first of them, or the first heading below the title."""
    headings = (heading.span.start for heading in document.of(Heading) if heading.level > 1)
    place = min([*headings, *(item.span.start for item in checklist.items)])
    at = start_of_line(document.source, place.line - 1)
    listed = "\n".join(map(_entry, checklist.items))
    yield TextEdit(start=at, end=at, text=f"**{as_markdown(checklist.question or 'Checklist')}**\n\n{listed}\n\n")


def _entry(item: Item) -> str:
    title = as_markdown(item.title)
    return f"1. [{title}](#{item.guid})" if item.guid and item.include else f"1. {title}"
