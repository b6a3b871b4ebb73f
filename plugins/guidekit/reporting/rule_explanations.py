"""Rules in words: for people, as Markdown, and for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Literal

from guidekit.rules.rule import MENDED, AnyRule
from guidekit.text import escaping

_ADDRESS = "https://guidekit.github.io/guidekit/contribute/rules/#{}"
_LANGUAGES = {".md": "markdown", ".yml": "yaml", ".json": "json"}


def as_text(rules: Sequence[AnyRule]) -> str:
    """Explain rules, each with its examples and its reason, a line of hyphens between two of them."""
    return f"\n\n{'-' * 72}\n\n".join(map(_text, rules)) + "\n"


def as_markdown(rules: Sequence[AnyRule]) -> str:
    """Explain rules as a document with a heading for each."""
    return "\n\n".join(["# Rules of guidekit", *(part for rule in rules for part in sections(rule, level=2))]) + "\n"


def as_json(rules: Sequence[AnyRule]) -> str:
    """Write rules as a list; an example is the texts of its files by their paths."""
    return escaping.as_json([_record(rule) for rule in rules]) + "\n"


def sections(rule: AnyRule, *, level: int) -> Iterator[str]:
    """Write a rule as blocks of Markdown below a heading."""
    yield f"{'#' * level} `{rule.code}`"
    yield f"Severity: {rule.severity}. {MENDED[rule.mends]}".rstrip()
    yield rule.sections["what"]
    yield from _example("Bad", rule)
    yield from _example("Good", rule)
    yield f"**Why:** {rule.sections['Why']}"


def fence(text: str, language: str) -> str:
    """Put a text into a fence that is longer than any in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    body = text.rstrip("\n")
    return f"{marks}{language}\n{body}\n{marks}"


def _text(rule: AnyRule) -> str:
    parts = [f"{rule.code} ({rule.severity})", rule.sections["what"]]
    parts += filter(None, [MENDED[rule.mends]])
    parts += [f"{name}:\n\n{_indent(rule.sections[name])}" for name in ("Bad", "Good") if name in rule.sections]
    return "\n\n".join([*parts, f"Why: {_one_line(rule.sections['Why'])}"])


def _example(which: Literal["Bad", "Good"], rule: AnyRule) -> Iterator[str]:
    yield f"**{which}:**"
    for name, text in rule.example(which).items():
        yield f"`{name}`:"
        yield fence(text, _LANGUAGES.get(PurePosixPath(name).suffix, "text"))


def _record(rule: AnyRule) -> Mapping[str, Any]:
    return {
        "code": rule.code,
        "severity": str(rule.severity),
        "asks": _one_line(rule.sections["what"]),
        "bad": rule.example("Bad"),
        "good": rule.example("Good"),
        "why": _one_line(rule.sections["Why"]),
        "url": _ADDRESS.format(rule.code),
    }


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def _one_line(text: str) -> str:
    return " ".join(text.split())
