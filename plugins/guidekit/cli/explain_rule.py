"""The command `rule`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from guidekit import rules
from guidekit.cli.completion import complete_rule
from guidekit.cli.console import print_text
from guidekit.cli.messages import Misuse, say
from guidekit.reporting import rule_explanations
from guidekit.rules.rule import AnyRule
from guidekit.text import paths

FORMATS: Mapping[str, Callable[[Sequence[AnyRule]], str]] = {
    "text": rule_explanations.as_text,
    "markdown": rule_explanations.as_markdown,
    "json": rule_explanations.as_json,
}
"""The formats by name, and what writes them."""


@click.command()
@click.argument("code", required=False, shell_complete=complete_rule)
@click.option("--all", "every", is_flag=True, help="Explain all rules.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice([*FORMATS]),
    default="text",
    show_default=True,
    help="How to print what is explained.",
)
def rule(code: str | None, every: bool, form: str) -> None:
    """Explain the rule CODE, or list all rules."""
    if code is not None and every:
        raise Misuse("--all explains every rule: leave it out, or the rule")
    if code is None and not every and form == "text":
        width = max(len(known.code) for known in rules.RULES)
        for known in rules.RULES:
            say(f"{known.code:{width}}  {known.severity!s:10}  {known.summary}")
        return
    print_text(FORMATS[form](rules.RULES if code is None else (_named(code),)))


def _named(code: str) -> AnyRule:
    asked = rules.named(code)
    if asked is None:
        near = paths.close_match(code, (known.code for known in rules.RULES))
        raise Misuse(f"there is no rule '{code}'" + (f"; did you mean '{near}'?" if near else ""))
    return asked
