"""The Python-Markdown extension: Learn pages parsed by guidekit, handed to Python-Markdown as a finished tree.

Python-Markdown stays the host. What works on the tree or on the HTML (table of contents, permalinks, link validation,
search) goes on working; its own parser of blocks and lines sees nothing of a Learn page.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString
from markdown_it.token import Token
from pymdownx.highlight import Highlight, HighlightExtension  # type: ignore[import-untyped]

from guidekit.disk.settings_files import find_root
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import article, link_targets, tree
from guidekit.rendering.link_targets import Lead
from guidekit.rendering.upkeep import Upkeep
from guidekit.session import Session
from guidekit.syntax.raw_html import Anchor

_FIRST = 1_000_000
_RESERVED = re.compile(f"[{STX}{ETX}]")
_ENTITY = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w+#.-]")
_HIGHLIGHT_SETTINGS = frozenset(inspect.signature(Highlight).parameters)

LANGUAGES = {
    "azurecli": "bash",
    "azure-cli": "bash",
    "cli": "bash",
    "kubectl": "bash",
    "azdeveloper": "bash",
    "azurepowershell": "powershell",
    "cmd": "batch",
    "dos": "batch",
    "output": "text",
    "txt": "text",
    "rest": "http",
}
"""What Learn calls a language, and what Pygments calls it."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One page to render: the page, and how its host wants addresses written.

    ``downloads`` are the files of the page's checklist: what readers call each, and its path from the root.
    """

    library: Library
    page: Page
    lead: Lead
    lead_raw: Lead | None = None
    notes: bool = True
    downloads: article.Downloads = ()
    upkeep: Upkeep | None = None


OpenJob = Callable[[Markdown, str], "Job | None"]
"""Answers the job for a text that a Python-Markdown is given, ``None`` for a page that is not in the Learn dialect.

A host that knows its pages tells by its Python-Markdown which one this is.
"""


Draw = Callable[[str, str], str]
"""Draws a block of code, given its text and its language, as HTML."""

Drawn = dict[tuple[str, str], str]
"""The blocks of code that were drawn, by text and language: a fragment's come again on every page that shows it."""


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
        md.treeprocessors.register(_SkipLearnPages(md, source), "inline", 20)

    def _standalone(self) -> OpenJob:
        root = self.getConfig("root")
        folder = Path(root) if root else find_root(Path.cwd())

        def open_job(md: Markdown, text: str) -> Job | None:
            library = Session.open(folder).library
            path = self.getConfig("path") or _zensical_path(md) or "page.md"
            inside = PurePosixPath(path)
            if not self.getConfig("path"):
                inside = PurePosixPath(library.layout.content, path)
            page = library.page_of(inside, _clean(text))
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

    def parseDocument(self, lines: Any) -> ElementTree:
        job = self._source.job
        if job is None:
            return super().parseDocument(lines)
        if "attr_list" in self.md.treeprocessors:  # braces are text on a Learn page, and ids are Learn's
            self.md.treeprocessors.deregister("attr_list")
        tokens = article.tokens(
            job.library,
            job.page,
            job.lead,
            lead_raw=job.lead_raw,
            notes=job.notes,
            downloads=job.downloads,
            upkeep=job.upkeep,
        )
        self.root = self._tree(tokens)
        return ElementTree(self.root)

    def _tree(self, tokens: list[Token]) -> Element:
        highlight = _highlighter(self.md, self._drawn)

        def code(token: Token) -> str | None:
            if highlight is None:
                return None
            name = _NOT_IN_NAMES.sub("", tree.language(token)).removesuffix("-interactive")
            return highlight(_clean(token.content), LANGUAGES.get(name.lower(), name))

        def literal(text: str) -> str:
            return AtomicString(_write(text))

        return tree.build(
            tokens, raw=lambda html: self.md.htmlStash.store(_clean(html)), code=code, text=_write, literal=literal
        )


class _SkipLearnPages(InlineProcessor):
    """Python-Markdown's parser of lines, which has nothing left to do on a Learn page."""

    def __init__(self, md: Markdown, source: _TakeSource) -> None:
        super().__init__(md)
        self._source = source

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        return tree if self._source.job is not None else super().run(tree, ancestors)


def _write(text: str) -> str:
    """Escape what Python-Markdown's serializer would leave alone because it looks like an entity, and clean the text."""
    return _clean(_ENTITY.sub("&amp;", text) if "&" in text else text)


def _clean(text: str) -> str:
    """Take out the two characters that Python-Markdown marks its own placeholders with."""
    return _RESERVED.sub("", text) if STX in text or ETX in text else text


def _highlighter(md: Markdown, drawn: Drawn) -> Draw | None:
    """Draw code as `pymdownx.highlight` does, with the site's settings for it, if the site uses it."""
    for extension in md.registeredExtensions:
        if isinstance(extension, HighlightExtension):
            settings = extension.get_pymdownx_highlight_settings()
            return _once(partial(_highlight, md, extension, settings), settings, drawn)
    return None


def _once(draw: Draw, settings: Mapping[str, Any], drawn: Drawn) -> Draw:
    """Draw each block of code once a site, unless it holds something that belongs to its page."""
    if any(settings[name] for name in ("line_spans", "line_anchors", "anchor_linenums", "auto_title")):
        return draw

    def draw_once(text: str, language: str) -> str:
        key = (text, language)
        if key not in drawn:
            drawn[key] = draw(text, language)
        return drawn[key]

    return draw_once


def _highlight(md: Markdown, extension: HighlightExtension, settings: dict[str, Any], text: str, language: str) -> str:
    extension.pygments_code_block += 1
    known = {key: value for key, value in {**settings, "md": md}.items() if key in _HIGHLIGHT_SETTINGS}
    highlight = Highlight(**known)  # older versions take no md
    css_class, number = settings["css_class"], extension.pygments_code_block
    return str(highlight.highlight(text.rstrip("\n"), language, css_class, code_block_count=number))


def makeExtension(**kwargs: Any) -> GuidekitExtension:
    """Make the extension, for hosts that name it by its module."""
    return GuidekitExtension(**kwargs)
