"""Items taken in from elsewhere, by GUID: what is new, what has changed, and what the other side no longer knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from guidekit.authoring import RefusedError, fragment, item, item_name, item_values, wording
from guidekit.authoring.fragment import Byline
from guidekit.authoring.front_matter_values import Value
from guidekit.authoring.sheet import Row
from guidekit.disk.changes import Change
from guidekit.exports import catalogue
from guidekit.exports.catalogue import Catalogue, CatalogueItem
from guidekit.library import services
from guidekit.library.library import Library
from guidekit.syntax.document import Document
from guidekit.syntax.raw_html import Comment
from guidekit.text import edits
from guidekit.text.edits import Edit


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What taking rows in does: the changes, and the rows and items by what becomes of them.

    ``waiting`` are new ones without a guide to put them on, ``retired`` those whose GUID another one took, ``vanished``
    items that no row knows: nothing becomes of these.
    """

    changes: tuple[Change, ...]
    added: tuple[Row, ...]
    changed: tuple[Row, ...]
    waiting: tuple[Row, ...]
    retired: tuple[Row, ...]
    vanished: tuple[CatalogueItem, ...]


def with_guids(library: Library, rows: Sequence[Row], guide: PurePosixPath) -> tuple[Row, ...]:
    """Give each row without a GUID that of the item of ``guide`` with the same statement, else a new one.

    Raises `RefusedError` with all rows that then are the item of another row.
    """
    page = library.page(guide)
    items = page.checklist.items if page and page.checklist else ()
    first = {row.guid: row.name for row in rows if row.guid}
    named: list[Row] = []
    wrong: list[str] = []
    for row in rows:
        if row.guid:
            named.append(row)
            continue
        there = item_name.stating((item for item in items if item.guid), row.text)
        same = next((other for other in named if not there and item_name.is_same(other.text, row.text)), None)
        guid = there.guid if there else same.guid if same else _new_guid(library, row)
        if guid in first:
            wrong.append(f"{row.name}: its item '{guid}' is that of {first[guid]} too")
        first.setdefault(guid, row.name)
        named.append(replace(row, guid=guid))
    if wrong:
        raise RefusedError(*wrong)
    return tuple(named)


def _new_guid(library: Library, row: Row) -> str:
    """Take the GUID of the fragment that states the same and that no page shows, else a new one."""
    waiting = fragment.waiting(library, row.text)
    return waiting.stem.lower() if waiting else fragment.new_guid(library)


def take_in(library: Library, rows: Sequence[Row], guide: PurePosixPath | None, byline: Byline) -> Intake:
    """Take rows in; new ones become items of ``guide``. Raises `RefusedError` with all rows that cannot be taken in."""
    known = catalogue.read(library)
    unknown = [row for row in rows if row.guid not in known.items]
    retired = [row for row in unknown if row.guid in library.settings.aliases]
    new = [row for row in unknown if row not in retired]
    changed = list(_differing(library, rows, known))
    work: list[_Changed | _Added] = [*changed, *(_Added(row=row, guide=guide, byline=byline) for row in new if guide)]
    before: dict[PurePosixPath, str | None] = {}
    after = library
    wrong: list[str] = []
    for task in work:
        try:
            made = list(task.changes(after))
        except RefusedError as refused:
            wrong.append(f"{task.row.name}: {refused}")
            continue
        for change in made:
            before.setdefault(change.path, change.before)
        after = after.revised({change.path: change.after for change in made})
    if wrong:
        raise RefusedError(*wrong)
    there = known.only(guide) if guide else known
    rows_by_guid = {row.guid for row in rows}
    return Intake(
        changes=tuple(Change(path=path, before=text, after=after.raw(path)) for path, text in before.items()),
        added=tuple(new) if guide else (),
        changed=tuple(task.row for task in changed),
        waiting=() if guide else tuple(new),
        retired=tuple(retired),
        vanished=tuple(entry for guid, entry in there.items.items() if guid not in rows_by_guid) if there else (),
    )


def _differing(library: Library, rows: Sequence[Row], known: Catalogue) -> Iterator[_Changed]:
    """Find the rows that say something else than any of the places that tell of an item; what a row leaves empty stays.

    A statement stands in several places: in the comments of all guides that show the item, and in its fragment. A run
    that was killed may have changed some of them only.
    """
    for row in rows:
        if entry := known.items.get(row.guid):
            now = (entry.text, entry.severity, entry.pillar, entry.service)
            then = (row.text, row.severity, row.waf, row.service)
            values = {key: new for key, old, new in zip(item_values.KEYS, now, then, strict=True) if _differs(old, new)}
            if services.recognize(row.service, library.settings.services) == entry.services:
                values.pop("service", None)
            if any(_differs(statement, row.text) for statement in _statements(library, row.guid, entry.source)):
                values[item_values.KEYS[0]] = row.text
            if values:
                yield _Changed(row=row, values=values, path=entry.source)


def _differs(old: str, new: str) -> bool:
    """Does a row say something new, in words rather than in white space?"""
    return bool(new) and " ".join(new.split()) != " ".join(old.split())


def _statements(library: Library, guid: str, fragment: PurePosixPath) -> Iterator[str]:
    """List what the fragment of an item and the comments above its includes state, as far as they say anything."""
    document = library.load(fragment)
    own = document.front_matter.text(item_values.KEYS[0]) if isinstance(document, Document) else ""
    yield from filter(str.strip, (own, *(comment.text for _, comment in _comments(library, guid))))


def _comments(library: Library, guid: str) -> Iterator[tuple[PurePosixPath, Comment]]:
    """Find the comments that state an item, each with its page."""
    for guide in library.checklists:
        yield from ((guide.page, item.comment) for item in guide.items if item.guid == guid and item.comment)


@dataclass(frozen=True, kw_only=True)
class _Changed:
    """An item that says something else now, in its fragment's header and in its comments."""

    row: Row
    values: Mapping[str, str]
    path: PurePosixPath

    def changes(self, library: Library) -> Iterator[Change]:
        values: dict[str, Value] = dict(self.values)
        if item_values.KEYS[0] in values:
            values[item_values.KEYS[0]] = wording.statement(self.row.text)
        if "service" in values:
            values["service"] = item_values.services_of(library, self.row.service)
        yield item_values.set_in_header(library, self.path, values)
        if item_values.KEYS[0] in values:
            yield from self._with_comments(library, wording.statement(self.row.text))

    def _with_comments(self, library: Library, line: str) -> Iterator[Change]:
        wanted: dict[PurePosixPath, list[Edit]] = {}
        for page, comment in _comments(library, self.row.guid):
            if _differs(comment.text, line):
                wanted.setdefault(page, []).append(Edit(span=comment.span, text=wording.comment(line)))
        for page, changed in wanted.items():
            text = library.raw(page)
            yield Change(path=page, before=text, after=edits.apply(text, changed))


@dataclass(frozen=True, kw_only=True)
class _Added:
    """An item that is new on a guide; its fragment may be there already."""

    row: Row
    guide: PurePosixPath | None
    byline: Byline

    def changes(self, library: Library) -> Iterator[Change]:
        page = library.page(self.guide) if self.guide else None
        if page is None:
            raise RefusedError(f"'{self.guide}' is no page")
        line = wording.statement(self.row.text)
        more: dict[str, Value] = {"severity": self.row.severity, "waf": self.row.waf}
        more["service"] = item_values.services_of(library, self.row.service) if self.row.service else ""
        there = [
            path
            for path in sorted(library.files)
            if path.stem.lower() == self.row.guid and library.lies_with_fragments(path)
        ]
        if there:
            values: dict[str, Value] = {
                item_values.KEYS[0]: line,
                **{key: value for key, value in more.items() if value},
            }
            made = item_values.set_in_header(library, there[0], values)
        else:
            made = fragment.write(library, line, self.row.guid, self.byline, page, more)
        yield made
        yield item.add(library, page, line, made)
