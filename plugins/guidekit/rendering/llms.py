"""``llms.txt``: what there is on a site, for language models, as https://llmstxt.org asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidekit.text.escaping import as_markdown


@dataclass(frozen=True, kw_only=True)
class ListedPage:
    """A page: its title, where its Markdown lies, and what it is about."""

    title: str
    address: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Some pages below one title; the title may be empty for those that stand above all sections."""

    title: str
    entries: tuple[ListedPage, ...]


def write(title: str, summary: str, sections: Sequence[Section]) -> str:
    """Write the file: a title, a summary, and each section's pages with what they are about."""
    blocks = [f"# {_line(title)}"]
    if summary:
        blocks.append(f"> {_line(summary)}")
    for section in sections:
        if section.entries:
            blocks += [f"## {_line(section.title or 'Pages')}", "\n".join(_entries(section))]
    return "\n\n".join(blocks) + "\n"


def _entries(section: Section) -> Iterator[str]:
    for entry in section.entries:
        name = as_markdown(_line(entry.title))
        about = f": {_line(entry.description)}" if entry.description else ""
        yield f"- [{name}]({entry.address}){about}"


def _line(text: str) -> str:
    return " ".join(text.split())
