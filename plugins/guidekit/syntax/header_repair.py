"""A header's entry that is no YAML, written so that it is one, where there is no doubt about what its author meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

_MARKUP = re.compile(r"[*%@`]")
_IN_BRACKETS = re.compile(
    r"(?:\[[^][{}]*\]|\{+[^][{}]*\}+)[ ]*[\w(]|(?P<quote>[\"'])(?:(?!(?P=quote))[^\\])+(?P=quote)[ ]+\w"
)
_MEANS_MORE = re.compile(r"[][{}\"'!&|>#,]|[-?:](?:[ ]|$)")
_NO_TEXT = re.compile(r"[-?:](?:[ ]|$)|#|[\w.][\w. -]*:(?:[ ]|$)")
_COMMENT = re.compile(r"(?:^|\s)#")
_ANCHOR = re.compile(r"(?:^|[\s[{,])&\w", re.MULTILINE)


def without_tabs(lines: Sequence[str]) -> list[str]:
    """Put blanks in the place of the tabs that YAML reads as structure: about a line's text, and behind its key."""
    spaced = (re.sub(r"^(?=[ \t]*\t)[ \t]+", lambda tabs: tabs[0].replace("\t", "  "), line.rstrip()) for line in lines)
    return [re.sub(r"^([ ]*(?:- )?[\w.-]+[ \t]*:)(?=[ ]*\t)[ \t]+", r"\1 ", line) for line in spaced]


def is_plain(node: yaml.Node | None, text: str) -> bool:
    """Is this the node of an entry whose value is this text, or a list of texts?"""
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and len(node.value) == 1 else None
    if isinstance(value, yaml.SequenceNode):
        return all(isinstance(part, yaml.ScalarNode) for part in value.value)
    return isinstance(value, yaml.ScalarNode) and value.value == text


def quoted(text: str) -> str:
    """Write a text that stands on one line between quotation marks, those that leave it as it is where there are."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def value(text: str) -> str:
    """Write a text that stands on one line, between quotation marks only where it must be."""
    plain = f"key: {text}"
    try:
        is_itself = is_read_elsewhere(plain, {"key": text}) and yaml.safe_load(plain) == {"key": text}
    except yaml.YAMLError:  # the two readers of PyYAML disagree about '>#'
        is_itself = False
    return text if is_itself else quoted(text)


def folded(lines: Sequence[str]) -> str:
    """Write a text of several lines below ``>-``; blank lines part its paragraphs."""
    paragraphs = re.split(r"\n{2,}", "\n".join(line.strip() for line in lines).strip("\n"))
    return ">-\n" + "\n\n\n".join("\n".join(f"  {line}" for line in part.split("\n")) for part in paragraphs)


def is_certain(lines: Sequence[str], header: str) -> bool:
    """Is a value that is no YAML surely text, and each of its lines a part of it?"""
    said = [line.strip() for line in lines if line.strip()]
    below = said[1:] if lines[0].strip() else said
    if not said or any("\t" in line or _COMMENT.search(line) for line in said) or any(map(_NO_TEXT.match, below)):
        return False
    if _MARKUP.match(said[0]):
        return not _ANCHOR.search(header)
    return bool(_IN_BRACKETS.match(said[0])) or not _MEANS_MORE.match(said[0])


def is_read_elsewhere(header: str, values: dict[str, Any]) -> bool:
    """Does an ordinary YAML reader find the same keys in a header?"""
    try:
        read = yaml.load(header, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return False
    return isinstance(read, dict) and {str(key) for key in read} == set(values)
