"""Ranges of versions as Learn writes them: ``>= plan-1.0``, ``< plan-2.0 || = plan-3.1``, several of one apart by blanks.

A moniker is the name of a product with a version at its end; those of one product are compared by their versions. Of one
without a version, and of other products, a range holds what it names alone.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

_LONGEST = 9  # digits of a number
_PART = re.compile(r"(?:(?P<sign>[<>]=?|=)\s*+)?(?P<moniker>[^\s<>=|]++)")
_SIGNS: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(written: str, moniker: str) -> bool:
    """Does a range hold a version? One that cannot be understood holds none."""
    return any(_hold_all(part, moniker) for part in written.split("||"))


def _hold_all(part: str, moniker: str) -> bool:
    found = list(_PART.finditer(part))
    return bool(found) and all(_compare(one["sign"] or "=", moniker, one["moniker"]) for one in found)


def _compare(sign: str, moniker: str, limit: str) -> bool:
    one, other = _split(moniker), _split(limit)
    if one == other:
        return sign in ("=", "<=", ">=")
    if sign == "=" or one[0] != other[0] or not one[1] or not other[1]:
        return False
    return _SIGNS[sign](one[1], other[1])


def _split(moniker: str) -> tuple[str, tuple[int, ...]]:
    """Part the name of a product from its version, which is empty where there is no number at the end."""
    name = moniker.strip().lower()
    product = name.rstrip("0123456789.")
    numbers = name[len(product) :].split(".")
    if not all(number and len(number) <= _LONGEST for number in numbers):
        return name, ()
    return product, tuple(map(int, numbers))
