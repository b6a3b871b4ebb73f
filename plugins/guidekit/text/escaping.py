"""Text of strangers, made fit for where it is shown: it ends no line, commands no terminal and begins no command.

Build services read commands off their logs: GitHub takes a line that begins with ``::``, though not with
a third colon, and ``##[`` anywhere; Azure Pipelines ``##vso[`` anywhere; TeamCity ``##teamcity[``; GitLab what follows an
escape. See
<https://docs.github.com/actions/reference/workflow-commands-for-github-actions> and
<https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

_NOT_SHOWN = "\ufffd"
_JOINER = "\u2060"
_MARK = re.compile(r"#(?=#\w*\[)")
_COLONS = re.compile(r"^((?:(?!\n)[\s\ufeff])*):(?=:(?!:))", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\r(?!\n)")
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w++;)|(?<!\S)#|:(?=//)")
"""The marks of Markdown, those of tables, strikethrough and formulas among them, and what makes an address a link."""
_BLOCK = re.compile(r"^(\d*)([+=.)-]|:(?=:))")
"""What else begins a block, or a command to a build service, at the beginning of a line."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]{0,20}://|\bwww\.)[^\s`|'\"]*+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"""[@#](?=\w) | [!&](?=\d) | [$%~](?=["\w]) | \^(?=alert) | \bGH-(?=\d) | \bwww(?=\.) | :(?=//)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What makes GitHub, GitLab and Azure DevOps see a person, an issue, an address or their like in what follows."""


def visible(text: str) -> str:
    """Show a text as it is, each character that nobody would see as one that everybody sees; line feeds stay."""
    hidden = {char for char in set(text) if not char.isprintable() and char != "\n"}
    if not hidden:
        return text
    return text.translate({ord(char): " " if _is_blank(char) else _NOT_SHOWN for char in hidden})


def printable(text: str) -> str:
    """Show a text of several lines in a log or on a terminal, without letting it command either."""
    return _inert(visible(text))


def one_line(text: str) -> str:
    """Show a text on one line of a log or a terminal: a line feed is shown as well."""
    return _inert(visible(text).replace("\n", _NOT_SHOWN))


def is_obeyed(text: str) -> bool:
    """Would a terminal or a build service obey something in a text?"""
    return any(pattern.search(text) for pattern in (_CONTROL, _MARK, _COLONS))


def harmless(text: str) -> str:
    """Change no more of some data than what would be obeyed, or turns the order of what is read; no length changes."""
    return _inert(_TURN.sub(_NOT_SHOWN, _CONTROL.sub(_NOT_SHOWN, text)))


def in_html(text: str) -> str:
    """Do so in HTML, where the marks of a command can be written as references that readers see as what they were."""
    return _referring(_TURN.sub(lambda found: f"&#{ord(found[0])};", _CONTROL.sub(_NOT_SHOWN, text)))


def in_xml(text: str) -> str:
    """Do so in a whole XML document: what XML can hold is read as it was."""
    hidden = (char for char in set(text) if not char.isprintable() and char not in "\n ")
    held = {ord(char): _NOT_SHOWN if _NOT_XML.match(char) else f"&#{ord(char)};" for char in hidden}
    return _referring(text.translate(held))


def as_json(value: Any, *, indent: int | None = 2, only_ascii: bool = False) -> str:
    """Write JSON in which each character can be seen, and which begins no command: programs read it as it was.

    What is no character, such as a byte of a file's name that is not UTF-8, is read as U+FFFD.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    hidden = {char for char in set(text) if _is_to_escape(char) or (only_ascii and not char.isascii())}
    return _MARK.sub(r"\\u0023", text.translate({ord(char): _json_escape(char) for char in hidden}))


def as_markdown(text: str) -> str:
    """Write a text within a line of Markdown so that its marks are read as text, in all dialects that pages go through."""
    return _MARKUP.sub(r"\\\g<0>", text)


def in_markdown(text: str) -> str:
    """Write a text as a line of Markdown that mentions nobody and refers to nothing, wherever it is pasted.

    It may begin the line. Marks of others are looked for in what is shown, so an invisible character follows them; an
    address has to be copied, so it is code.
    """
    line = " ".join(visible(text).split())
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        parts += [_unheard(line[at : found.start()]), f"`{found[0]}`"]
        at = found.end()
    return "".join([*parts, _unheard(line[at:])])


def _unheard(text: str) -> str:
    quiet = _REFERENCE.sub(lambda found: found[0] + _JOINER, text)
    return _BLOCK.sub(r"\1\\\2", as_markdown(quiet)).replace(_JOINER, f"&#{ord(_JOINER)};")


def _inert(text: str) -> str:
    """Break the beginnings of commands."""
    return _COLONS.sub(rf"\1{_NOT_SHOWN}", _MARK.sub(_NOT_SHOWN, text))


def _referring(text: str) -> str:
    return _COLONS.sub(r"\1&#58;", _MARK.sub("&#35;", text))


def _is_blank(char: str) -> bool:
    return char == "\t" or unicodedata.category(char) == "Zs"


def _is_to_escape(char: str) -> bool:
    return not char.isprintable() and char != "\n" and not _is_blank(char)


def _json_escape(char: str) -> str:
    return json.dumps(_NOT_SHOWN if unicodedata.category(char) == "Cs" else char)[1:-1]
