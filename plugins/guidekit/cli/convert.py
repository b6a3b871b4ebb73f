"""The command `convert`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

import click

from guidekit import garbage_collection, reporting
from guidekit.cli import output_files, progress, working_directory
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, make_session, open_content_set, read
from guidekit.cli.messages import QUIET, Misuse, note, say, tell
from guidekit.disk import folders, writing
from guidekit.disk.content_set import ContentSet
from guidekit.disk.file_status import WriteError
from guidekit.exports import conversion
from guidekit.library.library import Library


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(conversion.FORMS), required=True, help="The dialect of Markdown.")
@click.option("--dry-run", is_flag=True, help="Print the names of the files, and write nothing.")
@SETTINGS_FILE
@QUIET
def convert(folder: Path, form: str, dry_run: bool, config_file: Path | None) -> None:
    """Write the whole content set into FOLDER in another Markdown: CommonMark, or that of Material for MkDocs.

    FOLDER is empty or does not exist. Pages have their fragments in them, images and other files go along. Exits with 1 if
    something could not be shown, and is therefore left out.
    """
    content_set, root = open_content_set((), config_file)
    library = make_session(content_set).library
    read(library)
    _refuse(folder, content_set)
    pages, others = conversion.pages(library), conversion.others(library)
    if dry_run:
        for path in sorted([*pages, *others]):
            say(str(path))
    else:
        _write(folder, content_set, library, form)
    counted = f"{reporting.count(len(pages), 'page')} and {reporting.count(len(others), 'other file')}"
    note(f"{'would write' if dry_run else 'wrote'} {counted} to '{folder}'")
    if form == "material":
        note(f"the pages need these extensions of Python-Markdown: {', '.join(conversion.extensions(library))}")
    _tell_lost(library, root)


def _refuse(folder: Path, content_set: ContentSet) -> None:
    output_files.refuse_links(folder, content_set.root)
    try:
        folders.refuse(folder, [content_set.root / name for name in content_set.folders])
    except WriteError as error:
        raise Misuse(str(error)) from None


def _write(folder: Path, content_set: ContentSet, library: Library, form: str) -> None:
    writing.remove_abandoned([folder.parent])
    try:
        with garbage_collection.paused():
            folders.write(folder, _files(content_set, library, form))
    except WriteError as error:
        raise Misuse(str(error)) from None


def _files(content_set: ContentSet, library: Library, form: str) -> Iterator[tuple[PurePosixPath, bytes | Path]]:
    pages = conversion.pages(library)
    for path in progress.shown(pages, "converting"):
        yield path, conversion.write(library, pages[path], form).encode(errors="replace")
    for path, source in conversion.others(library).items():
        yield path, content_set.place(source)


def _tell_lost(library: Library, root: Path) -> None:
    name = working_directory.names(root, on_stderr=True)
    lost = list(conversion.lost(library))
    for one in lost:
        tell(f"left out: {replace(one.span, path=name(one.span.path))}: '{one.name}' {one.why}")
    if lost:
        sys.exit(FOUND)
