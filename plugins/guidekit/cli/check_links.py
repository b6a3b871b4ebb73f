"""The command `check-links`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

import click

from guidekit import collector, rules
from guidekit import library as core
from guidekit.cli.content_set import FOUND, SETTINGS_FILE, Misuse, open_library
from guidekit.cli.showing import Also, lines_of, show, show_summary, showing_options, write_also
from guidekit.diagnostics import Severity
from guidekit.files import RootError, SiteReader, has_settings
from guidekit.links.addresses import Home
from guidekit.links.site import Site
from guidekit.links.survey import Survey
from guidekit.selection import choose
from guidekit.settings import Layout, Settings, SettingsError
from guidekit.source import Source

Adjust = Callable[[Settings], Settings]


@click.command("check-links")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="SITE")
@SETTINGS_FILE
@showing_options
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in sorted(Severity, reverse=True)]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
def check_links(
    site: Path,
    config_file: Path | None,
    form: str,
    also: Also,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    fail_on: str,
) -> None:
    """Check the links of a built site: those in the HTML and CSS of the folder SITE that lead to the site itself.

    A finding stands at its place in the Markdown where that is known, else in the site's own file. Links to other sites
    are not followed.
    """
    library, root = _sources(site, config_file, partial(choose, select=select, ignore=ignore, severity=severity))
    folder = _folder(site, root)
    try:
        with collector.paused():
            survey = _survey(site, library, folder)
            report = rules.check_site(survey, library)
            lines = partial(_lines, library, survey.site, folder)
            write_also(report, also, lines, root)
            show(report, form, lines, root)
    except RootError as error:
        raise Misuse(str(error)) from None
    show_summary(report)
    if report.fails(Severity.named(fail_on)):
        sys.exit(FOUND)


def _sources(site: Path, config_file: Path | None, adjust: Adjust) -> tuple[core.Library, Path]:
    """Open the content set of which the site was built: the nearest one above it; without one, there are no sources."""
    if has_settings(site):
        raise Misuse(
            f"'{site}' holds the sources of a site, not the built site; name the folder into which it is built"
        )
    if config_file or any(map(has_settings, site.resolve().parents)):
        return open_library((site.parent,), config_file, adjust)
    click.echo(f"no settings file above '{site}': places are those in the HTML; name one with --config-file", err=True)
    try:
        return core.Library(read=lambda _: None, files=(), layout=Layout(), settings=adjust(Settings())), Path()
    except SettingsError as error:
        raise Misuse(str(error)) from None


def _folder(site: Path, root: Path) -> PurePosixPath:
    """Count the site's folder from the content set's; one that lies elsewhere stays as it was named."""
    whole, above = site.resolve(), root.resolve()
    return PurePosixPath((whole.relative_to(above) if whole.is_relative_to(above) else site).as_posix())


def _survey(site: Path, library: core.Library, folder: PurePosixPath) -> Survey:
    reader = SiteReader(site)
    address = library.layout.site_url
    try:
        home = Home.of(address)
    except ValueError:
        raise Misuse(f"site_url: '{address}' is no address") from None
    built = Site(read=reader, files=reader.list_files(), home=home)
    if not built.pages:
        raise Misuse(f"nothing to check: no HTML page in '{site}'")
    return Survey(built, library, folder)


def _lines(library: core.Library, site: Site, folder: PurePosixPath, path: PurePosixPath) -> tuple[str, ...]:
    """Read the lines of a source, or of a file of the site."""
    if path.is_relative_to(folder) and str(path.relative_to(folder)) in site.files:
        return Source.of(path, site.text(str(path.relative_to(folder)))).lines
    return lines_of(library, path)
