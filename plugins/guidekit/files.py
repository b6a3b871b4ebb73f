"""The disk: the settings file, the files of a content set, and reading them. No other module opens a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import yaml

from guidekit import redirections, temporary_files, yaml_nodes
from guidekit.settings import Layout, Settings, SettingsError
from guidekit.source import Unreadable

SETTINGS_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
CONTENT_FOLDERS = ("content", "docs", "articles")
_MAX_INHERITANCE = 10
_MAX_SETTINGS = 2_000_000
_MAX_NODES = 500_000
_MAX_DIGITS = 1_000
_MAX_OWNERS = 3_000_000  # as on GitHub
_MAX_BESIDE = 50_000_000
_MAX_PAGE = 100_000_000
_CODE_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class RootError(Exception):
    """A content set that cannot be opened; the message names the folder or file."""


class WriteError(Exception):
    """A file that cannot be written; the message names it."""


@dataclass(frozen=True, kw_only=True)
class ContentSet:
    """A folder with a content set: where it lies, how it is laid out, its settings, and the files that have these."""

    root: Path
    layout: Layout
    settings: Settings
    settings_files: tuple[Path, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that may be read, counted from the root."""
        return (self.layout.content, *self.settings.roots)


def is_there(place: Path) -> bool:
    """Is there something of this name, as far as the system tells? No name is too long or too strange to be asked for."""
    return _status(place) is not None


def is_file(place: Path) -> bool:
    """Is there a file of this name?"""
    status = _status(place)
    return status is not None and stat.S_ISREG(status.st_mode)


def is_link(place: Path) -> bool:
    """Is there a symbolic link of this name?"""
    try:
        return place.is_symlink()
    except (OSError, ValueError):
        return False


def is_folder(place: Path) -> bool:
    """Is there a folder of this name?"""
    status = _status(place)
    return status is not None and stat.S_ISDIR(status.st_mode)


def _status(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except (OSError, ValueError):
        return None


def find_root(place: Path) -> Path:
    """Find the folder of the content set that holds ``place``: the nearest one upward with a settings file.

    Without one anywhere, it is the nearest folder upward that holds ``place`` in a folder named as content folders
    are, else the nearest one that has an ``includes`` folder, else ``place`` itself.
    """
    start = place if is_folder(place) else place.parent
    lexical = Path(os.path.abspath(start))  # noqa: PTH100 a link must not lead into another content set
    folders = [start, *lexical.parents, *start.resolve().parents]
    for folder in folders:
        if _settings_file(folder):
            return folder
    if any(is_folder(start / name) for name in CONTENT_FOLDERS):
        return start
    for inner, folder in pairwise(folders):
        if inner.resolve().name in CONTENT_FOLDERS:
            return folder
    return next((folder for folder in folders if is_folder(folder / "includes")), start)


def has_settings(folder: Path) -> bool:
    """Does a settings file lie in this folder?"""
    return _settings_file(folder) is not None


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
        file = _settings_file(root)
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


def refuse_folders(content_set: ContentSet) -> None:
    """Refuse folders that lead, or could lead, out of the content set's own.

    Raises `SettingsError` for a path that does, and `RootError` for a folder that is a symbolic link or lies in one.
    """
    for folder in content_set.settings.roots:
        _check_folder("roots", folder)
    for folder in content_set.folders:
        path = PurePosixPath(folder)
        for part in (path, *path.parents):
            place = content_set.root / part
            if part.parts and place.is_symlink():
                whole = "" if part == path else f" in which '{folder}' lies"
                raise RootError(f"the folder '{place}'{whole} is a symbolic link: name one that is not")


def is_listed(content_set: ContentSet, path: PurePosixPath) -> bool:
    """Would a file of this name be one of the content set's?"""
    homes = (PurePosixPath(folder) for folder in content_set.folders)
    return any(
        path.is_relative_to(home) and not any(part.startswith(".") for part in path.relative_to(home).parts)
        for home in homes
    )


def list_files(content_set: ContentSet) -> frozenset[PurePosixPath]:
    """List every file of a content set, counted from its root; hidden ones are left out."""
    found: set[PurePosixPath] = set()
    for folder in content_set.folders:
        top = content_set.root / folder
        for here, folders, names in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = PurePosixPath(folder, *Path(here).relative_to(top).parts)
            found.update(inside / name for name in names if not name.startswith("."))
    return frozenset(found)


def files_beside(content_set: ContentSet) -> tuple[Path, ...]:
    """List the files that are no content but decide what is made of it, where they are: settings, owners, redirections."""
    place = content_set.root.resolve()
    found = _code_owners_file(place)
    owners = found[1:] if found else ()
    moved = (file for _, file in _redirection_files(place))
    settings = dict.fromkeys((*content_set.settings_files, *(content_set.root / name for name in SETTINGS_FILES)))
    return (*settings, *owners, *moved)


def folders_to_watch(content_set: ContentSet) -> Mapping[Path, bool]:
    """List the folders in which a change may concern a content set, and whether with all that is below them.

    Those above a folder are among them, as it may be replaced as a whole.
    """
    root, place = content_set.root, content_set.root.resolve()
    deep = [root / folder for folder in content_set.folders]
    between = (above for folder in deep for above in folder.parents if above.is_relative_to(root))
    owners = (folder / name for folder in _up_to_repository(place) for name in _CODE_OWNERS)
    beside = (file.parent for file in (*files_beside(content_set), *owners))
    flat = dict.fromkeys((root, place.parent, *_up_to_repository(place), *between, *beside), False)
    return flat | dict.fromkeys(deep, True)


def stamp(file: Path) -> tuple[int, ...]:
    """Ask the system for what changes whenever a file is written or replaced; nothing where there is no file."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def code_owners(root: Path) -> Callable[[PurePosixPath], str]:
    """Answer the owners that a repository's CODEOWNERS names for a file below ``root``, apart by blanks.

    Raises `RootError` where it cannot be read.
    """
    found = _code_owners_file(root.resolve())
    return _owners_in(found[1], root.resolve().relative_to(found[0])) if found else lambda _: ""


def _code_owners_file(place: Path) -> tuple[Path, Path] | None:
    """Find the folder of the repository that names owners, and the file in which it does."""
    for folder in (place, *place.parents):
        file = next((folder / name for name in _CODE_OWNERS if _is_named(folder / name)), None)
        if file:
            return folder, file
        if is_there(folder / ".git"):
            break
    return None


def _owners_in(file: Path, below: Path) -> Callable[[PurePosixPath], str]:
    from guidekit.code_owners import CodeOwners  # most content sets have no such file

    try:
        owners = CodeOwners(_read_beside(file, _MAX_OWNERS).decode("utf-8-sig", "replace"))
    except ValueError as error:
        raise RootError(f"{file}: {error}") from None
    return lambda path: owners.of((below / path).as_posix())


def moved_files(root: Path) -> Mapping[PurePosixPath, str]:
    """Read where the repository says that files below ``root`` have moved. Raises `RootError` where it cannot be read."""
    place = root.resolve()
    moved: dict[PurePosixPath, str] = {}
    for folder, file in _redirection_files(place):
        try:
            below = PurePosixPath(place.relative_to(folder).as_posix())
            moved |= redirections.read(_read_beside(file, _MAX_BESIDE).decode("utf-8-sig"), below)
        except ValueError as error:
            raise RootError(f"{file}: is no file of redirections: {_reason(error)}") from None
    return moved


def _read_beside(file: Path, most: int) -> bytes:
    """Read a file that decides what is made of the content. Raises `RootError` for a link out of the repository too."""
    if not Path(os.path.realpath(file)).is_relative_to(repository_folder(file.parent)):
        raise RootError(f"{file}: leads out of the repository, through a symbolic link")
    return read_data(file, most)


def _redirection_files(place: Path) -> Iterator[tuple[Path, Path]]:
    for folder in _up_to_repository(place):
        for file in sorted(folder.glob(redirections.FILES)):
            yield folder, file


def _up_to_repository(place: Path) -> Sequence[Path]:
    """List a folder and those above it up to the repository's; it alone where no repository holds it."""
    folders = [place, *place.parents]
    top = next((number for number, folder in enumerate(folders) if is_there(folder / ".git")), 0)
    return folders[: top + 1]


def repository_folder(place: Path) -> Path:
    """Find the folder of the repository that holds a folder; itself where none does."""
    return _up_to_repository(place.resolve())[-1]


class DiskReader:
    """Reads texts below a root, but only from its given folders, wherever symbolic links may lead."""

    def __init__(self, content_set: ContentSet) -> None:
        self._root = content_set.root
        self._folders = content_set.folders
        self._real = tuple((self._root / folder).resolve() for folder in self._folders)
        self._max_size = content_set.settings.max_file_size

    def __call__(self, path: PurePosixPath) -> str | Unreadable | None:
        """Read a file's text; ``None`` where there is none. Never raises over content."""
        if not any(path.is_relative_to(PurePosixPath(folder)) for folder in self._folders):
            folders = ", ".join(f"'{folder}'" for folder in self._folders)
            return Unreadable(reason="outside-roots", detail=f"lies outside the folders that may be read: {folders}")
        try:
            real = (self._root / path).resolve(strict=True)
            if not any(real.is_relative_to(folder) for folder in self._real):
                detail = "leads out of the folders that may be read, through a symbolic link"
                return Unreadable(reason="outside-roots", detail=detail)
            return self._read(real)
        except FileNotFoundError:
            if not (self._root / path).is_symlink():
                return None
            return Unreadable(reason="denied", detail="is a symbolic link to a file that does not exist")
        except (OSError, RuntimeError, ValueError) as error:
            return Unreadable(reason="denied", detail=f"cannot be read: {_reason(error)}")

    def _read(self, file: Path) -> str | Unreadable:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            return Unreadable(reason="directory", detail="is a folder")
        if not stat.S_ISREG(status.st_mode):
            return Unreadable(reason="denied", detail="is not a regular file")
        if status.st_size > self._max_size:
            return too_large(status.st_size, self._max_size)
        with file.open("rb") as opened:
            return read_text(opened, self._max_size)  # it may have grown


def read_text(stream: BinaryIO, most: int) -> str | Unreadable:
    """Read a text to its end, but no further than a file may be long."""
    data = stream.read(most + 1)
    if len(data) <= most:
        return decode(data)
    return Unreadable(reason="too-large", detail=f"has more than the {most:,} bytes that 'max_file_size' allows")


def too_large(size: int, most: int) -> Unreadable:
    """Refuse a file of more bytes than a file may have."""
    detail = f"has {size:,} bytes, more than the {most:,} that 'max_file_size' allows"
    return Unreadable(reason="too-large", detail=detail)


def decode(data: bytes) -> str | Unreadable:
    """Make a text of what a file holds."""
    if b"\0" in data:
        return Unreadable(reason="not-text", detail="is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        return Unreadable(reason="not-text", detail=f"is not UTF-8: byte 0x{byte:02x} on line {line}")


def read(file: Path) -> str | None:
    """Read a text beside the content, byte order mark and line endings included; ``None`` where there is none.

    Raises `RootError` where it cannot be read.
    """
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise RootError(f"{file}: cannot be read: {_reason(error)}") from None
    try:
        return read_data(file).decode()
    except UnicodeDecodeError as error:
        raise RootError(f"{file}: cannot be read: {error}") from None


def read_data(file: Path, most: int = _MAX_BESIDE) -> bytes:
    """Read a regular file that is no content, if it has no more than ``most`` bytes.

    Raises `RootError` where it cannot be read. A pipe or a device is refused: it may never end.
    """
    try:
        with open(file, "rb", opener=_at_once) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise RootError(f"{file}: is not a regular file")
            data = opened.read(most + 1)  # more than its size, where it grows
    except (OSError, ValueError) as error:
        raise RootError(f"{file}: cannot be read: {_reason(error)}") from None
    if len(data) > most:
        raise RootError(f"{file}: has {max(status.st_size, len(data)):,} bytes, more than the {most:,} that are read")
    return data


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for whoever may write to a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def _is_named(file: Path) -> bool:
    """Does anything but a folder have this name, a link to nothing included?"""
    return (is_there(file) or file.is_symlink()) and not is_folder(file)


class SiteReader:
    """Lists and reads the files of a built site, hidden ones too, but nothing outside its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def list_files(self) -> frozenset[str]:
        """List every file by its path from the site's folder; a link to a folder of the site holds that one's files."""
        found: set[str] = set()
        links: list[Path] = []
        for here, folders, names in os.walk(self._folder):
            found.update(self._inside(Path(here, name)) for name in names)
            links += (Path(here, name) for name in folders if Path(here, name).is_symlink())
        return frozenset(found.union(*(self._linked(link, found) for link in links)))

    def _linked(self, link: Path, files: Collection[str]) -> set[str]:
        to = link.resolve()
        if not to.is_relative_to(self._folder):
            return set()
        folder = "" if to == self._folder else f"{self._inside(to)}/"
        return {f"{self._inside(link)}/{file[len(folder) :]}" for file in files if file.startswith(folder)}

    def _inside(self, place: Path) -> str:
        return place.relative_to(self._folder).as_posix()

    def __call__(self, path: str) -> bytes:
        """Read a file. Raises `RootError` where that cannot be done."""
        file = self._folder / path
        try:
            real = file.resolve(strict=True)
            if not real.is_relative_to(self._folder):
                raise RootError(f"{file}: leads out of the site, through a symbolic link")
        except (OSError, RuntimeError, ValueError) as error:
            raise RootError(f"{file}: cannot be read: {_reason(error)}") from None
        return read_data(real, _MAX_PAGE)


def has_navigation(place: Path) -> bool:
    """Does the settings file, or the one in this folder, list the pages of its navigation?"""
    file = place if is_file(place) else _settings_file(place)
    return file is not None and isinstance(_read_config(file).get("nav"), list)


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: what was there stays until all is written. Raises `WriteError`.

    What is no regular file, such as a device or a pipe, is written to as it is.
    """
    try:
        target = file.resolve() if file.is_symlink() else file
        if _is_special(file):
            file.write_bytes(data)
            return
        with temporary_files.beside(target) as made:
            made.write_bytes(data)
            made.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
            made.replace(target)
    except (OSError, RuntimeError, ValueError) as error:
        raise WriteError(f"cannot write '{file}': {_reason(error)}") from None


def remove_abandoned(folders: Iterable[Path]) -> bool:
    """Remove from folders what killed runs have left there of files that they were writing; was there anything?"""
    removed = [temporary_files.remove_abandoned(folder) for folder in set(folders)]
    return any(removed)


def remove(file: Path) -> None:
    """Remove a file. Raises `WriteError`."""
    try:
        file.unlink()
    except OSError as error:
        raise WriteError(f"cannot remove '{file}': {_reason(error)}") from None


def _is_special(file: Path) -> bool:
    return is_there(file) and not is_file(file) and not is_folder(file)


def holds(file: Path, data: bytes | None) -> bool:
    """Is this what is on disk now; ``None`` for no file at all? What is no regular file is not read."""
    try:
        return not _is_special(file) and file.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return data is None
    except OSError:
        return False


def move(file: Path, to: Path) -> None:
    """Give a file another name, where none has that name. Raises `WriteError`."""
    try:
        if to.exists() or to.is_symlink():
            raise WriteError(f"cannot move '{file}' to '{to}': that file exists")
        file.rename(to)
    except OSError as error:
        raise WriteError(f"cannot move '{file}' to '{to}': {_reason(error)}") from None


def remove_empty(folder: Path) -> None:
    """Remove a folder and those below it, as far as nothing is in them."""
    for here, _, _ in os.walk(folder, topdown=False):
        try:
            Path(here).rmdir()
        except OSError:  # something is left in it
            continue


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing. Raises `WriteError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot make the folder '{folder}': {_reason(error)}") from None


def read_shipped(name: str) -> str:
    """Read a text that comes with the package, named from the package's folder."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def cache_folder(name: str, root: Path) -> Path:
    """Name the folder of the user's own cache for a content set: nobody who writes content can lay anything there."""
    from platformdirs import user_cache_path  # few commands keep anything

    place = root.resolve()
    return user_cache_path("guidekit") / name / f"{place.name}-{sha256(os.fsencode(place)).hexdigest()[:16]}"


def _umask() -> int:
    """Ask for the permissions that new files do not get; the system tells only who sets them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _yaml_problem(error: Exception) -> str:
    """Say what is wrong and on which line, but not what stands there: INHERIT could name a file with a secret."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return " ".join(str(error).split())
    mark = error.problem_mark or error.context_mark
    return f"{error.problem or error.context}{f' on line {mark.line + 1}' if mark else ''}"


def _settings_file(folder: Path) -> Path | None:
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
    if not isinstance(folder, str) or "\0" in folder or Path(folder).is_absolute() or ".." in Path(folder).parts:
        raise SettingsError(key, "must be a folder below the settings file")


def _plugin_options(config: Mapping[str, Any]) -> Mapping[str, object]:
    for name, options in _entries(config.get("plugins")):
        if name == "guidekit":
            if options is not None and not isinstance(options, Mapping):
                raise SettingsError("plugins.guidekit", "expected settings as keys with values")
            return options or {}
    return {}


def _entries(plugins: object) -> Iterator[tuple[str, object]]:
    if isinstance(plugins, Mapping):
        yield from plugins.items()
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, str):
            yield plugin, None
        elif isinstance(plugin, Mapping):
            yield from plugin.items()


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
    return Layout(
        content=Path(content).as_posix(),
        directory_urls=urls is not False,
        site_url=address if isinstance(address, str) else "",
        settings_file=file.name if file else SETTINGS_FILES[0],
    )
