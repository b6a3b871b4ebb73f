"""Reads commands out of shell scripts without running them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

BASH = Parser(Language(tree_sitter_bash.language()))
EXPANSIONS = ("simple_expansion", "expansion", "arithmetic_expansion", "command_substitution", "process_substitution")
ANYTHING = "1"  # stands for what only a run can tell; most options take it, be they texts or numbers


def commands(program: str, script: str) -> list[list[str]]:
    """Find each call of a program, wherever it stands, and answer its arguments as the program would get them."""
    root = BASH.parse(script.encode()).root_node
    variables: dict[str, str] = {}
    for node in _walk(root):
        if node.type == "variable_assignment":
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if name and value:
                variables[_text(name)] = _spell(value, variables)
    calls = [node for node in _walk(root) if node.type == "command" and _name(node) == program]
    return [[_spell(word, variables) for word in call.children_by_field_name("argument")] for call in calls]


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _name(command: Node) -> str:
    name = command.child_by_field_name("name")
    return _text(name) if name else ""


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _spell(node: Node, variables: Mapping[str, str]) -> str:
    if node.type in EXPANSIONS:
        return variables.get(_text(node).strip("${}"), ANYTHING)
    if node.type == "raw_string":
        return _text(node)[1:-1]
    spelled = b""
    end = 0
    for child in node.named_children:
        start = child.start_byte - node.start_byte
        spelled += (node.text or b"")[end:start] + _spell(child, variables).encode()
        end = child.end_byte - node.start_byte
    text = (spelled + (node.text or b"")[end:]).decode()
    return text[1:-1] if node.type == "string" else text
