"""Files that move: all that names them names them where they are then, and all that they name is named from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath

from guidekit.authoring import RefusedError, mentions, wording
from guidekit.authoring.redirection_file import Redirections
from guidekit.authoring.settings_file import Moved, SettingsFile
from guidekit.disk.changes import Change, Move
from guidekit.layout import FileKind
from guidekit.library.library import Library
from guidekit.syntax.document import Document
from guidekit.text import edits
from guidekit.text.edits import Edit
from guidekit.text.guid import is_guid
from guidekit.text.source import Span

Paths = Mapping[PurePosixPath, PurePosixPath]


@dataclass(frozen=True, kw_only=True)
class Relocation:
    """A file or a folder that goes from one path to another."""

    old: PurePosixPath
    new: PurePosixPath

    def of(self, path: PurePosixPath) -> PurePosixPath:
        """Find where a path is then; one that does not move stays."""
        return self.new / path.relative_to(self.old) if path.is_relative_to(self.old) else path

    def moved(self, library: Library) -> Paths:
        """List the files that go elsewhere, each with the path that it has then."""
        return {file: self.of(file) for file in sorted(library.files) if file.is_relative_to(self.old)}


@dataclass(frozen=True, kw_only=True)
class Moving:
    """What moves files: the changes, and what is left to the author.

    ``left`` are the places that could not be written anew, ``unredirected`` the pages whose old address leads nowhere,
    ``otherwise_ignored`` the files to which other ``per_file_ignores`` apply at their new place.
    """

    changes: tuple[Change | Move, ...]
    left: tuple[Span, ...]
    unredirected: tuple[PurePosixPath, ...]
    otherwise_ignored: tuple[PurePosixPath, ...]


def move(
    library: Library,
    old: PurePosixPath,
    new: PurePosixPath,
    settings: SettingsFile | None,
    redirections: Redirections | None,
) -> Moving:
    """Move a file or a folder; what a run that was killed has done already stays.

    Raises `RefusedError` where something would be lost.
    """
    relocation = Relocation(old=old, new=new)
    moved = relocation.moved(library)
    done = _done(library, relocation)
    _refuse(library, relocation, moved, done)
    made: list[Change | Move] = []
    left: list[Span] = []
    documents = dict(_documents(library))
    for path, document in documents.items():
        wanted = list(_edits(library, document, relocation, left)) if path not in done else []
        if path in moved or wanted:
            made += _rewritten(path, relocation.of(path), library.raw(path), wanted)
    if not moved and not made:
        raise RefusedError(f"there is no file and no folder '{old}' in the content set")
    made += [Move(path=file, to=place) for file, place in moved.items() if file not in documents]
    pages = {file: place for file, place in moved.items() if library.page(file)}
    beside, unredirected = _beside(library, relocation, pages, settings, redirections)
    otherwise_ignored = tuple(
        place for file, place in moved.items() if _ignored(library, file) != _ignored(library, place)
    )
    return Moving(
        changes=(*made, *beside), left=tuple(left), unredirected=unredirected, otherwise_ignored=otherwise_ignored
    )


def is_begun(library: Library, old: PurePosixPath, new: PurePosixPath) -> bool:
    """Has a run that was killed begun to move a folder to a place where there was none before?

    Then the pages and fragments that are there already say what they would say, and either all are there, or nothing
    else is.
    """
    relocation = Relocation(old=old, new=new)
    done = _done(library, relocation)
    texts = [place for file, place in relocation.moved(library).items() if library.kind(file).is_markdown]
    others = {file for file in library.files if file.is_relative_to(new)} - done
    return bool(done) and (done.issuperset(texts) or not others)


def _done(library: Library, relocation: Relocation) -> frozenset[PurePosixPath]:
    """Find the places at which files lie that are the moved ones to the letter."""
    documents = dict(_documents(library))
    there = {file: place for file, place in relocation.moved(library).items() if {file, place} <= documents.keys()}
    texts = {
        place: edits.apply(library.raw(file), dict.fromkeys(_edits(library, documents[file], relocation, [])))
        for file, place in there.items()
    }
    return frozenset(place for place, text in texts.items() if library.raw(place) == text)


def _ignored(library: Library, path: PurePosixPath) -> set[str]:
    """Find the rules that say nothing about a file."""
    known = chain.from_iterable(library.settings.per_file_ignores.values())
    return {code for code in known if library.ignores(path, code)}


def _refuse(library: Library, relocation: Relocation, moved: Paths, done: frozenset[PurePosixPath]) -> None:
    old, new = relocation.old, relocation.new
    folders = [PurePosixPath(folder) for folder in library.layout.folders(library.settings.roots)]
    wording.refuse_name(new)
    if not moved and new not in library.files:
        raise RefusedError(f"there is no file and no folder '{old}' in the content set")
    if old in folders:
        raise RefusedError(f"'{old}' is a folder that the settings name; move it by hand, and name it anew there")
    if new == old:
        raise RefusedError(f"'{old}' is there already")
    if new.is_relative_to(old):
        raise RefusedError(f"'{old}' cannot move into itself")
    if str(new).lower() == str(old).lower():
        raise RefusedError(f"'{new}' differs in letter case only, which some disks do not tell apart; move it twice")
    if not any(new.is_relative_to(folder) for folder in folders) or any(part.startswith(".") for part in new.parts):
        known = ", ".join(f"'{folder}'" for folder in folders)
        raise RefusedError(f"'{new}' lies outside the folders of the content set: {known}")
    if new not in library.files and not done and any(file.is_relative_to(new) for file in library.files):
        raise RefusedError(f"'{new}' exists already")
    for file, place in moved.items():
        if place in library.files and place not in done:
            raise RefusedError(f"'{place}' exists already")
        _refuse_file(library, file, place)


def _refuse_file(library: Library, file: PurePosixPath, place: PurePosixPath) -> None:
    if any(parent in library.files for parent in place.parents):
        raise RefusedError(f"'{place}' lies below a file")
    if file.suffix.lower() != place.suffix.lower():
        raise RefusedError(f"'{file}' cannot become '{place}': its ending says what it is")
    if not library.kind(file).is_markdown:
        return
    kinds = [_kind(library, file, path) for path in (file, place)]
    if kinds[0] != kinds[1]:
        raise RefusedError(f"'{file}' is {kinds[0]}; as '{place}' it would be {kinds[1]}, by the settings")
    if is_guid(file.stem) and library.is_fragment(file) and file.stem.lower() != place.stem.lower():
        hint = "'guidekit retire' puts another item in its place"
        raise RefusedError(f"'{file.name}' is named by its GUID, which must not change; {hint}")


def _kind(library: Library, file: PurePosixPath, place: PurePosixPath) -> str:
    """Say what a file would be in some place."""
    kind = library.kind(place)
    if kind is not FileKind.PAGE:
        return "a fragment" if kind is FileKind.FRAGMENT else "neither page nor fragment"
    document = library.load(file)
    if not isinstance(document, Document):
        return "a page"
    there = replace(document, source=replace(document.source, path=place))
    return "a Learn page" if library.is_learn(there) else "no Learn page"


def _documents(library: Library) -> Iterator[tuple[PurePosixPath, Document]]:
    yield from ((page.path, page.document) for page in library.pages)
    yield from ((fragment.path, fragment.document) for fragment in library.fragments)


def _edits(library: Library, document: Document, relocation: Relocation, left: list[Span]) -> Iterator[Edit]:
    """Write anew what a document names, as far as it would name something else; note what cannot be in ``left``."""
    here = document.source.path
    base = relocation.of(here)
    for mention in mentions.find(library, document):
        file = relocation.of(mention.file)
        if base == here and file == mention.file:
            continue
        written = mentions.lead(library, mention, base, file)
        if written == mention.written:
            continue
        edit = mentions.edit(mention, document.source, written) if written is not None else None
        if edit is None:
            left.append(mention.fact.span)
        else:
            yield edit


def _rewritten(old: PurePosixPath, new: PurePosixPath, text: str, wanted: list[Edit]) -> Iterator[Change]:
    after = edits.apply(text, dict.fromkeys(wanted))
    if old == new:
        yield Change(path=old, before=text, after=after)
    else:
        yield Change(path=new, before=None, after=after)
        yield Change(path=old, before=text, after=None)


def _beside(
    library: Library,
    relocation: Relocation,
    pages: Paths,
    settings: SettingsFile | None,
    redirections: Redirections | None,
) -> tuple[list[Change], tuple[PurePosixPath, ...]]:
    """Change what lies beside the content: the settings file, and what redirects readers of the old addresses."""
    made: list[Change] = []
    unredirected = list(pages)
    if redirections is not None and pages:
        after = redirections.with_moves(library, pages)
        made.append(Change(path=redirections.path, before=redirections.text, after=after))
        unredirected = []
    if settings is not None:
        file = SettingsFile(settings.name, settings.with_paths(*_names(library, relocation)))
        for old in list(unredirected):
            inside = (str(library.layout.inside(path)) for path in (old, pages[old]))
            redirected = file.with_redirect(*inside)
            if redirected is not None:
                file = SettingsFile(settings.name, redirected)
                unredirected.remove(old)
        if file.text != settings.text:
            made.append(Change(path=PurePosixPath(settings.name), before=settings.text, after=file.text))
    return made, tuple(unredirected)


def _names(library: Library, relocation: Relocation) -> tuple[Moved, Moved]:
    """Answer what becomes of the paths in a settings file: of those that count from the content folder, and from its own."""
    content = PurePosixPath(library.layout.content)

    def in_root(path: str) -> str | None:
        there = relocation.of(PurePosixPath(path))
        return None if there == PurePosixPath(path) else str(there)

    def in_content(path: str) -> str | None:
        there = relocation.of(content / path)
        return None if there == content / path else str(library.layout.inside(there))

    return in_content, in_root
