"""The command line: arguments, settings, engine, format; each step a small one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path, PurePosixPath

import click
import yaml

import guidekit
from guidekit import catalogue as data
from guidekit import collector, files, outputs, paths, reporting, rules
from guidekit.api import Library
from guidekit.catalogue import Catalogue
from guidekit.diagnostics import Diagnostic, Report, Severity
from guidekit.document import Document
from guidekit.files import RootError, WriteError, find_root
from guidekit.outputs import FORMATS, ROOTS, below
from guidekit.reporting import FOR_PEOPLE, Lines, Styled
from guidekit.rules.rule import Rule
from guidekit.selection import choose
from guidekit.settings import Settings, SettingsError
from guidekit.source import Source

_FOUND = 1
_MISUSE = 2

_SETTINGS_FILE = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The settings file; without it, mkdocs.yml is looked for upward from PATH.",
)


class Misuse(click.ClickException):
    """Something that cannot be done as it was asked."""

    exit_code = _MISUSE


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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(guidekit.__version__, prog_name="guidekit")
def main() -> None:
    """Check, render and list guidance written in Microsoft Learn's Markdown.

    Exits with 0 when all is well, 1 when something was found, 2 when the command could not do its work.
    """


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@_SETTINGS_FILE
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    metavar="FORMAT",
    help=f"How to print the findings: {', '.join(FORMATS)}.",
)
@click.option(
    "--output",
    "also",
    type=_Output(),
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also write the findings to a file, as in sarif:report.sarif. May be given several times.",
)
@click.option("--select", multiple=True, metavar="RULES", help="Run only these rules, apart by commas.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out, apart by commas.")
@click.option(
    "--severity", multiple=True, metavar="RULE=LEVEL", help="Make a rule an error, a warning, a suggestion, or off."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option("--show-settings", is_flag=True, help="Print the settings that this run would use, and stop.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in sorted(Severity, reverse=True)]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    also: tuple[tuple[str, Path], ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    statistics: bool,
    show_settings: bool,
    fail_on: str,
) -> None:
    """Check a content set, or only what PATHs name of it: folders, pages, fragments.

    Findings go to standard output, how much was checked to standard error.
    """
    library, root = _open(paths, config_file, partial(choose, select=select, ignore=ignore, severity=severity))
    if show_settings:
        click.echo(_settings(library, config_file or root), nl=False)
        return
    with collector.paused():
        report = _narrow(library.check(), _wanted(library, paths, root))
        collector.keep()  # the process is about to end: a last search for garbage would find none
    lines = partial(_lines, library)
    for other, file in also:
        _put(_written(report, other, lines, root).encode(errors="replace"), file)
    if statistics:
        _print(reporting.statistics(report))
    elif form in FOR_PEOPLE:
        _print(FOR_PEOPLE[form](report, lines))
    else:
        click.echo(_written(report, form, lines, root), nl=False)
    _print(reporting.styled_summary(report), err=True)
    if not report.checked.pages and not report.checked.fragments:
        raise Misuse(f"nothing to check: no pages and no fragments in '{root}'")
    if report.fails(Severity.named(fail_on)):
        sys.exit(_FOUND)


def _written(report: Report, form: str, lines: Lines, root: Path) -> str:
    """Write a report; a build service gets paths as they count from its repository."""
    in_service = form not in FOR_PEOPLE and not form.startswith("json")
    return outputs.write(below(report, _place_in_repository(root)) if in_service else report, form, lines)


def _place_in_repository(root: Path) -> PurePosixPath:
    for name in ROOTS:
        repository = os.environ.get(name)
        if repository and root.resolve().is_relative_to(Path(repository).resolve()):
            return PurePosixPath(root.resolve().relative_to(Path(repository).resolve()).as_posix())
    return PurePosixPath()


@main.command()
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_SETTINGS_FILE
def render(page: Path, config_file: Path | None) -> None:
    """Print the HTML of PAGE's article; what is wrong with it goes to standard error."""
    library, root = _open((page,), config_file)
    found = library.page(_inside(page, root))
    if found is None:
        raise Misuse(f"'{page}' is no page of the content set in '{root}'{_why_no_page(library, page, root)}")
    if not found.learn:
        raise Misuse(f"'{page}' is not written in the Learn dialect, so Python-Markdown renders it")
    rendered = guidekit.render(library, found)
    click.echo(rendered.html, nl=False)
    report = replace(library.check(), diagnostics=rendered.diagnostics)
    for diagnostic in report.diagnostics:
        click.echo(f"{diagnostic.severity}: {reporting.one_line(diagnostic)}", err=True)
    if report.fails(Severity.ERROR):
        sys.exit(_FOUND)


@main.command()
@click.argument("code", required=False)
def rule(code: str | None) -> None:
    """Explain the rule CODE, or list all rules."""
    if code is None:
        width = max(len(known.code) for known in rules.RULES)
        for known in rules.RULES:
            click.echo(f"{known.code:{width}}  {known.severity!s:10}  {known.summary}")
        return
    asked = rules.named(code)
    if asked is None:
        near = paths.close_match(code, (known.code for known in rules.RULES))
        raise Misuse(f"there is no rule '{code}'" + (f"; did you mean '{near}'?" if near else ""))
    click.echo(_explain(asked))


@main.command("list")
@click.argument("place", default=".", type=click.Path(exists=True, path_type=Path), metavar="[PATH]")
@_SETTINGS_FILE
def list_(place: Path, config_file: Path | None) -> None:
    """List the pages with their checklist items, and the fragments with the pages that show them."""
    library, _ = _open((place,), config_file)
    for page in library.pages:
        items = f"  {reporting.count(len(page.checklist.items), 'item')}" if page.learn and page.checklist else ""
        click.echo(reporting.printable(f"{page.path}{items}{'' if page.learn else '  not a Learn page'}"))
    for fragment in library.fragments:
        users = ", ".join(map(str, library.used_by(fragment.path))) or "unused"
        click.echo(reporting.printable(f"{fragment.path}  {users}"))


@main.command()
@click.option(
    "--format", "form", type=click.Choice([*data.FORMATS]), default="json", show_default=True, help="The format."
)
@click.option(
    "--guide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page of one guide; without it, the catalogue holds all guides.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the catalogue is printed.",
)
@_SETTINGS_FILE
def catalogue(form: str, guide: Path | None, output: Path | None, config_file: Path | None) -> None:
    """Write the checklists as data: for programs, for spreadsheets, or as a task list.

    An item without a GUID or without guidance is left out and named on standard error; the exit code is then 1.
    """
    if form == "xlsx" and output is None:
        raise Misuse("a workbook cannot be printed: name a file with --output")
    library, root = _open((guide,) if guide else (), config_file)
    known = _only(library.catalogue(), guide, root)
    _put(data.FORMATS[form](known), output)
    for item in known.left_out:
        lacks = "GUID" if item.guidance else "guidance"
        click.echo(reporting.printable(f"left out: {item.span}: '{item.title}' has no {lacks}"), err=True)
    if known.left_out:
        sys.exit(_FOUND)


def _only(known: Catalogue, guide: Path | None, root: Path) -> Catalogue:
    """Narrow a catalogue to the guide that was asked for; there must be one, lest an empty file passes for a list."""
    found = known.only(_inside(guide, root)) if guide else known
    if found is None:
        raise Misuse(f"'{guide}' has no checklist")
    if not found.guides:
        raise Misuse(f"no page in '{root}' has a checklist")
    return found


def _put(written: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(written, nl=False)
        return
    try:
        files.write(output, written)
    except WriteError as error:
        raise Misuse(str(error)) from None


def _settings(library: Library, place: Path) -> str:
    """Write the settings as YAML, each as the settings file would have it."""
    values = {declared.name: getattr(library.settings, declared.name) for declared in fields(library.settings)}
    values["severity"] = {code: str(level or "off") for code, level in library.settings.severity.items()}
    plain = json.loads(json.dumps(values))  # tuples become lists
    return f"# {place}\n{yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)}"


def _open(
    paths: Sequence[Path], config_file: Path | None, adjust: Callable[[Settings], Settings] | None = None
) -> tuple[Library, Path]:
    roots = {config_file.parent if config_file else find_root(path) for path in paths or (Path.cwd(),)}
    if len({root.resolve() for root in roots}) > 1:
        raise Misuse("the paths lie in different content sets: " + ", ".join(f"'{root}'" for root in sorted(roots)))
    root = roots.pop()
    try:
        place = config_file or root
        return Library.open(place, adjust(files.open_content_set(place).settings) if adjust else None), root
    except (SettingsError, RootError) as error:
        raise Misuse(str(error)) from None


def _inside(path: Path, root: Path) -> PurePosixPath:
    """Count a path from the root."""
    try:
        return PurePosixPath(path.absolute().relative_to(root.absolute()).as_posix())
    except ValueError:
        try:
            return PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
        except ValueError:
            raise Misuse(f"'{path}' does not lie in the content set '{root}'") from None


def _wanted(library: Library, paths: Sequence[Path], root: Path) -> list[PurePosixPath]:
    """Count the paths from the root; each must hold something to check, lest nothing passes for clean."""
    wanted = [_inside(path, root) for path in paths]
    known = [*(page.path for page in library.pages), *(item.path for item in library.fragments), *library.unreadable]
    for given, inside in zip(paths, wanted, strict=True):
        if not any(path.is_relative_to(inside) for path in known):
            raise Misuse(f"nothing to check: no page and no fragment in '{given}'")
    return wanted


def _narrow(report: Report, wanted: Sequence[PurePosixPath]) -> Report:
    """Keep the findings below the paths that were asked for; all of them where none was."""
    if not wanted:
        return report

    def is_wanted(diagnostic: Diagnostic) -> bool:
        return any(diagnostic.span.path.is_relative_to(path) for path in wanted)

    return replace(report, diagnostics=tuple(filter(is_wanted, report.diagnostics)))


def _why_no_page(library: Library, page: Path, root: Path) -> str:
    path = _inside(page, root)
    if path in library.unreadable:
        return f": it {library.unreadable[path].detail}"
    return ": it is a fragment" if library.is_fragment(path) else ""


def _lines(library: Library, path: PurePosixPath) -> tuple[str, ...]:
    if path.suffix.lower() != ".md":
        source = library.source(path)
        return source.lines if isinstance(source, Source) else ()
    document = library.load(path)
    return document.source.lines if isinstance(document, Document) else ()


def _print(parts: Iterable[Styled], *, err: bool = False) -> None:
    """Print in color on a terminal, plain elsewhere."""
    stream = sys.stderr if err else sys.stdout
    if not stream.isatty() or os.environ.get("NO_COLOR"):
        click.echo("".join(text for text, _ in parts), nl=False, err=err)
        return
    from rich.console import Console  # costs more than a check of a small content set; not needed in a pipe
    from rich.text import Text

    Console(soft_wrap=True, highlight=False, stderr=err).print(Text.assemble(*parts), end="")


def _explain(asked: Rule) -> str:
    sections = asked.sections
    parts = [f"{asked.code} ({asked.severity})", sections["what"]]
    parts += [f"{name}:\n\n{_indent(sections[name])}" for name in ("Bad", "Good") if name in sections]
    return "\n\n".join([*parts, f"Why: {' '.join(sections['Why'].split())}"])


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
