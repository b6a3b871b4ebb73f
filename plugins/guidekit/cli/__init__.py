"""The command line: a module a command; arguments, settings, engine, format, each step a small one."""

from __future__ import annotations

import click

from guidekit import __version__
from guidekit.cli.catalogue import catalogue
from guidekit.cli.check import check
from guidekit.cli.check_links import check_links
from guidekit.cli.completion import completion
from guidekit.cli.graph import graph
from guidekit.cli.intake import export, import_
from guidekit.cli.interruption import Interruptible
from guidekit.cli.listing import list_
from guidekit.cli.mv import mv
from guidekit.cli.new import new
from guidekit.cli.render import render
from guidekit.cli.report import report
from guidekit.cli.retire import retire
from guidekit.cli.rule import rule
from guidekit.cli.schema import schema

COMMANDS = (
    check,
    check_links,
    render,
    rule,
    list_,
    catalogue,
    report,
    graph,
    new,
    mv,
    retire,
    import_,
    export,
    schema,
    completion,
)
"""The commands, in the order in which they are documented."""


@click.group(cls=Interruptible, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guidekit")
def main() -> None:
    """Check, render and list guidance written in Microsoft Learn's Markdown.

    Exits with 0 when all is well, 1 when something was found, 2 when the command could not do its work, 130
    when it was interrupted.
    """


for command in COMMANDS:
    main.add_command(command)
