"""How a content set is laid out: what each file is, and at which address it is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.text import paths
from guidekit.text.globs import Globs
from guidekit.translations import Translations

_OF_FOLDERS = ("index", "README")
"""The names, without their ending, of the pages that stand at the address of their folder."""


_NEVER_PUBLISHED = (".*", "/templates/")
"""The globs of what MkDocs leaves out, whatever ``exclude_docs`` says but for what it takes out again."""

_EXTRA = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables")
_BUNDLES = {
    "extra": _EXTRA,
    "pymdownx.extra": (
        *(name for name in _EXTRA if name != "fenced_code"),
        "pymdownx.betterem",
        "pymdownx.superfences",
    ),
}
"""The extensions that switch on several others."""


_ALERTS = re.compile(r"callout|obsidian|gfm[_-]?admonition|github[_-]?(?:alert|admonition)", re.IGNORECASE)


def draws_alerts(extensions: Mapping[str, Mapping[str, object]], plugins: Iterable[str]) -> bool:
    """Does an extension of Python-Markdown or a plugin draw ``> [!NOTE]`` on the pages of a site?"""
    named = (*extensions, *plugins)
    return bool(extensions.get("pymdownx.quotes", {}).get("callouts")) or any(map(_ALERTS.search, named))


def extension_name(name: str) -> str:
    """Shorten the name of an extension of Python-Markdown to that by which Python-Markdown itself registers it."""
    return name.removeprefix("markdown.extensions.").partition(":")[0]


def extensions(named: Iterable[tuple[str, Mapping[str, object]]]) -> Mapping[str, Mapping[str, object]]:
    """Collect the extensions that a site has switched on, those that others bring with them included."""
    return dict(_unbundled(named))


def _unbundled(named: Iterable[tuple[str, Mapping[str, object]]]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, options in named:
        short = extension_name(name)
        for member in _BUNDLES.get(short, ()):
            of_member = options.get(member)
            yield member, of_member if isinstance(of_member, Mapping) else {}
        yield short, options


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
    UNPUBLISHED = "unpublished"
    """A Markdown file of the content folder that the site leaves out, such as a draft."""
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
    settings stand, for findings about them. ``markdown_extensions`` are those of Python-Markdown that the site has switched
    on, by `extension_name`, each with its options. ``learn_repository`` is the file by which a repository of Learn's is
    known, empty in any other. ``draws_alerts`` tells whether something else on the site draws ``> [!NOTE]``.
    ``excluded`` and ``drafts`` are the globs of the files that the site leaves out, counted from the content folder.
    ``translations`` are its languages, where its files alone tell what becomes of them; ``None`` where a host does.
    ``brings_sites`` tells that a build brings other sites in, in folders of their own, which are not seen here.
    """

    content: str = "content"
    directory_urls: bool = True
    site_url: str = ""
    settings_file: str = "mkdocs.yml"
    markdown_extensions: Mapping[str, Mapping[str, object]] = field(default_factory=dict, hash=False)
    learn_repository: str = ""
    draws_alerts: bool = False
    excluded: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    translations: Translations | None = None
    brings_sites: bool = False

    def kind(self, path: PurePosixPath, fragments: Globs) -> FileKind:
        """Tell what a file is; ``fragments`` are the globs that the settings name."""
        if not is_markdown(path):
            return FileKind.ASSET
        if fragments.match(path):
            return FileKind.FRAGMENT
        return FileKind.PAGE if path.is_relative_to(PurePosixPath(self.content)) else FileKind.TEXT

    def unpublished(self, path: PurePosixPath) -> str:
        """Say why the site leaves out a file of the content folder; empty where it publishes it."""
        if not path.is_relative_to(PurePosixPath(self.content)):
            return ""
        inside = self.inside(path)
        if self._excluded.match(inside):
            return "'exclude_docs' keeps it out of the site"
        return "it is a draft ('draft_docs')" if self._drafts.match(inside) else ""

    @cached_property
    def _excluded(self) -> Globs:
        return Globs((*_NEVER_PUBLISHED, *self.excluded))

    @cached_property
    def _drafts(self) -> Globs:
        return Globs(self.drafts)

    def inside(self, path: PurePosixPath) -> PurePosixPath:
        """Count a path from the content folder; one outside it stays as it is."""
        content = PurePosixPath(self.content)
        return path.relative_to(content) if path.is_relative_to(content) else path

    def url(self, path: PurePosixPath) -> str:
        """Make the address of a page or file, counted from the site's root, as MkDocs does."""
        inside = self.inside(path)
        if self.translations and inside != path:
            inside = self.translations.published_as(inside)
        if not is_markdown(path):
            return paths.as_url(str(inside))
        parent = "" if inside.parent == PurePosixPath() else f"{inside.parent}/"
        if inside.stem in _OF_FOLDERS:
            return paths.as_url(parent if self.directory_urls else f"{parent}index.html")
        return paths.as_url(f"{parent}{inside.stem}{'/' if self.directory_urls else '.html'}")
