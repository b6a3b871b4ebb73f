"""Findings on the command line: the options on rules and formats, and a report printed and written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import click

from guidekit import reporting
from guidekit.cli import output_files, working_directory
from guidekit.cli.completion import complete_rule
from guidekit.cli.console import STANDARD_OUTPUT, print_styled, write
from guidekit.cli.messages import Misuse, is_quiet
from guidekit.diagnostics import Report
from guidekit.disk import writing
from guidekit.library import library as core
from guidekit.reporting import FOR_PEOPLE, Lines, outputs
from guidekit.reporting.outputs import FORMATS, ROOTS, below
from guidekit.syntax.document import Document
from guidekit.text import paths
from guidekit.text.source import Source

Also = tuple[tuple[str, Path], ...]
"""The formats to write besides, each with its file."""


class _Output(click.ParamType):  # type: ignore[type-arg]  # generic only in click 8.4
    """A format and the file to write it to."""

    name = "FORMAT:FILE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        form, colon, file = value.partition(":")
        if form not in FORMATS or not colon or not file:
            near = paths.close_match(form, FORMATS)
            hint = f"; did you mean '{near}'?" if near and near != form else ""
            self.fail(f"'{value}' is not FORMAT:FILE with one of {', '.join(FORMATS)}{hint}", param, ctx)
        return form, Path(file)


OPTIONS = (
    click.option(
        "--output-format",
        "form",
        type=click.Choice(FORMATS),
        default="full",
        show_default=True,
        metavar="FORMAT",
        help=f"How to print the findings: {', '.join(FORMATS)}.",
    ),
    click.option(
        "--output",
        "also",
        type=_Output(),
        multiple=True,
        metavar="FORMAT:FILE",
        help="Also write the findings to a file, as in sarif:report.sarif. May be given several times.",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rule,
        help="Run only these rules, apart by commas.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rule,
        help="Leave these rules out, apart by commas.",
    ),
    click.option(
        "--severity", multiple=True, metavar="RULE=LEVEL", help="Make a rule an error, a warning, a suggestion, or off."
    ),
)
"""The options on findings, in the order in which they are shown."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """A report, the lines of the files that it names, and the folder from which their paths count."""

    report: Report
    lines: Lines
    root: Path

    def renamed(self, name: Callable[[PurePosixPath], PurePosixPath]) -> Results:
        """Give each file the path that ``name`` answers for its own."""
        before: dict[PurePosixPath, PurePosixPath] = {}

        def remembered(path: PurePosixPath) -> PurePosixPath:
            after = name(path)
            before[after] = path
            return after

        report = outputs.renamed(self.report, remembered)
        return replace(self, report=report, lines=lambda path: self.lines(before[path]))


def refuse_outputs(also: Also, root: Path, library: core.Library) -> None:
    """Raise `Misuse` where two outputs go to the same file, or one of them to a file that may not be written."""
    named = Counter(file for _, file in also if file != STANDARD_OUTPUT)
    for file, number in named.items():
        if number > 1:
            raise Misuse(f"'{file}' cannot hold {number} reports: name another file for each")
        output_files.refuse(file, root, library)


def write_also(results: Results, also: Also) -> None:
    """Write a report to the files that were asked for besides; one that holds it already stays untouched.

    Ask `refuse_outputs` first whether they may be written.
    """
    for form, file in also:
        data = _written(results, form).encode()
        if not writing.holds(file, data):  # or a check that goes on would be started again by what it writes
            write(data, file, commanding=True)


def show(results: Results, form: str) -> None:
    """Print a report; at a terminal its paths count from the working directory."""
    if form in FOR_PEOPLE:
        named = results.renamed(working_directory.names(results.root))
        print_styled(FOR_PEOPLE[form](named.report, named.lines))
    else:
        write(_written(results, form).encode(), None, commanding=True)


def show_summary(report: Report) -> None:
    """Say on standard error how much was checked and what was found, unless that is to be left out."""
    if not is_quiet():
        print_styled(reporting.styled_summary(report), err=True)


def lines_of(library: core.Library, path: PurePosixPath) -> tuple[str, ...]:
    """Read the lines of a file of the content set; none of one that is no text."""
    if not library.kind(path).is_markdown:
        source = library.source(path)
        return source.lines if isinstance(source, Source) else ()
    document = library.load(path)
    return document.source.lines if isinstance(document, Document) else ()


def _written(results: Results, form: str) -> str:
    """Write a report; a build service gets paths as they count from its repository."""
    in_service = form not in FOR_PEOPLE and not form.startswith("json")
    report = below(results.report, _place_in_repository(results.root)) if in_service else results.report
    return outputs.write(report, form, results.lines)


def _place_in_repository(root: Path) -> PurePosixPath:
    for name in ROOTS:
        repository = os.environ.get(name)
        if repository and root.resolve().is_relative_to(Path(repository).resolve()):
            return PurePosixPath(root.resolve().relative_to(Path(repository).resolve()).as_posix())
    return PurePosixPath()
