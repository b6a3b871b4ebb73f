"""Cases as files: each tells one behavior in its name, and holds the files to lay out and the text to expect.

A line ``=== PATH`` begins a file, ``=== expected`` what is expected of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

import pytest

from guidekit.text import file_names

FOLDER = Path(__file__).parent / "cases"
EXPECTED = "expected"
LEARN_REPOSITORY = "docfx.json"
"""The file by which all pages of a folder are Learn's."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case: its files by path, and what is expected."""

    path: Path
    files: dict[str, str]
    expected: str

    def lay_out(self, root: Path) -> Path:
        """Write the case's files below a folder, and answer the folder."""
        return lay_out(root, self.files)

    def rewrite(self, actual: str) -> None:
        """Make what came out what is expected."""
        sections = {**self.files, EXPECTED: actual}
        self.path.write_text("".join(f"=== {name}\n{text}" for name, text in sections.items()), encoding="utf-8")

    def diff(self, actual: str) -> str:
        """Show as a diff what is expected before and after that."""
        before, after = (text.splitlines(keepends=True) for text in (self.expected, actual))
        return "".join(unified_diff(before, after, f"{self.path.name} before", f"{self.path.name} now"))


def lay_out(root: Path, files: Mapping[str, str | bytes], *, learn_repository: bool = True) -> Path:
    """Write files below a folder, and answer the folder; it is a repository of Learn's where nothing else is said."""
    skip_names_of_other_systems(files)
    known = {LEARN_REPOSITORY: "{}\n", **files} if learn_repository else files
    for name, text in known.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def skip_names_of_other_systems(names: Iterable[str]) -> None:
    """Skip a test of names that this system cannot have."""
    every = {folder for name in names for folder in (PurePosixPath(name), *PurePosixPath(name).parents)}
    if sys.platform == "win32" and any(file_names.fault_on_windows(path.name) for path in every):
        pytest.skip("there can be no such names on this system")
    if sys.platform != "linux" and len({file_names.in_one_case(str(path)) for path in every}) < len(every):
        pytest.skip("such names are one name on this system")


def read(path: Path) -> Case:
    """Read one case."""
    sections: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("=== "):
            name = line[4:].strip()
            sections[name] = []
        else:
            sections[name].append(line)
    texts = {name: "".join(lines) for name, lines in sections.items()}
    return Case(path=path, expected=texts.pop(EXPECTED, ""), files=texts)


def every(kind: str) -> list[Path]:
    """List the cases of one kind."""
    return sorted((FOLDER / kind).glob("*.txt"))
