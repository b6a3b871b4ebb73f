"""The settings file of a content set: found, read with what it inherits, and turned into settings and a layout."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from guidekit import setting_values
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError, is_file, is_folder, is_there, up_to_repository, without_dots
from guidekit.disk.git_ignore import GitIgnore
from guidekit.disk.reading import read_data
from guidekit.layout import Layout, draws_alerts, extensions
from guidekit.settings import Settings, SettingsError
from guidekit.text import yaml_nodes
from guidekit.translations import Translations

SETTINGS_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
CONTENT_FOLDERS = ("content", "docs", "articles")
_LEARN_FILES = (".openpublishing.publish.config.json", "docfx.json")
_INSTALLED = ("node_modules", "site-packages")
"""The folders of what is installed, where no content set of one's own lies."""

_MAX_INHERITANCE = 10
_MAX_SETTINGS = 2_000_000
_MAX_NODES = 500_000
_MAX_DIGITS = 1_000


def find_root(place: Path) -> Path:
    """Find the folder of the content set that holds ``place``: the nearest one upward with a settings file.

    Without one anywhere, it is the nearest folder upward that holds ``place`` in a folder named as content folders
    are, else the nearest one that has an ``includes`` folder, else ``place`` itself.
    """
    start = _folder_of(place)
    folders = _upward(start)
    for folder in folders:
        if settings_file(folder):
            return folder
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
        shown = (name for name in folders if not name.startswith(".") and name not in _INSTALLED)
        folders[:] = sorted(name for name in shown if not ignore.leaves_out_folder(inside / name))
        file = settings_file(Path(here))
        if file and _names_guidekit(file):
            folders.clear()
            yield Path(here)


def _names_guidekit(file: Path) -> bool:
    """Does a settings file name guidekit? One that cannot be read does where the name stands in it."""
    try:
        config = _read_config(file)
    except RootError:
        return _mentions_guidekit(file)
    named = (*_entries(config.get("plugins")), *_entries(config.get("markdown_extensions")))
    return any(name == "guidekit" for name, _ in named)


def _mentions_guidekit(file: Path) -> bool:
    try:
        return b"guidekit" in _read_settings(file)
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
    if not is_folder(root):
        raise RootError(f"there is no folder '{root}'")
    settings_files: list[Path] = []

    def note(file: Path) -> bytes:
        settings_files.append(file)
        return (read or _read_settings)(file)

    config = _read_config(file, note) if file else {}
    if not isinstance(settings, Settings):
        settings = Settings.from_mapping(_plugin_options(config) if settings is None else settings)
    layout = _layout(root, config, file)
    content_set = ContentSet(root=root, layout=layout, settings=settings, settings_files=tuple(settings_files))
    refuse_folders(content_set)
    return content_set


def unread_settings(root: Path) -> Path | None:
    """Find the pyproject.toml, up to that of the repository, that has a table for guidekit, which nobody reads."""
    places = (folder / "pyproject.toml" for folder in up_to_repository(root.resolve()))
    return next((file for file in places if is_file(file) and _has_table(file)), None)


def _has_table(project: Path) -> bool:
    try:
        data = _read_settings(project)
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
    return file is not None and isinstance(_read_config(file).get("nav"), list)


def _yaml_problem(error: Exception) -> str:
    """Say what is wrong and on which line, but not what stands there: INHERIT could name a file with a secret."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return " ".join(str(error).split())
    mark = error.problem_mark or error.context_mark
    return f"{error.problem or error.context}{f' on line {mark.line + 1}' if mark else ''}"


def settings_file(folder: Path) -> Path | None:
    """Find the settings file of a folder, whether or not it can be read; ``None`` where it has none."""
    places = (folder / name for name in SETTINGS_FILES)
    return next((place for place in places if is_there(place) or place.is_symlink()), None)


def _read_settings(file: Path) -> bytes:
    return read_data(file, _MAX_SETTINGS)


class _Loader(yaml.SafeLoader):
    """Reads MkDocs's settings without running anything: ``!ENV``, ``!!python/name:…`` and their like are nothing."""


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Read a whole number; one in sixties, of many parts, costs the square of its length."""
    if len(node.value) > _MAX_DIGITS:
        raise ValueError(f"a number has more than {_MAX_DIGITS:,} digits")
    return int(loader.construct_yaml_int(node))


_Loader.add_multi_constructor("", lambda *_: None)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def _read_config(file: Path, read: Callable[[Path], bytes] = _read_settings, depth: int = 0) -> dict[str, Any]:
    data = read(file)
    if len(data) > _MAX_SETTINGS:
        raise RootError(f"{file}: has {len(data):,} bytes, more than the {_MAX_SETTINGS:,} that are read")
    try:
        config: dict[str, Any] = _parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RootError(f"{file}: cannot be read: {error}") from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:  # !!int x, !!timestamp x
        raise RootError(f"{file}: is not valid YAML: {_yaml_problem(error)}") from None
    if not isinstance(config, dict):
        raise RootError(f"{file}: expected keys with values")
    parent = config.get("INHERIT")
    if isinstance(parent, str):
        if depth == _MAX_INHERITANCE:
            raise RootError(f"{file}: INHERIT leads through more than {_MAX_INHERITANCE} files")
        try:
            config = _merge(_read_config(file.parent / parent, read, depth + 1), config)
        except RecursionError:
            raise RootError(f"{file}: a value holds itself") from None
    return config


def _parse(text: str) -> Any:
    """Read YAML, if it does not hold too much when its aliases are written out."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if yaml_nodes.count(node, _MAX_NODES) > _MAX_NODES:
            raise ValueError(f"its aliases (*name) multiply to more than the {_MAX_NODES:,} values that it may hold")
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        inherited = merged.get(key)
        merged[key] = _merge(inherited, value) if isinstance(inherited, dict) and isinstance(value, dict) else value
    return merged


def _check_folder(key: str, folder: object) -> None:
    if not isinstance(folder, str) or not setting_values.is_below(folder):
        raise SettingsError(key, "must be a folder below the settings file")


def _plugin_options(config: Mapping[str, Any]) -> Mapping[str, object]:
    for name, options in _entries(config.get("plugins")):
        if name == "guidekit":
            if options is not None and not isinstance(options, Mapping):
                raise SettingsError("plugins.guidekit", "expected settings as keys with values")
            return options or {}
    return {}


def _patterns(config: Mapping[str, Any], key: str) -> Iterator[str]:
    """Go through the globs of a setting of MkDocs, one a line."""
    value = config.get(key)
    yield from value.splitlines() if isinstance(value, str) else ()


def _navigation_files(config: Mapping[str, Any]) -> Iterator[str]:
    """Find the files in which literate-nav reads the navigation, which are no pages."""
    for name, options in _entries(config.get("plugins")):
        if name == "literate-nav":
            file = options.get("nav_file") if isinstance(options, Mapping) else None
            yield file if isinstance(file, str) else "SUMMARY.md"


def _translations(config: Mapping[str, Any]) -> Translations | None:
    """Read the languages of a site that static-i18n publishes; ``None`` where it is not named."""
    for name, options in _entries(config.get("plugins")):
        if name == "i18n" and isinstance(options, Mapping):
            listed = options.get("languages")
            known = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
            folders = options.get("docs_structure") == "folder"
            return Translations(
                structure="folder" if folders else "suffix",
                languages=frozenset(str(one.get("locale")) for one in known),
                default=next((str(one.get("locale")) for one in known if one.get("default") is True), ""),
            )
    return None


def _markdown_extensions(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Go through the extensions of Python-Markdown that a site names; MkDocs switches three on by itself."""
    yield from ((name, {}) for name in ("toc", "tables", "fenced_code"))
    for name, options in _entries(config.get("markdown_extensions")):
        if isinstance(name, str):
            yield name, options if isinstance(options, Mapping) else {}


def _entries(plugins: object) -> Iterator[tuple[str, object]]:
    if isinstance(plugins, Mapping):
        yield from plugins.items()
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, str):
            yield plugin, None
        elif isinstance(plugin, Mapping):
            yield from plugin.items()


def learn_repository(root: Path, content: str) -> str:
    """Find the file by which a repository of Learn's is known, at or above the content folder; empty where there is none."""
    folder = (root / content).resolve()
    for place in (folder, *folder.parents):
        for name in _LEARN_FILES:
            if is_file(place / name):
                return name
        if is_there(place / ".git"):
            break
    return ""


def _layout(root: Path, config: Mapping[str, Any], file: Path | None) -> Layout:
    if file:
        content = config.get("docs_dir") or "docs"
    else:
        content = next((name for name in CONTENT_FOLDERS if is_folder(root / name)), ".")
    _check_folder("docs_dir", content)
    if not is_folder(root / content):
        raise RootError(f"there is no content folder '{root / content}'")
    urls = config.get("use_directory_urls")
    address = config.get("site_url")
    switched_on = extensions(_markdown_extensions(config))
    return Layout(
        content=Path(content).as_posix(),
        directory_urls=urls is not False,
        site_url=address if isinstance(address, str) else "",
        settings_file=file.name if file else SETTINGS_FILES[0],
        markdown_extensions=switched_on,
        learn_repository=learn_repository(root, content),
        draws_alerts=draws_alerts(switched_on, (str(name) for name, _ in _entries(config.get("plugins")))),
        excluded=(*_patterns(config, "exclude_docs"), *_navigation_files(config)),
        drafts=tuple(_patterns(config, "draft_docs")),
        translations=_translations(config),
    )
