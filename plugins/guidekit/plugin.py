"""The MkDocs plugin: the library of the whole site, its report in the log, its Learn pages rendered by guidekit."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from urllib.parse import quote, urljoin

import yaml
from jinja2 import Environment
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from guidekit import catalogue, collector, includes, paths, publication, reporting, review, rules, search
from guidekit.checklist import Checklist, Item
from guidekit.diagnostics import Report, Severity
from guidekit.document import parse
from guidekit.extension import GuidekitExtension, Job
from guidekit.files import ContentSet, DiskReader, code_owners, list_files
from guidekit.library import Library, Page
from guidekit.rendering import addresses, llms, markdown
from guidekit.rendering.upkeep import Upkeep
from guidekit.review import Review
from guidekit.settings import Layout, Settings, SettingsError
from guidekit.source import Source, Unreadable
from guidekit.syntax.link import Image, Link

log = get_plugin_logger("guidekit")

STYLE = "assets/guidekit.css"
SCRIPT = "assets/glossary.js"
CHECKLIST = "assets/checklist.min.js"

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
    """What templates get of a Learn page, as ``guidekit``, and of any other by asking ``guidekit_of(page)``.

    ``reviewed`` and ``due`` are those of the page with its fragments: the oldest review, the first one due. ``feedback``
    is an address; ``markdown`` is that of the page's Markdown, counted from the site's root. Both may be empty.
    """

    question: str
    author: str
    reviewed: date | None
    due: date | None
    checklist: Checklist | None
    feedback: str
    markdown: str


class GuidekitPlugin(BasePlugin[GuidekitConfig]):  # type: ignore[no-untyped-call]
    """Publish pages written in the Learn dialect, and prove that their checklists are complete."""

    def __init__(self) -> None:
        self._serving = False
        self._library = Library(read=lambda _: None, files=(), layout=Layout(), settings=Settings())
        self._report: Report | None = None
        self._given = ""
        self._job: tuple[str, Job] | None = None
        self._published: dict[str, Page] = {}
        self._nav: Navigation | None = None

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
        self._published.clear()  # a server builds again and again
        with collector.paused():
            self._report = rules.check(self._library, today=date.today())
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
        if self._library.checklists:
            config.extra_javascript.append(CHECKLIST)
        for asset in (STYLE, SCRIPT, CHECKLIST):
            if asset == STYLE or asset in config.extra_javascript:
                files.append(_file(asset, Path(__file__).parent, config))
        for asset in search.ASSETS if self._pagefind else ():
            files.append(_file(asset, Path(__file__).parent, config))
        for made in _catalogue_files(self._library, config):
            if files.get_file_from_path(made.src_uri) is None:
                files.append(made)
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
        if day := _review(known).reviewed:
            page.update_date = day.isoformat()  # what the sitemap tells
        page.meta["search"] = search.boosted(page.meta.get("search"), guide=known.checklist is not None)
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
        if self._content_set.settings.markdown:
            self._write_markdown(config)
        threshold = Severity.WARNING if config.strict else Severity.ERROR
        heavy = self._finish_search(config)
        if heavy and heavy[0] >= threshold and not self._serving:
            raise PluginError(f"guidekit: {heavy[1]}")
        if self._report is not None and self._report.fails(threshold) and not self._serving:
            raise PluginError(f"guidekit: {reporting.summary(self._report)}")

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind in a server that goes on."""
        collector.release()

    def _guidance(self, page: HostPage) -> Guidance | None:
        known = self._library.page(self._path(page.file))
        if known is None or not known.learn:
            return None
        review = _review(known)
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
        known = self._library.page(self._path(page.file))
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
            file = _file(paths.relative(fragment, content / "page.md"), self._content_set.root, config)
            return (HostPage(None, file, config).edit_url or "").replace(there_and_back, "")

        return Upkeep(edit=edit, feedback=lambda item: self._feedback(page, item))

    def _write_markdown(self, config: MkDocsConfig) -> None:
        """Write each Learn page as Markdown, and the list of them, unless the site has a list of its own."""
        for name, page in self._published.items():
            text = markdown.write(self._library, page, _reduced(page, config))
            write_file(text.encode(), str(Path(config.site_dir, name)))
        if not Path(config.docs_dir, "llms.txt").exists():
            sections = list(_sections(self._nav, self._published, config))
            text = llms.write(config.site_name, config.site_description or "", sections)
            write_file(text.encode(), str(Path(config.site_dir, "llms.txt")))

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
    layout = Layout(
        content=docs.relative_to(root).as_posix(),
        directory_urls=config.use_directory_urls,
        site_url=config.site_url or "",
        settings_file=Path(config.config_file_path or "mkdocs.yml").name,
    )
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
    return Library(
        read=read,
        files=known,
        layout=content_set.layout,
        settings=content_set.settings,
        owners=code_owners(content_set.root),
    )


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


class _Download(File):
    """A file that is published as it is, even where its name ends as a page's."""

    def is_documentation_page(self) -> bool:
        """Never make a page of it."""
        return False


def _catalogue_files(library: Library, config: MkDocsConfig) -> Iterator[File]:
    for path, data in catalogue.files(library):
        yield _Download.generated(config, str(library.within_content(path)), content=data)
    if PurePosixPath(library.layout.content, publication.SCHEMA) in library.published:
        yield _file(publication.SCHEMA, Path(catalogue.__file__).parent, config)


def _downloads(library: Library, page: Page) -> tuple[tuple[str, PurePosixPath], ...]:
    """Find the files of a guide's checklist, with what readers call them."""
    of_guide = publication.of_guide(page.path, library.layout) if page.checklist else ()
    return tuple((publication.LABELS[form], path) for form, path in of_guide if path in library.published)


def _with_header(values: Mapping[str, Any], body: str) -> str:
    return f"---\n{yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True)}---\n{body}"


def _plain(description: str) -> str:
    """Take a description's first paragraph without markup, as it stands in a page's head."""
    if not _MARKUP.search(description):
        return " ".join(description.split())
    return parse(Source.of("description", description), header=False).opening


def _job(library: Library, page: Page, upkeep: Upkeep, *, notes: bool) -> Job:
    lead, lead_raw = addresses.sources(library, page), addresses.urls(library, page)
    downloads = _downloads(library, page)
    return Job(
        library=library,
        page=page,
        lead=lead,
        lead_raw=lead_raw,
        notes=notes,
        downloads=downloads,
        upkeep=upkeep,
    )


def _review(page: Page) -> Review:
    return review.of(includes.documents(page.expansion))


def _reduced(page: Page, config: MkDocsConfig) -> Mapping[str, object]:
    """Keep of a page's front matter what readers see of it."""
    header = page.document.front_matter
    values: dict[str, object] = {
        "title": page.title,
        "description": _plain(header.text("description")),
        "author": header.text("author"),
        "reviewed": _review(page).reviewed,
        "url": urljoin(config.site_url, page.url) if config.site_url else "",
    }
    return {key: value for key, value in values.items() if value}


def _sections(nav: Navigation | None, published: Mapping[str, Page], config: MkDocsConfig) -> Iterator[llms.Section]:
    """Sort the pages of the navigation by its topmost sections; those above all sections come first."""
    items = nav.items if nav else []
    alone = [item for item in items if not isinstance(item, Section)]
    for title, below in [("", alone), *((item.title or "", [item]) for item in items if isinstance(item, Section))]:
        pages = [page for item in below for page in _pages(item)]
        entries = (
            _entry(page, published[page.file.src_uri], config) for page in pages if page.file.src_uri in published
        )
        yield llms.Section(title=title, entries=tuple(entries))


def _pages(item: StructureItem) -> Iterator[HostPage]:
    if isinstance(item, HostPage):
        yield item
    elif isinstance(item, Section):
        for below in item.children:
            yield from _pages(below)


def _entry(page: HostPage, known: Page, config: MkDocsConfig) -> llms.Entry:
    address = urljoin(config.site_url or "", paths.as_url(page.file.src_uri))
    description = _plain(known.document.front_matter.text("description"))
    return llms.Entry(title=known.title, address=address, description=description)
