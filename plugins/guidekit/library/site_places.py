"""Where the files of a content set lie, by the places at which they are published."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.layout import Layout


class SitePlaces:
    """Finds files, counted from the root, by their places, counted from the root of the site."""

    def __init__(self, layout: Layout, files: Collection[PurePosixPath]) -> None:
        self._layout = layout
        self._files = files

    def file_at(self, place: PurePosixPath) -> PurePosixPath:
        """Find the file that is published at a place, whether or not it is there."""
        return self.elsewhere.get(place) or self._layout.content_folder / place

    @cached_property
    def elsewhere(self) -> Mapping[PurePosixPath, PurePosixPath]:
        """The files that are published elsewhere than where they lie in the content folder; the first one at each place."""
        if not self._layout.places_elsewhere:
            return {}
        content = self._layout.content_folder
        placed = ((self._layout.inside(path), path) for path in sorted(self._files, reverse=True))
        return {place: path for place, path in placed if self._layout.is_content(path) and path != content / place}
