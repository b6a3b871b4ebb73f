"""What the rules found in one file, kept for as long as nothing that they asked about is answered otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from guidekit.library.includes import Expansion, Failure, Found
from guidekit.library.library import Library
from guidekit.rules.rule import Finding, Rule
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include
from guidekit.text.source import Unreadable

Question = tuple[Any, ...]
"""The name of a library's method, and what it is asked."""

EVERYTHING: Question = ("everything",)

SETTLED = frozenset(
    {
        "files",
        "follow",
        "fragments_named",
        "ignores",
        "in_any_case",
        "is_fragment",
        "is_learn",
        "kind",
        "layout",
        "lies_with_fragments",
        "nearest",
        "overview",
        "settings",
        "url",
    }
)
"""What a library answers by the names of its files, by what is published, and by its settings alone."""

TRACED = frozenset({"anchors_of", "claims_to", "is_guidance", "load", "locate"})
"""What it answers by a file, or by an index in which one can look whether the answer is still the same."""

LOADED = frozenset({"expand", "owner", "shown"})
"""What it answers by what it loads for that, and by what is settled."""


class Trace(Library):
    """A library for the rules of one file at a time: the same one as ``whole``, but it notes what it is asked.

    What is neither settled nor traced nor loaded counts as a question about everything, whose answer never lasts.
    """

    __slots__ = ("_whole", "asked")

    def __init__(self, whole: Library) -> None:
        self.__dict__ = whole.__dict__  # all that was read, and all that is worked out from it, is shared
        self._whole = whole
        self.asked: dict[Question, object] = {}

    def load(self, path: PurePosixPath, inline: bool = False) -> Document | Unreadable | None:
        """Read and parse a file once."""
        answer = self._whole.load(path, inline)
        self.asked["load", path, inline] = answer
        return answer

    def locate(self, include: Include, base: PurePosixPath) -> Found | Failure:
        """Find the file that an include in ``base`` names."""
        answer = self._whole.locate(include, base)
        if not isinstance(answer, Found) or answer.path not in self.files:  # else the names of the files tell
            self.asked["locate", include, base] = answer
        return answer

    def anchors_of(self, path: PurePosixPath) -> frozenset[str] | None:
        """Find all places of a Learn page that a link can lead to."""
        answer = self._whole.anchors_of(path)
        self.asked["anchors_of", path] = answer
        return answer

    def is_guidance(self, path: PurePosixPath) -> bool:
        """Does this file stand behind a checklist item?"""
        answer = self._whole.is_guidance(path)
        self.asked["is_guidance", path] = answer
        return answer

    def claims_to(self, uid: str) -> tuple[Document, ...]:
        """Find the fragments that claim a ``ms.uid``."""
        answer = self._whole.claims_to(uid)
        self.asked["claims_to", uid] = answer
        return answer


def _settled(name: str) -> property:
    return property(lambda trace: getattr(trace._whole, name))


def _about_everything(name: str) -> property:
    def answer(trace: Trace) -> object:
        trace.asked[EVERYTHING] = None
        return getattr(trace._whole, name)

    return property(answer)


for _name in vars(Library):
    if not _name.startswith("_") and _name not in SETTLED | TRACED | LOADED:
        setattr(Trace, _name, _about_everything(_name))
for _name in SETTLED:
    if _name in vars(Library):  # the others are values, and shared
        setattr(Trace, _name, _settled(_name))


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A file that was judged: the document, the whole page if it is one, what was found and what was asked for it."""

    document: Document
    expansion: Expansion | None
    found: Sequence[tuple[Rule, Finding]]
    asked: Mapping[Question, object]


class Kept:
    """What was found before, file by file; ``library`` is the one that is judged now."""

    def __init__(self, units: Mapping[PurePosixPath, Unit], library: Library) -> None:
        self._units = units
        self._library = library
        self._stands: dict[Question, bool] = {}

    def find(self, document: Document, expansion: Expansion | None) -> Unit | None:
        """Find what still stands of a file; ``None`` where it has to be judged again."""
        unit = self._units.get(document.source.path)
        if unit is None or unit.document is not document or unit.expansion is not expansion:
            return None
        return unit if all(self._still(question, answer) for question, answer in unit.asked.items()) else None

    def _still(self, question: Question, answer: object) -> bool:
        if question not in self._stands:
            self._stands[question] = self._ask(question) == answer
        return self._stands[question]

    def _ask(self, question: Question) -> object:
        name, *what = question
        return object() if question == EVERYTHING else getattr(self._library, name)(*what)
