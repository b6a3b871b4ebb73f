"""One file, parsed: its front matter, its tokens, and the facts in it with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidekit.syntax import EXTENSIONS, constructs, front_matter, link, suppression
from guidekit.syntax.fact import Fact, FactType
from guidekit.syntax.fact_reader import FactReader
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.link import Definition
from guidekit.syntax.raw_html import Comment
from guidekit.syntax.suppression import Suppression
from guidekit.syntax.visible_text import plain_text
from guidekit.text.digests import digest
from guidekit.text.source import Source

_INLINE_ONLY = ("reference", "paragraph")


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A parsed file. ``tokens`` are shared between all who show it: copy one before you change it.

    ``inline``, ``header`` and ``extensions`` are how it was read, as `parse` takes them. Of a page that is written in YAML,
    ``yaml_kind`` is its kind, such as ``FAQ``, and ``markdown`` is the page in Markdown.
    """

    source: Source
    front_matter: FrontMatter
    tokens: Sequence[Token]
    facts: Sequence[Fact]
    definitions: Sequence[Definition] = ()
    suppressions: Sequence[Suppression] = ()
    inline: bool = False
    header: bool = True
    extensions: frozenset[str] = frozenset()
    yaml_kind: str = ""
    markdown: str = ""

    @property
    def is_unread(self) -> bool:
        """Is it a page in YAML that YAML cannot read, so that nobody knows what would stand on it?"""
        return any(problem.kind == "page-syntax" for problem in self.front_matter.problems)

    @cached_property
    def digest(self) -> str:
        """A hash of the path, the text and how it was read: documents with the same hash hold the same facts."""
        apart = "" if self.header else repr(self.front_matter)  # nothing in the text tells what was taken off before
        read = ("inline" if self.inline else self.yaml_kind, *sorted(self.extensions))
        return digest(str(self.source.path), self.source.text, apart, *read)

    def of(self, kind: type[FactType]) -> Iterator[FactType]:
        """Go through the facts of one kind, in the order of the text."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type, Sequence[Any]]:
        found: dict[type, list[Any]] = {}
        for fact in self.facts:
            found.setdefault(type(fact), []).append(fact)
        return found

    @property
    def opening(self) -> str:
        """The text of the first paragraph, without markup."""
        for token in self.tokens:
            if token.type == "inline":
                return " ".join(plain_text(token.children).split())
        return ""


def parse(
    source: Source, *, inline: bool = False, header: bool = True, extensions: frozenset[str] = frozenset()
) -> Document:
    """Parse a file.

    ``extensions`` are those of Python-Markdown that the site has switched on, which add to the dialect. ``inline`` reads
    paragraphs only, as Learn does for a fragment shown within a line: ``## x`` stays text. ``header``
    is false for a text whose front matter was taken off before.
    """
    header_facts = front_matter.read(source) if header else FrontMatter()
    body = "\n" * header_facts.body_line + "\n".join(source.lines[header_facts.body_line :])
    env: dict[str, Any] = {}
    known = extensions & EXTENSIONS
    tokens = markdown_parser(known, inline=inline).parse(body, env)
    facts = list(known_to_tokens(fact_reader(known).read(source, tokens)))
    return Document(
        source=source,
        front_matter=header_facts,
        tokens=tokens,
        facts=facts,
        definitions=link.read_definitions(env, source),
        suppressions=_suppressions(source, header_facts.body_line, tokens, facts),
        inline=inline,
        header=header,
        extensions=known,
    )


def fact_of(token: Token, kind: type[FactType]) -> FactType:
    """Find the fact that was read off a token of a document."""
    fact = token.meta["fact"]
    assert isinstance(fact, kind)
    return fact


def known_to_tokens(read: Iterable[tuple[Token, Fact]]) -> Iterator[Fact]:
    """Let each token know the first fact that was read off it."""
    for token, fact in read:
        token.meta.setdefault("fact", fact)
        yield fact


@cache
def fact_reader(extensions: frozenset[str]) -> FactReader:
    """Make what reads the facts of a site's dialect."""
    return FactReader(constructs(extensions))


@cache
def markdown_parser(extensions: frozenset[str], *, inline: bool = False) -> MarkdownIt:
    """Make what parses a site's dialect; ``inline`` reads paragraphs only."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for construct in constructs(extensions):
        construct.install(md)
    if inline:
        md.block.ruler.enableOnly(list(_INLINE_ONLY))
    return md


def _suppressions(
    source: Source, body_line: int, tokens: Sequence[Token], facts: Sequence[Fact]
) -> Sequence[Suppression]:
    if not suppression.mentioned(source):
        return ()
    return suppression.read(source, body_line, tokens, (fact for fact in facts if isinstance(fact, Comment)))
