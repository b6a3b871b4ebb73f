"""The MkDocs plugin: the library of the whole site, its report in the log, its Learn pages rendered by guidekit."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import yaml
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils.templates import TemplateContext

from guidekit import collector, reporting, rules, search
from guidekit.checklist import Checklist
from guidekit.diagnostics import Report, Severity
from guidekit.document import parse
from guidekit.extension import GuidekitExtension, Job
from guidekit.files import ContentSet, DiskReader, list_files
from guidekit.library import Library, Page
from guidekit.rendering import addresses
from guidekit.settings import Layout, Settings, SettingsError
from guidekit.source import Source, Unreadable
from guidekit.syntax.link import Image, Link

log = get_plugin_logger("guidekit")

STYLE = "assets/guidekit.css"
SCRIPT = "assets/glossary.js"

_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.SUGGESTION: logging.INFO}
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_MARKUP = re.compile(r"[^\w ,.;:()'/-]")
_FIRST, _LAST = 100, -100


class _Setting(BaseConfigOption[Any]):
    """A setting, checked as `guidekit.settings` declares it."""

    def __init__(self, name: str, default: object) -> None:
        super().__init__()
        self._setting = name
        self.default = default

    def run_validation(self, value: object, /) -> object:
        if value == self.default:
            return value
        try:
            return Settings.check(self._setting, value)
        except SettingsError as error:
            raise ValidationError(error.problem) from None


class GuidekitConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings: those of `guidekit.settings`, by the same names."""

    _schema = tuple(
        (declared.name, _Setting(declared.name, getattr(Settings(), declared.name))) for declared in fields(Settings)
    )


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """What templates get of a Learn page, as ``guidekit``."""

    question: str
    author: str
    reviewed: date | None
    checklist: Checklist | None


class GuidekitPlugin(BasePlugin[GuidekitConfig]):  # type: ignore[no-untyped-call]
    """Publish pages written in the Learn dialect, and prove that their checklists are complete."""

    def __init__(self) -> None:
        self._serving = False
        self._library = Library(read=lambda _: None, files=(), layout=Layout(), settings=Settings())
        self._report: Report | None = None
        self._given = ""
        self._job: tuple[str, Job] | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an author is looking: only then may a build with errors go on."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Join Python-Markdown, and watch the folders that fragments come from."""
        self._content_set = _content_set(config, self.config)
        try:
            rules.refuse_unknown(self._content_set.settings)
        except SettingsError as error:
            raise PluginError(f"guidekit: {error}") from None
        for folder in self._content_set.settings.roots:
            if (self._content_set.root / folder).is_dir():
                config.watch.append(str(self._content_set.root / folder))
        config.markdown_extensions = [name for name in config.markdown_extensions if name != "guidekit"]
        config.markdown_extensions.append(GuidekitExtension(self._open_job))  # type: ignore[arg-type]
        config.extra_css.append(STYLE)
        self._join_search(config)
        if self._content_set.settings.glossary:
            config.extra_javascript.append(SCRIPT)
        return config

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Open the library, report what is wrong with it, publish what fragments refer to and hide fragments."""
        try:
            self._library = _open_library(self._content_set, files)
        except SettingsError as error:
            raise PluginError(f"guidekit: {error}") from None
        with collector.paused():
            self._report = rules.check(self._library)
            collector.keep()

        for diagnostic in self._report.diagnostics:
            log.log(_LEVELS[diagnostic.severity], reporting.one_line(diagnostic))
        log.info(reporting.summary(self._report))
        for file in files:
            if file.is_documentation_page() and self._library.is_fragment(self._path(file)):
                file.inclusion = InclusionLevel.EXCLUDED
        for path in _published_with_fragments(self._library):
            if files.get_file_from_path(str(path)) is None:
                files.append(_file(str(path), self._content_set.root, config))
        for asset in (STYLE, SCRIPT) if self._content_set.settings.glossary else (STYLE,):
            files.append(_file(asset, Path(__file__).parent, config))
        for asset in search.ASSETS if self._pagefind else ():
            files.append(_file(asset, Path(__file__).parent, config))
        return files

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Hand MkDocs a header that it reads as Learn does, where its own reading would differ."""
        path = self._path(page.file)
        if path in self._library.unreadable:
            return _with_header({}, "")
        known = self._library.page(path)
        if known is None or not known.learn or (known.document.front_matter.stock and known.metadata):
            return None
        header = known.document.front_matter
        return _with_header(header.values, "\n".join(known.document.source.lines[header.body_line :]))

    @event_priority(_FIRST)
    def _remember(self, markdown: str, /, **_: object) -> str:
        self._given = markdown
        return markdown

    @event_priority(_LAST)
    def _prepare(self, markdown: str, /, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        known = self._library.page(self._path(page.file))
        self._job = None
        if known is None or not known.learn:
            return markdown
        if markdown != self._given:  # another plugin changed the text
            known = self._library.page_of(known.path, markdown, known.document.front_matter)
        if description := known.document.front_matter.text("description"):
            page.meta["description"] = _plain(description)
        page.meta["search"] = search.boosted(page.meta.get("search"), guide=known.checklist is not None)
        self._job = markdown, _job(self._library, known, notes=self._serving)
        return markdown

    on_page_markdown = CombinedEvent(_remember, _prepare)

    def on_page_context(
        self, context: TemplateContext, *, page: HostPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell templates the question, the author and the review date of a Learn page."""
        known = self._library.page(self._path(page.file))
        if known is not None and known.learn:
            header = known.document.front_matter
            context["guidekit"] = Guidance(  # type: ignore[typeddict-unknown-key]
                question=known.checklist.question if known.checklist else "",
                author=header.text("author"),
                reviewed=header.date("ms.date"),
                checklist=known.checklist,
            )
        return context

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Write a page's title as Learn does where it has a ``titleSuffix``, and mark what Pagefind is to find."""
        if self._pagefind:
            output = search.with_button(search.with_marks(output, page.meta.get("search")))
        known = self._library.page(self._path(page.file))
        suffix = known.document.front_matter.text("titleSuffix") if known is not None and known.learn else ""
        if not suffix:
            return output
        own = known.document.front_matter.text("title") if known is not None else ""
        title = html.escape(f"{own or page.title} - {suffix} | {config.site_name}", quote=False)
        return _TITLE.sub(lambda _: f"<title>{title}</title>", output, count=1)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give pages that come from a template alone, such as ``404.html``, the button of the search."""
        return search.with_button(output_content) if self._pagefind else output_content

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fail a build with errors, and a strict one with warnings, after everything else was done."""
        collector.release()
        threshold = Severity.WARNING if config.strict else Severity.ERROR
        heavy = self._finish_search(config)
        if heavy and heavy[0] >= threshold and not self._serving:
            raise PluginError(f"guidekit: {heavy[1]}")
        if self._report is not None and self._report.fails(threshold) and not self._serving:
            raise PluginError(f"guidekit: {reporting.summary(self._report)}")

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind in a server that goes on."""
        collector.release()

    @property
    def _pagefind(self) -> bool:
        return self._content_set.settings.search == "pagefind"

    def _join_search(self, config: MkDocsConfig) -> None:
        """Put Pagefind in the place of Material's search, if the site says so."""
        if not self._pagefind:
            return
        try:
            search.require_pagefind()
        except search.SearchError as error:
            raise PluginError(f"guidekit: {error}") from None
        if "search" in config.plugins:  # MkDocs's own, which cannot be told to rest
            raise PluginError("guidekit: `search: pagefind` takes the place of `search`: take it out of `plugins`")
        if own := config.plugins.get("material/search"):
            own.config["enabled"] = False
        script, style = search.ASSETS
        config.extra_javascript.append(script)
        config.extra_css.append(style)

    def _finish_search(self, config: MkDocsConfig) -> tuple[Severity, str] | None:
        """Write Pagefind's index, or weigh the index that the site's search plugin has written."""
        if self._pagefind:
            try:
                search.run_pagefind(config.site_dir)
            except search.SearchError as error:
                raise PluginError(f"guidekit: {error}") from None
            return None
        index = Path(config.site_dir, search.INDEX)
        if not {"search", "material/search"} & config.plugins.keys() or not index.is_file():
            return None
        if heavy := search.overweight(index.read_bytes(), self._content_set.settings.search_budget):
            log.log(_LEVELS[heavy[0]], heavy[1])
        return heavy

    def _path(self, file: File) -> PurePosixPath:
        return PurePosixPath(self._content_set.layout.content, file.src_uri)

    def _open_job(self, text: str) -> Job | None:
        return self._job[1] if self._job is not None and self._job[0].strip() == text.strip() else None


def _content_set(config: MkDocsConfig, options: GuidekitConfig) -> ContentSet:
    root = Path(config.config_file_path).absolute().parent if config.config_file_path else Path.cwd()
    docs = Path(config.docs_dir)
    if not docs.is_relative_to(root):
        raise PluginError(f"guidekit: docs_dir '{docs}' must lie below the settings file's folder '{root}'")
    layout = Layout(content=docs.relative_to(root).as_posix(), directory_urls=config.use_directory_urls)
    settings = Settings(**{declared.name: options[declared.name] for declared in fields(Settings)})
    return ContentSet(root=root, layout=layout, settings=settings)


def _open_library(content_set: ContentSet, files: Files) -> Library:
    """Open the library on disk, with the pages that other plugins made."""
    content = PurePosixPath(content_set.layout.content)
    made = {content / file.src_uri: file for file in files if getattr(file, "generated_by", None)}
    disk = DiskReader(content_set)

    def read(path: PurePosixPath) -> str | Unreadable | None:
        if path not in made:
            return disk(path)
        try:
            return made[path].content_string
        except (OSError, ValueError) as error:
            return Unreadable(reason="not-text", detail=f"cannot be read: {error}")

    known = list_files(content_set) | made.keys()
    return Library(read=read, files=known, layout=content_set.layout, settings=content_set.settings)


def _published_with_fragments(library: Library) -> set[PurePosixPath]:
    """Find the files outside the content folder that pages show or link to through their fragments."""
    content = PurePosixPath(library.layout.content)
    found = set()
    for page in library.pages:
        for placed in page.facts if page.learn else ():
            if isinstance(placed.fact, (Link, Image)):
                href = placed.fact.href if isinstance(placed.fact, Link) else placed.fact.src
                leads = library.follow(href, placed.fact.span.path)
                if leads.kind == "file" and leads.path and not leads.path.is_relative_to(content):
                    found.add(leads.path)
    return found


def _file(path: str, folder: Path, config: MkDocsConfig) -> File:
    return File(path, str(folder), config.site_dir, config.use_directory_urls)


def _with_header(values: Mapping[str, Any], body: str) -> str:
    return f"---\n{yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True)}---\n{body}"


def _plain(description: str) -> str:
    """Take a description's first paragraph without markup, as it stands in a page's head."""
    if not _MARKUP.search(description):
        return " ".join(description.split())
    return parse(Source.of("description", description), header=False).opening


def _job(library: Library, page: Page, *, notes: bool) -> Job:
    lead, lead_raw = addresses.sources(library, page), addresses.urls(library, page)
    return Job(library=library, page=page, lead=lead, lead_raw=lead_raw, notes=notes)
