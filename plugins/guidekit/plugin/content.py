"""The library of a site: what is on disk, with the pages that other plugins made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs.structure.files import File, Files, InclusionLevel

from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError
from guidekit.disk.listing import list_files
from guidekit.disk.reading import DiskReader
from guidekit.disk.repository_files import code_owners, moved_files
from guidekit.disk.symlinks import leading_outside
from guidekit.library.library import Library
from guidekit.plugin import log
from guidekit.settings import SettingsError
from guidekit.text.source import Reader, Unreadable


@dataclass(frozen=True, kw_only=True)
class _HostReader:
    """Reads the pages that other plugins ``made``, and all other files on ``disk``."""

    made: Mapping[PurePosixPath, File]
    disk: Reader

    def __call__(self, path: PurePosixPath) -> str | Unreadable | None:
        """Read a file's text; ``None`` where there is none."""
        if path not in self.made:
            return self.disk(path)
        try:
            return self.made[path].content_string
        except (OSError, ValueError) as error:
            return Unreadable(reason="not-text", detail=f"cannot be read: {error}")


def open_library(content_set: ContentSet, files: Files, *, serving: bool) -> Library:
    """Open the library of a site; stop where its settings, or the repository, cannot be used.

    A site that is served shows its drafts.
    """
    content = PurePosixPath(content_set.layout.content)
    made = {content / file.src_uri: file for file in files if getattr(file, "generated_by", None)}
    listed = list_files(content_set)
    try:
        return Library(
            read=_HostReader(made=made, disk=DiskReader(content_set)),
            files=listed | made.keys(),
            layout=content_set.layout,
            settings=content_set.settings,
            owners=code_owners(content_set.root),
            redirections=moved_files(content_set.root),
            outside=leading_outside(content_set),
            unpublished=_unpublished(content_set, listed, files, serving=serving),
        )
    except (SettingsError, RootError) as error:
        raise log.stop(error) from None


def _unpublished(
    content_set: ContentSet, listed: Iterable[PurePosixPath], files: Files, *, serving: bool
) -> Mapping[PurePosixPath, str]:
    """Find the files of the content folder that MkDocs or another plugin leaves out, and say why."""
    content = PurePosixPath(content_set.layout.content)
    found: dict[PurePosixPath, str] = {}
    for path in listed:
        file = files.get_file_from_path(str(path.relative_to(content))) if path.is_relative_to(content) else None
        if not path.is_relative_to(content):
            continue
        if file is None:
            found[path] = content_set.layout.unpublished(path) or "MkDocs or another plugin keeps it out of the site"
        elif _is_left_out(file.inclusion, serving=serving):
            found[path] = content_set.layout.unpublished(path) or "another plugin keeps it out of the site"
    return found


def _is_left_out(inclusion: InclusionLevel, *, serving: bool) -> bool:
    shown = serving and inclusion is InclusionLevel.DRAFT
    return inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT) and not shown
