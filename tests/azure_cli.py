"""Says which commands the Azure CLI would refuse, and runs none: ``python azure_cli.py < commands``.

For a Python that has azure-cli. Each line of the input is a command's arguments as a JSON list, without ``az`` itself.
The parser is the real one: it knows every command and option, values of a fixed choice, and JMESPath, and it asks no
network. The CLI stops itself by an event once its arguments are parsed, before it looks for a login.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from azure.cli.core import AzCli, get_default_cli
from knack.events import EVENT_INVOKER_POST_PARSE_ARGS, EVENT_INVOKER_PRE_PARSE_ARGS
from knack.util import CLIError

SOME_ID = "/subscriptions/s/resourceGroups/g/providers/p/t/n"


class Parsed(BaseException):
    """The command is in order; not an ``Exception``, so that nothing on the way catches it."""


def stop(*_: object, **__: object) -> None:
    """Stop before the command runs."""
    raise Parsed


def stop_last(cli: AzCli, **_: object) -> None:
    """Stop behind all that the CLI itself does with the parsed arguments."""
    cli.register_event(EVENT_INVOKER_POST_PARSE_ARGS, stop)


def without_files_and_ids(arguments: list[str]) -> list[str]:
    """Leave out the ``@`` that would read a file, and put an id where only a run knows one."""
    pairs = zip(("", *arguments), arguments, strict=False)
    return [SOME_ID if before == "--ids" else argument.removeprefix("@") for before, argument in pairs]


def complaint(arguments: list[str]) -> str:
    """Answer why the CLI refuses a command, or nothing."""
    cli = get_default_cli()
    if "--ids" in arguments:  # the CLI would take them apart, and ours is made up
        cli.register_event(EVENT_INVOKER_POST_PARSE_ARGS, stop)
    else:
        cli.register_event(EVENT_INVOKER_PRE_PARSE_ARGS, stop_last)
    cli.invocation = cli.invocation_cls(
        cli_ctx=cli, parser_cls=cli.parser_cls, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
    )
    refusal = io.StringIO()
    try:
        with contextlib.redirect_stderr(refusal):
            cli.invocation.execute(without_files_and_ids(arguments))
    except Parsed:
        return ""
    except CLIError as error:
        return str(error)
    except SystemExit:
        return refusal.getvalue().strip().partition("\n")[0]
    return "it runs without being parsed"


def main() -> None:
    """Read commands, and print a line for each that is refused."""
    for line in sys.stdin:
        arguments = json.loads(line)
        if why := complaint(arguments):
            print(f"az {' '.join(arguments)}: {why}")


if __name__ == "__main__":
    main()
