"""How a content set is laid out: what each file is, and at which address it is published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from guidekit.text import paths
from guidekit.text.globs import Globs

_OF_FOLDERS = ("index", "README")
"""The names, without their ending, of the pages that stand at the address of their folder."""


class FileKind(Enum):
    """What a file is in a content set.

    A site of MkDocs has these kinds; another layout may know more of them, such as pages in YAML.
    """

    PAGE = "page"
    """A Markdown file that has an address."""
    FRAGMENT = "fragment"
    """A Markdown file that pages include."""
    TEXT = "text"
    """A Markdown file that is neither: one that lies outside the content folder."""
    ASSET = "asset"
    """Any other file: an image, a sheet, a program."""

    @property
    def is_markdown(self) -> bool:
        """Is a file of this kind written in Markdown?"""
        return self is not FileKind.ASSET


def is_markdown(path: PurePosixPath) -> bool:
    """Does the name of a file end as that of a Markdown file?"""
    return path.suffix.lower() == ".md"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the content set of a site of MkDocs lies: the content folder, counted from the root, and its addresses.

    ``site_url`` is the site's address, empty where nobody knows it. ``settings_file`` names the file in which the
    settings stand, for findings about them.
    """

    content: str = "content"
    directory_urls: bool = True
    site_url: str = ""
    settings_file: str = "mkdocs.yml"

    def kind(self, path: PurePosixPath, fragments: Globs) -> FileKind:
        """Tell what a file is; ``fragments`` are the globs that the settings name."""
        if not is_markdown(path):
            return FileKind.ASSET
        if fragments.match(path):
            return FileKind.FRAGMENT
        return FileKind.PAGE if path.is_relative_to(PurePosixPath(self.content)) else FileKind.TEXT

    def inside(self, path: PurePosixPath) -> PurePosixPath:
        """Count a path from the content folder; one outside it stays as it is."""
        content = PurePosixPath(self.content)
        return path.relative_to(content) if path.is_relative_to(content) else path

    def url(self, path: PurePosixPath) -> str:
        """Make the address of a page or file, counted from the site's root, as MkDocs does."""
        inside = self.inside(path)
        if not is_markdown(path):
            return paths.as_url(str(inside))
        parent = "" if inside.parent == PurePosixPath() else f"{inside.parent}/"
        if inside.stem in _OF_FOLDERS:
            return paths.as_url(parent if self.directory_urls else f"{parent}index.html")
        return paths.as_url(f"{parent}{inside.stem}{'/' if self.directory_urls else '.html'}")
