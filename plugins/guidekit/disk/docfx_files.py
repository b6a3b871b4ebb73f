"""The files in which a repository of docfx's says what it publishes: docfx.json, and Learn's publish configuration."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from guidekit.disk.file_status import INSTALLED, RootError, is_file, is_there, reason, repository_folder
from guidekit.disk.reading import read_data
from guidekit.docset import Docset, FileGroup, FileMetadata
from guidekit.text import lenient_json
from guidekit.text.docfx_globs import DocfxGlobs

DOCFX = "docfx.json"
PUBLISHING = ".openpublishing.publish.config.json"
_MOST = 5_000_000
_UP = ".."


def read_object(file: Path) -> Mapping[str, Any]:
    """Read a file of settings in JSON, comments allowed. Raises `RootError` where it is none, or leads out of the repository."""
    if not file.resolve().is_relative_to(repository_folder(file.parent)):
        raise RootError(f"{file}: leads out of the repository, through a symbolic link")
    try:
        return lenient_json.load_object(read_data(file, _MOST).decode("utf-8-sig"))
    except ValueError as error:
        raise RootError(f"{file}: is no JSON that can be used: {reason(error)}") from None


def docset_files(place: Path) -> tuple[Path, ...]:
    """Find the docfx.json files of the repository in which a folder lies, first the one in or above that folder.

    The publish configuration names the folders of the docsets; where none does, the nearest file upward counts.
    """
    folders = list(folders_upward(place))
    named = [file for folder in folders if is_file(folder / PUBLISHING) for file in _named(folder)]
    nearest = [folder / DOCFX for folder in folders if is_file(folder / DOCFX)][:1]
    return tuple(dict.fromkeys((*nearest, *named)))


def folders_upward(place: Path) -> Iterator[Path]:
    """Go through a folder and those above it, up to that of the repository, or of the whole disk where there is none."""
    place = place.resolve()
    for folder in (place, *place.parents):
        yield folder
        if is_there(folder / ".git"):
            return


def _named(folder: Path) -> Iterator[Path]:
    """Go through the docfx.json files of the docsets that the publish configuration in a folder names."""
    docsets = read_object(folder / PUBLISHING).get("docsets_to_publish")
    for docset in docsets if isinstance(docsets, list) else ():
        source = docset.get("build_source_folder") if isinstance(docset, dict) else None
        if isinstance(source, str):
            file = folder / posixpath.normpath(source) / DOCFX
            if file.resolve().is_relative_to(folder) and is_file(file):
                yield file


def docsets(root: Path, content: str, named: Sequence[str] | None) -> tuple[Docset, ...]:
    """Read the docfx.json files that hold for a content set: those that are ``named``, else the one around its content.

    The first one is published at the root of the site, each other one in a folder named as its own. One that
    names no content says nothing. Raises `RootError`.
    """
    if named is None:
        real = root.resolve()
        files = [file for file in docset_files(root / content) if file.is_relative_to(real)][:1]
    else:
        files = [root / name for name in named]
    missing = next((file for file in files if not is_file(file)), None)
    if missing:
        raise RootError(f"there is no file '{missing}', which the setting 'docfx' names")
    targets = (PurePosixPath(file.parent.name if number else "") for number, file in enumerate(files))
    found = (read_docset(root, file, target) for file, target in zip(files, targets, strict=True))
    return tuple(docset for docset in found if docset.content)


def content_folder(root: Path, docset: Docset) -> str:
    """Find the folder in which most pages of a docset lie, counted from the root."""
    counted = Counter(folder for page in _pages(root, docset) for folder in _folders_of(docset, page)[:1])
    return str(counted.most_common(1)[0][0]) if counted else str(docset.folder)


def docs_folder(root: Path, docset: Docset) -> str:
    """Find the folder below the root that MkDocs can take for that of the content; empty where there is none.

    It is the one in which most pages lie, or where these lie in the root itself, the one below it that holds most.
    """
    content = content_folder(root, docset)
    if content != ".":
        return content
    below = Counter(page.parts[0] for page in _pages(root, docset) if len(page.parts) > 1 and docset.page_place(page))
    return below.most_common(1)[0][0] if below else ""


def _folders_of(docset: Docset, page: PurePosixPath) -> Sequence[PurePosixPath]:
    """Find the folders named in the globs by which a page belongs to a docset, the deepest first."""
    groups = (group for group in docset.content if group.place(page))
    folders = (folder for group in groups for folder in group.folders if page.is_relative_to(folder))
    return sorted(folders, key=lambda folder: len(folder.parts), reverse=True)


def _pages(root: Path, docset: Docset) -> Iterator[PurePosixPath]:
    for here, folders, names in os.walk(root / docset.folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in INSTALLED)
        inside = PurePosixPath(Path(here).relative_to(root).as_posix())
        yield from (inside / name for name in names if name.lower().endswith(".md"))


def repository_of(file: Path) -> Path:
    """Find the folder of the repository of a docset: that of the publish configuration, else git's, else its own."""
    published = (folder for folder in folders_upward(file.parent) if is_file(folder / PUBLISHING))
    return next(published, None) or repository_folder(file.parent)


def read_docset(root: Path, file: Path, target: PurePosixPath) -> Docset:
    """Read a docfx.json; its site lies at ``target``. Raises `RootError` where it cannot be used."""
    settings = read_object(file)
    if not file.resolve().is_relative_to(root.resolve()):
        raise RootError(f"{file}: leads out of the content set, through a symbolic link")
    inside = PurePosixPath(file.resolve().relative_to(root.resolve()).as_posix())
    build = settings.get("build", settings)
    build = build if isinstance(build, dict) else {}
    try:
        return Docset(
            file=inside,
            content=tuple(_groups(build.get("content"), inside.parent, target)),
            resources=tuple(_groups(build.get("resource"), inside.parent, target)),
            global_metadata=_mapping(build.get("globalMetadata")),
            file_metadata=tuple(_file_metadata(_mapping(build.get("fileMetadata")))),
            made_from_code=tuple(_made_from_code(settings.get("metadata"), inside.parent)),
        )
    except ValueError as error:
        raise RootError(f"{file}: {error}") from None


def _groups(listed: object, folder: PurePosixPath, target: PurePosixPath) -> Iterator[FileGroup]:
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, str):
            entry = {"files": [entry]}
        if not isinstance(entry, dict):
            continue
        source = _below(folder, entry.get("src") or entry.get("cwd") or ".")
        written, excluded = tuple(_strings(entry.get("files"))), tuple(_strings(entry.get("exclude")))
        if source is None or not written:
            continue
        yield FileGroup(
            source=source,
            target=_below(target, entry.get("dest") or ".") or target,
            files=DocfxGlobs(written),
            excluded=DocfxGlobs(excluded),
            patterns=written,
        )


def _made_from_code(listed: object, folder: PurePosixPath) -> Iterator[PurePosixPath]:
    for entry in listed if isinstance(listed, list) else [listed]:
        named = entry.get("dest") if isinstance(entry, dict) else None
        place = _below(folder, named) if isinstance(named, str) else None
        if place and place != folder:
            yield place


def _below(folder: PurePosixPath, written: object) -> PurePosixPath | None:
    """Join a path of a docfx.json; ``None`` where it leads out of the content set, which is for docfx's other parts."""
    path = PurePosixPath(posixpath.normpath(folder / str(written).replace("\\", "/")))
    return None if path.is_absolute() or path.parts[:1] == (_UP,) else path


def _strings(value: object) -> Iterator[str]:
    listed: Iterable[object] = value if isinstance(value, list) else (value,)
    yield from (text for text in listed if isinstance(text, str))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _file_metadata(keys: Mapping[str, Any]) -> Iterator[FileMetadata]:
    for key, values in keys.items():
        for pattern, value in _mapping(values).items():
            yield FileMetadata(key=key, files=DocfxGlobs((pattern,)), value=value)
