"""The repositories on which Learn's publish configuration says that a content set depends, and where they lie."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from guidekit import setting_values
from guidekit.disk.docfx_files import PUBLISHING, read_object
from guidekit.disk.file_status import is_file, is_folder, up_to_repository
from guidekit.disk.reading import MAX_BESIDE, read_data
from guidekit.mount import Mount
from guidekit.settings import Settings
from guidekit.text.source import Source, Span

_KEY = re.compile(r'"path_to_root"\s*+:\s*+')


def publish_configurations(root: Path, content: str) -> tuple[Path, ...]:
    """Find the publish configurations in the content folder and above it, up to the folder of the repository."""
    real, folder = root.resolve(), PurePosixPath(content)
    folders = (*(real / part for part in (folder, *folder.parents)), *up_to_repository(real))
    return tuple(file for above in dict.fromkeys(folders) if is_file(file := above / PUBLISHING))


def find(root: Path, content: str, settings: Settings, settings_file: str) -> tuple[Mount, ...]:
    """Find the repositories that belong to a content set, by their folders.

    None lies around the content folder. One that is there as a part of it, or as one of the ``roots``, is the content set's
    own. Raises `RootError` for a publish configuration that cannot be used.
    """
    found = {mount.path: mount for file in publish_configurations(root, content) for mount in _listed(root, file)}
    top = Source(path=PurePosixPath(settings_file), text="").span((0, 0))
    for name, folder in settings.mounts.items():
        path = PurePosixPath(posixpath.normpath(name))
        known = found.get(path) or Mount(path=path, place="", is_there=False, span=top)
        place = os.path.normpath(root.resolve() / folder)
        found[path] = replace(known, place=place, is_there=is_folder(Path(place)))
    return tuple(mount for _, mount in sorted(found.items()) if not _is_own(mount, content, settings.roots))


def _is_own(mount: Mount, content: str, roots: Iterable[str]) -> bool:
    own = [PurePosixPath(folder) for folder in (content, *roots)]
    return own[0].is_relative_to(mount.path) or (mount.is_there and any(map(mount.path.is_relative_to, own)))


def _listed(root: Path, file: Path) -> Iterator[Mount]:
    """Go through the repositories that a publish configuration names, as far as they lie below the root."""
    listed = read_object(file).get("dependent_repositories")
    text = read_data(file, MAX_BESIDE).decode("utf-8-sig")
    real = root.resolve()
    source = Source.of(PurePosixPath(Path(os.path.relpath(file, real)).as_posix()), text)
    for entry in listed if isinstance(listed, list) else ():
        named = entry.get("path_to_root") if isinstance(entry, dict) else None
        if not isinstance(named, str) or not setting_values.is_mount(named):
            continue
        place = Path(os.path.normpath(file.parent / named))
        if place == real or not place.is_relative_to(real):
            continue
        yield Mount(
            path=PurePosixPath(place.relative_to(real).as_posix()),
            place=str(place),
            is_there=is_folder(place) and Path(os.path.realpath(place)) == place,
            span=_span(source, named),
            url=_text(entry.get("url")),
            branch=_text(entry.get("branch")),
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _span(source: Source, named: str) -> Span:
    """Find where a publish configuration names a folder; its beginning where the name is written in another way."""
    written = json.dumps(named, ensure_ascii=False)
    keys = (found.end() for found in _KEY.finditer(source.text))
    start = next((at for at in keys if source.text.startswith(written, at)), None)
    return source.span((0, 0)) if start is None else source.stretch(start, start + len(written))
