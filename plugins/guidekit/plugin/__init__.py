"""The MkDocs plugin: the library of the whole site, its report in the log, its Learn pages rendered by guidekit.

Each event of MkDocs is answered here; what is done for it stands in the modules beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

from jinja2 import Environment
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import get_build_date
from mkdocs.utils.templates import TemplateContext

from guidekit import garbage_collection, reporting, rules
from guidekit.built_site import search_index
from guidekit.built_site.search_pages import SearchedPage
from guidekit.diagnostics import Report, Severity
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import is_folder
from guidekit.exports.redirects import redirect_pages
from guidekit.exports.redirects.moves import of_page as move_of
from guidekit.extension import GuidekitExtension, Job
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.plugin import (
    arriving_text,
    breadcrumb_path,
    docset_files,
    home_page,
    log,
    page_assets,
    plain_text,
    published_files,
    site_navigation,
    site_packing,
    site_search,
    yaml_page_files,
)
from guidekit.plugin.build import Build
from guidekit.plugin.config import GuidekitConfig, content_set_of
from guidekit.plugin.content import HostFiles, host_files, open_library
from guidekit.plugin.editions import Editions
from guidekit.plugin.page_job import PublishedPage, file_of_text, job_of, leading_nowhere
from guidekit.plugin.template_context import TemplateValues, plain, values_of, with_title_suffix
from guidekit.plugin.unrendered_fragments import UnrenderedFragments, macros_of
from guidekit.rules.running import Run
from guidekit.settings import SettingsError

_FIRST, _EARLY, _LAST, _VERY_LAST = 100, 50, -100, -1_000
_TRANSLATES = "i18n"


class GuidekitPlugin(BasePlugin[GuidekitConfig]):  # type: ignore[no-untyped-call]
    """Publish pages written in the Learn dialect, and prove that their checklists are complete."""

    _content_set: ContentSet
    _host: HostFiles | None = None
    _announced_of: Library | None = None
    _announced: Sequence[File] = ()
    _build: Build

    def __init__(self) -> None:
        self._serving = False
        self._changed: dict[PurePosixPath, str] = {}
        self._untold: Run | None = None
        self._published: dict[str, PublishedPage] = {}
        self._nav: Navigation | None = None
        self._expanded: frozenset[str] = frozenset()
        self._files = Files([])
        self._config: MkDocsConfig | None = None
        self._editions = Editions()
        self._searched: list[SearchedPage] = []
        self._unrendered: UnrenderedFragments | None = None

    @property
    def library(self) -> Library:
        """The content set of the build that runs, for hooks of the site; it is there once MkDocs has listed its files."""
        return self._build.library

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an author is looking: only then may a build with errors go on."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Join Python-Markdown, and watch the folders that fragments come from.

        static-i18n builds each language with one configuration, in which we are already.
        """
        if config is not self._config:
            self._config, self._editions, self._unrendered = config, Editions(), None
        if any(other is not self and isinstance(other, GuidekitPlugin) for other in config.plugins.values()):
            raise log.stop("guidekit is named twice in 'plugins': name it once")
        self._content_set = content_set_of(config, self.config)
        try:
            rules.refuse_unknown(self._content_set.settings)
        except SettingsError as error:
            raise log.stop(error) from None
        for folder in self._content_set.settings.roots:
            if is_folder(self._content_set.root / folder):
                config.watch.append(str(self._content_set.root / folder))
        config.watch += docset_files.watched(self._content_set)
        others = [
            one for one in config.markdown_extensions if one != "guidekit" and not isinstance(one, GuidekitExtension)
        ]
        config.markdown_extensions = [*others, GuidekitExtension(self._open_job)]  # type: ignore[list-item]
        published_files.load(config.extra_css, published_files.STYLE)
        if self._engine != "material":
            site_search.join(config, self._engine)
        if self._content_set.settings.glossary:
            published_files.load(config.extra_javascript, published_files.GLOSSARY)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Take the address of the site as all plugins leave it, such as mike, which puts the version there.

        static-i18n begins the builds of the other languages before the first one has ended.
        """
        self._content_set = content_set_of(config, self.config)
        self._editions.begin()
        if self._unrendered is None and (macros := macros_of(config)):
            self._unrendered = UnrenderedFragments(macros)

    @event_priority(_EARLY)
    def _announce(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Publish what pages show and offer for download, before other plugins look which files there are.

        static-i18n fails over files that are not on disk; it gets to see none.
        """
        self._announced = []
        docset_files.arrange(files, self._content_set, config)
        if _TRANSLATES in config.plugins:
            return files
        published_files.refuse_names(files)
        self._host = host_files(self._content_set, files, config, serving=self._serving)
        library = self._announced_of = open_library(self._content_set, self._host)
        yaml_page_files.make_pages(files, library, config)
        known = set(files)
        published_files.add_catalogue(files, library, config)
        published_files.add_shown_by_fragments(files, library, self._content_set, config)
        published_files.add_assets(files, library, config)
        self._announced = [file for file in files if file not in known]
        return files

    @event_priority(_VERY_LAST)
    def _open(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Open the library, find what is wrong with it, publish what fragments refer to and hide fragments."""
        self._published.clear()  # a server builds again and again
        self._changed.clear()
        for file in self._announced:
            if files.get_file_from_path(file.src_uri) is file:
                files.remove(file)
        published_files.refuse_names(files)
        host = host_files(self._content_set, files, config, serving=self._serving)
        library = self._announced_of if self._announced_of and host == self._host else None
        library = library or open_library(self._content_set, host)
        if yaml_page_files.make_pages(files, library, config):
            library = open_library(
                self._content_set, host_files(self._content_set, files, config, serving=self._serving)
            )
        day = date.fromisoformat(get_build_date())  # which is that of SOURCE_DATE_EPOCH where it is set
        with garbage_collection.paused():
            yaml_page_files.leave_out(files, library)
            published_files.add_catalogue(files, library, config)
            run = rules.run(library, today=day)
            report = run.report
            published_files.remove_leading_outside(files, self._content_set, config)
            published_files.hide_fragments(files, library)
            published_files.remove_tables_of_contents(files, library)
            published_files.add_shown_by_fragments(files, library, self._content_set, config)
            published_files.add_assets(files, library, config)
            made = published_files.add_state_pages(files, library, report, day, config)
            made = {**made, **home_page.add(files, library, config)}
            published_files.add_redirects(files, library, config)
        self._build = Build(content_set=self._content_set, library=library, report=report, made=made)
        self._untold = run  # only now, for what is told is asked of the build
        return files

    on_files = CombinedEvent(_announce, _open)

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Hand MkDocs a page in YAML as Markdown, and nothing of a file that cannot be read, over which it would stop."""
        if self._build.path(page.file) in self._build.library.unreadable:
            return ""
        known = self._build.learn_page(page.file)
        return known.document.markdown if known is not None and known.document.yaml_kind else None

    @event_priority(_FIRST)
    def _correct(self, markdown: str, /, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        known = self._build.learn_page(page.file)
        return arriving_text.corrected(known.document, markdown, page.meta) if known is not None else markdown

    @event_priority(_LAST)
    def _prepare(self, markdown: str, /, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        known = self._build.learn_page(page.file)
        if known is None:
            return markdown
        if markdown.strip("\n") != arriving_text.body(known.document).strip("\n"):
            known = self._arrived(known, markdown)
        for told in self._unrendered.told_of(known) if self._unrendered else ():
            log.tell(Severity.WARNING, told)
        written = known.document.front_matter.text("description")
        description = plain(written)
        if written:
            page.meta["description"] = description
        if day := known.review.reviewed:
            page.update_date = day.isoformat()  # what the sitemap tells
        page.meta["search"] = search_index.boosted(page.meta.get("search"), guide=known.checklist is not None)
        job = job_of(self._build, known, page, config, notes=self._serving)
        self._published[page.file.src_uri] = PublishedPage(job=job, description=description, text=markdown)
        return markdown

    on_page_markdown = CombinedEvent(_correct, _prepare)

    def _arrived(self, page: Page, markdown: str) -> Page:
        """Take a page's text from another plugin: it is judged and published as it arrives."""
        if not page.document.yaml_kind:  # of one in YAML, what stands in the file is judged
            whole = arriving_text.with_front_matter(page.document, markdown)
            self._changed[page.path] = arriving_text.without_placeholders(whole)
        return self._build.library.page_of(page.path, markdown, page.document.front_matter)

    def on_page_content(self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Let a Learn page load the style and the script that its constructs need, and be found by further words."""
        html = site_navigation.with_search_words(html, self._build.search_words(page.file))
        published = self._published.get(page.file.src_uri)
        return page_assets.with_assets(html, published.page, page) if published else html

    @event_priority(_FIRST)
    def _navigate(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make the navigation of the tables of contents, where nobody else makes one, before others add to it."""
        made = site_navigation.of(self._build, files, config) if site_navigation.is_made(config) else None
        return made or nav

    @event_priority(_LAST)
    def _remember(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the order of the site."""
        self._nav = nav
        self._expanded = site_navigation.toggles(nav)
        return nav

    on_nav = CombinedEvent(_navigate, _remember)

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell what was found in the texts as they have arrived, and let templates ask about any page."""
        self._files = files
        self._tell()
        env.globals["guidekit_of"] = self._values
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: HostPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell templates what there is to tell of a Learn page, and keep our styles and scripts from any other."""
        shown = self._shown(config)
        if values := self._values(page):
            context["guidekit"] = values  # type: ignore[typeddict-unknown-key]
        else:
            shown = published_files.without_assets(shown)
        context["config"] = shown
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Keep our styles and scripts from pages that come from a template alone, such as ``404.html``."""
        context["config"] = published_files.without_assets(self._shown(config))
        return context

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Finish a page: its title and breadcrumbs as Learn has them, its groups that are expanded, marks for Pagefind."""
        if self._engine == "pagefind":
            output = search_index.with_marks(output, page.meta.get("search"))
        if self._engine != "material":
            output = search_index.with_button(output)
        output = site_navigation.with_expanded(output, self._expanded)
        known = self._build.learn_page(page.file)
        if known is None:
            return output
        if move := move_of(self._build.library, known):
            return redirect_pages.page(move, self._build.library.layout.site_url)
        output = breadcrumb_path.drawn(output, breadcrumb_path.of(self._build.library, known), page, config)
        return with_title_suffix(output, known, page, config)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give pages that come from a template alone, such as ``404.html``, the button of the search."""
        return search_index.with_button(output_content) if self._engine != "material" else output_content

    @event_priority(_EARLY)
    def _write(self, *, config: MkDocsConfig) -> None:
        """Write the pages as Markdown, and note where they are, before static-i18n builds the next language."""
        if self._build.settings.markdown:
            plain_text.write_all(self._build.library, self._published, self._nav, self._files, config)
        self._searched += site_search.searched(self._nav) if self._nav else ()

    @event_priority(_VERY_LAST)
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Fail a build with errors, and a strict one with warnings, after everything else was done in all languages."""
        if not self._editions.end(self._build.report):
            return
        report = self._editions.report
        threshold = Severity.WARNING if config.strict else _threshold(self._build.settings.fail_on)
        pages, self._searched = self._searched, []
        heavy = site_search.finish(config, self._build.library, pages)
        if self._build.settings.pack and not self._serving:
            site_packing.lighten(config)  # Pagefind reads pages with all their end tags
        if threshold and heavy and heavy[0] >= threshold and not self._serving:
            raise log.stop(heavy[1])
        if threshold and report.fails(threshold) and not self._serving:
            raise log.stop(reporting.summary(report))

    on_post_build = CombinedEvent(_write, _finish)

    def on_build_error(self, *, error: Exception) -> None:
        """Tell what was found, if the build stops before that."""
        if self._untold is not None:
            self._tell()

    def _tell(self) -> None:
        """Log what was found, in texts of other plugins too, and how the pages are read."""
        run, self._untold = self._untold, None
        if run is None:
            return
        if self._changed:
            library = self._build.library.revised(self._changed)
            day = date.fromisoformat(get_build_date())
            report = rules.run(library, today=day, previous=run).report
            self._build = replace(self._build, report=report)
            changed = reporting.count(len(self._changed), "page")
            told = f"other plugins changed the text of {changed}, which 'guidekit check' cannot see"
            log.tell(Severity.SUGGESTION, told)
        _tell(self._editions.untold(self._build.report), self._build.library)

    def _values(self, page: HostPage) -> TemplateValues | None:
        return values_of(self._build, page)

    @property
    def _engine(self) -> str:
        return self._content_set.settings.search

    def _shown(self, config: MkDocsConfig) -> MkDocsConfig:
        """Show templates the site's configuration, without the theme's search where ours takes its place."""
        return site_search.without_theme_search(config) if self._engine == "guidekit" else config

    def _open_job(self, md: Markdown, text: str) -> Job | None:
        file = file_of_text(md)
        published = self._published.get(file.src_uri) if file is not None else None
        if published is None:
            return None
        if text.strip() == published.text.strip():
            return published.job
        page = self._arrived(published.page, text)  # another plugin changed it after us
        return replace(published.job, page=page, told=leading_nowhere(self._build, page))


def _threshold(fail_on: str) -> Severity | None:
    return None if fail_on == "never" else Severity.named(fail_on)


def _tell(report: Report, library: Library) -> None:
    """Log what was found, and how the pages are read where not all are read in one way."""
    learn = sum(page.learn for page in library.pages)
    if library.settings.learn is None and learn < len(library.pages):
        others = reporting.count(len(library.pages) - learn, "page")
        told = f"{reporting.count(learn, 'page')} read as Learn pages, {others} left to Python-Markdown"
        log.tell(Severity.SUGGESTION, f"{told}: 'guidekit list --why' says why, the setting 'learn' decides otherwise")
    for diagnostic in report.diagnostics:
        log.tell(diagnostic.severity, reporting.one_line(diagnostic))
    log.tell(Severity.SUGGESTION, reporting.summary(report))
