"""How much YAML holds when its aliases are written out: a few lines that name each other make billions."""

from __future__ import annotations

import yaml


def count(node: yaml.Node, most: int, *, within_itself: int = 0) -> int:
    """Count the nodes below one, an alias as often as it stands, up to one more than ``most``.

    A node that holds itself counts as ``within_itself`` where it stands again. Raises ``RecursionError`` for what is nested
    too deep.
    """
    return _count(node, most, within_itself, {})


def _count(node: yaml.Node, most: int, within_itself: int, known: dict[int, int]) -> int:
    if id(node) not in known:
        known[id(node)] = within_itself
        below: list[yaml.Node] = []
        if isinstance(node, yaml.MappingNode):
            below = [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            below = node.value
        known[id(node)] = min(1 + sum(_count(part, most, within_itself, known) for part in below), most + 1)
    return known[id(node)]
