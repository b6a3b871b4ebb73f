"""An item that is no more: off its pages, its fragment gone, and another GUID in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath

from guidekit.authoring import RefusedError, item_name
from guidekit.authoring.settings_file import SettingsFile
from guidekit.disk.changes import Change
from guidekit.library.checklist import Item
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax.document import Document
from guidekit.syntax.link import Link
from guidekit.text import containers, edits
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span


@dataclass(frozen=True, kw_only=True)
class Retirement:
    """What retires an item: the changes, and the links that led to it, which are left to the author."""

    changes: tuple[Change, ...]
    links: tuple[Span, ...]


def retire(library: Library, guid: str, alias: str, settings: SettingsFile | None) -> Retirement:
    """Take an item off all pages and name the one that took its place; an empty ``alias`` names none.

    Each is named by its GUID, or by its statement where that is unique.
    Its fragment is removed where no page shows it any more. What a run that was killed has done already is left as it
    is. Raises `RefusedError` where the item or its successor does not exist, or the alias cannot be written.
    """
    old, new = item_name.find(library, guid), item_name.find(library, alias) if alias else ""
    holders = [(page, item) for page in _guides(library) for item in _items(page) if item.guid == old]
    left = [] if holders else [path for path in library.fragments_named(old) if not library.used_by(path)]
    if not holders and not left:
        raise RefusedError(f"there is no item '{guid}'")
    if new and (new == old or new not in {item.guid for page in _guides(library) for item in _items(page)}):
        raise RefusedError(f"the alias '{alias}' is no item that stays")
    known = library.settings.aliases.get(old)
    if known and known != new:
        raise RefusedError(f"'{guid}' is both an item and retired; mend the setting 'aliases' first")
    made = [_without(library, page, old) for page in dict.fromkeys(page for page, _ in holders)]
    made += _fragments(library, made, [*left, *(item.fragment for _, item in holders if item.fragment)])
    if new and settings is None:
        raise RefusedError(f"there is no settings file to name the alias in: {{{old}: {new}}}")
    if new and settings and not known:
        after = settings.with_alias(old, new)  # first of all: the alias of an item that is still there does no harm
        made.insert(0, Change(path=PurePosixPath(settings.name), before=settings.text, after=after))
    removed = {change.path for change in made if change.after is None}
    return Retirement(changes=tuple(made), links=tuple(_links(library, old, removed)))


def _guides(library: Library) -> Iterator[Page]:
    return (page for page in library.pages if page.learn and page.checklist)


def _items(page: Page) -> Sequence[Item]:
    return [item for item in page.checklist.items if item.include] if page.checklist else []


def _without(library: Library, page: Page, guid: str) -> Change:
    """Take an item off a page: its comment, its include, and the blank line that they leave."""
    text = library.raw(page.path)
    source = page.document.source
    spans = [span for item in _items(page) if item.guid == guid for span in _parts(source, item)]
    after = edits.apply(text, [Edit(span=span, text="") for span in _stretches(source, spans)])
    left = library.revised({page.path: after}).page(page.path)
    kept = [item.guid for item in _items(page) if item.guid != guid]
    if left is None or [item.guid for item in _items(left)] != kept:
        raise RefusedError(f"{spans[0]}: the item cannot be cut out there; take it off the page by hand")
    return Change(path=page.path, before=text, after=after)


def _parts(source: Source, item: Item) -> Iterator[Span]:
    """Find what an item is on its page: one span where nothing stands between comment and include."""
    spans = [part.span for part in (item.comment, item.include) if part]
    between = source.text[source.offset(spans[0].end) : source.offset(spans[-1].start)]
    if all(map(containers.are_marks, between.split("\n"))):
        yield Span(path=source.path, start=spans[0].start, end=spans[-1].end)
    else:
        yield from spans


def _stretches(source: Source, spans: Sequence[Span]) -> Iterator[Span]:
    """Widen spans that are all there is on their lines to these lines, and to the blank ones that would be too many."""
    end = 0
    for span in sorted(spans):
        first, last = span.start.line - 1, span.end.line - 1
        before = source.lines[first][: span.start.column - 1]
        behind = source.lines[last][span.end.column - 1 :]
        if not containers.are_marks(before) or behind.strip():
            column = len(before) if behind.strip() else len(before.rstrip())
            yield source.span((first, column), (last, span.end.column - 1))
            continue
        below = last + 1
        if first == end or not source.lines[first - 1].strip():
            below += _blank(source.lines[below:])
        if below >= len(source.lines):
            first = max(end, first - _blank(reversed(source.lines[:first])))
        yield _lines(source, first, below)
        end = below


def _blank(lines: Iterable[str]) -> int:
    """Count the blank lines with which lines begin."""
    return sum(1 for _ in takewhile(lambda line: not line.strip(), lines))


def _lines(source: Source, first: int, below: int) -> Span:
    """Make a span of whole lines; the file ends as it did, with a line feed or without."""
    if below < len(source.lines):
        return source.span((first, 0), (below, 0))
    last = (len(source.lines) - 1, len(source.lines[-1]))
    ends = not source.lines[-1]
    return source.span((first, 0) if ends or not first else (first - 1, len(source.lines[first - 1])), last)


def _fragments(library: Library, made: Sequence[Change], fragments: Sequence[PurePosixPath]) -> Iterator[Change]:
    """Remove those of some fragments that no page shows any more."""
    after = library.revised({change.path: change.after for change in made})
    for path in dict.fromkeys(fragments):
        if not after.used_by(path):
            yield Change(path=path, before=library.raw(path), after=None)


def _links(library: Library, guid: str, removed: set[PurePosixPath]) -> Iterator[Span]:
    """Find the links that lead to an item's anchor, in files that stay."""
    documents: list[Document] = [page.document for page in library.pages]
    documents += [fragment.document for fragment in library.fragments if fragment.path not in removed]
    for document in documents:
        for link in document.of(Link):
            if library.follow(link.address, document.source.path).bookmark.lower() == guid:
                yield link.span
