"""The command `render`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

import guidekit
from guidekit import reporting
from guidekit.cli import working_directory
from guidekit.cli.console import print_html
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, inside, open_session
from guidekit.cli.messages import QUIET, Misuse, tell
from guidekit.diagnostics import Severity
from guidekit.library.library import Library
from guidekit.reporting import outputs


@click.command()
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@SETTINGS_FILE
@QUIET
def render(page: Path, config_file: Path | None) -> None:
    """Print the HTML of PAGE's article; what is wrong with it goes to standard error."""
    session, root = open_session((page,), config_file)
    found = session.page(inside(page, root))
    if found is None:
        raise Misuse(f"'{page}' is no page of the content set in '{root}'{_why_no_page(session.library, page, root)}")
    if not found.learn:
        raise Misuse(f"'{page}' is not written in the Learn dialect, so Python-Markdown renders it")
    rendered = guidekit.render(session, found)
    print_html(rendered.html)
    report = replace(session.check(), diagnostics=rendered.diagnostics)
    named = outputs.renamed(report, working_directory.names(root, on_stderr=True))
    for diagnostic in named.diagnostics:
        tell(f"{diagnostic.severity}: {reporting.one_line(diagnostic)}")
    if report.fails(Severity.ERROR):
        sys.exit(FOUND)


def _why_no_page(library: Library, page: Path, root: Path) -> str:
    path = inside(page, root)
    if path in library.unreadable:
        return f": it {library.unreadable[path].detail}"
    return ": it is a fragment" if library.lies_with_fragments(path) else ""
