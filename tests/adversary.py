"""Feeds each regular expression of the package texts that are made to hold it up; run as a program, with a watchdog.

It prints a pattern's place and a text's number before it tries them, so that who started it knows what took too long.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import guidekit

LENGTH = 100_000
"""How many characters a text has: what takes the square of that takes minutes, else a hundredth of a second."""

SAMPLE = 1_500
"""How many characters show which texts are worth it: those that take the most time are tried at full length."""

WORST = 3

PATIENCE = 1
"""Seconds of the processor's time that one text may take, which is a hundred times what a linear pattern needs."""

HANDED_ON = {
    "guidekit.text.globs": "match",
    "guidekit.syntax.code_file": "fullmatch",
    "guidekit.syntax.front_matter": "match",
    "guidekit.built_site.packing.used_names": "search",
}
"""How patterns are asked that a module makes without a name."""

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")

LOCAL = {
    "name": "script",
    "_pattern": "x",
    "text": "a b",
    "idle": ("md-a", "md-b"),
    "parts": ("a",),
    "even_at_the_top": False,
}
"""What stands for the names of functions of which patterns are made; `test_globs.py` tries those of globs."""

_DEEP = 8
_MOST_UNITS = 40
_MOST_PAIRED = 6
_MISMATCHES = ("", "\0", "\n!")


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A pattern, where it stands, and the ways in which it is asked."""

    place: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


def patterns() -> list[Tried]:
    """Find all patterns of the package: those in its code, and those that it has packed in values made of others."""
    found = list(_in_code())
    known = {one.pattern for one in found}
    return found + [one for one in _packed() if one.pattern not in known]


def _packed() -> Iterator[Tried]:
    """Find the patterns in what modules and classes hold, such as what YAML tells numbers by."""
    for found in pkgutil.walk_packages(guidekit.__path__, "guidekit."):
        module = importlib.import_module(found.name)
        own = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == found.name]
        for pattern in dict.fromkeys(_among([dict(vars(module)), *(dict(vars(kind)) for kind in own)])):
            yield Tried(
                place=f"{found.name}:{pattern.pattern!r}".replace(" ", "_"), pattern=pattern, methods=("match",)
            )


def _among(values: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(values, re.Pattern):
        yield values
    elif isinstance(values, dict) and depth < _DEEP:
        yield from _among(list(values.values()), depth + 1)
    elif isinstance(values, (list, tuple, set, frozenset)) and depth < _DEEP:
        for value in values:
            yield from _among(value, depth + 1)


def _in_code() -> Iterator[Tried]:
    """Read patterns off the code, so that none can hide in a function or in a default."""
    folder = Path(guidekit.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        name = ".".join(("guidekit", *(part for part in parts if part != "__init__")))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_of_re(node)]
        if calls:
            scope = {**vars(importlib.import_module(name)), **LOCAL}
            for call in calls:
                uses = _uses(tree, call) or {HANDED_ON.get(name, "search")}
                yield _tried(f"{name}:{call.lineno}", call, scope, uses)


def _is_of_re(call: ast.Call) -> bool:
    function = call.func
    is_attribute = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return is_attribute and function.value.id == "re" and function.attr in (*METHODS, "compile")  # type: ignore[attr-defined]


def _tried(place: str, call: ast.Call, scope: dict[str, Any], uses: set[str]) -> Tried:
    assert isinstance(call.func, ast.Attribute)
    kind = call.func.attr
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    flags += call.args[1:2] if kind == "compile" else call.args[2:3] if kind in METHODS[:3] else []
    pattern = re.compile(_value(call.args[0], scope), _value(flags[0], scope) if flags else 0)
    return Tried(place=place, pattern=pattern, methods=tuple(uses) if kind == "compile" else (kind,))


def _value(node: ast.expr, scope: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), scope)  # our own code


def _uses(tree: ast.Module, call: ast.Call) -> set[str]:
    """Find how a pattern is asked: by the name that it is given in its module, or at once."""
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.value is call
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in METHODS
        if node.value is call or (isinstance(node.value, ast.Name) and node.value.id in names)
    }


def texts(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Make texts that begin as the pattern wants, repeat what it repeats, and do not end as it wants: these three parts."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    sequences = list(_sequences(tree))
    beginnings = dict.fromkeys(["", *(_example(tree[:number]) for number in range(1, len(tree) + 1))])
    characters = dict.fromkeys(example for part in _parts(tree) if len(example := _example([part])) == 1)
    pairs = map("".join, product(list(characters)[:_MOST_PAIRED], repeat=2))
    units = dict.fromkeys([*characters, *map(_example, sequences), *beginnings, *pairs])
    yield from product(beginnings, list(filter(None, units))[:_MOST_UNITS], _MISMATCHES)


def _sequences(tree: Any) -> Iterator[Sequence[Any]]:
    """Go through a pattern and all that is nested in it."""
    yield tree
    for part in tree:
        for below in _below(part):
            yield from _sequences(below)


def _parts(tree: Any) -> Iterator[Any]:
    for sequence in _sequences(tree):
        yield from sequence


def _below(part: Any) -> list[Any]:
    kind, value = part
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is _constants.SUBPATTERN:
        return [value[3]]
    if kind is _constants.ATOMIC_GROUP:
        return [value]
    if kind is _constants.BRANCH:
        return list(value[1])
    return [value[1]] if kind is _constants.ASSERT else []


def _example(parts: Sequence[Any]) -> str:
    """Make a short text that a sequence fits, as far as looking around does not forbid it."""
    return "".join(map(_of_part, parts))


def _of_part(part: Any) -> str:
    kind, value = part
    if kind is _constants.LITERAL:
        return chr(value)
    if kind is _constants.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is _constants.ANY:
        return "a"
    if kind is _constants.IN:
        return _of_class(value)
    if kind is _constants.BRANCH:
        return _example(value[1][0])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        return _example(value[2]) * max(value[0], 1)
    return "".join(map(_example, _below(part))) if kind is not _constants.ASSERT else ""


def _of_class(members: Sequence[Any]) -> str:
    matches = re.compile(_written(members)).match
    return next((char for char in "a1 \t\n-_.:/<>\"'()[]{}=*#&;|\\é\0" if matches(char)), chr(0xFFFE))


def _written(members: Sequence[Any]) -> str:
    words = {
        _constants.CATEGORY_DIGIT: r"\d",
        _constants.CATEGORY_NOT_DIGIT: r"\D",
        _constants.CATEGORY_SPACE: r"\s",
        _constants.CATEGORY_NOT_SPACE: r"\S",
        _constants.CATEGORY_WORD: r"\w",
        _constants.CATEGORY_NOT_WORD: r"\W",
    }
    found = []
    for kind, value in members:
        if kind is _constants.NEGATE:
            found.append("^")
        elif kind is _constants.LITERAL:
            found.append(re.escape(chr(value)))
        elif kind is _constants.RANGE:
            found.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            found.append(words[value])
    return f"[{''.join(found)}]"


def attack(tried: Tried) -> None:
    """Ask a pattern about the texts, short, and about those that took the longest at full length."""
    kind = bytes if isinstance(tried.pattern.pattern, bytes) else str
    for method in tried.methods:
        costs = [(_cost(tried, method, parts, SAMPLE, kind), parts) for parts in texts(tried.pattern)]
        for _, parts in sorted(costs, reverse=True)[:WORST]:
            _cost(tried, method, parts, LENGTH, kind)


def _cost(tried: Tried, method: str, parts: tuple[str, str, str], length: int, kind: type) -> float:
    """Ask a pattern about a text, and measure what the processor spends on that."""
    beginning, unit, end = parts
    text = beginning + unit * (length // len(unit)) + end
    given = text.encode() if kind is bytes else text
    print(f"{tried.place} {method} {beginning!r} + {unit!r} * {length // len(unit)} + {end!r}", flush=True)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)  # whose signal ends the process
    ask = getattr(tried.pattern, method)
    before = time.process_time()
    answer = ask(given[:0], given) if method in ("sub", "subn") else ask(given)
    if method == "finditer":
        for _ in answer:
            pass
    spent = time.process_time() - before
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return spent


if __name__ == "__main__":
    known = patterns()
    begin = [one.place for one in known].index(sys.argv[1]) + 1 if len(sys.argv) > 1 else 0
    for every in known[begin:]:
        attack(every)
