"""The library of a site: what is on disk, with the pages that other plugins made."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import RootError
from guidekit.disk.listing import list_files
from guidekit.disk.reading import DiskReader
from guidekit.disk.repository_files import code_owners, redirections_of
from guidekit.disk.symlinks import leading_outside
from guidekit.layout import Layout
from guidekit.library.library import Library
from guidekit.library.publication import Lookup, Publication
from guidekit.library.site_places import SitePlaces
from guidekit.plugin import log
from guidekit.plugin.config import has_copied_content
from guidekit.plugin.yaml_page_files import YamlPageFile
from guidekit.settings import SettingsError
from guidekit.text import paths
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


@dataclass(frozen=True, kw_only=True)
class HostFiles:
    """What a host says of the files of a content set: which there are, made by plugins too, and what it does with them."""

    listed: frozenset[PurePosixPath]
    made: Mapping[PurePosixPath, File]
    publication: Publication


def host_files(content_set: ContentSet, files: Files, config: MkDocsConfig, *, serving: bool) -> HostFiles:
    """Ask the host what it does with the files of a content set; a site that is served shows its drafts."""
    listed = list_files(content_set)
    places = SitePlaces(content_set.layout, listed)
    return HostFiles(
        listed=listed,
        made={places.file_at(PurePosixPath(file.src_uri)): file for file in _made(content_set, listed, files, config)},
        publication=Publication(
            unpublished=_unpublished(content_set, listed, files, _posts(config), serving=serving),
            addresses=_addresses(content_set, places, files),
            names=_names(places, files),
            home=_home(files),
            lookup=_lookup(content_set, files),
        ),
    )


def _made(
    content_set: ContentSet, listed: Container[PurePosixPath], files: Files, config: MkDocsConfig
) -> Iterator[File]:
    """Go through the files that other plugins have made, or brought from another site."""
    content = PurePosixPath(content_set.layout.content)
    copied = has_copied_content(config, content_set)
    for file in files:
        brought = copied and file.src_dir == config.docs_dir and content / file.src_uri not in listed
        if brought or getattr(file, "generated_by", None):
            yield file


def open_library(content_set: ContentSet, host: HostFiles) -> Library:
    """Open the library of a site; stop where its settings, or the repository, cannot be used."""
    try:
        return Library(
            read=_HostReader(made=host.made, disk=DiskReader(content_set)),
            files=host.listed | host.made.keys(),
            layout=content_set.layout,
            settings=content_set.settings,
            owners=code_owners(content_set.root),
            redirections=redirections_of(content_set),
            outside=leading_outside(content_set),
            publication=host.publication,
        )
    except (SettingsError, RootError) as error:
        raise log.stop(error) from None


def _unpublished(
    content_set: ContentSet, listed: Iterable[PurePosixPath], files: Files, posts: Container[str], *, serving: bool
) -> Mapping[PurePosixPath, str]:
    """Find the files of the content folder that MkDocs or another plugin leaves out, and say why."""
    layout = content_set.layout
    found: dict[PurePosixPath, str] = {}
    for path in listed:
        if not layout.is_content(path):
            continue
        uri = str(layout.inside(path))
        file = files.src_uris.get(uri)  # the file itself: plugins answer with that of another language
        if file is None:
            found[path] = content_set.layout.unpublished(path) or "MkDocs or another plugin keeps it out of the site"
        elif uri not in posts and _is_left_out(file.inclusion, serving=serving):
            found[path] = content_set.layout.unpublished(path) or "another plugin keeps it out of the site"
    return found


def _is_left_out(inclusion: InclusionLevel, *, serving: bool) -> bool:
    shown = serving and inclusion is InclusionLevel.DRAFT
    return inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT) and not shown


def _posts(config: MkDocsConfig) -> frozenset[str]:
    """Find the posts of Material's blogs, which are left out only until the navigation is made."""
    blogs = (getattr(plugin, "blog", None) for plugin in config.plugins.values())
    posts = (post for blog in blogs for post in getattr(blog, "posts", ()))
    return frozenset(str(post.file.src_uri) for post in posts)


def _addresses(content_set: ContentSet, places: SitePlaces, files: Files) -> Mapping[PurePosixPath, str]:
    """Find the files that another plugin publishes at an address of its own."""
    layout = content_set.layout
    urls = ((file, places.file_at(PurePosixPath(file.src_uri)), unquote(file.url).removeprefix("./")) for file in files)
    return {path: paths.as_url(url) for file, path, url in urls if url != unquote(_expected_url(file, path, layout))}


def _expected_url(file: File, path: PurePosixPath, layout: Layout) -> str:
    """Say at which address a file lies if no plugin gives it another one."""
    return layout.page_url(path) if isinstance(file, YamlPageFile) else layout.url(path)


def _names(places: SitePlaces, files: Files) -> Mapping[PurePosixPath, str]:
    """Find the pages that another plugin names otherwise than MkDocs does."""
    found = {PurePosixPath(file.src_uri): file.name for file in files.documentation_pages()}
    return {places.file_at(path): name for path, name in found.items() if path.stem not in (name, "README")}


def _home(files: Files) -> str:
    """Find the folder of the site in which the language lies that is built; empty for the site's root.

    static-i18n tells it by a mark on each page; pages in YAML are files to it.
    """
    pages = [file for file in files.documentation_pages() if not isinstance(file, YamlPageFile)]
    languages = {getattr(file, "locale_alternate_of", "") for file in pages} - {""}
    folder = f"{min(languages)}/" if len(languages) == 1 else ""
    return folder if folder and any(file.url.startswith(folder) for file in pages) else ""


def _lookup(content_set: ContentSet, files: Files) -> Lookup | None:
    """Ask a plugin that has its own way to find files which one a link leads to."""
    if type(files).get_file_from_path is Files.get_file_from_path:
        return None
    content = PurePosixPath(content_set.layout.content)

    def lookup(file: PurePosixPath, _: PurePosixPath) -> PurePosixPath:
        if not file.is_relative_to(content) or file == content:
            return file
        found = files.get_file_from_path(str(file.relative_to(content)))
        return content / found.src_uri if found else file

    return lookup
