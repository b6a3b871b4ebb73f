"""Rules on the names of files: other systems than the author's must be able to have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from guidekit.diagnostics import Severity
from guidekit.library.queries import LibraryQueries
from guidekit.rules.rule import Finding, library_rule
from guidekit.text import file_names, likeness
from guidekit.text.source import Source


@library_rule(Severity.SUGGESTION)
def name_not_portable(library: LibraryQueries) -> Iterator[Finding]:
    """A file or folder must have a name that it can have on Windows and macOS too.

    Bad:
        content/guide.md
            See [the other](Other.md) and [another](other.md).
        content/Other.md
            # Other
        content/other.md
            # Another
        content/aux.md
            # Auxiliaries

    Good:
        content/guide.md
            See [the other](other.md) and [another](another.md).
        content/other.md
            # Other
        content/another.md
            # Another
        content/auxiliaries.md
            # Auxiliaries

    Why:
        Windows has names of devices, such as `aux`, leaves out a dot or a blank at the end of a name, and allows no
        `<>:"|?*` in it. Like macOS, it takes capitals for small letters. Who clones the repository there gets an error, or
        one file in the place of two.
    """
    judged: dict[PurePosixPath, PurePosixPath] = {}
    own = (file for file in library.files if not library.layout.mount_of(file))
    for file in sorted(own):
        for path in (*reversed(file.parents[:-1]), file):
            if path not in judged:
                judged[path] = file
                if fault := file_names.fault_on_windows(path.name):
                    yield _finding(file, f"'{path.name}' {fault}")
    yield from _in_one_place(judged)


def _in_one_place(paths: dict[PurePosixPath, PurePosixPath]) -> Iterator[Finding]:
    """Find the files and folders that are one where capitals are small letters, each with the first file in it."""
    first: dict[PurePosixPath, PurePosixPath] = {}
    for path, file in paths.items():
        other = first.setdefault(path.with_name(file_names.in_one_case(path.name)), path)
        if other != path:
            systems = "Windows and macOS" if path.name.lower() == other.name.lower() else "macOS"
            how = likeness.difference(path.name, other.name)
            yield _finding(
                file, f"'{path.name}' and '{other.name}' are one name on {systems}" + (f": {how}" if how else "")
            )


def _finding(file: PurePosixPath, message: str) -> Finding:
    return Finding(message=message, span=Source(path=file, text="").span((0, 0)), hint="rename the file or folder")
