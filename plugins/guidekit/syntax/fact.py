"""What all facts have in common: their place, whether they count as content, and for whom they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from guidekit.text.source import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a reader must have chosen: one of ``values`` of a selector, such as a group of tabs or of versions."""

    selector: str
    values: frozenset[str]


Condition = frozenset[Choice]
"""The choices that must all be made before a reader sees something."""

EVERYONE: Condition = frozenset()
"""The condition of what every reader sees."""


def can_meet(one: Condition, other: Condition) -> bool:
    """Can one reader see both of two things? Not where they ask for different choices of the same selector."""
    if not one or not other:
        return True
    chosen = {choice.selector: choice.values for choice in one}
    return all(choice.values & chosen.get(choice.selector, choice.values) for choice in other)


class Fact(Protocol):
    """Something that stands in a file.

    ``is_content`` tells whether it says something: a heading with nothing but comments below it has no content.
    Facts are compared by identity: two that say the same are two.
    """

    is_content: ClassVar[bool]

    @property
    def span(self) -> Span:
        """The place in the file."""

    @property
    def condition(self) -> Condition:
        """For whom it is shown; an include shows its fragment under the same condition."""


FactType = TypeVar("FactType", bound=Fact)
