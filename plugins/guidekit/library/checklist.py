"""A guide's checklist: its question, and its items with their statements and their guidance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.library import guidance
from guidekit.library.guidance import Guidance
from guidekit.syntax.document import Document
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.raw_html import Comment
from guidekit.text.guid import is_guid
from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a checklist.

    ``statement`` is the comment's text, else the fragment's ``ms.assessment_question``; ``comment`` is missing where
    guidance stands without one, ``include`` where a statement stands without guidance, ``fragment`` and ``guidance``
    where the include leads nowhere.
    """

    statement: str
    guid: str
    guidance: Guidance | None
    comment: Comment | None
    include: Include | None
    fragment: PurePosixPath | None
    span: Span

    @property
    def heading(self) -> str:
        """The heading of the guidance, empty where there is none."""
        return self.guidance.heading if self.guidance else ""

    @property
    def title(self) -> str:
        """What a list of items shows: the statement, else the heading, else the GUID."""
        return self.statement or self.heading or self.guid


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The items of one guide in order, and the question that they answer (empty where the page asks none)."""

    page: PurePosixPath
    question: str
    items: tuple[Item, ...]


Shown = Callable[[Include], Document | None]
"""Answers the fragment that an include shows, ``None`` where it shows nothing."""


def question(front_matter: FrontMatter) -> str:
    """Read the assessment question: ``ms.custom``, or the first of its values, that asks something."""
    value = front_matter.values.get("ms.custom")
    candidates = value if isinstance(value, list) else [value]
    asked = (str(text).strip() for text in candidates if isinstance(text, str))
    return next((text for text in asked if text.endswith("?") and " " in text), "")


def identity(document: Document | None, include: Include | None) -> str:
    """Find an item's GUID: the file's name, else the fragment's ``ms.uid``, else the include's title; else empty."""
    names = [PurePosixPath(include.path).stem, include.title] if include else []
    if document is not None:
        names[:0] = [document.source.path.stem]
        names[1:1] = [document.front_matter.text("ms.uid")]
    return next((name.lower() for name in names if is_guid(name)), "")


def is_guidance(document: Document) -> bool:
    """Is this fragment an item's guidance, rather than a text that pages happen to share?"""
    values = document.front_matter.values
    return is_guid(document.source.path.stem) or "ms.uid" in values or "ms.assessment_question" in values


def read(page: Document, shown: Shown) -> Checklist | None:
    """Read a page's checklist; ``None`` where the page has no items.

    An include with a comment above it is an item where the page asks a question, or where the fragment is guidance by
    its name or its header; a comment above a text that pages share is none elsewhere. A page that asks and shows no
    guidance at all is a guide too: its comments are its items.
    """
    asked = question(page.front_matter)
    items = tuple(_items(page, shown, is_guide=bool(asked)))
    if not any(item.include for item in items):
        items = tuple(map(_without_guidance, filter(_stands_alone, page.of(Comment)))) if asked else ()
    return Checklist(page=page.source.path, question=asked, items=items) if items else None


def _items(page: Document, shown: Shown, *, is_guide: bool) -> Iterator[Item]:
    """Pair comments with the includes below them; one that is left over beside or between items has no guidance.

    A comment for a tool counts as if it were not there.
    """
    left: list[Comment] = []
    comment: Comment | None = None  # the one that an include would take now
    begun = text_since = False
    for fact in page.facts:
        if isinstance(fact, Comment) and fact.for_tools:
            continue
        if isinstance(fact, Include):
            document = shown(fact)
            if fact.block and (_shows_guidance(document, fact) or (is_guide and comment)):
                item = _item(fact, comment, document)
                yield from map(_without_guidance, left)
                yield item
                left, begun, text_since = [], True, False
            comment = None
        elif fact.is_content or isinstance(fact, (Comment, Heading)):
            if comment and _stands_alone(comment):
                left.append(comment)
            if isinstance(fact, Comment):
                comment = fact if fact.last and fact.closed else None
                continue
            if begun and not text_since:
                yield from map(_without_guidance, left)
            if not (begun and text_since):
                left = []
            comment, text_since = None, True
    if begun and not text_since:
        yield from map(_without_guidance, [*left, *([comment] if comment and _stands_alone(comment) else [])])


def _stands_alone(comment: Comment) -> bool:
    return comment.alone and comment.last and comment.closed and not comment.for_tools


def _shows_guidance(document: Document | None, include: Include) -> bool:
    """Does an include show an item's guidance, as far as names and the fragment itself tell?"""
    return bool(identity(document, include)) or (document is not None and is_guidance(document))


def _item(include: Include, comment: Comment | None, document: Document | None) -> Item:
    written = document.front_matter.text("ms.assessment_question") if document is not None else ""
    return Item(
        statement=(comment.text if comment else "") or written,
        guid=identity(document, include),
        guidance=guidance.read(document) if document is not None else None,
        comment=comment,
        include=include,
        fragment=document.source.path if document is not None else None,
        span=comment.span if comment else include.span,
    )


def _without_guidance(comment: Comment) -> Item:
    return Item(
        statement=comment.text,
        guid="",
        guidance=None,
        comment=comment,
        include=None,
        fragment=None,
        span=comment.span,
    )
