"""The command `rule`."""

from __future__ import annotations

import click

from guidekit import paths, rules
from guidekit.cli.completion import complete_rule
from guidekit.cli.content_set import Misuse
from guidekit.rules.rule import Rule


@click.command()
@click.argument("code", required=False, shell_complete=complete_rule)
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


def _explain(asked: Rule) -> str:
    sections = asked.sections
    parts = [f"{asked.code} ({asked.severity})", sections["what"]]
    parts += [f"{name}:\n\n{_indent(sections[name])}" for name in ("Bad", "Good") if name in sections]
    return "\n\n".join([*parts, f"Why: {' '.join(sections['Why'].split())}"])


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
