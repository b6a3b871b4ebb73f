"""Stylesheets without the rules that no page of a site can need.

Only what is certain goes: a selector that asks for a class, an id or an attribute's value that neither a page nor a
script names, or for a content tab beyond the last one, and a custom property that nothing reads. What stands within ``:not()`` and its like is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from posixpath import join, normpath
from typing import Any

import tinycss2

from guidekit.built_site.packing.used_names import ELEMENT, UsedNames
from guidekit.text import paths

_GROUPS = frozenset({"media", "supports", "layer", "container"})
_KEYFRAMES = frozenset({"keyframes", "-webkit-keyframes"})
_NAME = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
_TAB = re.compile(r"\.tabbed-(?:set|labels|content)>(?:input|label)?:nth-child\((\d+)\)")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#")


def prune(css: str, names: UsedNames) -> str:
    """Leave out what cannot apply to any page with these names."""
    kept = _parse("".join(_rules(_parse(css), names)))
    return "".join(_without_idle(kept, _idle(kept, names)))


def moved(css: str, old: str, new: str) -> str:
    """Count the addresses in a stylesheet in the folder ``old`` from the folder ``new``; close what it leaves open."""
    tokens = tinycss2.parse_component_value_list(css)
    _move(tokens, old, new)
    return tinycss2.serialize(tokens)


def imports(css: str) -> bool:
    """Does a stylesheet bring in others? Its place then matters, and it cannot be joined to another."""
    return any(rule.type == "at-rule" and rule.lower_at_keyword == "import" for rule in _parse(css))


def _parse(css: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _rules(rules: Sequence[Any], names: UsedNames) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [tinycss2.serialize(one).strip() for one in _split(rule.prelude) if _may_apply(one, names)]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _GROUPS:
            if within := "".join(_rules(_inner(rule), names)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{within}}}"
        elif rule.type != "error":  # as browsers do
            yield rule.serialize()


def _split(prelude: Sequence[Any]) -> Iterator[list[Any]]:
    """Split a list of selectors at its commas."""
    part: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _may_apply(selector: Sequence[Any], names: UsedNames) -> bool:
    if any(int(tab) > names.tabs for tab in _TAB.findall(tinycss2.serialize(selector))):
        return False
    before: Any = None
    for token in selector:
        if token.type == "ident" and before != ":":
            is_class = before == "."
            if not names.has("class" if is_class else ELEMENT, token.value if is_class else token.lower_value):
                return False
        if token.type == "hash" and not names.has("id", token.value):
            return False
        if token.type == "[] block" and not _may_have(token.content, names):
            return False
        before = token
    return True


def _may_have(content: Sequence[Any], names: UsedNames) -> bool:
    match [token for token in content if token.type not in ("whitespace", "comment")]:
        case [name, equals, value] if (
            equals == "=" and value.type in ("ident", "string") and _NAME.fullmatch(value.value)
        ):
            return names.has(name.lower_value, value.value)
    return True


def _idle(rules: Sequence[Any], names: UsedNames) -> frozenset[str]:
    """Find the custom properties and animations that nothing uses, those included that only one of them uses."""
    used_in: dict[str, set[str]] = {}
    for user, text in _uses(rules):
        for name in _NAME.findall(text):
            used_in.setdefault(name, set()).add(user)
    declared = {name for name, _ in _uses(rules) if name}
    idle: set[str] = set()
    while more := {name for name in declared - idle if name not in names.text and used_in.get(name, set()) <= idle}:
        idle |= more
    return frozenset(idle)


def _uses(rules: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """List each declaration's value with the custom property that it is for, or none; likewise for animations."""
    for rule in rules:
        if rule.type == "qualified-rule":
            for name, text in _declarations(rule.content):
                yield (name if name.startswith("--") else ""), text.partition(":")[2] if name else text
        elif rule.type == "at-rule" and rule.content is not None:
            if rule.lower_at_keyword in _GROUPS:
                yield from _uses(_inner(rule))
            else:
                name = tinycss2.serialize(rule.prelude).strip() if rule.lower_at_keyword in _KEYFRAMES else ""
                yield name, tinycss2.serialize(rule.content)


def _without_idle(rules: Sequence[Any], idle: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if body := ";".join(text for name, text in _declarations(rule.content) if name not in idle):
                yield f"{tinycss2.serialize(rule.prelude)}{{{body}}}"
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _GROUPS:
            if within := "".join(_without_idle(_inner(rule), idle)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{within}}}"
        elif rule.type == "at-rule" and tinycss2.serialize(rule.prelude).strip() not in idle:
            yield rule.serialize()


def _inner(rule: Any) -> Sequence[Any]:
    return list(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _declarations(content: Sequence[Any]) -> list[tuple[str, str]]:
    """List the declarations of a rule, each with its name; without one what is not only declarations."""
    parts: list[Any] = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if any(part.type != "declaration" for part in parts):  # nested rules, or what only browsers understand
        return [("", tinycss2.serialize(content))]
    return [(part.name, part.serialize().rstrip(";")) for part in parts]


def _move(tokens: Sequence[Any], old: str, new: str) -> None:
    for token in tokens:
        if token.type == "url":
            token.value, token.representation = _moved(token, old, new, 'url("{}")')
        elif token.type == "function" and token.lower_name == "url":
            for argument in token.arguments:
                if argument.type == "string":
                    argument.value, argument.representation = _moved(argument, old, new, '"{}"')
        elif token.type == "function":
            _move(token.arguments, old, new)
        elif hasattr(token, "content"):
            _move(token.content, old, new)


def _moved(token: Any, old: str, new: str, form: str) -> tuple[str, str]:
    """Count an address from elsewhere; answer it, and how it is written."""
    if not token.value or _ELSEWHERE.match(token.value):
        return token.value, token.representation
    address = paths.relative(PurePosixPath(normpath(join("/", old, token.value))), PurePosixPath("/", new, "style.css"))
    escaped = address.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return address, form.format(escaped)
