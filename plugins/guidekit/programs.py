"""Other programs: how they are found and started, so that nothing of a content set is run or obeyed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

_NEEDED = frozenset(
    (
        *("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE"),
        *("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    )
)
"""The variables that a program needs to find files and servers; there is no token and no setting among them."""


class ProgramError(Exception):
    """A program that cannot be started; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of a program: its exit code, and what it wrote to standard output and to standard error."""

    code: int
    output: bytes
    errors: bytes


def find(name: str, root: Path) -> str:
    """Find a program in the folder of this Python, else in the folders of PATH, but none that came with a content set.

    So a relative entry of PATH, which counts from where one stands, is passed over, and so is one below ``root``, the
    content set's folder. Raises `ProgramError`.
    """
    own = Path(sys.executable).parent
    strange = ""
    for folder in filter(Path.is_absolute, (own, *map(Path, _searched()))):
        found = which(str(folder / (f"{name}.exe" if os.name == "nt" else name)))  # a whole path is tried, nothing else
        if found and (folder == own or not _is_below(folder, root)):
            return found
        strange = strange or found or ""
    reason = f"'{strange}' lies in the content set, and is not run" if strange else f"{name} is not installed"
    raise ProgramError(reason)


def run(
    program: str,
    arguments: Iterable[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    asked: bytes = b"",
    seconds: float | None = None,
) -> Done:
    """Run a program to its end in a folder; if no ``environment`` is given, with the few variables that it needs.

    PATH is without relative entries, so that what the program starts is not found in the folder. ``asked`` is its standard
    input, ``seconds`` the time that it may take. Raises `ProgramError`.
    """
    import subprocess  # costs a check a hundredth of its time, and most start no program

    given = {**(_needed() if environment is None else environment), "PATH": os.pathsep.join(_searched())}
    try:
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=given,
            input=asked,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "it takes too long"
        raise ProgramError(f"'{program}' cannot be run: {reason}") from None
    return Done(code=done.returncode, output=done.stdout, errors=done.stderr)


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make an empty folder for a program to stand in, and remove it at the end. Raises `ProgramError`."""
    try:
        made = TemporaryDirectory(prefix="guidekit-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ProgramError(f"a program cannot be given a folder: {error.strerror or error}") from None
    with made as place:
        yield Path(place)


def _searched() -> Sequence[str]:
    """List the folders of PATH but those that count from where one stands; without any, the system's own."""
    for path in (os.environ.get("PATH", ""), os.defpath):
        if whole := [entry for entry in path.split(os.pathsep) if Path(entry).is_absolute()]:
            return whole
    return ()


def _is_below(folder: Path, root: Path) -> bool:
    """Does a folder lie in a content set, or is reached through it? All lies in one that is the whole disk."""
    real = root.resolve()
    return real != Path(real.anchor) and any(
        place.is_relative_to(above) for place, above in ((folder, root.absolute()), (folder.resolve(), real))
    )


def _needed() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper() in _NEEDED}
