"""What becomes of a command that someone interrupts."""

from __future__ import annotations

from typing import Any

import click

INTERRUPTED = 130
"""The exit code after an interrupt, as shells have it."""


class Interruptible(click.Group):
    """Commands that say that they were interrupted, and end; files are written whole or not at all anyway."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
