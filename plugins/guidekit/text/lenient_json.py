"""JSON as docfx takes it: comments and commas at the end of a list are no mistakes."""

from __future__ import annotations

import json
from typing import Any

_LONGEST_LENIENT = 500_000
"""How many characters a text with comments may have, which is read a hundred times slower."""


def load(text: str) -> Any:
    """Read a text in JSON. Raises ``ValueError`` with the line of the mistake."""
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except ValueError:
        if len(text) > _LONGEST_LENIENT:
            raise
    import json5  # most files are strict

    try:
        return json5.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def load_object(text: str) -> dict[str, Any]:
    """Read a text in JSON that is an object. Raises ``ValueError`` where it is none."""
    found = load(text)
    if not isinstance(found, dict):
        raise ValueError("expected an object")
    return found
