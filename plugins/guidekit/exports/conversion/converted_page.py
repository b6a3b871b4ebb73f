"""A page, converted: its front matter and its text."""

from __future__ import annotations

from dataclasses import replace

import yaml

from guidekit.exports.conversion import commonmark, files, material, page_tokens, writer
from guidekit.library.destinations import Destination
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import link_targets
from guidekit.rendering.link_targets import Lead

FORMS = ("commonmark", "material")
"""The dialects of Markdown to which pages are converted."""


def write(library: Library, page: Page, form: str) -> str:
    """Write a page in a dialect, one of `FORMS`, below its front matter, as it lies in a content folder of its own."""
    lead = _to_files(library, page)
    if form == "commonmark":
        dialect, lead_raw = commonmark.DIALECT, lead
    else:  # MkDocs leaves the addresses in raw HTML as they are
        dialect, lead_raw = material.dialect(library.layout.markdown_extensions), link_targets.urls(library, page)
    text = writer.write(page_tokens.tokens(library, page, lead, lead_raw), dialect)
    return f"---\n{_header(page)}---\n\n{text}\n"


def _to_files(library: Library, page: Page) -> Lead:
    """Write addresses relative to the page's file, as the files lie once they are converted."""
    lead = link_targets.sources(library, page)

    def led(leads: Destination) -> str:
        if leads.kind != "page" or leads.path is None:
            return lead(leads)
        return lead(replace(leads, path=files.name(library, leads.path)))

    return led


def _header(page: Page) -> str:
    """Write the front matter: the title first, then all else that the author wrote but what only guidekit reads."""
    others = {key: value for key, value in page.metadata.items() if key not in ("title", "learn")}
    return yaml.safe_dump({"title": page.title, **others}, sort_keys=False, allow_unicode=True, width=10_000)
