"""The Python-Markdown extension: Learn pages parsed by guidekit, handed to Python-Markdown as a finished tree.

Python-Markdown stays the host. What works on the tree or on the HTML (table of contents, permalinks, link validation,
search) goes on working; its own parser of blocks and lines sees nothing of a Learn page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown_it.token import Token

from guidekit.disk.settings_files import find_root
from guidekit.extension.abbreviations import define_abbreviations
from guidekit.extension.addresses import Addresses
from guidekit.extension.code_blocks import CodeBlocks, Drawn
from guidekit.extension.inline_patterns import of_extensions, with_patterns
from guidekit.extension.placeholders import clean, literal, written
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import article, link_targets, tree
from guidekit.rendering.link_targets import Lead
from guidekit.rendering.upkeep import Upkeep
from guidekit.session import Session
from guidekit.syntax.raw_html import Anchor
from guidekit.text.source import Span

_FIRST, _LAST = 1_000_000, -1_000_000


@dataclass(frozen=True, kw_only=True)
class Job:
    """One page to render: the page, and how its host wants addresses written.

    ``downloads`` are the files of the page's checklist: what readers call each, and its path from the root. ``told`` are the
    places of links of which the author has been told that they lead nowhere, each with the code of the rule.
    """

    library: Library
    page: Page
    lead: Lead
    lead_raw: Lead | None = None
    notes: bool = True
    downloads: article.Downloads = ()
    upkeep: Upkeep | None = None
    told: Mapping[Span, str] = field(default_factory=dict)


OpenJob = Callable[[Markdown, str], "Job | None"]
"""Answers the job for a text that a Python-Markdown is given, ``None`` for a page that is not in the Learn dialect.

A host that knows its pages tells by its Python-Markdown which one this is.
"""


class GuidekitExtension(Extension):
    """Render Learn Markdown.

    ``root`` is the folder of the content set or its settings file; without one it is looked for upward from the working
    directory. ``path`` is the file that the text comes from, counted from the root, for includes to count from; a host
    that knows its pages tells it, else includes count from the content folder.
    """

    def __init__(self, open_job: OpenJob | None = None, **kwargs: Any) -> None:
        self.config = {
            "root": ["", "Folder of the content set, or its settings file"],
            "path": ["", "File that the text comes from, counted from the root"],
        }
        self._open_job = open_job
        self._drawn: Drawn = {}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place of Python-Markdown's parser of blocks and of lines."""
        open_job = self._open_job or self._standalone()
        source = _TakeSource(md, open_job)
        parser = _TokenParser(md, source, self._drawn)
        parser.blockprocessors = md.parser.blockprocessors
        md.preprocessors.register(source, "guidekit", _FIRST)
        md.parser = parser
        md.treeprocessors.register(_LearnPages(md, source), "inline", 20)

    def _standalone(self) -> OpenJob:
        root = self.getConfig("root")
        folder = Path(root) if root else find_root(Path.cwd())

        def open_job(md: Markdown, text: str) -> Job | None:
            library = Session.open(folder).library
            path = self.getConfig("path") or _zensical_path(md) or "page.md"
            inside = PurePosixPath(path)
            if not self.getConfig("path"):
                inside = PurePosixPath(library.layout.content, path)
            page = library.page_of(inside, clean(text))
            return Job(library=library, page=page, lead=link_targets.files(page)) if page.learn else None

        return open_job


def _zensical_path(md: Markdown) -> str:
    """Ask Zensical, if it is the host, which page is being rendered; its interface for this is not documented."""
    try:
        from zensical.extensions.context import ContextPreprocessor  # type: ignore[import-not-found, unused-ignore]

        return str(ContextPreprocessor.from_markdown(md).page.path)
    except (ImportError, AttributeError, KeyError, ValueError):
        return ""


class _TakeSource(Preprocessor):
    """Takes the text before any other preprocessor, and leaves the host the anchors of the page's raw HTML.

    MkDocs collects anchors of raw HTML from the text in a preprocessor of its own; raw HTML never reaches the tree.
    """

    def __init__(self, md: Markdown, open_job: OpenJob) -> None:
        super().__init__(md)
        self._open_job = open_job
        self.job: Job | None = None

    def run(self, lines: list[str]) -> list[str]:
        self.job = self._open_job(self.md, "\n".join(lines))
        if self.job is None:
            return lines
        facts = (placed.fact for placed in self.job.page.facts)
        return [f'<a id="{escape(fact.id)}"></a>' for fact in facts if isinstance(fact, Anchor)]


class _TokenParser(BlockParser):
    """Stands in for Python-Markdown's block parser, and answers a finished tree for Learn pages."""

    def __init__(self, md: Markdown, source: _TakeSource, drawn: Drawn) -> None:
        super().__init__(md)
        self._source = source
        self._drawn = drawn
        self._addresses = Addresses(md)
        md.treeprocessors.register(self._addresses, "guidekit_addresses", _LAST)

    def parseDocument(self, lines: Any) -> ElementTree:
        job = self._source.job
        if job is None:
            return super().parseDocument(lines)
        if "attr_list" in self.md.treeprocessors and "attr_list" not in job.library.layout.markdown_extensions:
            self.md.treeprocessors.deregister("attr_list")  # switched on by another extension: braces are text
        define_abbreviations(self.md, job.page, lines)
        tokens = article.tokens(
            job.library,
            job.page,
            job.lead,
            lead_raw=job.lead_raw,
            notes=job.notes,
            downloads=job.downloads,
            upkeep=job.upkeep,
            told=job.told,
        )
        self.root = self._tree(tokens, job)
        self._addresses.prepare(self.root)
        return ElementTree(self.root)

    def _tree(self, tokens: list[Token], job: Job) -> Element:
        code = CodeBlocks(self.md, self._drawn, job.library.layout.markdown_extensions)
        return tree.build(
            tokens,
            raw=lambda html: self.md.htmlStash.store(clean(html)),
            code=code.block,
            inline_code=code.in_line,
            text=written,
            literal=literal,
        )


class _LearnPages(InlineProcessor):
    """Python-Markdown's parser of lines, of which only what the site's extensions add is left on a Learn page."""

    def __init__(self, md: Markdown, source: _TakeSource) -> None:
        super().__init__(md)
        self._source = source

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if self._source.job is None:
            return super().run(tree, ancestors)
        patterns = of_extensions(self.md)
        return with_patterns(self.md, patterns).run(tree, ancestors) if len(patterns) else tree


def makeExtension(**kwargs: Any) -> GuidekitExtension:
    """Make the extension, for hosts that name it by its module."""
    return GuidekitExtension(**kwargs)
