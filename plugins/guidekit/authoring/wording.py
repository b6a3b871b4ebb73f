"""What an author says in one line, written so that it reads back as it was said: in YAML, a comment, a heading."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

import yaml

from guidekit.authoring import RefusedError
from guidekit.syntax import front_matter
from guidekit.syntax.document import parse
from guidekit.syntax.heading import Heading
from guidekit.syntax.raw_html import Comment
from guidekit.text import file_names
from guidekit.text.escaping import as_markdown
from guidekit.text.source import Source

_PLAIN = re.compile(r"(?!0o)[A-Za-z0-9][\w ,.()/+-]*", re.ASCII)
_BLANK_ENDS = ("Zl", "Zp", "Cc")
_NO_CHARACTERS = ("Cs", "Cn", "Co")


def one_line(text: str, what: str) -> str:
    """Take what was typed as one line, blanks folded. Raises `RefusedError`, which calls it ``what``."""
    if any(unicodedata.category(char) in _BLANK_ENDS and char != "\t" for char in text.strip()):
        raise RefusedError(f"{what} holds a line break or a control character; write it in one line")
    line = " ".join(text.split())
    if not line:
        raise RefusedError(f"{what} is empty")
    if any(unicodedata.category(char) in _NO_CHARACTERS or char == "\ufeff" for char in line):
        raise RefusedError(f"{what} holds a character that no text may hold")
    return line


def refuse_name(path: PurePosixPath) -> None:
    """Refuse a name that no text could hold, or that Windows could not have. Raises `RefusedError`."""
    if not str(path).isprintable():
        raise RefusedError(f"'{path}' holds a character that no link could hold; choose another name")
    for name in path.parts:
        if fault := file_names.fault_on_windows(name):
            raise RefusedError(f"'{name}' {fault}; choose another name")


def statement(text: str) -> str:
    """Take what an item says. Raises `RefusedError` where a comment could not hold it."""
    line = one_line(text, "the statement")
    if "-->" in line:
        raise RefusedError("the statement holds '-->', which would end its comment; leave it out")
    read = list(parse(Source.of("statement", comment(line) + "\n")).of(Comment))
    if len(read) != 1 or read[0].text != line or not read[0].closed:
        raise RefusedError(f"the statement '{line}' cannot stand in a comment; word it otherwise")
    if read[0].for_tools:
        raise RefusedError(
            f"the statement begins with '{line.split()[0]}', as directives to tools do; word it otherwise"
        )
    return line


def comment(line: str) -> str:
    """Write a statement as the comment above its include."""
    return f"<!-- {line} -->"


def scalar(line: str) -> str:
    """Write a text as a value in YAML: as it is where all readers agree that it is text, else quoted."""
    if _PLAIN.fullmatch(line) and _reads_as(line, line):
        return line
    return quoted(line)


def quoted(line: str) -> str:
    """Write a text as a value in YAML between quotation marks."""
    written = yaml.safe_dump(line, default_style='"', allow_unicode=True, width=float("inf"))
    return str(written).rstrip("\n")


def _reads_as(written: str, line: str) -> bool:
    source = Source.of("header", f"---\nkey: {written}\n---\n")
    try:
        return bool(yaml.safe_load(written) == line and front_matter.read(source).values.get("key") == line)
    except yaml.YAMLError:
        return False


def heading(line: str) -> str:
    """Write a text so that a heading shows it as it is. Raises `RefusedError` where none would."""
    for written in (line, as_markdown(line)):
        read = list(parse(Source.of("heading", f"## {written}\n")).facts)
        if len(read) == 1 and isinstance(read[0], Heading) and read[0].text == line:
            return written
    raise RefusedError(f"'{line}' cannot be a heading; word it otherwise")
