"""The files of a content set by their names: what each one is, and which one an author may have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from unicodedata import normalize

from guidekit.layout import FileKind, Layout
from guidekit.library.site_places import SitePlaces
from guidekit.library.yaml_files import YamlFiles
from guidekit.syntax.yaml_page.page_kinds import KINDS
from guidekit.text import paths
from guidekit.text.file_names import in_one_case
from guidekit.text.globs import Globs

_ROOT = "~"
"""What stands for the root in a path, so that a folder of this name is never meant."""


class FileIndex:
    """All files of a content set, counted from its root; ``fragments`` are the globs that the settings name.

    ``unpublished`` are the files of the content folder that the site leaves out, with the reason, where the host knows
    them; without a host, the layout does. Files that are ``passed_over`` are there, but are no texts of the content set.

    ``yaml_files`` tells which YAML files are pages.

    What it answers depends on the names of the files alone, and on what YAML files are, so it stays as it is while only
    other texts change.
    """

    def __init__(
        self,
        files: frozenset[PurePosixPath],
        layout: Layout,
        fragments: Globs,
        unpublished: Mapping[PurePosixPath, str] | None,
        passed_over: Callable[[PurePosixPath], bool],
        yaml_files: YamlFiles,
    ) -> None:
        self.files = files
        self._unpublished = unpublished
        self._layout = layout
        self._fragments = fragments
        self._passed_over = passed_over
        self._places = SitePlaces(layout, files)
        self._yaml_files = yaml_files
        self._kinds: dict[PurePosixPath, FileKind] = {}
        self._nearest: dict[tuple[PurePosixPath, PurePosixPath, bool], PurePosixPath | None] = {}

    def kind(self, path: PurePosixPath) -> FileKind:
        """Tell what a file is, whether or not it is there."""
        if path not in self._kinds:
            kind = self._layout.kind(path, self._fragments)
            left_out = kind is FileKind.PAGE and path in self.files and self.unpublished(path)
            if self.yaml_kind(path) in KINDS and not self.unpublished(path):
                kind = FileKind.YAML_PAGE
            self._kinds[path] = FileKind.UNPUBLISHED if left_out else kind
        return self._kinds[path]

    def yaml_kind(self, path: PurePosixPath) -> str:
        """Tell which kind of page a YAML file says that it is, where pages lie; empty for any other file."""
        known = path in self.files and self._layout.may_be_page(path, self._fragments)
        return self._yaml_files.kind(path) if known else ""

    @cached_property
    def yaml_kinds(self) -> Mapping[PurePosixPath, str]:
        """The YAML files that say which kind of page they are, by path."""
        return {path: kind for path in self._sorted if (kind := self.yaml_kind(path))}

    def in_its_place(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find the page in Markdown that has the address of a page in YAML; ``None`` where there is none."""
        names = (f"{path.stem}.md", "README.md" if path.stem == "index" else "")
        pages = (path.with_name(name) for name in names if name)
        return next((page for page in pages if page in self.files and self.kind(page) is FileKind.PAGE), None)

    def unpublished(self, path: PurePosixPath) -> str:
        """Say why the site leaves out a file of the content folder; empty where it publishes it."""
        if (kind := self.yaml_kind(path)) and kind not in KINDS:
            return f"it is a page of the kind {kind}, which is not drawn"
        if kind and (other := self.in_its_place(path)):
            return f"'{other.name}' beside it has its address"
        if self._unpublished is not None:
            return self._unpublished.get(path, "")
        index = path.with_name("index.md")
        if path.name == "README.md" and index in self.files and self._layout.inside(path) != path:
            return f"'{index.name}' beside it has its address"
        return self._layout.unpublished(path)

    def at(self, place: PurePosixPath) -> PurePosixPath:
        """Find the file that is published at a place counted from the site's root, whether or not it is there."""
        return self._places.file_at(place)

    def lies_with_fragments(self, path: PurePosixPath) -> bool:
        """Does this file, whatever it is, lie where the settings say that fragments lie?"""
        return self._fragments.match(path)

    def of_kind(self, kind: FileKind) -> tuple[PurePosixPath, ...]:
        """List the files of a kind, by path."""
        return self._of_kind[kind]

    @cached_property
    def passed_over(self) -> frozenset[PurePosixPath]:
        """The pages and fragments that are there, but are no texts of the content set."""
        kinds = (FileKind.PAGE, FileKind.FRAGMENT, FileKind.YAML_PAGE)
        texts = (path for path in self.files if self.kind(path) in kinds)
        return frozenset(filter(self._passed_over, texts))

    def fragments_named(self, guid: str) -> tuple[PurePosixPath, ...]:
        """Find the fragments whose file is named by a GUID, in whatever letter case."""
        return self._fragments_by_name.get(guid.lower(), ())

    def spelled(self, file: PurePosixPath) -> PurePosixPath:
        """Find the file of this name however its letters are composed (NFC, NFD); what is not there stays as it is."""
        if file in self.files or str(file).isascii():
            return file
        return self._by_composed_name.get(normalize("NFC", str(file)), file)

    def like(self, file: PurePosixPath) -> PurePosixPath | None:
        """Find a file of this name in whatever letter case."""
        return self._by_lower_case.get(in_one_case(str(file)))

    def only_one_like(self, file: PurePosixPath) -> PurePosixPath | None:
        """Find the file of this name in whatever letter case; ``None`` where there is none, or several."""
        return self.like(file) if self._cases[in_one_case(str(file))] == 1 else None

    def nearest(self, file: PurePosixPath, base: PurePosixPath, *, fragments: bool) -> PurePosixPath | None:
        """Find the file that an author most likely meant in ``base``: one that lies with fragments, or any other.

        Costs a look at all files.
        """
        key = (file, base, fragments)
        if key not in self._nearest:
            candidates = (path for path in self._with_fragments[fragments] if path != base and _ROOT not in path.parts)
            self._nearest[key] = paths.nearest(file, candidates)
        return self._nearest[key]

    @cached_property
    def folders_of_pages(self) -> frozenset[PurePosixPath]:
        """The folders in which pages lie."""
        return frozenset(path.parent for path in self.of_kind(FileKind.PAGE))

    @cached_property
    def _sorted(self) -> tuple[PurePosixPath, ...]:
        return tuple(sorted(self.files))

    @cached_property
    def _of_kind(self) -> Mapping[FileKind, tuple[PurePosixPath, ...]]:
        found: dict[FileKind, list[PurePosixPath]] = {kind: [] for kind in FileKind}
        for path in self._sorted:
            if path not in self.passed_over:
                found[self.kind(path)].append(path)
        return {kind: tuple(paths) for kind, paths in found.items()}

    @cached_property
    def _with_fragments(self) -> Mapping[bool, tuple[PurePosixPath, ...]]:
        """The files that lie with fragments, and those that do not, by path."""
        own = (path for path in self._sorted if not self._layout.mount_of(path))
        answered = [(path, self.lies_with_fragments(path)) for path in own]
        return {wanted: tuple(path for path, lies in answered if lies is wanted) for wanted in (True, False)}

    @cached_property
    def _fragments_by_name(self) -> Mapping[str, tuple[PurePosixPath, ...]]:
        named: dict[str, list[PurePosixPath]] = {}
        for path in self.of_kind(FileKind.FRAGMENT):
            named.setdefault(path.stem.lower(), []).append(path)
        return {stem: tuple(files) for stem, files in named.items()}

    @cached_property
    def _by_lower_case(self) -> Mapping[str, PurePosixPath]:
        return {in_one_case(str(path)): path for path in reversed(self._sorted)}

    @cached_property
    def _by_composed_name(self) -> Mapping[str, PurePosixPath]:
        """The only file of each name that is written with letters beyond ASCII."""
        names = [(normalize("NFC", str(path)), path) for path in self._sorted if not str(path).isascii()]
        number = Counter(name for name, _ in names)
        return {name: path for name, path in names if number[name] == 1}

    @cached_property
    def _cases(self) -> Counter[str]:
        return Counter(in_one_case(str(path)) for path in self.files)
