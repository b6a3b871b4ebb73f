"""Reading: texts within the roots of a content set, and regular files of a bounded size beside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from guidekit.disk import letter_case
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError, is_below, reason
from guidekit.text.source import Unreadable

MAX_BESIDE = 50_000_000


class DiskReader:
    """Reads texts below a root, but only from its given folders, wherever symbolic links may lead."""

    def __init__(self, content_set: ContentSet) -> None:
        self._content_set = content_set
        self._layout = content_set.layout
        self._folders = content_set.folders
        self._repository = (content_set.root.resolve(),) if content_set.reads_repository else ()
        places = {folder: content_set.place(PurePosixPath(folder)) for folder in self._folders}
        self._real = {folder: place.resolve() for folder, place in places.items()}
        self._sees_case = all(map(letter_case.is_seen, places.values()))
        self._max_size = content_set.settings.max_file_size

    def __call__(self, path: PurePosixPath) -> str | Unreadable | None:
        """Read a file's text; ``None`` where there is none. Never raises over content."""
        mount = self._layout.mount_of(path)
        if mount and not mount.is_there:
            return Unreadable(reason="not-mounted", detail=f"lies in the repository '{mount.path}', which is not there")
        if not self._repository and not any(path.is_relative_to(PurePosixPath(folder)) for folder in self._folders):
            folders = ", ".join(f"'{folder}'" for folder in self._folders)
            return Unreadable(reason="outside-roots", detail=f"lies outside the folders that may be read: {folders}")
        place = self._content_set.place(path)
        if not self._sees_case and not self._is_spelled_so(path):
            return None  # as on systems that tell capitals from small letters
        try:
            real = place.resolve(strict=True)
            if not self._may_be_read(real, path):
                is_hidden = any(part.startswith(".") for part in path.parts)
                if is_hidden and (mount or (self._repository and real == self._repository[0] / path)):
                    return Unreadable(reason="denied", detail="is hidden, or lies in a hidden folder: that is not read")
                detail = "leads out of the folders that may be read, through a symbolic link"
                return Unreadable(reason="outside-roots", detail=detail)
            return self._read(real)
        except FileNotFoundError:
            if not place.is_symlink():
                return None
            return Unreadable(reason="denied", detail="is a symbolic link to a file that does not exist")
        except (OSError, RuntimeError, ValueError) as error:
            return Unreadable(reason="denied", detail=f"cannot be read: {reason(error)}")

    def _is_spelled_so(self, path: PurePosixPath) -> bool:
        mount = self._layout.mount_of(path)
        inside = path.relative_to(mount.path) if mount else path
        return letter_case.spelled(Path(mount.place) if mount else self._content_set.root, inside) == inside

    def _may_be_read(self, real: Path, path: PurePosixPath) -> bool:
        """Does a file lie within the folders? A link may lead into none that is hidden, and nothing into ``.git``.

        Of another repository, nothing that is hidden or lies elsewhere is read.
        """
        if mount := self._layout.mount_of(path):
            return is_below(real, self._real[str(mount.path)])
        if any(is_below(real, folder) for folder in (*self._real.values(), *self._repository)):
            return True
        is_link = real != self._content_set.root.resolve() / path
        return not is_link and ".git" not in path.parts and any(map(real.is_relative_to, self._real.values()))

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


_PART = 1 << 18
"""How many bytes are asked for at once."""


def read_text(stream: BinaryIO, most: int) -> str | Unreadable:
    """Read a text to its end, but no further than a file may be long; room is taken only for what there is."""
    data = bytearray()
    while len(data) <= most and (part := stream.read(min(most + 1 - len(data), _PART))):
        data += part
    if len(data) <= most:
        return decode(bytes(data))
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
        raise RootError(f"{file}: cannot be read: {reason(error)}") from None
    try:
        return read_data(file).decode()
    except UnicodeDecodeError as error:
        raise RootError(f"{file}: cannot be read: {error}") from None


def read_data(file: Path, most: int = MAX_BESIDE) -> bytes:
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
        raise RootError(f"{file}: cannot be read: {reason(error)}") from None
    if len(data) > most:
        raise RootError(f"{file}: has {max(status.st_size, len(data)):,} bytes, more than the {most:,} that are read")
    return data


def read_bounded(file: Path, most: int) -> bytes:
    """Read the beginning of a regular file, ``most`` bytes at most; nothing of one that cannot be read."""
    try:
        with open(file, "rb", opener=_at_once) as opened:
            return opened.read(most) if stat.S_ISREG(os.fstat(opened.fileno()).st_mode) else b""
    except (OSError, ValueError):
        return b""


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for whoever may write to a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def read_shipped(name: str) -> str:
    """Read a text that comes with the package, named from the package's folder."""
    return (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
