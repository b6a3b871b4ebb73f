"""The settings file of a content set: found, read with what it inherits, and turned into settings and a layout."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from guidekit import setting_values
from guidekit.disk import mounts, settings_yaml, site_settings
from guidekit.disk.content_set import ContentSet
from guidekit.disk.docfx_files import (
    DOCFX,
    PUBLISHING,
    content_folder,
    docset_files,
    docsets,
    folders_upward,
    repository_of,
)
from guidekit.disk.file_status import INSTALLED, RootError, is_file, is_folder, is_there, up_to_repository, without_dots
from guidekit.disk.git_ignore import GitIgnore
from guidekit.docset import Docset
from guidekit.layout import Layout, draws_alerts, extensions
from guidekit.settings import Settings, SettingsError

SETTINGS_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
CONTENT_FOLDERS = ("content", "docs", "articles")
_LEARN_FILES = (PUBLISHING, DOCFX)


def find_root(place: Path) -> Path:
    """Find the folder of the content set that holds ``place``: the nearest one upward with a settings file.

    Without one anywhere, it is the repository of the nearest docfx.json upward; without that, the nearest folder upward
    that holds ``place`` in a folder named as content folders are, else the nearest one that has an ``includes`` folder,
    else ``place`` itself. Raises `RootError` for a publish configuration that cannot be read.
    """
    start = _folder_of(place)
    folders = _upward(start)
    for folder in folders:
        if settings_file(folder):
            return folder
    if docsets := docset_files(start):
        return repository_of(docsets[0])
    if _has_content_folder(start):
        return start
    for inner, folder in pairwise(folders):
        if inner.resolve().name in CONTENT_FOLDERS:
            return folder
    return next((folder for folder in folders if is_folder(folder / "includes")), start)


def roots_below(place: Path) -> Sequence[Path]:
    """Find the folders of the content sets below a folder that lies in none; none of them lies in another.

    These are the folders whose settings file names guidekit. A folder lies in a content set where there is a settings file
    in it or upward, or where a folder in it is named as content folders are.
    """
    start = _folder_of(place)
    if not is_folder(place) or _has_content_folder(start) or any(map(settings_file, _upward(start))):
        return ()
    return tuple(_named_below(start))


def _folder_of(place: Path) -> Path:
    place = without_dots(place)
    return place if is_folder(place) else place.parent


def _upward(start: Path) -> Sequence[Path]:
    lexical = Path(os.path.abspath(start))  # noqa: PTH100 a link must not lead into another content set
    return [start, *lexical.parents, *start.resolve().parents]


def _has_content_folder(folder: Path) -> bool:
    return any(is_folder(folder / name) for name in CONTENT_FOLDERS)


def _named_below(start: Path) -> Iterator[Path]:
    ignore = GitIgnore(start)
    for here, folders, _ in os.walk(start):
        inside = PurePosixPath(Path(here).relative_to(start).as_posix())
        shown = (name for name in folders if not name.startswith(".") and name not in INSTALLED)
        folders[:] = sorted(name for name in shown if not ignore.leaves_out_folder(inside / name))
        file = settings_file(Path(here))
        if file and _names_guidekit(file):
            folders.clear()
            yield Path(here)


def _names_guidekit(file: Path) -> bool:
    """Does a settings file name guidekit? One that cannot be read does where the name stands in it."""
    try:
        return site_settings.names_guidekit(settings_yaml.read(file))
    except (RootError, SettingsError):
        return _mentions_guidekit(file)


def _mentions_guidekit(file: Path) -> bool:
    try:
        return b"guidekit" in settings_yaml.read_bytes(file)
    except RootError:
        return True


def has_settings(folder: Path) -> bool:
    """Does a settings file lie in this folder?"""
    return settings_file(folder) is not None


def open_content_set(
    root: Path,
    settings: Settings | Mapping[str, object] | None = None,
    *,
    read: Callable[[Path], bytes] | None = None,
) -> ContentSet:
    """Read a content set's settings: those given, else those in its settings file, else the defaults.

    ``read`` answers what a settings file holds, where that is not what is on disk. Raises `SettingsError` for settings and
    `RootError` for a folder that cannot be used.
    """
    if is_folder(root) or not is_there(root):
        file = settings_file(root)
    else:
        file, root = root, root.parent
    docfx = file if file and file.name == DOCFX else None
    if docfx:
        file, root = None, repository_of(docfx)
    if not is_folder(root):
        raise RootError(f"there is no folder '{root}'")
    settings_files: list[Path] = []

    def note(file: Path) -> bytes:
        settings_files.append(file)
        return (read or settings_yaml.read_bytes)(file)

    config = settings_yaml.read(file, note) if file else {}
    options = site_settings.own_options(config) if settings is None else {}
    unknown = tuple(str(name) for name in options if not Settings.knows(name))
    if not isinstance(settings, Settings):
        known = {name: value for name, value in options.items() if Settings.knows(name)}
        settings = Settings.from_mapping(known if settings is None else settings)
    layout = _layout(root, config, file, settings, docfx)
    docsets = (root / docset.file for docset in layout.docsets)
    content_set = ContentSet(
        root=root,
        layout=layout,
        settings=settings,
        settings_files=(*settings_files, *docsets),
        unknown_settings=unknown,
    )
    refuse_folders(content_set)
    return content_set


def unread_settings(root: Path) -> Path | None:
    """Find the pyproject.toml, up to that of the repository, that has a table for guidekit, which nobody reads."""
    places = (folder / "pyproject.toml" for folder in up_to_repository(root.resolve()))
    return next((file for file in places if is_file(file) and _has_table(file)), None)


def _has_table(project: Path) -> bool:
    try:
        data = settings_yaml.read_bytes(project)
    except RootError:
        return False
    if b"guidekit" not in data:
        return False
    import tomllib  # few projects name guidekit there

    try:
        tools = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        return False
    return isinstance(tools, dict) and "guidekit" in tools


def refuse_folders(content_set: ContentSet) -> None:
    """Refuse folders that lead, or could lead, out of the content set's own.

    Raises `SettingsError` for a path that does, and `RootError` for a folder that is a symbolic link or lies in one.
    """
    for folder in content_set.settings.roots:
        _check_folder("roots", folder)
    for folder in content_set.folders:
        path = PurePosixPath(folder)
        if content_set.layout.mount_of(path):
            continue  # where it lies was asked before, or is up to the settings
        if ".git" in path.parts:
            raise RootError(f"the folder '{folder}' belongs to git: name one that holds content")
        for part in (path, *path.parents):
            place = content_set.root / part
            if part.parts and place.is_symlink():
                whole = "" if part == path else f" in which '{folder}' lies"
                raise RootError(f"the folder '{place}'{whole} is a symbolic link: name one that is not")


def has_navigation(place: Path) -> bool:
    """Does the settings file, or the one in this folder, list the pages of its navigation?"""
    file = place if is_file(place) else settings_file(place)
    return file is not None and isinstance(settings_yaml.read(file).get("nav"), list)


def settings_file(folder: Path) -> Path | None:
    """Find the settings file of a folder, whether or not it can be read; ``None`` where it has none."""
    places = (folder / name for name in SETTINGS_FILES)
    return next((place for place in places if is_there(place) or place.is_symlink()), None)


def _check_folder(key: str, folder: str) -> None:
    if not setting_values.is_below(folder):
        raise SettingsError(key, "must be a folder below the settings file")


def learn_repository(root: Path, content: str) -> str:
    """Find the file by which a repository of Learn's is known, at or above the content folder; empty where there is none.

    A publish configuration says more than a docfx.json, which other projects have too.
    """
    folder = (root / content).resolve()
    places = list(folders_upward(folder))
    return next((name for name in _LEARN_FILES if any(is_file(place / name) for place in places)), "")


def _layout(root: Path, config: Mapping[str, Any], file: Path | None, settings: Settings, docfx: Path | None) -> Layout:
    alone = () if file else _docsets_alone(root, settings, docfx)
    if file:
        content = site_settings.content_folder(config, root)
    elif alone:
        content = content_folder(root, alone[0])
    else:
        content = next((name for name in CONTENT_FOLDERS if is_folder(root / name)), ".")
    if not is_folder(root / content):
        raise RootError(f"there is no content folder '{root / content}'")
    switched_on = extensions(site_settings.markdown_extensions(config))
    return Layout(
        content=content,
        directory_urls=site_settings.has_directory_urls(config),
        site_url=site_settings.site_address(config),
        settings_file=file.name if file else str(alone[0].file) if alone else SETTINGS_FILES[0],
        markdown_extensions=switched_on,
        learn_repository=learn_repository(root, content),
        draws_alerts=draws_alerts(switched_on, (name for name, _ in site_settings.plugins(config))),
        excluded=site_settings.excluded(config),
        drafts=site_settings.drafts(config),
        translations=site_settings.translations(config),
        brings_sites=site_settings.brings_sites(config),
        docsets=alone or docsets(root, content, settings.docfx),
        mounts=mounts.find(root, content, settings, file.name if file else SETTINGS_FILES[0]),
    )


def _docsets_alone(root: Path, settings: Settings, docfx: Path | None) -> tuple[Docset, ...]:
    """Read the docfx.json files of a repository that has no other settings file."""
    files = [docfx] if docfx else docset_files(root)
    inside = (file.resolve().relative_to(root.resolve()).as_posix() for file in files)
    return docsets(root, ".", settings.docfx if settings.docfx is not None else tuple(inside))
