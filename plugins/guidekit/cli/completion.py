"""The command `completion`, and what the shell is offered where rules are named."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from guidekit import rules
from guidekit.cli.console import print_text

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script with which SHELL completes commands, options and rules of guidekit; bash has to be 4.4 or newer."""
    writer = get_completion_class(shell)
    if writer is not None:
        asked = writer(ctx.find_root().command, {}, "guidekit", "_GUIDEKIT_COMPLETE")
        print_text(_mended(ShellComplete.source(asked)) + "\n")  # bash's own starts the first bash that it finds


def _mended(script: str) -> str:
    """Let fish split what it is told at the first comma only: lists of rules, and what explains them, have more."""
    return script.replace('string split ","', 'string split --max 1 ","')


def complete_rule(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the rules that begin with what is typed; behind a comma, one more of them."""
    before, comma, begun = typed.rpartition(",")
    named = before.split(",")
    return [
        CompletionItem(f"{before}{comma}{rule.code}", help=rule.summary)
        for rule in rules.RULES
        if rule.code.startswith(begun) and rule.code not in named
    ]
