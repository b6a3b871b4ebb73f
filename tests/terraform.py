"""Judges Terraform by its grammar, without Terraform: what the parser had to skip or to make up, and blocks of no kind."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser

HCL = Parser(Language(tree_sitter_hcl.language()))
LABELS = {
    "check": 1, "data": 2, "ephemeral": 2, "import": 0, "locals": 0, "module": 1, "moved": 0, "output": 1, "provider": 1,
    "removed": 0, "resource": 2, "terraform": 0, "variable": 1,
}  # fmt: skip
"""The blocks that a configuration is made of, and how many labels each has."""


def check_terraform(code: str) -> None:
    """Parse a configuration of Terraform; complain of the first thing that is wrong, with its line."""
    root = HCL.parse(code.encode()).root_node
    for node in _walk(root):
        assert not (node.is_error or node.is_missing), f"line {node.start_point.row + 1} of the example: {node}"
    for block in _outermost_blocks(root):
        kind, *labels = (child for child in block.named_children if child.type in ("identifier", "string_lit"))
        name, line = _text(kind), block.start_point.row + 1
        assert name in LABELS, f"line {line} of the example: Terraform has no block '{name}'"
        assert len(labels) == LABELS[name], f"line {line} of the example: '{name}' takes {LABELS[name]} labels"


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _outermost_blocks(root: Node) -> Iterator[Node]:
    for body in root.named_children:
        for child in body.named_children if body.type == "body" else ():
            assert child.type in ("block", "comment"), (
                f"line {child.start_point.row + 1} of the example: not in a block"
            )
            if child.type == "block":
                yield child


def _text(node: Node) -> str:
    return (node.text or b"").decode()
