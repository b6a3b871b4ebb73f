"""GUIDs, by which items are known."""

from __future__ import annotations

import re

GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
"""A GUID as a regular expression, which JSON Schema reads as Python does."""

_WHOLE = re.compile(GUID)


def is_guid(text: str) -> bool:
    """Is this text a GUID, in letters of any case?"""
    return _WHOLE.fullmatch(text) is not None
