"""What the extension is given to render a page: the page, its addresses, its downloads, and where it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as HostPage

from guidekit import rules
from guidekit.extension import Job
from guidekit.library import output_paths
from guidekit.library.checklist import Item
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.plugin.build import MISSING_FILE, Build
from guidekit.plugin.published_files import file_of
from guidekit.plugin.site_navigation import text_of
from guidekit.rendering import link_targets
from guidekit.rendering.upkeep import Upkeep
from guidekit.syntax.link import Image, Link
from guidekit.text import paths
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True)
class PublishedPage:
    """A Learn page of a build: how it is rendered, its ``description`` without markup, and its ``text`` as it arrived."""

    job: Job
    description: str
    text: str

    @property
    def page(self) -> Page:
        """The page itself."""
        return self.job.page


_RELATIVE_LINKS = "relpath"
"""The name of the tree processor by which MkDocs tells Python-Markdown which file it renders."""


def file_of_text(md: Markdown) -> File | None:
    """Find the file whose text MkDocs has given to Python-Markdown; ``None`` for a text of another plugin's."""
    if _RELATIVE_LINKS not in md.treeprocessors:
        return None
    file = getattr(md.treeprocessors[_RELATIVE_LINKS], "file", None)
    return file if isinstance(file, File) else None


def job_of(build: Build, page: Page, host: HostPage, config: MkDocsConfig, *, notes: bool) -> Job:
    """Say how a page is rendered; ``notes`` tell an author in the page where an include failed.

    A link that the report tells of is not told of again by MkDocs.
    """
    library = build.library
    return Job(
        library=library,
        page=page,
        lead=link_targets.sources(library, page),
        lead_raw=link_targets.urls(library, page),
        notes=notes,
        downloads=_downloads(library, page),
        upkeep=_upkeep(build, host, config),
        told=build.told if page is build.page(host.file) else leading_nowhere(build, page),
    )


def leading_nowhere(build: Build, page: Page) -> Mapping[Span, str]:
    """Find the links of a page that lead to no file, if the author will be told of them."""
    if not rules.runs(MISSING_FILE, build.settings):
        return {}
    facts = (placed.fact for placed in page.facts)
    links = (fact for fact in facts if isinstance(fact, (Link, Image)))
    library = build.library
    return {link.span: MISSING_FILE for link in links if library.follow(link.address, link.span.path).kind == "missing"}


def feedback_address(build: Build, host: HostPage, item: Item | None = None) -> str:
    """Make the address at which readers give feedback on a page, or on an item of it."""
    known = build.page(host.file)
    parts = {
        "url": host.canonical_url or host.url,
        "title": known.title if known else text_of(host.title),
        "item": item.guid if item else "",
    }
    return build.settings.feedback.format(**{name: quote(part, safe="") for name, part in parts.items()})


def _downloads(library: Library, page: Page) -> tuple[tuple[str, PurePosixPath], ...]:
    """Find the files of a guide's checklist, with what readers call them."""
    of_guide = library.outputs_of(page.path) if page.checklist else ()
    return tuple((output_paths.LABELS[form], path) for form, path in of_guide if path in library.published)


def _upkeep(build: Build, host: HostPage, config: MkDocsConfig) -> Upkeep:
    """Tell where an item's guidance is changed: at the address of its own file, as MkDocs makes it of a page's."""
    content = PurePosixPath(build.content_set.layout.content)
    there_and_back = f"{content}/{'../' * len(content.parts)}"

    def edit(fragment: PurePosixPath) -> str:
        file = file_of(paths.relative(fragment, content / "page.md"), build.content_set.root, config)
        address = (HostPage(None, file, config).edit_url or "").replace(there_and_back, "")
        return address if paths.is_on_the_web(address) else ""

    return Upkeep(edit=edit, feedback=lambda item: feedback_address(build, host, item))
