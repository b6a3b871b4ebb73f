"""Options that belong together, declared as a tuple and given to a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Command = Callable[..., Any]
Option = Callable[[Command], Command]


def give(*options: Option) -> Option:
    """Give a command options, in the order in which they are shown."""

    def given(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given
