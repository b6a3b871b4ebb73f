"""The MkDocs plugin: the library of the whole site, its report in the log, its Learn pages rendered by guidekit."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import get_build_date
from mkdocs.utils.templates import TemplateContext

from guidekit import garbage_collection, reporting, rules
from guidekit.built_site import search_index
from guidekit.diagnostics import Report, Severity
from guidekit.disk.file_status import RootError, is_folder
from guidekit.extension import GuidekitExtension, Job
from guidekit.layout import Layout
from guidekit.library.checklist import Item
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.plugin import log, plain_text, site_packing, site_search
from guidekit.plugin.config import GuidekitConfig, content_set_of
from guidekit.plugin.content import (
    catalogue_files,
    downloads,
    file_of,
    leading_outside_of,
    open_library,
    published_with_fragments,
    report_pages,
)
from guidekit.plugin.template_context import Guidance, plain, review_of, with_header
from guidekit.rendering import link_targets
from guidekit.rendering.upkeep import Upkeep
from guidekit.settings import Settings, SettingsError
from guidekit.text import paths
from guidekit.text.escaping import is_obeyed

STYLE = "assets/guidekit.css"
GLOSSARY = "assets/glossary.js"
CHECKLIST = "assets/checklist.min.js"
CHECKLIST_FILES = "assets/checklist-files.min.js"

_PACKAGE = Path(__file__).parent.parent
_TITLE = re.compile("<title>[^<]*+</title>")
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
_FIRST, _LAST = 100, -100


class GuidekitPlugin(BasePlugin[GuidekitConfig]):  # type: ignore[no-untyped-call]
    """Publish pages written in the Learn dialect, and prove that their checklists are complete."""

    def __init__(self) -> None:
        self._serving = False
        self._library = Library(read=lambda _: None, files=(), layout=Layout(), settings=Settings())
        self._report: Report | None = None
        self._given = ""
        self._job: tuple[str, Job] | None = None
        self._published: dict[str, Page] = {}
        self._made: dict[PurePosixPath, Page] = {}
        self._nav: Navigation | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an author is looking: only then may a build with errors go on."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Join Python-Markdown, and watch the folders that fragments come from."""
        self._content_set = content_set_of(config, self.config)
        try:
            rules.refuse_unknown(self._content_set.settings)
        except SettingsError as error:
            raise log.stop(error) from None
        for folder in self._content_set.settings.roots:
            if is_folder(self._content_set.root / folder):
                config.watch.append(str(self._content_set.root / folder))
        config.markdown_extensions = [name for name in config.markdown_extensions if name != "guidekit"]
        config.markdown_extensions.append(GuidekitExtension(self._open_job))  # type: ignore[arg-type]
        config.extra_css.append(STYLE)
        if self._pagefind:
            site_search.join(config)
        if self._content_set.settings.glossary:
            config.extra_javascript.append(GLOSSARY)
        return config

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Open the library, report what is wrong with it, publish what fragments refer to and hide fragments."""
        _refuse_names(files)
        try:
            self._library = open_library(self._content_set, files)
        except (SettingsError, RootError) as error:
            raise log.stop(error) from None
        self._published.clear()  # a server builds again and again
        day = date.fromisoformat(get_build_date())  # which is that of SOURCE_DATE_EPOCH where it is set
        with garbage_collection.paused():
            self._report = rules.check(self._library, today=day)
            garbage_collection.keep()

        for diagnostic in self._report.diagnostics:
            log.tell(diagnostic.severity, reporting.one_line(diagnostic))
        log.tell(Severity.SUGGESTION, reporting.summary(self._report))
        for file in leading_outside_of(self._content_set, files):
            files.remove(file)
        for file in files:
            if file.is_documentation_page() and self._library.lies_with_fragments(self._path(file)):
                file.inclusion = InclusionLevel.EXCLUDED
        for path in published_with_fragments(self._library):
            if files.get_file_from_path(str(path)) is None:
                files.append(file_of(str(path), self._content_set.root, config))
        if self._library.checklists:
            config.extra_javascript.append(CHECKLIST)
        for asset in (STYLE, GLOSSARY, CHECKLIST):
            if asset == STYLE or asset in config.extra_javascript:
                files.append(file_of(asset, _PACKAGE, config))
        if self._library.checklists:
            files.append(file_of(CHECKLIST_FILES, _PACKAGE, config))  # which the script loads when it is needed
        for asset in search_index.ASSETS if self._pagefind else ():
            files.append(file_of(asset, _PACKAGE, config))
        for made in catalogue_files(self._library, config):
            if files.get_file_from_path(made.src_uri) is None:
                files.append(made)
        self._made = dict(report_pages(self._library, self._report, day, files))
        for path, page in self._made.items():
            uri = str(self._library.layout.inside(path))
            files.append(File.generated(config, uri, content=page.document.source.text))
        return files

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Hand MkDocs a header that it reads as Learn does, where its own reading would differ."""
        path = self._path(page.file)
        if path in self._library.unreadable:
            return with_header({}, "")
        known = self._find(page.file)
        if known is None or not known.learn or (known.document.front_matter.stock and known.metadata):
            return None
        header = known.document.front_matter
        return with_header(header.values, "\n".join(known.document.source.lines[header.body_line :]))

    @event_priority(_FIRST)
    def _remember(self, markdown: str, /, **_: object) -> str:
        self._given = markdown
        return markdown

    @event_priority(_LAST)
    def _prepare(self, markdown: str, /, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        known = self._find(page.file)
        self._job = None
        if known is None or not known.learn:
            return markdown
        if markdown != self._given:  # another plugin changed the text
            known = self._library.page_of(known.path, markdown, known.document.front_matter)
        if description := known.document.front_matter.text("description"):
            page.meta["description"] = plain(description)
        if day := review_of(known).reviewed:
            page.update_date = day.isoformat()  # what the sitemap tells
        page.meta["search"] = search_index.boosted(page.meta.get("search"), guide=known.checklist is not None)
        self._published[page.file.src_uri] = known
        self._job = markdown, _job(self._library, known, self._upkeep(page, config), notes=self._serving)
        return markdown

    on_page_markdown = CombinedEvent(_remember, _prepare)

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the order of the site."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates ask about any page."""
        env.globals["guidekit_of"] = self._guidance
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: HostPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell templates what there is to tell of a Learn page."""
        if guidance := self._guidance(page):
            context["guidekit"] = guidance  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Write a page's title as Learn does where it has a ``titleSuffix``, and mark what Pagefind is to find."""
        if self._pagefind:
            output = search_index.with_button(search_index.with_marks(output, page.meta.get("search")))
        known = self._find(page.file)
        suffix = known.document.front_matter.text("titleSuffix") if known is not None and known.learn else ""
        if not suffix:
            return output
        own = known.document.front_matter.text("title") if known is not None else ""
        title = html.escape(f"{own or page.title} - {suffix} | {config.site_name}", quote=False)
        return _TITLE.sub(lambda _: f"<title>{title}</title>", output, count=1)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give pages that come from a template alone, such as ``404.html``, the button of the search."""
        return search_index.with_button(output_content) if self._pagefind else output_content

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fail a build with errors, and a strict one with warnings, after everything else was done."""
        garbage_collection.release()
        if self._content_set.settings.markdown:
            plain_text.write_all(self._library, self._published, self._nav, config)
        threshold = Severity.WARNING if config.strict else Severity.ERROR
        heavy = self._finish_search(config)
        if self._content_set.settings.pack and not self._serving:
            site_packing.lighten(config)  # Pagefind reads pages with all their end tags
        if heavy and heavy[0] >= threshold and not self._serving:
            raise log.stop(heavy[1])
        if self._report is not None and self._report.fails(threshold) and not self._serving:
            raise log.stop(reporting.summary(self._report))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind in a server that goes on."""
        garbage_collection.release()

    def _guidance(self, page: HostPage) -> Guidance | None:
        known = self._find(page.file)
        if known is None or not known.learn:
            return None
        review = review_of(known)
        return Guidance(
            question=known.checklist.question if known.checklist else "",
            author=known.document.front_matter.text("author"),
            reviewed=review.reviewed,
            due=review.due,
            checklist=known.checklist,
            feedback=self._feedback(page),
            markdown=paths.as_url(page.file.src_uri) if self._content_set.settings.markdown else "",
        )

    def _feedback(self, page: HostPage, item: Item | None = None) -> str:
        known = self._find(page.file)
        parts = {
            "url": page.canonical_url or page.url,
            "title": known.title if known else str(page.title),
            "item": item.guid if item else "",
        }
        parts = {name: quote(part, safe="") for name, part in parts.items()}
        return self._content_set.settings.feedback.format(**parts)

    def _upkeep(self, page: HostPage, config: MkDocsConfig) -> Upkeep:
        """Tell where an item's guidance is changed: at the address of its own file, as MkDocs makes it of a page's."""
        content = PurePosixPath(self._content_set.layout.content)
        there_and_back = f"{content}/{'../' * len(content.parts)}"

        def edit(fragment: PurePosixPath) -> str:
            file = file_of(paths.relative(fragment, content / "page.md"), self._content_set.root, config)
            address = (HostPage(None, file, config).edit_url or "").replace(there_and_back, "")
            return address if paths.is_on_the_web(address) else ""

        return Upkeep(edit=edit, feedback=lambda item: self._feedback(page, item))

    @property
    def _pagefind(self) -> bool:
        return self._content_set.settings.search == "pagefind"

    def _finish_search(self, config: MkDocsConfig) -> tuple[Severity, str] | None:
        if self._pagefind:
            site_search.index(config)
            return None
        heavy = site_search.weigh(config, self._content_set.settings.search_budget)
        if heavy:
            log.tell(*heavy)
        return heavy

    def _find(self, file: File) -> Page | None:
        """Find a page of the library, or one that was made of it."""
        path = self._path(file)
        return self._library.page(path) or self._made.get(path)

    def _path(self, file: File) -> PurePosixPath:
        return PurePosixPath(self._content_set.layout.content, file.src_uri)

    def _open_job(self, text: str) -> Job | None:
        return self._job[1] if self._job is not None and self._job[0].strip() == text.strip() else None


def _refuse_names(files: Files) -> None:
    """Stop where a page's name has no address, for MkDocs would fail, or would command the log, for MkDocs names it."""
    for file in files.documentation_pages():
        if is_obeyed(file.src_uri):
            why = (
                "is not UTF-8" if _NO_CHARACTER.search(file.src_uri) else "would command a terminal or a build service"
            )
            raise log.stop(f"the name of '{file.src_uri}' {why}: rename the file")


def _job(library: Library, page: Page, upkeep: Upkeep, *, notes: bool) -> Job:
    lead, lead_raw = link_targets.sources(library, page), link_targets.urls(library, page)
    return Job(
        library=library,
        page=page,
        lead=lead,
        lead_raw=lead_raw,
        notes=notes,
        downloads=downloads(library, page),
        upkeep=upkeep,
    )
