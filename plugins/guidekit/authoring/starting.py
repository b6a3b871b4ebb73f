"""A fresh content set: settings, a first guide with an item and its guidance, a part for CI, settings of an editor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from string import Template

import yaml

from guidekit.authoring import wording
from guidekit.authoring.fragment import Byline
from guidekit.disk.changes import Change
from guidekit.disk.reading import read_shipped

_FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "content/index.md": "index.md",
    "content/guides/recovery.md": "guide.md",
    "includes/{guid}.md": "fragment.md",
}
"""The files with texts, and the templates of which they are made."""

_AS_THEY_ARE = {".github/workflows/guidance.yml": "github.yml", ".vscode/settings.json": "editor.json"}
"""The files for other programs, which are the same everywhere."""


def start(name: str, guid: str, byline: Byline) -> Sequence[Change]:
    """Write the files of a fresh content set. Raises `RefusedError` for a name that is none."""
    title = wording.one_line(name, "the name")
    values = {
        "name": _scalar(title),
        "title": _scalar(title),
        "heading": wording.heading(title),
        "author": _scalar(byline.author),
        "day": f"{byline.today:%m/%d/%Y}",
        "guid": guid,
    }
    made = {path.format(guid=guid): Template(_read(file)).substitute(values) for path, file in _FILES.items()}
    made |= {path: _read(file) for path, file in _AS_THEY_ARE.items()}
    return [Change(path=PurePosixPath(path), before=None, after=text) for path, text in made.items()]


def _read(file: str) -> str:
    return read_shipped(f"authoring/starter/{file}")


def _scalar(text: str) -> str:
    """Write a text as a value of YAML, on one line."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000, default_flow_style=True).removesuffix("...\n").strip()
