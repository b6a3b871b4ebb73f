"""What a YAML page is made of, whatever its kind: headings, texts, lists of links, and boxes around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.normalize_url import validateLink

from guidekit.syntax.link import normalized
from guidekit.syntax.yaml_page.scalar import Scalar
from guidekit.text.source import Span

_ELSEWHERE = re.compile(r"[\w+.-]+:|[/\\]")
BoxKind = Literal["cards", "card", "answer"]


@dataclass(frozen=True, kw_only=True)
class Title:
    """A heading; ``is_question`` tells that its text is written in Markdown, and its id as Learn makes that of a question."""

    level: int
    text: Scalar
    is_question: bool = False


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text in Markdown."""

    text: Scalar


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What kind of pages the links below it lead to, such as ``how-to-guide``."""

    word: Scalar


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A link, or a text without one."""

    text: Scalar
    url: Scalar | None = None

    @property
    def address(self) -> str:
        """Where it leads, percent-encoded; empty where it has no address, or one to which no link may lead."""
        address = normalized(self.url.line) if self.url else ""
        return address if validateLink(address) else ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A link, or a text without one, in a paragraph of its own; ``is_strong`` where it names a box.

    ``before`` is a text without markup that stands before it.
    """

    entry: Entry
    is_strong: bool = False
    before: Scalar | None = None


@dataclass(frozen=True, kw_only=True)
class Entries:
    """A list of links."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image that says nothing, or what ``alt`` says."""

    address: Scalar
    alt: Scalar | None = None

    @property
    def lies_elsewhere(self) -> bool:
        """Does it lie on Learn, or on another site? Then it is an ornament."""
        return _ELSEWHERE.match(self.address.line) is not None


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box around other parts: ``cards`` side by side, one ``card``, or the ``answer`` to the question above.

    ``span`` is the place of its first line.
    """

    kind: BoxKind
    parts: tuple[Part, ...]
    span: Span


Part = Title | Passage | Kind | Line | Entries | Picture | Box
