"""Names of files, as other systems than Linux take them."""

from __future__ import annotations

import re
from unicodedata import normalize

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])[ ]*(\.|:|$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def fault_on_windows(name: str) -> str:
    """Say why a file or folder cannot have a name on Windows, as the end of a sentence; empty where it can.

    See <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
    """
    if device := _DEVICE.match(name):
        return f"is no name on Windows, where '{device[1]}' is a device"
    if found := _NOT_IN_NAMES.search(name):
        return f"holds '{found[0]}', which no name on Windows may hold"
    if name.endswith((" ", ".")) and name not in (".", ".."):
        return f"ends with a {'blank' if name[-1] == ' ' else 'dot'}, which Windows leaves out"
    return ""


def in_one_case(name: str) -> str:
    """Write a name as systems compare it that take capitals for small letters, and a letter for its parts."""
    return normalize("NFC", normalize("NFC", name).lower())
