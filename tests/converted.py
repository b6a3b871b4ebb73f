"""What readers get of a page that is converted, to be held against guidekit's own drawing of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from guidekit.exports import conversion
from guidekit.exports.conversion import html_pieces, page_tokens
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.rendering import content_tabs, html, link_targets
from guidekit.syntax.link import alternative_text

_COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)
_OPTIONS = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.arithmatex": {"generic": True}}
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--(?:>|->|.*?(?:-->|\Z))", re.DOTALL | re.IGNORECASE)

_MARK = "\ue000"
"""What stands around addresses."""
_ADDRESS = re.compile(f"{_MARK}[^{_MARK}]*{_MARK}")

_HELD = ("blockquote", "bullet_list", "ordered_list", "list_item", "table", "tr")
_NAMES = {"alert": "blockquote", "admonition": "blockquote", "note": "blockquote"}

Part = tuple[str, str]
"""A part of a page: its kind, and what readers see of it."""


def body(text: str) -> str:
    """Take the front matter off a text."""
    return _HEADER.sub("", text, count=1)


# CommonMark: the same blocks, in the same order, with the same text


def drawn(library: Library, page: Page) -> list[Part]:
    """List the parts of a page as guidekit draws it."""
    lead = link_targets.sources(library, page)
    return list(_parts(page_tokens.tokens(library, page, lead, lead)))


def read_by_commonmark(library: Library, page: Page) -> list[Part]:
    """List the parts of a page that is converted to CommonMark, as another parser finds them."""
    return list(_parts(_COMMONMARK.parse(body(conversion.write(library, page, "commonmark")))))


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    around: list[Token] = []
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        kind = _NAMES.get(kind, kind)
        if token.nesting > 0:
            around.append(token)
            title = str(token.meta.get("title", "")) if kind in ("zone", "moniker") else ""
            yield from [(kind, str(token.attrs.get("start", "")))] if kind in _HELD else [("p", title)] if title else ()
        elif token.nesting < 0:
            around.pop()
            yield from [(f"/{kind}", "")] if kind in _HELD else ()
        elif token.type == "inline":
            text = _line(token.children or ())
            is_cell = bool(around) and around[-1].type in ("td_open", "th_open")
            yield from [("cell" if is_cell else "p", text)] if text or is_cell else ()
        elif token.type in ("fence", "code_block", "math_block"):
            yield ("code", token.content.rstrip("\n"))
        elif token.type == "html_block" and (text := _folded(_TAG.sub(_alternative, token.content))):
            yield ("html", unescape(text))


def _alternative(tag: re.Match[str]) -> str:
    """Read what readers see of a tag: the text that an image has."""
    found = re.search(r"""alt="([^"]*)""", tag[0])
    return f" {found[1]} " if found else " "


def _line(children: Sequence[Token]) -> str:
    return _folded("".join(map(_seen, children)))


def _seen(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak", "br"):
        return " "
    if token.type == "image":
        return f"![{_folded(alternative_text(token))}]{_MARK}{unquote(str(token.attrs['src']))}{_MARK}"
    if token.type == "html_inline":
        return " " if re.match("<br", token.content) else ""
    if token.type in ("link_open", "a_open"):
        return f"{_MARK}{unquote(str(token.attrs['href']))}{_MARK}"
    if token.type == "task_box":
        return "[x] " if token.meta["done"] else "[ ] "
    return "" if token.type.startswith("footnote") else token.content


def _folded(text: str) -> str:
    return " ".join(re.sub(r'<a id="[^"]*"></a>', "", text).split())


# Material: the same elements, in the same order, with the same text


def drawn_as_html(library: Library, page: Page) -> tuple[list[str], list[str]]:
    """List what readers see of a page as guidekit draws it, and the titles of its tabs."""
    lead, lead_raw = link_targets.sources(library, page), link_targets.urls(library, page)
    tokens = [html_pieces.drawable(token) for token in page_tokens.tokens(library, page, lead, lead_raw)]
    seen, titles = _read(html.render(list(content_tabs.arranged(tokens))))
    named = (str(token.meta.get("title") or "") for token in tokens if token.type in ("zone_open", "moniker_open"))
    return seen, sorted([*titles, *filter(None, named)])


def read_by_python_markdown(library: Library, page: Page) -> tuple[list[str], list[str]]:
    """List what readers see of a page that is converted to Material's Markdown, as Python-Markdown finds it."""
    extensions = [*conversion.EXTENSIONS, "toc"]
    if "pymdownx.arithmatex" in library.layout.markdown_extensions:
        extensions.append("pymdownx.arithmatex")
    options = {name: options for name, options in _OPTIONS.items() if name in extensions}
    text = body(conversion.write(library, page, "material"))
    seen, titles = _read(Markdown(extensions=extensions, extension_configs=options).convert(text))
    return seen, sorted(titles)


class _Reader(HTMLParser):
    """Lists texts with what they stand in: lists, items, headings with their ids, tables, code."""

    _BLOCKS = (
        *("p", "div", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "hr"),
        *("details", "summary", "dl", "dt", "dd", "label", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
    _TOLD = ("ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "dt", "dd")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.titles: list[str] = []
        self._text: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "img":
            self._text.append(f"![{known.get('alt') or ''}]({known.get('src')})")
        elif tag == "br":
            self._text.append(" ")
        elif tag in ("em", "strong", "code") and "pre" not in self._open:
            self._text.append(f"<{tag}>")
        elif tag == "a" and "href" in known and "pre" not in self._open:
            self._text.append(f"<{known['href']}>")
        elif tag in self._BLOCKS:
            self.end_of_text()
            self._open.append(tag)
            if tag in self._TOLD:
                self.seen.append(f"<{tag}>")
            elif tag[0] == "h" and tag != "hr":
                self.seen.append(f"<{tag} {known.get('id')}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self.end_of_text()
            if tag in self._TOLD:
                self.seen.append(f"</{tag}>")
            while self._open and self._open.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def end_of_text(self) -> None:
        """Note the text since the last block began or ended; Python-Markdown strips code."""
        text = re.sub(r"(?<=<code>)\s+", "", " ".join("".join(self._text).split()))
        self._text.clear()
        if text:
            (self.titles if "label" in self._open else self.seen).append(text)


def _read(written: str) -> tuple[list[str], list[str]]:
    reader = _Reader()
    reader.feed(written)
    reader.close()
    reader.end_of_text()
    return reader.seen, reader.titles


# What is said, in whatever order


def words(parts: Sequence[Part]) -> Counter[str]:
    """Count the words in the parts of a page, without those of addresses."""
    return Counter(word for _, text in parts for word in _WORD.findall(_ADDRESS.sub(" ", text)))


def letters(text: str) -> Counter[str]:
    """Count the letters and digits of a text, which no mark between them parts; capitals are small letters."""
    return Counter(char for char in _ADDRESS.sub("", text).lower() if char.isalnum())
