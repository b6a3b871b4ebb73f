"""Texts as Python-Markdown's tree wants them: free of what it takes for marks of its own."""

from __future__ import annotations

import re

from markdown.util import ETX, STX, AtomicString

_RESERVED = re.compile(f"[{STX}{ETX}]")
_ENTITY = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


def written(text: str) -> str:
    """Escape what Python-Markdown's serializer would leave alone because it looks like an entity, and clean the text."""
    return clean(_ENTITY.sub("&amp;", text) if "&" in text else text)


def clean(text: str) -> str:
    """Take out the two characters that Python-Markdown marks its own placeholders with."""
    return _RESERVED.sub("", text) if STX in text or ETX in text else text


def literal(text: str) -> str:
    """Write a text that no extension may touch."""
    return AtomicString(written(text))
