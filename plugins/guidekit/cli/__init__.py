"""The command line: a module a command; arguments, settings, engine, format, each step a small one."""

from __future__ import annotations

import click

from guidekit import __version__
from guidekit.cli.interrupts import OrderlyGroup
from guidekit.cli.loading import Commands

COMMANDS = {
    "check": "guidekit.cli.check:check",
    "check-links": "guidekit.cli.check_links:check_links",
    "render": "guidekit.cli.render:render",
    "rule": "guidekit.cli.explain_rule:rule",
    "list": "guidekit.cli.listing:list_",
    "catalogue": "guidekit.cli.catalogue:catalogue",
    "report": "guidekit.cli.report:report",
    "graph": "guidekit.cli.graph:graph",
    "new": "guidekit.cli.new:new",
    "mv": "guidekit.cli.mv:mv",
    "retire": "guidekit.cli.retire:retire",
    "import": "guidekit.cli.import_export:import_",
    "export": "guidekit.cli.import_export:export",
    "schema": "guidekit.cli.schema:schema",
    "completion": "guidekit.cli.completion:completion",
}
"""The commands in the order in which they are documented, and where each is found."""


@click.group(cls=OrderlyGroup, commands=Commands(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guidekit")
def main() -> None:
    """Check, render and list guidance written in Microsoft Learn's Markdown.

    Exits with 0 when all is well, 1 when something was found, 2 when the command could not do its work, 130
    when it was interrupted.
    """
