"""Commands that are known by name, and imported when one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click


class Commands(MutableMapping[str, click.Command]):
    """The commands of a group by name, in the order in which they are given, each as ``module:function``.

    Listing the names imports nothing; taking a command imports its module. Click completes what is typed, and guesses
    what was meant, by the names alone.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._commands: dict[str, str | click.Command] = dict(places)

    def __getitem__(self, name: str) -> click.Command:
        found = self._commands[name]
        if isinstance(found, str):
            module, _, function = found.partition(":")
            command: click.Command = getattr(import_module(module), function)
            self._commands[name] = found = command
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)
