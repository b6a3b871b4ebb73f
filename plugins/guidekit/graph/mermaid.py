"""The graph for Mermaid, which GitHub, GitLab and Material draw: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidekit.escaping import visible
from guidekit.graph.contents import Graph, Kind, Node

_SHAPES: dict[Kind, tuple[str, str]] = {"page": ("[", "]"), "fragment": ("(", ")"), "missing": ("[", "]")}
_UNSAFE = re.compile(r"[^\w .,/:?!()-]")

MOST = 500
"""How many arrows Mermaid draws unless it is told otherwise, see `maxEdges` in its configuration."""


def write(graph: Graph) -> str:
    """Write a flowchart from left to right; missing files are dashed, and said to be missing."""
    return "\n".join(["flowchart LR", *_lines(graph)]) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    names = {node.path: f"n{number}" for number, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        before, after = _SHAPES[node.kind]
        mark = ":::missing" if node.kind == "missing" else ""
        yield f'  {names[node.path]}{before}"{_label(node)}"{after}{mark}'
    for edge in graph.edges:
        yield f"  {names[edge.source]} --> {names[edge.target]}"
    if any(node.kind == "missing" for node in graph.nodes):
        yield "  classDef missing stroke:#b3261e,stroke-dasharray:4"


def _label(node: Node) -> str:
    text = f"{node.title or node.path}{' (missing)' if node.kind == 'missing' else ''}"
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", " ".join(visible(text).split()))
