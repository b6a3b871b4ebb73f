"""What a reader sees of a line, without markup."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

_TEXTS = ("text", "code_inline")
_BREAKS = ("softbreak", "hardbreak")


def plain_text(children: Sequence[Token] | None) -> str:
    """Read the text of inline tokens; raw HTML, images and includes contribute nothing.

    A token of a construct that readers see as text has that text in ``meta["text"]``.
    """
    parts: list[str] = []
    for child in children or ():
        if child.type in _TEXTS:
            parts.append(child.content)
        elif child.type in _BREAKS:
            parts.append(" ")
        elif "text" in child.meta:
            parts.append(child.meta["text"])
    return "".join(parts)
