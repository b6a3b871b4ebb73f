"""Pages that are written in YAML: to MkDocs these files are no pages, until they are named as such."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from guidekit.layout import FileKind
from guidekit.library.library import Library

_ADDRESSES = ("dest_dir", "dest_uri", "url", "abs_dest_path")


class YamlPageFile(File):
    """A YAML file that is a page: it has the address of one in Markdown."""

    def is_documentation_page(self) -> bool:
        """Make a page of it, whatever its name ends in."""
        return True


def make_pages(files: Files, library: Library, config: MkDocsConfig) -> bool:
    """Make pages of the YAML files that are some, where they stand among the files; that of a folder goes first.

    Answers whether there are any that were none before.
    """
    wanted = {file for file in files if not isinstance(file, YamlPageFile) and _is_page(file, library)}
    if not wanted:
        return False
    everything = list(files)
    for file in everything:
        files.remove(file)
    for file in _with_pages_of_folders_first(everything, wanted):
        files.append(_as_page(file, library, config) if file in wanted else file)
    return True


def leave_out(files: Files, library: Library) -> None:
    """Publish no YAML file as it is that is a page: nobody reads its text."""
    for file in list(files):
        if not isinstance(file, YamlPageFile) and _path(file, library) in library.yaml_kinds:
            files.remove(file)


def _with_pages_of_folders_first(files: list[File], pages: set[File]) -> list[File]:
    """Put each folder's ``index.yml`` above the other files of the folder, as MkDocs does with ``index.md``."""
    first: dict[PurePosixPath, int] = {}
    for number, file in enumerate(files):
        first.setdefault(PurePosixPath(file.src_uri).parent, number)
    of_folders = {file for file in pages if file.name == "index"}
    places = {
        file: (first[PurePosixPath(file.src_uri).parent], 0) if file in of_folders else (number, 1)
        for number, file in enumerate(files)
    }
    return sorted(files, key=places.__getitem__)


def _as_page(file: File, library: Library, config: MkDocsConfig) -> File:
    """Make a page of a file, at the address that a page has where the file would lie in the site.

    A page that is not translated lies with those of each language; a file would not.
    """
    page = YamlPageFile(file.src_uri, file.src_dir, config.site_dir, file.use_directory_urls)
    vars(page).update({name: value for name, value in vars(file).items() if name not in _ADDRESSES})
    place = file.dest_uri if file.dest_uri.startswith(library.home) else library.home + file.dest_uri
    page.dest_uri = YamlPageFile(place, None, config.site_dir, file.use_directory_urls).dest_uri
    return page


def _is_page(file: File, library: Library) -> bool:
    return library.kind(_path(file, library)) is FileKind.YAML_PAGE


def _path(file: File, library: Library) -> PurePosixPath:
    return library.file_at(PurePosixPath(file.src_uri))
