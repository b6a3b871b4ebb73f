"""The glossary: the terms that one page of a content set explains, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.library.includes import Chain, Expansion
from guidekit.library.outline import Outline
from guidekit.syntax.document import fact_of
from guidekit.syntax.heading import Heading
from guidekit.syntax.include import Include
from guidekit.syntax.visible_text import plain_text

_MOST_WORDS = 10  # a longer heading is a sentence; without a bound, a text could cost its length squared
_WORD = re.compile("[\\w\u00ad\u2010\u2011-]+(?:\\.[\\w\u00ad\u2010\u2011-]+)*")
_BETWEEN_NAMES = re.compile("(?: ?[,()] ?| / )(?:(?:and|or) )?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A term: its names, the id of its heading, and the first paragraph below the heading as plain text."""

    names: tuple[str, ...]
    id: str
    definition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A place in a text where a term is used, from the character ``start`` up to ``end``."""

    entry: Term
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """The terms that a page explains, in its order; of two that share a name, the first has it."""

    page: PurePosixPath
    entries: tuple[Term, ...]

    def uses(self, text: str) -> Iterator[Use]:
        """Find where a text uses terms, in order; of several names that fit, the longest counts. Linear.

        An abbreviation is found as it is written, another name in any letter case. A name with a capital next to
        another word with one is none: "Azure Backup" is a product.
        """
        words = [found.span() for found in _WORD.finditer(text)]
        longest = self._longest
        behind = 0  # the last name that was found
        for at, (start, end) in enumerate(words):
            most = longest.get(text[start:end].casefold(), 0) if at >= behind else 0
            for count in range(min(most, len(words) - at), 0, -1) if most else ():
                end = words[at + count - 1][1]
                name = " ".join(text[start:end].split())
                exact = self._forms.get(name)
                entry = exact or self._forms.get(name.casefold())
                if entry is not None:
                    behind = at + count
                    if exact or not _is_in_a_title(text, words, at, behind):
                        yield Use(entry=entry, start=start, end=end)
                    break

    @cached_property
    def _forms(self) -> Mapping[str, Term]:
        """The entries by each form of their names: abbreviations as they are written, others in lower case."""
        forms: dict[str, Term] = {}
        for entry in self.entries:
            for name in entry.names:
                form = name if _is_abbreviation(name) else name.casefold()
                forms.setdefault(form, entry)
                if name[-1] not in "sS":
                    forms.setdefault(f"{form}s", entry)
        return forms

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """How many words the longest form has that begins with a word, by this word in lower case."""
        longest: dict[str, int] = {}
        for form in self._forms:
            words = [word.casefold() for word in _WORD.findall(form)]
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return longest


def read(page: PurePosixPath, expansion: Expansion, outline: Outline) -> Glossary:
    """Read a glossary off its page: the headings of level 3, or 2 where there are none, with text below them."""
    levels = {heading.level for heading in outline.headings}
    level = 3 if 3 in levels else 2
    entries: list[Term] = []
    wanted = None
    for opening, text, chain in _lines(expansion, ()):
        if opening.type == "heading_open":
            heading = outline.by_place[chain, fact_of(opening, Heading)]
            wanted = heading if heading.level == level else None
        elif opening.type == "paragraph_open" and wanted and text:
            if found := names(wanted.text):
                entries.append(Term(names=found, id=wanted.id, definition=text))
            wanted = None
    return Glossary(page=page, entries=tuple(entries))


def names(heading: str) -> tuple[str, ...]:
    """Read the names in a heading: ``RPO (recovery point objective)``, ``LRS, ZRS, and GRS`` or ``SLA / SLO``."""
    parts = _BETWEEN_NAMES.split(" ".join(heading.split()))
    return tuple(dict.fromkeys(filter(_is_name, map(str.strip, parts))))


def _is_name(text: str) -> bool:
    """Can a text be found as whole words: a few of them, with no other character before or behind?"""
    words = list(_WORD.finditer(text))
    return 0 < len(words) <= _MOST_WORDS and (words[0].start(), words[-1].end()) == (0, len(text)) and len(text) > 1


def _is_abbreviation(name: str) -> bool:
    return sum(char.isupper() for char in name) > 1 and not any(char.islower() for char in name)


def _is_in_a_title(text: str, words: Sequence[tuple[int, int]], first: int, behind: int) -> bool:
    """Does a name begin with a capital, and so does the word before it or behind it, one blank away?"""

    def has_capital(index: int) -> bool:
        return 0 <= index < len(words) and text[words[index][0]].isupper()

    def is_one_blank(index: int) -> bool:
        between = slice(words[index - 1][1], words[index][0])
        return between.stop - between.start == 1 and text[between].isspace()

    before = has_capital(first - 1) and is_one_blank(first)
    return has_capital(first) and (before or (has_capital(behind) and is_one_blank(behind)))


def _lines(expansion: Expansion, chain: Chain) -> Iterator[tuple[Token, str, Chain]]:
    """Go through a whole page as a reader does: the token that opens each line block, the block's plain text.

    ``chain`` are the includes that lead to the expansion, as they are answered with each block.
    """
    tokens = expansion.document.tokens
    for index, token in enumerate(tokens):
        if token.type == "include":
            include = fact_of(token, Include)
            part = expansion.parts[include]
            if isinstance(part, Expansion):
                yield from _lines(part, (*chain, include))
        elif token.type == "inline":
            text = _text(token.children or (), expansion, chain)
            yield tokens[index - 1], " ".join(text.split()), chain


def _text(children: Sequence[Token], expansion: Expansion, chain: Chain) -> str:
    """Read the text of a line without markup, that of included fragments in their place."""
    found: list[str] = []
    for child in children:
        if child.type != "include_inline":
            found.append(plain_text([child]))
            continue
        include = fact_of(child, Include)
        part = expansion.parts[include]
        if isinstance(part, Expansion):
            found.append(" ".join(text for _, text, _ in _lines(part, (*chain, include))))
    return "".join(found)
