"""An item put on a page: its statement as a comment, and below it the include of its fragment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from guidekit.authoring import RefusedError, item_name
from guidekit.authoring.wording import comment, statement
from guidekit.disk.changes import Change
from guidekit.layout import Layout
from guidekit.library.checklist import Item
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.syntax import include
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text import edits, paths
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

PLACEHOLDER = "SetMe"
"""The statement of an item that is still to come; the check reports it, and the first new item takes its place."""

_KEYWORD = re.compile(r"\[!include(?=[+ ]*\[)", re.IGNORECASE)


def snippet(page: Document, said: str, fragment: PurePosixPath, layout: Layout) -> str:
    """Write comment and include as they stand on a page, in the letter case and with the kind of path that it uses."""
    source = page.source
    keyword, from_root = "[!include", False
    for other in page.of(Include):
        written = _KEYWORD.match(source.text, source.offset(other.span.start))
        if written and other.block:
            keyword, from_root = written[0], other.path.startswith("~")
    path = layout.from_home(fragment, source.path) if from_root else paths.relative(fragment, source.path)
    return f"{comment(statement(said))}\n{keyword}[{fragment.stem}]({include.as_path(path)})]\n"


def refuse_repeated(page: Page, said: str) -> None:
    """Refuse a statement that an item of the page makes already. Raises `RefusedError` with that item."""
    there = item_name.stating((item for item in _items(page) if item.include), said)
    if there:
        raise RefusedError(
            f"'{page.path}' states that already: {there.guid or 'its item'} on line {there.span.start.line}"
        )


def add(library: Library, page: Page, said: str, fragment: Change | PurePosixPath, after: str = "") -> Change:
    """Put an item on a page, behind its last one or behind that which ``after`` names by GUID or statement.

    ``fragment`` is the file that it shows, or the change that makes it. Raises `RefusedError` where the page has no such
    item, or the new one would be none there.
    """
    path = fragment.path if isinstance(fragment, Change) else fragment
    text = library.raw(page.path)
    written = snippet(page.document, said, path, library.layout)
    change = Change(path=page.path, before=text, after=edits.apply(text, [_place(page, written, after)]))
    made = {page.path: change.after} | ({path: fragment.after} if isinstance(fragment, Change) else {})
    _verify(library, page, path.stem.lower(), made)
    return change


def _items(page: Page) -> Sequence[Item]:
    return page.checklist.items if page.checklist else ()


def _place(page: Page, written: str, after: str) -> Edit:
    source = page.document.source
    items = _items(page)
    behind: Item | None
    if after:
        named = [item for item in items if _is_named(item, after) and item.include]
        if not named:
            raise RefusedError(f"'{page.path}' has no item '{after}'")
        if len({item.guid for item in named}) > 1:
            raise RefusedError(f"{len(named)} items of '{page.path}' state '{after}': name one by its GUID")
        behind = named[0]
    else:
        waiting = next((item for item in items if _is_waiting(item)), None)
        if waiting and waiting.comment:
            return Edit(span=waiting.comment.span, text=written.rstrip("\n"))
        behind = next((item for item in reversed(items) if item.include), None)
    if behind is None or behind.include is None:
        return _at_end(source, written)
    row = behind.include.span.end.line - 1
    line = source.lines[row]
    if line[: behind.include.span.start.column - 1].strip():
        raise RefusedError(
            f"{behind.include.span}: the item stands within a list or a quote; put the new one there by hand"
        )
    below = source.lines[row + 1] if row + 1 < len(source.lines) else ""
    end = source.span((row, len(line)))
    return Edit(span=end, text=f"\n\n{written.rstrip(chr(10))}" + ("\n" if below.strip() else ""))


def _is_named(item: Item, name: str) -> bool:
    return item.guid == name.lower() or item_name.is_same(item.statement, name)


def _is_waiting(item: Item) -> bool:
    return item.include is None and item.comment is not None and item.comment.text == PLACEHOLDER


def _at_end(source: Source, written: str) -> Edit:
    last = next((row for row in range(len(source.lines) - 1, -1, -1) if source.lines[row].strip()), 0)
    start, end = source.span((last, len(source.lines[last]))), source.span((len(source.lines) - 1, 10**9))
    return Edit(span=Span(path=source.path, start=start.start, end=end.end), text=f"\n\n{written}")


def _verify(library: Library, page: Page, guid: str, made: dict[PurePosixPath, str | None]) -> None:
    """See that the page has the new item, and all others as before."""
    after = library.revised(made).page(page.path)
    old = [item.guid for item in _items(page) if not _is_waiting(item)]
    new = [item.guid for item in after.checklist.items] if after and after.checklist else []
    if guid in old:
        raise RefusedError(f"'{page.path}' has the item '{guid}' already")
    if sorted(new) != sorted([*old, guid]):
        raise RefusedError(
            f"'{page.path}' has no place for an item there: it ends in code, raw HTML or an open comment"
        )
