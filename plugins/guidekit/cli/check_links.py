"""The command `check-links`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

import click

from guidekit import extras, garbage_collection, reporting, rules
from guidekit.built_site import lychee
from guidekit.built_site.links import external as elsewhere
from guidekit.built_site.links.external import Inquiry, UnknownMemoryError
from guidekit.built_site.links.link_index import Site
from guidekit.built_site.links.site_addresses import Home
from guidekit.built_site.links.survey import Survey
from guidekit.built_site.lychee import LycheeError
from guidekit.cli import output_files, progress, showing
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, make_session, open_content_set
from guidekit.cli.messages import QUIET, Misuse, note
from guidekit.cli.option_groups import give
from guidekit.cli.showing import Also, Results, lines_of, refuse_outputs, show, show_summary, write_also
from guidekit.diagnostics import Severity
from guidekit.disk import reading, writing
from guidekit.disk.file_status import RootError, WriteError
from guidekit.disk.programs import ProgramError
from guidekit.disk.settings_files import has_settings
from guidekit.disk.site_reader import SiteReader
from guidekit.layout import Layout
from guidekit.library.library import Library
from guidekit.rules.selection import choose
from guidekit.settings import Settings, SettingsError
from guidekit.text.source import Source

Adjust = Callable[[Settings], Settings]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a check found, and the library whose links they are."""

    results: Results
    library: Library


@click.command("check-links")
@click.argument("site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[SITE]")
@SETTINGS_FILE
@QUIET
@click.option("--external", is_flag=True, help="Ask other sites whether the pages are there to which the sources link.")
@click.option(
    "--memory",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --external: the folder that keeps what answered, for a week, and what failed; without it, one in your own"
    " cache, for this content set.",
)
@give(*showing.OPTIONS)
@click.option(
    "--fail-on",
    type=click.Choice([*(str(severity) for severity in sorted(Severity, reverse=True)), "never"]),
    help="The least severity that makes the exit code 1: warning for a SITE, never with --external if not said otherwise.",
)
def check_links(
    site: Path | None,
    config_file: Path | None,
    external: bool,
    memory: Path | None,
    form: str,
    also: Also,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    fail_on: str | None,
) -> None:
    """Check the links of the built site in the folder SITE, or with --external those of its sources to other sites.

    All links in the site's HTML and CSS that lead to the site itself are followed. A finding stands at its place in the
    Markdown where that is known, else in the site's own file.

    With --external, lychee asks each address once. One that fails in two runs is called broken. It needs guidekit[links].
    """
    adjust = partial(choose, select=select, ignore=ignore, severity=severity)
    if external is (site is not None):
        raise Misuse("name the folder of a built site, or ask for --external: one of the two")
    try:
        with garbage_collection.paused():
            with progress.busy("following links" if site else "asking other sites"):
                outcome = _site(site, config_file, adjust) if site else _external(config_file, adjust, memory)
            refuse_outputs(also, outcome.results.root, outcome.library)
            write_also(outcome.results, also)
            show(outcome.results, form)
    except (RootError, WriteError, LycheeError) as error:
        raise Misuse(str(error)) from None
    show_summary(outcome.results.report)
    threshold = fail_on or ("never" if external else "warning")
    if threshold != "never" and outcome.results.report.fails(Severity.named(threshold)):
        sys.exit(FOUND)


def _site(site: Path, config_file: Path | None, adjust: Adjust) -> Outcome:
    library, root = _sources(site, config_file, adjust)
    folder = _folder(site, root)
    survey = _survey(site, library, folder)
    lines = partial(_lines, library, survey.site, folder)
    return Outcome(results=Results(report=rules.check_site(survey, library), lines=lines, root=root), library=library)


def _external(config_file: Path | None, adjust: Adjust, memory: Path | None) -> Outcome:
    """Ask other sites, with what earlier runs have left in the folder ``memory``, and leave there what the next one needs."""
    library, root = _open(Path.cwd(), config_file, adjust)
    program = _lychee(root)
    if not library.pages:
        raise Misuse(f"nothing to check: no pages in '{root}'")
    memory = memory or writing.cache_folder("links", root)
    failed = memory / "failed.json"
    for kept in (failed, memory / lychee.CACHE):
        output_files.refuse_links(kept, root)
    earlier = _earlier(failed)
    writing.make_folder(memory)
    found = elsewhere.mentions(library, _home(library))
    note(f"asking other sites for {reporting.count(len(found), 'page')}")
    answers = lychee.ask(program, list(found), memory) if found else {}
    writing.write(failed, elsewhere.write_memory(elsewhere.remember(answers, earlier, date.today())).encode())
    known = {url: replace(answer, since=earlier.get(url)) for url, answer in answers.items()}
    report = rules.check_external(Inquiry(mentions=found, answers=known), library)
    return Outcome(results=Results(report=report, lines=partial(lines_of, library), root=root), library=library)


def _lychee(root: Path) -> str:
    try:
        return lychee.find(root)
    except ProgramError as error:
        raise Misuse(f"{error}: {extras.installation('links')}") from None


def _earlier(file: Path) -> Mapping[str, date]:
    try:
        return elsewhere.read_memory(reading.read(file) or '{"failing": {}}')
    except UnknownMemoryError as error:
        raise Misuse(f"'{file}' {error}") from None


def _sources(site: Path, config_file: Path | None, adjust: Adjust) -> tuple[Library, Path]:
    """Open the content set of which the site was built: the nearest one above it; without one, there are no sources."""
    if has_settings(site):
        raise Misuse(
            f"'{site}' holds the sources of a site, not the built site; name the folder into which it is built"
        )
    if config_file or any(map(has_settings, site.resolve().parents)):
        return _open(site.parent, config_file, adjust)
    note(f"no settings file above '{site}': places are those in the HTML; name one with --config-file")
    try:
        return Library(read=lambda _: None, files=(), layout=Layout(), settings=adjust(Settings())), Path()
    except SettingsError as error:
        raise Misuse(str(error)) from None


def _open(place: Path, config_file: Path | None, adjust: Adjust) -> tuple[Library, Path]:
    content_set, root = open_content_set((place,), config_file)
    return make_session(content_set, adjust).library, root


def _folder(site: Path, root: Path) -> PurePosixPath:
    """Count the site's folder from the content set's; one that lies elsewhere stays as it was named."""
    whole, above = site.resolve(), root.resolve()
    return PurePosixPath((whole.relative_to(above) if whole.is_relative_to(above) else site).as_posix())


def _survey(site: Path, library: Library, folder: PurePosixPath) -> Survey:
    reader = SiteReader(site)
    home = _home(library)
    built = Site(read=reader, files=reader.list_files(), home=home)
    if not built.pages:
        raise Misuse(f"nothing to check: no HTML page in '{site}'")
    return Survey(built, library, folder)


def _home(library: Library) -> Home:
    address = library.layout.site_url
    try:
        return Home.of(address)
    except ValueError:
        raise Misuse(f"site_url: '{address}' is no address") from None


def _lines(library: Library, site: Site, folder: PurePosixPath, path: PurePosixPath) -> tuple[str, ...]:
    """Read the lines of a source, or of a file of the site."""
    if path.is_relative_to(folder) and str(path.relative_to(folder)) in site.files:
        return Source.of(path, site.text(str(path.relative_to(folder)))).lines
    return lines_of(library, path)
