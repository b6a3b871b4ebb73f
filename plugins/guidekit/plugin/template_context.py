"""What the head of a page, its byline and machines are told of it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as HostPage

from guidekit.library.checklist import Checklist
from guidekit.library.page import Page
from guidekit.plugin import breadcrumb_path
from guidekit.plugin.breadcrumb_path import PathEntry
from guidekit.plugin.build import Build
from guidekit.plugin.page_job import feedback_address
from guidekit.plugin.site_navigation import text_of
from guidekit.syntax.document import parse
from guidekit.text.source import Source

_TITLE = re.compile("<title>[^<]*+</title>")
_MARKUP = re.compile(r"[^\w ,.;:()'/-]")


@dataclass(frozen=True, kw_only=True)
class TemplateValues:
    """What templates get of a Learn page, as ``guidekit``, and of any other by asking ``guidekit_of(page)``.

    ``reviewed`` and ``due`` are those of the page with its fragments: the oldest review, the first one due. ``feedback``
    is an address; ``markdown`` is that of the page's Markdown, counted from the site's root. Both may be empty.
    ``breadcrumbs`` are the pages above it, the topmost first, as the repository has them.
    """

    question: str
    author: str
    reviewed: date | None
    due: date | None
    checklist: Checklist | None
    feedback: str
    markdown: str
    breadcrumbs: tuple[PathEntry, ...]


def values_of(build: Build, host: HostPage) -> TemplateValues | None:
    """Tell what there is to tell of a Learn page; ``None`` for any other."""
    page = build.learn_page(host.file)
    if page is None:
        return None
    return TemplateValues(
        question=page.checklist.question if page.checklist else "",
        author=page.document.front_matter.text("author"),
        reviewed=page.review.reviewed,
        due=page.review.due,
        checklist=page.checklist,
        feedback=feedback_address(build, host),
        markdown=build.library.markdown_url(page.path) if build.settings.markdown else "",
        breadcrumbs=breadcrumb_path.of(build.library, page),
    )


def with_title_suffix(output: str, page: Page, host: HostPage, config: MkDocsConfig) -> str:
    """Write a page's title as Learn does where it has a ``titleSuffix``."""
    header = page.document.front_matter
    suffix = header.text("titleSuffix")
    if not suffix or suffix == config.site_name:  # which stands there anyway
        return output
    title = html.escape(f"{header.text('title') or text_of(host.title)} - {suffix} | {config.site_name}", quote=False)
    return _TITLE.sub(lambda _: f"<title>{title}</title>", output, count=1)


def plain(description: str) -> str:
    """Take a description's first paragraph without markup, as it stands in a page's head."""
    if not _MARKUP.search(description):
        return " ".join(description.split())
    return parse(Source.of("description", description), header=False).opening
