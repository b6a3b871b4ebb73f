"""The addresses in style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A parser of CSS takes seconds for a theme's style sheet, and all it would be asked for are these tokens, see
# <https://www.w3.org/TR/css-syntax-3/#tokenization>.
_STRING = r""""(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'"""
_TOKEN = re.compile(
    rf"""/\*.*?(?:\*/|\Z)
    | \burl\(\s*+(?:(?P<quoted>{_STRING})|(?P<bare>(?:\\.|[^"'()\\\s])*+))\s*+\)
    | @import\s*+(?P<imported>{_STRING})
    | {_STRING}""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|\n|(.))", re.IGNORECASE | re.DOTALL)


def addresses(css: str) -> Iterator[str]:
    """Find the addresses in ``url(…)`` and ``@import``, in order; comments and other strings are passed over."""
    for token in _TOKEN.finditer(css):
        quoted = token["quoted"] or token["imported"] or ""
        if address := quoted[1:-1] or token["bare"]:
            yield _unescape(address)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2] or ""
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
