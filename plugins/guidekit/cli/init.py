"""The command `init`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from uuid import uuid4

import click

from guidekit.authoring import docfx_site, starting
from guidekit.authoring.docfx_site import Repository
from guidekit.authoring.fragment import Byline
from guidekit.cli.changing import DRY_RUN, make_new, refusals
from guidekit.cli.content_set import refusing
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.disk import docfx_files, git_repository, settings_files
from guidekit.disk.changes import Change
from guidekit.disk.file_status import is_file, is_folder

_AUTHOR = "me"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option(
    "--from-docfx",
    is_flag=True,
    help="Write the settings for a repository that is written for Learn or docfx, and leave its files as they are.",
)
@click.option("--name", default="", help="The name of the site; without it, the folder's, or what docfx.json says.")
@DRY_RUN
@QUIET
def init(folder: Path, from_docfx: bool, name: str, dry_run: bool) -> None:
    """Make FOLDER a content set: settings, a first guide with an item, a part for CI, settings of an editor.

    No file that is there is changed, and nothing is asked. With --from-docfx, mkdocs.yml alone is written, and what a
    docfx.json says that cannot be carried over is told.
    """
    root = folder.absolute()
    if from_docfx:
        _from_docfx(root, name, dry_run=dry_run)
    else:
        _fresh(root, name, dry_run=dry_run)


def _fresh(root: Path, name: str, *, dry_run: bool) -> None:
    author = ""
    if is_folder(root):
        with refusing():
            if docfx_files.docset_files(root):
                raise Misuse(f"'{root}' has a docfx.json: add --from-docfx to publish what is there")
        author = git_repository.git_user(root)
    byline = Byline(author=author or _AUTHOR, today=date.today())
    with refusals():
        made = starting.start(name or root.name, str(uuid4()), byline)
    _refuse_settings(root)
    make_new(root, made, dry_run=dry_run)
    note("check it with 'guidekit check', see it with 'mkdocs serve'")


def _from_docfx(root: Path, name: str, *, dry_run: bool) -> None:
    with refusing():
        files = docfx_files.docset_files(root)
        if not files:
            raise Misuse(f"there is no docfx.json in '{root}', above it, or named by a publish configuration there")
        root = docfx_files.repository_of(files[0])
        repository = _repository(root, files)
    _refuse_settings(root)
    text = docfx_site.settings_file(repository, name)
    make_new(root, [Change(path=PurePosixPath("mkdocs.yml"), before=None, after=text)], dry_run=dry_run)
    for told in docfx_site.left_behind(repository):
        note(f"not carried over: {told}")
    note("build it with 'mkdocs build'; the theme is that of the package mkdocs-material")
    note(
        "what is wrong is told and stops no build: take 'fail_on' out of mkdocs.yml once 'guidekit check' finds nothing"
    )


def _repository(root: Path, files: Sequence[Path]) -> Repository:
    """Read what a repository says of itself."""
    publishing = root / docfx_files.PUBLISHING
    docset = docfx_files.read_docset(root, files[0], PurePosixPath())
    content = docfx_files.docs_folder(root, docset)
    if not content:
        where = docset.folder if docset.folder.parts else root
        raise Misuse(f"no folder of pages lies in '{where}': MkDocs takes pages from a folder below its settings file")
    return Repository(
        folder=root.name,
        content=content,
        docsets=[file.relative_to(root).as_posix() for file in files],
        settings=[docfx_files.read_object(file) for file in files],
        publishing=docfx_files.read_object(publishing) if is_file(publishing) else {},
    )


def _refuse_settings(root: Path) -> None:
    """Refuse to write a second settings file."""
    there = settings_files.settings_file(root)
    if there:
        raise Misuse(f"'{there}' is there already: add guidekit to its plugins by hand")
