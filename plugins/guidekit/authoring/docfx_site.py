"""The settings file of a site for a repository that has a docfx.json, and what of it cannot be carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

_NAMES = ("_appTitle", "_appName", "titleSuffix")
"""The metadata that may name the whole site, the best first."""

_FEATURES = ("content.tabs.link", "navigation.indexes", "navigation.path", "navigation.prune", "navigation.top")
"""What Material does for a site of many pages; tabs for its parts are left to who knows how many there are."""

_PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
]
"""Light and dark, as the reader's system has it."""

_NOT_CARRIED_OVER = {
    "template": "templates: how pages look is the theme's affair",
    "theme": "themes: how pages look is the theme's affair",
    "postProcessors": "post-processors: plugins of MkDocs do such work",
    "overwrite": "overwrite files, which belong to pages made from code",
    "xref": "xref maps at addresses: put each into a file, and name it in the setting 'xref_maps'",
    "xrefService": "xref services: put a map into a file, and name it in the setting 'xref_maps'",
    "globalMetadataFiles": "files of global metadata: write them into globalMetadata",
    "fileMetadataFiles": "files of file metadata: write them into fileMetadata",
    "groups": "groups of versions: the setting 'monikers' chooses among versions",
    "sitemap": "settings of the sitemap: MkDocs makes its own",
}
"""The parts of a docfx.json that mean nothing here, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """What is known of a repository: where its pages lie, its docfx.json files, and what these and Learn's files say.

    ``docsets`` are the paths of the docfx.json files from the repository's folder, ``settings`` what each says.
    """

    folder: str
    content: str
    docsets: Sequence[str]
    settings: Sequence[Mapping[str, Any]]
    publishing: Mapping[str, Any]


def settings_file(repository: Repository, name: str = "") -> str:
    """Write mkdocs.yml; without a ``name``, the site has that which the repository gives it."""
    guidekit: dict[str, Any] = {"docfx": list(repository.docsets)} if len(repository.docsets) > 1 else {}
    guidekit["fail_on"] = "never"
    features = [*_FEATURES]
    values: dict[str, Any] = {"site_name": name or _name(repository), "docs_dir": repository.content}
    if edited := _edited(repository):
        values |= edited
        features.insert(0, "content.action.edit")
    values["theme"] = {"name": "material", "features": features, "palette": _PALETTE}
    values["plugins"] = ["search", {"guidekit": guidekit}]
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=100)


def _name(repository: Repository) -> str:
    metadata = [_mapping(_build(settings).get("globalMetadata")) for settings in repository.settings[:1]]
    named = (values.get(key) for values in metadata for key in _NAMES)
    return next((text for text in named if isinstance(text, str) and text.strip()), repository.folder)


def _edited(repository: Repository) -> Mapping[str, str]:
    """Find where a page is edited, if the repository says so."""
    address = repository.publishing.get("git_repository_url_open_to_public_contributors")
    branch = repository.publishing.get("git_repository_branch_open_to_public_contributors") or "main"
    if not isinstance(address, str) or not address.startswith("https://"):
        return {}
    return {"repo_url": address, "edit_uri": f"edit/{branch}/{repository.content}/"}


def left_behind(repository: Repository) -> Iterator[str]:
    """Say what of the docfx.json files is not carried over, each thing in a line."""
    for name, settings in zip(repository.docsets, repository.settings, strict=True):
        for key, why in _NOT_CARRIED_OVER.items():
            if _build(settings).get(key):
                yield f"'{name}': {why}"
        if settings.get("metadata"):
            yield f"'{name}': pages made from code: they are not drawn; name a map of them in the setting 'xref_maps'"


def _build(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(settings.get("build", settings))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
