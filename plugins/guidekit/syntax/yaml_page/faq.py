"""``YamlMime:FAQ``: questions with their answers, in sections."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.syntax.yaml_page.entries import Entries
from guidekit.syntax.yaml_page.parts import Box, Part, Passage, Title

_UNNAMED = "Ignored"
"""The name that a section has where it is not to be shown."""


def read(page: Entries) -> Iterator[Part]:
    """Read what stands below the title."""
    if summary := page.text("summary"):
        yield Passage(text=summary)
    for section in page.list("sections"):
        yield from _section(section)
    if more := page.text("additionalContent"):
        yield Passage(text=more)


def _section(section: Entries) -> Iterator[Part]:
    name = section.text("name")
    level = 2
    if name and name.text != _UNNAMED:
        yield Title(level=level, text=name)
        level += 1
    for asked in section.list("questions"):
        question = asked.needed("question", "an entry of 'questions'")
        answer = asked.needed("answer", "a question" if question else "an entry of 'questions'")
        if question:
            yield Title(level=level, text=question, is_question=True)
        if answer:
            yield Box(kind="answer", parts=(Passage(text=answer),), span=asked.span)
