"""The parts of a YAML page, written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from guidekit.syntax.yaml_page import link_kind, parts
from guidekit.syntax.yaml_page.parts import Box, Kind, Line, Part, Passage, Picture, Title
from guidekit.text.escaping import as_markdown

_TO_BE_POINTED = re.compile(r"[\s()<>]")


def write(made_of: Iterable[Part]) -> str:
    """Write parts as Markdown, each apart from the one above."""
    written = (_WRITERS[type(part)](part) for part in made_of)
    return "\n\n".join(text for text in written if text)


def _title(title: Title) -> str:
    text = title.text.line if title.is_question else as_markdown(title.text.line)
    return f"{'#' * title.level} {text}"


def _passage(passage: Passage) -> str:
    return passage.text.source.text.strip("\n")


def _kind(kind: Kind) -> str:
    return f"*{as_markdown(link_kind.words(kind.word.line))}*"


def _line(line: Line) -> str:
    before = f"{as_markdown(line.before.line)} " if line.before else ""
    return before + (f"**{_link(line.entry)}**" if line.is_strong else _link(line.entry))


def _entries(listed: parts.Entries) -> str:
    return "\n".join(f"- {_link(entry)}" for entry in listed.entries)


def _link(entry: parts.Entry) -> str:
    text = as_markdown(entry.text.line)
    if not entry.address:
        return text
    return f"[{text}](<{entry.address}>)" if _TO_BE_POINTED.search(entry.address) else f"[{text}]({entry.address})"


def _picture(_picture: Picture) -> str:
    """Leave a picture out: it is for the eye."""
    return ""


def _box(box: Box) -> str:
    return write(box.parts)


_WRITERS: Mapping[type[Any], Callable[[Any], str]] = {
    Title: _title,
    Passage: _passage,
    Kind: _kind,
    Line: _line,
    parts.Entries: _entries,
    Picture: _picture,
    Box: _box,
}
