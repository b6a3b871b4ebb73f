"""How a content set is laid out: what each file is, and at which address it is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.docset import Docset
from guidekit.mount import Mount
from guidekit.text import paths
from guidekit.text.globs import Globs
from guidekit.translations import Translations

OF_FOLDERS = ("index", "README")
"""The names, without their ending, of the pages that stand at the address of their folder."""

TABLES_OF_CONTENTS = ("toc.yml", "toc.yaml", "toc.md")
"""How docfx knows a table of contents, in lower case: it may be written in any."""

_NEVER_PUBLISHED = (".*", "/templates/")
"""The globs of what MkDocs leaves out, whatever ``exclude_docs`` says but for what it takes out again."""

_MACHINERY = ("docfx.json", "docfx.yml", "zone-pivot-groups.yml", "zone-pivot-groups.yaml", "zone-pivot-groups.json")
"""The files that a repository of docfx's has for its own sake."""

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

    By its name alone, a page in YAML is an asset: its first line tells what it is.
    """

    PAGE = "page"
    """A Markdown file that has an address."""
    YAML_PAGE = "page in YAML"
    """A YAML file that has an address, as its first line says which kind of page it is."""
    FRAGMENT = "fragment"
    """A Markdown file that pages include."""
    TEXT = "text"
    """A Markdown file that is neither: one that lies outside the content folder."""
    UNPUBLISHED = "unpublished"
    """A Markdown file of the content folder that the site leaves out, such as a draft."""
    TABLE_OF_CONTENTS = "table of contents"
    """A file that says which pages there are and in which order, in a repository of Learn's."""
    ASSET = "asset"
    """Any other file: an image, a sheet, a program."""

    @property
    def is_markdown(self) -> bool:
        """Is a file of this kind written in Markdown?"""
        return self not in (FileKind.ASSET, FileKind.TABLE_OF_CONTENTS, FileKind.YAML_PAGE)

    @property
    def is_page(self) -> bool:
        """Has a file of this kind an address of its own, and is it drawn?"""
        return self in (FileKind.PAGE, FileKind.YAML_PAGE)


def is_markdown(path: PurePosixPath) -> bool:
    """Does the name of a file end as that of a Markdown file?"""
    return path.suffix.lower() == ".md"


def is_yaml(path: PurePosixPath) -> bool:
    """Does the name of a file end as that of a YAML file?"""
    return path.suffix.lower() in (".yml", ".yaml")


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
    ``docsets`` are what the docfx.json files say of a repository that has some. ``mounts`` are other repositories of which
    pages show something.
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
    docsets: tuple[Docset, ...] = ()
    mounts: tuple[Mount, ...] = ()

    def folders(self, roots: Iterable[str]) -> tuple[str, ...]:
        """List the folders that may be read, counted from the root; ``roots`` are those of the settings."""
        docsets = (str(docset.folder) for docset in self.docsets)
        mounts = (str(mount.path) for mount in self.mounts if mount.is_there)
        return tuple(dict.fromkeys((self.content, *roots, *docsets, *mounts)))

    def mount_of(self, path: PurePosixPath) -> Mount | None:
        """Find the other repository to which a file belongs, or would belong; ``None`` for one of the content set's own."""
        around = self._mounts_by_name.get(path.parts[0], ()) if self.mounts and path.parts else ()
        return next((mount for mount in around if path.is_relative_to(mount.path)), None)

    @cached_property
    def _mounts_by_name(self) -> Mapping[str, Sequence[Mount]]:
        """The other repositories by the first part of their folders, those within others first."""
        found: dict[str, list[Mount]] = {}
        for mount in sorted(self.mounts, key=lambda mount: len(mount.path.parts), reverse=True):
            found.setdefault(mount.path.parts[0], []).append(mount)
        return found

    def kind(self, path: PurePosixPath, fragments: Globs) -> FileKind:
        """Tell what a file is; ``fragments`` are the globs that the settings name."""
        if self.mount_of(path):
            return FileKind.TEXT if is_markdown(path) else FileKind.ASSET
        if self._is_table_of_contents(path) and not fragments.match(path):
            return FileKind.TABLE_OF_CONTENTS
        if not is_markdown(path):
            return FileKind.ASSET
        if fragments.match(path):
            return FileKind.FRAGMENT
        return FileKind.PAGE if self.is_content(path) else FileKind.TEXT

    def is_content(self, path: PurePosixPath) -> bool:
        """Does a file lie where the site's files come from: in the content folder, or where a docfx.json says?"""
        own = path.is_relative_to(PurePosixPath(self.content)) or self._docfx_place(path) is not None
        return own and not self.mount_of(path)

    def _is_table_of_contents(self, path: PurePosixPath) -> bool:
        if not self.learn_repository or path.name.lower() not in TABLES_OF_CONTENTS or not self.is_content(path):
            return False
        return not (self.docsets and self.docset_of(path).excludes(path))

    def may_be_page(self, path: PurePosixPath, fragments: Globs) -> bool:
        """Does a YAML file lie where pages lie? Then its first line tells whether it is one."""
        return (
            is_yaml(path)
            and self.kind(path, fragments) is FileKind.ASSET
            and not fragments.match(path)
            and self.is_content(path)
        )

    def unpublished(self, path: PurePosixPath) -> str:
        """Say why the site leaves out a file of the content folder; empty where it publishes it."""
        if not self.is_content(path):
            return ""
        if why := self.left_out_by_docset(path):
            return why
        inside = self.inside(path)
        if self._excluded.match(inside):
            return "'exclude_docs' keeps it out of the site"
        return "it is a draft ('draft_docs')" if self._drafts.match(inside) else ""

    def left_out_by_docset(self, path: PurePosixPath) -> str:
        """Say why a repository of docfx's does not publish a file of the content; empty where it does, or there is none."""
        if not self.docsets:
            return ""
        if path.name in _MACHINERY:
            return "it belongs to the repository, not to its pages"
        docset = self.docset_of(path)
        return f"'{docset.file}' excludes it" if docset.excludes(path) else ""

    @cached_property
    def _excluded(self) -> Globs:
        return Globs((*_NEVER_PUBLISHED, *self.excluded))

    @cached_property
    def _drafts(self) -> Globs:
        return Globs(self.drafts)

    @property
    def is_plain_docfx(self) -> bool:
        """Is this a project that docfx publishes by itself? Nothing says that it is Learn's."""
        return bool(self.docsets) and self.learn_repository.endswith("docfx.json")

    def docset_of(self, path: PurePosixPath) -> Docset:
        """Find the docset in whose folder a file lies, the nearest one; else the first. There must be one."""
        around = (docset for docset in self.docsets if path.is_relative_to(docset.folder))
        return max(around, key=lambda docset: len(docset.folder.parts), default=self.docsets[0])

    def home(self, path: PurePosixPath) -> PurePosixPath:
        """Find the folder that ``~`` stands for in a file: that of its docfx.json, else that of its repository."""
        if mount := self.mount_of(path):
            return mount.path
        return self.docset_of(path).folder if self.docsets else PurePosixPath()

    def from_home(self, file: PurePosixPath, base: PurePosixPath) -> str:
        """Write the path of a file with ``~`` as it counts in the file ``base``."""
        return f"~/{paths.relative(file, self.home(base) / base.name)}"

    def made_from_code(self, path: PurePosixPath) -> Docset | None:
        """Find the docset into whose folders of pages that docfx makes from code a file belongs; ``None`` for any other."""
        made = (docset for docset in self.docsets if any(map(path.is_relative_to, docset.made_from_code)))
        return next(made, None)

    def metadata(self, page: PurePosixPath) -> Mapping[str, object]:
        """Collect what holds for a page that does not say otherwise in its front matter."""
        return self.docset_of(page).metadata(page) if self.docsets else {}

    @cached_property
    def places_elsewhere(self) -> bool:
        """Is a file published elsewhere than where it lies in the content folder?"""
        groups = (group for docset in self.docsets for group in (*docset.content, *docset.resources))
        return any(group.source != self.content_folder / group.target for group in groups)

    @property
    def content_folder(self) -> PurePosixPath:
        """The content folder, counted from the root."""
        return PurePosixPath(self.content)

    def _docfx_place(self, path: PurePosixPath) -> PurePosixPath | None:
        return next(filter(None, (docset.place(path) for docset in self.docsets)), None)

    def inside(self, path: PurePosixPath) -> PurePosixPath:
        """Count a path from the content folder, or as a docfx.json places it; one outside stays as it is."""
        if self.mount_of(path):
            return path
        if self.docsets and (place := self._docfx_place(path)):
            return place
        content = PurePosixPath(self.content)
        return path.relative_to(content) if path.is_relative_to(content) else path

    def url(self, path: PurePosixPath) -> str:
        """Make the address of a page or file, counted from the site's root, as MkDocs does."""
        return self.page_url(path) if is_markdown(path) else paths.as_url(str(self._published_inside(path)))

    def page_url(self, path: PurePosixPath) -> str:
        """Make the address of a page, whatever it is written in."""
        inside = self._published_inside(path)
        parent = "" if inside.parent == PurePosixPath() else f"{inside.parent}/"
        if inside.stem in OF_FOLDERS:
            return paths.as_url(parent if self.directory_urls else f"{parent}index.html")
        return paths.as_url(f"{parent}{inside.stem}{'/' if self.directory_urls else '.html'}")

    def _published_inside(self, path: PurePosixPath) -> PurePosixPath:
        inside = self.inside(path)
        return self.translations.published_as(inside) if self.translations and inside != path else inside
