"""The graph for Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.escaping import printable
from guidekit.graph.contents import Graph, Kind, Node

_LOOKS: dict[Kind, str] = {
    "page": "shape=box",
    "fragment": "shape=note",
    "missing": 'shape=box, style=dashed, color="#b3261e", fontcolor="#b3261e"',
}


def write(graph: Graph) -> str:
    """Write a directed graph; a node is named by its path and labeled with its title and its path."""
    return "\n".join(["digraph guidekit {", "  rankdir=LR;", *_lines(graph), "}"]) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        yield f"  {_quoted(str(node.path))} [label={_quoted(_label(node))}, {_LOOKS[node.kind]}];"
    for edge in graph.edges:
        yield f"  {_quoted(str(edge.source))} -> {_quoted(str(edge.target))};"


def _label(node: Node) -> str:
    return " ".join(f"{node.title} {node.path}{' (missing)' if node.kind == 'missing' else ''}".split())


def _quoted(text: str) -> str:
    r"""Quote a text: backslashes are doubled, lest they begin an escape such as ``\N``, a node's name."""
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
