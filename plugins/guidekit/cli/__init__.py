"""The command line: a module a command; arguments, settings, engine, format, each step a small one."""

from __future__ import annotations

import click

from guidekit import __version__
from guidekit.cli.loading import Commands
from guidekit.cli.messages import QUIET
from guidekit.cli.sections import SectionedGroup

SECTIONS = {
    "Begin": {
        "init": "guidekit.cli.init:init",
    },
    "Find what is wrong": {
        "check": "guidekit.cli.check:check",
        "check-links": "guidekit.cli.check_links:check_links",
        "rule": "guidekit.cli.explain_rule:rule",
    },
    "See what is there": {
        "render": "guidekit.cli.render:render",
        "list": "guidekit.cli.listing:list_",
        "catalogue": "guidekit.cli.catalogue:catalogue",
        "report": "guidekit.cli.report:report",
        "graph": "guidekit.cli.graph:graph",
    },
    "Change content": {
        "new": "guidekit.cli.new:new",
        "mv": "guidekit.cli.mv:mv",
        "retire": "guidekit.cli.retire:retire",
        "import": "guidekit.cli.import_export:import_",
        "export": "guidekit.cli.import_export:export",
        "convert": "guidekit.cli.convert:convert",
    },
    "Help other programs": {
        "schema": "guidekit.cli.schema:schema",
        "completion": "guidekit.cli.completion:completion",
    },
}
"""The commands by what they are for, in the order in which they are documented, and where each is found."""

COMMANDS = {name: place for commands in SECTIONS.values() for name, place in commands.items()}


@click.group(
    cls=SectionedGroup,
    sections=SECTIONS,
    commands=Commands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@QUIET
@click.version_option(__version__, prog_name="guidekit")
def main() -> None:
    """Check, render and list guidance written in Microsoft Learn's Markdown.

    Exits with 0 when all is well, 1 when something was found, 2 when the command could not do its work, 130
    when it was interrupted.
    """
