"""The files of a site as a docfx.json has them: what it excludes, and what it publishes from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import is_folder
from guidekit.disk.listing import list_files
from guidekit.disk.mounts import publish_configurations
from guidekit.disk.symlinks import Borders
from guidekit.layout import is_markdown
from guidekit.library.site_places import SitePlaces
from guidekit.text.globs import Globs


def arrange(files: Files, content_set: ContentSet, config: MkDocsConfig) -> None:
    """Leave out what a docfx.json excludes, and add what it publishes from elsewhere than the content folder."""
    if content_set.layout.docsets:
        _leave_out(files, content_set)
        for file in list(_from_elsewhere(files, content_set, config)):
            files.append(file)


def _leave_out(files: Files, content_set: ContentSet) -> None:
    layout = content_set.layout
    for file in list(files):
        path = layout.content_folder / file.src_uri
        if not file.abs_src_path or Path(file.abs_src_path) != content_set.root / path:
            continue
        if layout.inside(path) != PurePosixPath(file.src_uri):
            files.remove(file)  # and published where the docfx.json says
        elif layout.left_out_by_docset(path):
            if file.is_documentation_page():
                file.inclusion = InclusionLevel.EXCLUDED
            else:
                files.remove(file)


def _from_elsewhere(files: Files, content_set: ContentSet, config: MkDocsConfig) -> Iterator[File]:
    layout, borders = content_set.layout, Borders(content_set)
    fragments = Globs(content_set.settings.fragments)
    for place, path in SitePlaces(layout, list_files(content_set)).elsewhere.items():
        is_fragment = is_markdown(path) and fragments.match(path)
        if str(place) in files.src_uris or is_fragment or layout.unpublished(path) or not borders.hold(path):
            continue
        file = File(str(place), str(content_set.root), config.site_dir, config.use_directory_urls)
        file.abs_src_path = str(content_set.root / path)
        file.edit_uri = os.path.relpath(path, layout.content)
        yield file


def watched(content_set: ContentSet) -> Iterator[str]:
    """List the files and folders beside the content folder that a server has to watch."""
    yield from (mount.place for mount in content_set.layout.mounts if mount.is_there)
    yield from map(str, publish_configurations(content_set.root, content_set.layout.content))
    for docset in content_set.layout.docsets:
        yield str(content_set.root / docset.file)
        groups = (*docset.content, *docset.resources)
        for folder in dict.fromkeys(folder for group in groups for folder in group.folders):
            if folder != docset.folder and is_folder(content_set.root / folder):
                yield str(content_set.root / folder)
