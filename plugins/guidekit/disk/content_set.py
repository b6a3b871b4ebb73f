"""A folder with a content set, and how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidekit.layout import Layout
from guidekit.settings import Settings


@dataclass(frozen=True, kw_only=True)
class ContentSet:
    """A folder with a content set: where it lies, how it is laid out, its settings, and the files that have these.

    ``unknown_settings`` are names in these files that are those of no setting.
    """

    root: Path
    layout: Layout
    settings: Settings
    settings_files: tuple[Path, ...] = ()
    unknown_settings: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that may be read, counted from the root."""
        return self.layout.folders(self.settings.roots)

    @property
    def reads_repository(self) -> bool:
        """May pages show what lies anywhere below the root, but for what is hidden? So it is where docfx publishes them."""
        return bool(self.layout.docsets)

    def place(self, path: PurePosixPath) -> Path:
        """Find where a file lies on this machine: below the root, or where another repository does."""
        mount = self.layout.mount_of(path)
        return Path(mount.place, path.relative_to(mount.path)) if mount else self.root / path
