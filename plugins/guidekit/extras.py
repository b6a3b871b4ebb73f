"""The extras of this package: what only some commands and settings need, and what to tell where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

MODULES: Mapping[str, tuple[str, ...]] = {
    "excel": ("openpyxl", "xlsxwriter"),
    "links": ("platformdirs", "selectolax"),
    "pack": ("minify", "tinycss2"),
    "watch": ("watchdog",),
}
"""The modules that come with an extra and that code of ours imports where it needs them."""


class MissingExtraError(Exception):
    """An extra that is not installed; the message says what needs it, and how to install it."""


@contextmanager
def needed(extra: str, by: str) -> Iterator[None]:
    """Import modules of an extra; ``by`` names what needs them. Raises `MissingExtraError` where one is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in MODULES[extra]:
            raise
        raise MissingExtraError(f"{by} needs an extra: {installation(extra)}") from None


def installation(extra: str) -> str:
    """Write the command that installs an extra."""
    return f"pip install 'guidekit[{extra}]'"
