"""The help of a group of commands: by what they are for, each with its whole first sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import click

from guidekit.cli.interrupts import OrderlyGroup

_NO_LIMIT = 10_000


class WholeSentences(click.Group):
    """Commands whose help is not cut in the middle of a sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        _write(formatter, "Commands", self._told(ctx, self.list_commands(ctx)))

    def _told(self, ctx: click.Context, names: Collection[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            command = self.get_command(ctx, name)
            if command is not None:
                yield name, command.get_short_help_str(_NO_LIMIT)


class SectionedGroup(OrderlyGroup, WholeSentences):
    """Commands that are listed in sections, each under its title."""

    def __init__(self, *arguments: Any, sections: Mapping[str, Collection[str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._sections = sections

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands of each section."""
        for title, names in self._sections.items():
            _write(formatter, title, self._told(ctx, names))


def _write(formatter: click.HelpFormatter, title: str, told: Iterator[tuple[str, str]]) -> None:
    with formatter.section(title):
        formatter.write_dl(list(told))
