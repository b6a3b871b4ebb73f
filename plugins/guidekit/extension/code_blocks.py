"""Code as the site draws it: highlighted, with the options of its fence, or by a fence of the site's own (diagrams)."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown import Markdown
from markdown_it.token import Token
from pymdownx.highlight import Highlight, HighlightExtension  # type: ignore[import-untyped]
from pymdownx.superfences import SuperFencesCodeExtension, fence_code_format  # type: ignore[import-untyped]

from guidekit.extension.placeholders import clean
from guidekit.rendering import fences

Drawn = dict[tuple[str, str], str]
"""The blocks of code that were drawn, by text and language: a fragment's come again on every page that shows it."""

_NOT_IN_NAMES = re.compile(r"[^\w+#.-]")
_HIGHLIGHT_SETTINGS = frozenset(inspect.signature(Highlight).parameters)
_SHEBANG = re.compile(r"(?:#!|:::)(?P<language>[\w#.+-]+)[ ]+(?P<code>.*)", re.DOTALL)
_NUMBERS = re.compile(r"\d+(?:-\d+)?")
_OF_PAGES = ("line_spans", "line_anchors", "anchor_linenums", "auto_title")
"""The settings by which a block of code holds something that belongs to its page."""


class CodeBlocks:
    """Draws the code of one page with what the site has switched on."""

    def __init__(self, md: Markdown, drawn: Drawn, extensions: Mapping[str, Mapping[str, object]]) -> None:
        self._md = md
        self._drawn = drawn
        self._has_options = "pymdownx.superfences" in extensions
        self._fences = _custom_fences(md)
        self._highlight = _highlighter(md)
        self._highlights_in_line = "pymdownx.inlinehilite" in extensions

    def block(self, token: Token) -> str | None:
        """Draw a block of code as HTML, ``None`` for a plain one."""
        fence = fences.read(token, has_options=self._has_options)
        own = self._fences.get(fence.language) if token.type == "fence" else None
        if own is not None:
            return self._custom(own, token, fence)
        if self._highlight is None:
            return None
        name = _NOT_IN_NAMES.sub("", fence.language)
        language, text = fences.known_language(name), clean(token.content)
        if fence.options or fence.classes or any(self._highlight.settings[name] for name in _OF_PAGES):
            return self._highlight.draw(text, language, **_highlight_options(fence))
        key = (text, language)
        if key not in self._drawn:
            self._drawn[key] = self._highlight.draw(text, language)
        return self._drawn[key]

    def in_line(self, token: Token) -> str | None:
        """Draw code within a line that names its language (``#!python x``) as HTML, ``None`` for any other."""
        found = _SHEBANG.fullmatch(token.content) if self._highlights_in_line and self._highlight else None
        if found is None or self._highlight is None:
            return None
        return self._highlight.draw_in_line(clean(found["code"]), found["language"])

    def _custom(self, own: Mapping[str, Any], token: Token, fence: fences.Fence) -> str:
        """Draw a block by a fence of the site's own, such as a diagram."""
        draw = own.get("format")
        source = clean(token.content.rstrip("\n"))
        arguments: dict[str, Any] = {"classes": list(fence.classes), "id_value": "", "attrs": {}}
        return str(
            (draw if callable(draw) else fence_code_format)(
                source, fence.language, own.get("class", ""), dict(fence.options), self._md, **arguments
            )
        )


def _custom_fences(md: Markdown) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for extension in md.registeredExtensions:
        if isinstance(extension, SuperFencesCodeExtension):
            found |= {str(own.get("name")): own for own in extension.getConfig("custom_fences")}
    return found


def _highlight_options(fence: fences.Fence) -> Mapping[str, Any]:
    """Translate a fence's options into those of pymdownx.highlight."""
    options: dict[str, Any] = {"classes": list(fence.classes)}
    if title := fence.options.get("title"):
        options["title"] = title
    if lines := fence.options.get("hl_lines"):
        options["hl_lines"] = [number for part in _NUMBERS.findall(lines) for number in _range(part)]
    if numbers := fence.options.get("linenums"):
        start, step, special = (*(int(number) for number in re.findall(r"\d+", numbers)), -1, -1, -1)[:3]
        options |= {"linestart": start, "linestep": step, "linespecial": special}
    return options


def _range(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), min(int(last or first), int(first) + 10_000) + 1)


@dataclass(frozen=True, kw_only=True)
class _Highlighter:
    """Draws code as `pymdownx.highlight` does, with the site's settings for it."""

    md: Markdown
    extension: HighlightExtension
    settings: Mapping[str, Any]

    def draw_in_line(self, text: str, language: str) -> str:
        """Draw code within a line as HTML."""
        element = self._drawn(text, language, inline=True)
        return f'<code class="{escape(element.get("class", ""))}">{element.text}</code>'

    def draw(self, text: str, language: str, **options: Any) -> str:
        """Draw a block of code as HTML."""
        self.extension.pygments_code_block += 1
        return str(self._drawn(text.rstrip("\n"), language, **options))

    def _drawn(self, text: str, language: str, **options: Any) -> Any:
        known = {key: value for key, value in {**self.settings, "md": self.md}.items() if key in _HIGHLIGHT_SETTINGS}
        highlight = Highlight(**known)  # older versions take no md
        css_class, number = self.settings["css_class"], self.extension.pygments_code_block
        return highlight.highlight(text, language, css_class, code_block_count=number, **options)


def _highlighter(md: Markdown) -> _Highlighter | None:
    """Find what highlights code on the site; ``None`` where nothing does."""
    for extension in md.registeredExtensions:
        if isinstance(extension, HighlightExtension):
            return _Highlighter(md=md, extension=extension, settings=extension.get_pymdownx_highlight_settings())
    return None
